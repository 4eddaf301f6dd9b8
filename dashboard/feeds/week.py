"""This week: what was published in one week, and what was corrected here in it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.council.event import headline, inspection_sentence
from dashboard.england.page import answer, at_hand
from dashboard.http.answers import asks
from dashboard.state.address import ViewState, param, read_day
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from dashboard.words.coverage import complete
from inspections.questions.among import EVERY
from inspections.questions.corrections import subject
from inspections.rows import Event, Inspection, UnreadReport, Visit

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class WeekState(ViewState):
    """`week`: any day of it; the address names its Monday."""

    week: date | None = param(read_day)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def published(start: Opening) -> list[Event | UnreadReport]:
    """Inspections, read here or not, and visits."""
    unread = start.record.unread_by(start.day).values()
    return [*start.record.inspections, *unread, *start.record.visits]


def published_in(start: Opening, monday: date) -> list[Event | UnreadReport]:
    """Events whose report or letter came out in the week and by the page's day, in order."""
    last = min(monday + timedelta(days=6), start.day)
    rows = published(start)
    found = [row for row in rows if row.publication_date and monday <= row.publication_date <= last]
    names = {row.id: row.short_name for row in start.record.councils}
    return sorted(found, key=lambda row: (row.publication_date or last, names[row.council_id]))


def last_before(start: Opening, monday: date) -> date | None:
    """The Monday of the last earlier week in which something came out."""
    days = (row.publication_date for row in published(start) if row.publication_date)
    newest = max((day for day in days if day < monday), default=None)
    return monday_of(newest) if newest else None


def last_read(start: Opening, monday: date) -> date | None:
    """The Monday of the last earlier week in which a report came out that is read here."""
    days = (row.publication_date for row in start.record.full_inspections(start.day))
    newest = max((day for day in days if day and day < monday), default=None)
    return monday_of(newest) if newest else None


def line(row: Event | UnreadReport, start: Opening) -> dict[str, Any]:
    council = start.record.council(row.council_id)
    href = f"/councils/{council.slug}/"
    if isinstance(row, UnreadReport):
        said = ""
    elif isinstance(row, Inspection):
        said = headline(row, council, start) or inspection_sentence(row, start.book)
        said = presenters.marked(row, said)
    else:
        said = presenters.visit_sentence(row)
    if not isinstance(row, UnreadReport):
        href += f"inspections/{row.reference}/"
    return {
        "day": words.day(row.publication_date),
        "council": council,
        "href": f"{href}{start.keep}",
        "name": f"{presenters.event_name(row)}, {presenters.event_month(row)}",
        "said": said,
        "report_url": row.report_url if isinstance(row, UnreadReport) else "",
    }


def unread_sentence(start: Opening, listed: list[Event | UnreadReport]) -> str:
    """Whose newer reports are out and not yet here, where what is listed is nothing else."""
    rows = [row for row in listed if isinstance(row, UnreadReport)]
    if not rows or len(rows) < len(listed):
        return ""
    names = words.listing([start.record.council(row.council_id).short_name for row in rows])
    days = words.listing(sorted({words.day(row.publication_date) for row in rows}))
    report, whose = ("report", "its grades are")
    if len(rows) > 1:
        report, whose = "reports", "their grades are"
    return f"Published, but {whose} not yet on this site: the {report} on {names} of {days}."


def corrected_in(start: Opening, monday: date) -> list[dict[str, str]]:
    """What was corrected on this site in the week, oldest first, in words."""
    found = []
    for row in reversed(start.record.corrections):
        if row.was_ofsteds or monday_of(timezone.localdate(row.corrected_at)) != monday:
            continue
        council = start.record.council_by_id.get(row.council_id or 0)
        place = f"{council.short_name}, " if council else ""
        field = words.field(row.field, row.kind)
        change = words.corrected(row.old, row.new)
        text = f"{place}{subject(start.record, row)}, {field}: {change}. {row.reason}"
        found.append({"id": f"c{row.id}", "text": text.strip()})
    return found


def sentence(rows: list[Event | UnreadReport], start: Opening, monday: date) -> str:
    """What came out, that nothing did, or that it is not known; and to which day it is known."""
    inspections = sum(not isinstance(row, Visit) for row in rows)
    parts = [words.count(inspections, "inspection")] if inspections else []
    if len(rows) > inspections:
        parts.append(words.count(len(rows) - inspections, "visit"))
    last = monday + timedelta(days=6)
    end = min(last, start.day)
    week = f"the week of {words.day(monday)}"
    if end < last:
        week += f", to {words.day(end)}"
    said = f"Nothing on record was published in {week}."
    if parts:
        said = f"Published in {week}: {words.listing(parts)}."
    known = [complete(start.record.coverage, monday, end)]
    if start.seen_to < end:
        known.insert(0, f"full inspections are complete to {words.day(start.seen_to)}")
    told = "; ".join(filter(None, known))
    if not parts and start.seen_to < monday:
        behind = words.count((monday - start.seen_to).days // 7, "week")
        return (
            f"What was published in the week of {words.day(monday)} is not known here: this record "
            f"ends on {words.day(start.seen_to)}, {behind} before."
        )
    return f"{said} {words.begun(told)}." if told else said


@asks(WeekState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, WeekState)
    monday = monday_of(start.state.week or start.day)
    this = monday_of(start.day)
    rows = published_in(start, monday)
    said = sentence(rows, start, monday)
    before = last_before(start, monday)
    # An address without a week is no empty page: the last one with something stands below.
    shown = None if rows or start.state.week else before
    listed = published_in(start, shown) if shown else rows

    def to(week: date) -> str:
        return start.state.but(week=None if week == this else week).url("/england/week/")

    weeks = [
        (
            "The last week known here with something published" if shown else "",
            shown or monday,
            listed,
        )
    ]
    read = last_read(start, monday)
    if shown and read and read < shown and not any(isinstance(row, Inspection) for row in listed):
        weeks.append(("The last week with grades on this site", read, published_in(start, read)))
    context = {
        "sentence": said,
        "unread_sentence": unread_sentence(start, listed),
        "preview": start.preview("This week: reports on children's services", said),
        "weeks": [
            (
                heading,
                to(week),
                {"week": words.day(week), "rows": [line(row, start) for row in found]},
            )
            for heading, week, found in weeks
            if found
        ],
        "corrected": corrected_in(start, monday),
        "earlier_url": to(monday - A_WEEK) if monday.year > 1990 and not shown else "",
        "later_url": to(monday + A_WEEK) if monday < this else "",
        "last_url": to(before) if before and not rows else "",
        "last_words": words.day(before) if before else "",
        "at_hand": at_hand(
            start,
            [("Week of", words.day(monday))],
            [
                ("/england/changes/", "What changed in twelve months"),
                ("/england/visits/", "Visits"),
                ("/england/upcoming/", "When the next are likely"),
                ("/subscribe/", "Be told of new reports"),
            ],
        ),
    }
    return answer(request, "week", start, of_england(EVERY, start), context)
