"""What a form sends in several parts leads to the address that says it in one."""

import calendar
import re
from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

BOXES = ("day", "month", "year")
ANY = "-any"
MONTHS = {name.lower(): place for place, name in enumerate(calendar.month_abbr) if name}


class FormsMiddleware:
    """`as_at-day=31&as_at-month=March&as_at-year=25` leads to `as_at=2025-03-31`, the ticks
    `councils-any=luton&councils-any=bedford` to `councils=luton~bedford`.

    `as_at-usual`: the day that the boxes held while none was chosen. Sent unchanged, it chooses
    none. What is no day goes on as it was typed, so that the page says that it cannot be read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cells = request.GET
        days = sorted(name.removesuffix("-year") for name in cells if name.endswith("-year"))
        ticks = sorted(name for name in cells if name.endswith(ANY))
        if not (days or ticks) or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        parts = {f"{name}-{box}" for name in days for box in (*BOXES, "usual")}.union(ticks)
        pairs = [(name, value) for name, value in cells.items() if name not in parts and value]
        for name in days:
            typed = [cells.get(f"{name}-{box}", "").strip() for box in BOXES]
            if any(typed):
                day = day_of(*typed, today=timezone.localdate())
                said = day.isoformat() if day else " ".join(filter(None, typed))
                if said != cells.get(f"{name}-usual"):
                    pairs.append((name, said))
        pairs += [(name.removesuffix(ANY), "~".join(cells.getlist(name))) for name in ticks]
        query = urlencode(pairs, safe="~")
        return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)


def day_of(day: str, month: str, year: str, *, today: date) -> date | None:
    """What somebody meant by three boxes; None where it is no day.

    A month may be a word, a year its last two digits. A month or a year alone is its last day,
    or today while it lasts.
    """
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}", year):
        return None
    in_full = int(year) + (2000 if len(year) == 2 else 0)
    if not (day or month):
        return _last(date(in_full, 1, 1), date(in_full, 12, 31), today) if in_full else None
    number = MONTHS.get(month[:3].lower()) if month.isalpha() else _number(month)
    if not number or number > 12 or not in_full:
        return None
    days = calendar.monthrange(in_full, number)[1]
    if not day:
        return _last(date(in_full, number, 1), date(in_full, number, days), today)
    asked = _number(re.sub(r"(?<=[0-9])(st|nd|rd|th)$", "", day.lower()))
    return date(in_full, number, asked) if asked and asked <= days else None


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) else None


def _last(first: date, last: date, today: date) -> date:
    """The last day of a period, or today where the period is not over."""
    return today if first <= today < last else last
