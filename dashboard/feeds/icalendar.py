"""Calendar files (RFC 5545): windows, duties, expectations and past events as all-day spans.

An event keeps its UID for as long as the fact behind it has its address; SEQUENCE rises when
its days change. Everything in a file follows from the record, so that an unchanged record
gives an unchanged file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from icalendar import Event

DOMAIN = "childrens-services-inspections"
PRODUCT = f"-//{DOMAIN}//EN"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When an empty record last changed."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A span of whole days, both ends included. `key` is unique and never changes; `stamp` is
    when it last did, None for when the record did.

    `ons_code` and `reference` name the council and the inspection or visit for good.
    """

    key: str
    sequence: int
    first_date: date
    last_date: date
    summary: str
    description: str
    url: str
    stamp: datetime | None = None
    is_tentative: bool = False
    is_cancelled: bool = False
    ons_code: str = ""
    reference: str = ""


def calendar_text(
    name: str, events: Iterable[CalendarEvent], *, changed_at: datetime, about: str = ""
) -> bytes:
    """The events as a calendar file; `changed_at` (aware) is when the record last changed,
    `about` a sentence on the calendar."""
    # Here, because importing it slows every start of the site.
    from icalendar import Calendar, vText

    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    # The library knows neither as a text, whose commas are escaped (RFC 7986, 5.1).
    found.add("name", vText(name))
    found.add("x-wr-calname", vText(name))
    if about:
        found.add("description", vText(about))
        found.add("x-wr-caldesc", vText(about))
    found.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    for event in events:
        found.add_component(_event(event, changed_at))
    return found.to_ical()


def _event(row: CalendarEvent, changed_at: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{row.key}@{DOMAIN}")
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.stamp or changed_at)
    event.add("last-modified", row.stamp or changed_at)
    event.add("dtstart", row.first_date)
    event.add("dtend", row.last_date + timedelta(days=1))
    event.add("summary", row.summary)
    event.add("description", row.description)
    event.add("url", row.url)
    if row.ons_code:
        event.add("x-ons-code", row.ons_code)
    if row.reference:
        event.add("x-reference", row.reference)
    status = "TENTATIVE" if row.is_tentative else "CONFIRMED"
    event.add("status", "CANCELLED" if row.is_cancelled else status)
    event.add("transp", "TRANSPARENT")
    return event


def calendar_file(
    name: str, title: str, events: Iterable[CalendarEvent], *, changed_at: datetime, about: str
) -> HttpResponse:
    """The calendar as a response; subscribing programs read it in place."""
    response = HttpResponse(
        calendar_text(title, events, changed_at=changed_at, about=about),
        content_type="text/calendar; charset=utf-8",
    )
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
