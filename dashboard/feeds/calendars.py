"""Which events a calendar shows, in what words, and the calendars' addresses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.england.expected import happened
from dashboard.england.next import basis_words, council_sentence
from dashboard.feeds.icalendar import NEVER, CalendarEvent, calendar_file
from dashboard.http.answers import asks
from dashboard.http.of_council import of_council
from dashboard.state.address import PlainState
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from inspections.diff import entry_of_withdrawal
from inspections.questions.among import Among
from inspections.questions.calendar import CouncilCalendar, council_calendar
from inspections.questions.upcoming import upcoming
from inspections.questions.waits import Upcoming
from inspections.rows import Council, Inspection, UnreadReport
from inspections.rules.duties import duties_of, letter_plan_of
from inspections.rules.windows import WindowStatus
from inspections.vocabulary import DatePrecision, InspectionKind

HISTORY = "History, not a schedule: an estimate from what councils waited before."

DOUBT = "A day later if the count began a day later; the publication date stands for receipt."
ESTIMATED = {WindowStatus.ESTIMATED}


def address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def window_event(row: Upcoming, version: int) -> CalendarEvent | None:
    """A council's window, named by the inspection it rests on; None where it has no two ends."""
    window = row.window
    if window.status not in ESTIMATED or not (window.earliest_date and window.latest_date):
        return None
    return CalendarEvent(
        key=f"window-{row.council.slug}-{row.inspection.reference}",
        sequence=version,
        first_date=window.earliest_date,
        last_date=window.latest_date,
        summary=f"{row.council.short_name}: next full inspection, if it goes as before",
        description=(
            f"{council_sentence(row, window.as_at or date.min)} {HISTORY} {basis_words(row)}. "
            f"{address('/method/#windows')}"
        ),
        url=address(f"/councils/{row.council.slug}/"),
        is_tentative=True,
        ons_code=row.council.ons_code,
        reference=row.inspection.reference,
    )


def days_unknown(row: Inspection) -> str:
    """Says of which day the event is, where those on site are not on record."""
    if row.start_date is None:
        return " The days on site are not recorded; this is the day of publication."
    return "" if row.end_date else " The last day on site is not recorded."


def council_events(found: CouncilCalendar) -> Iterator[CalendarEvent]:
    """Past events, the duties after each report, expectations and the window."""
    name, slug, code = found.council.short_name, found.council.slug, found.council.ons_code
    for row in found.inspections:
        sequence = found.changes_of(row)
        url = address(f"/councils/{slug}/inspections/{row.reference}/")
        first = row.start_date or row.publication_date
        yield CalendarEvent(
            key=f"inspection-{slug}-{row.reference}",
            sequence=sequence,
            stamp=found.stamp_of(row),
            first_date=first,
            last_date=max(first, row.end_date or first),
            summary=f"{name}: {presenters.event_name(row).lower()}",
            description=(
                f"{presenters.grades_sentence(row)}. Published {words.day(row.publication_date)}."
                f"{days_unknown(row)}"
            ),
            url=url,
            ons_code=code,
            reference=row.reference,
        )
        for duty in _duties(row, row.reference, found.council, sequence):
            yield replace(duty, url=url, stamp=found.stamp_of(row))
    if new := found.unread:
        yield CalendarEvent(
            # That of the inspection itself, once its report is read.
            key=f"inspection-{slug}-{new.start_date}",
            sequence=0,
            first_date=new.start_date,
            last_date=new.start_date,
            summary=f"{name}: {InspectionKind.label_of(new.kind).lower()}, {words.NOT_YET_HERE}",
            description=f"Began on this day. Published {words.day(new.publication_date)}. "
            f"{presenters.NOT_READ}",
            url=address(f"/councils/{slug}/"),
            ons_code=code,
        )
        for duty in _duties(new, str(new.start_date), found.council, 0):
            yield replace(duty, reference="")  # it is no inspection of the record yet
    for visit in found.visits:
        if visit.start_date is None or visit.start_precision != DatePrecision.DAY:
            continue
        yield CalendarEvent(
            key=f"visit-{slug}-{visit.reference}",
            sequence=found.changes_of(visit),
            stamp=found.stamp_of(visit),
            first_date=visit.start_date,
            last_date=visit.end_date or visit.start_date,
            summary=f"{name}: {presenters.event_name(visit).lower()}",
            description=visit.topic or "No topic on this record.",
            url=address(f"/councils/{slug}/inspections/{visit.reference}/"),
            ons_code=code,
            reference=visit.reference,
        )
        if deadline := letter_plan_of(visit):
            yield CalendarEvent(
                key=f"action-plan-{slug}-{visit.reference}",
                sequence=found.changes_of(visit),
                stamp=found.stamp_of(visit),
                first_date=deadline.due_date,
                last_date=deadline.latest_date,
                summary=f"{name}: action plan on areas for priority action due (70 working days)",
                description=DOUBT,
                url=address(f"/councils/{slug}/inspections/{visit.reference}/"),
                ons_code=code,
                reference=visit.reference,
            )
    for expected in found.statements:
        said = expected.said
        if said.expected_from_date is None or said.expected_to_date is None:
            continue
        yield CalendarEvent(
            key=f"expected-{slug}-{said.reference}",
            sequence=found.changes.get(said.reference, 0),
            stamp=found.stamp_of_statement(said.reference),
            first_date=said.expected_from_date,
            last_date=said.expected_to_date,
            summary=f"{name}: expected by {said.said_by}: {said.what}",
            description=f"{happened(expected)} {said.source_text}.",
            url=address(f"/england/expected/?council={slug}"),
            is_tentative=True,
            ons_code=code,
            reference=said.reference,
        )
    if found.window is not None:
        event = window_event(found.window, found.version)
        if event is not None:
            yield event


def withdrawn_events(found: CouncilCalendar, start: Opening) -> Iterator[CalendarEvent]:
    """Cancelled under the names that they had, so that they leave the calendars that hold them."""
    slug, name = found.council.slug, found.council.short_name
    for row in start.record.withdrawn:
        first, entry = row.event_date, entry_of_withdrawal(start.record, row)
        is_own = row.council_id == found.council.id
        if not is_own or first is None or first > start.day or entry is None:
            continue
        kind = "inspection" if isinstance(row, Inspection) else "visit"
        yield CalendarEvent(
            key=f"{kind}-{slug}-{row.reference}",
            sequence=found.changes_of(row),
            stamp=found.stamp_of(row),
            first_date=first,
            last_date=max(first, row.end_date or first),
            summary=f"Withdrawn: {name}, {presenters.event_name(row).lower()}",
            description=f"Taken off the record on {words.moment_day(entry.corrected_at)}. "
            f"Reason: {entry.reason}",
            url=address(f"/councils/{slug}/inspections/{row.reference}/"),
            is_cancelled=True,
            ons_code=found.council.ons_code,
            reference=row.reference,
        )


def _duties(
    row: Inspection | UnreadReport, reference: str, council: Council, sequence: int
) -> Iterator[CalendarEvent]:
    """The action plan and the council's own publication, after a report on the whole service."""
    duties = duties_of(row)
    if duties is None:
        return
    for code, title, deadline in (
        ("action-plan", "action plan due (70 working days)", duties.action_plan),
        ("publication", "own publication of the report due (30 working days)",
         duties.own_publication),
    ):  # fmt: skip
        yield CalendarEvent(
            key=f"{code}-{council.slug}-{reference}",
            sequence=sequence,
            first_date=deadline.due_date,
            last_date=deadline.latest_date,
            summary=f"{council.short_name}: {title}",
            description=DOUBT,
            url=address(f"/councils/{council.slug}/"),
            ons_code=council.ons_code,
            reference=reference,
        )


@of_council()
def council(request: HttpRequest, start: Opening, row: Council) -> HttpResponse:
    found = council_calendar(start.record, row, start.day)
    return calendar_file(
        row.slug,
        f"{row.short_name}: inspections of children's services",
        [*council_events(found), *withdrawn_events(found, start)],
        changed_at=start.now.changed_at or NEVER,
        about=start.coverage,
    )


@asks(PlainState)
@require_safe
def england(request: HttpRequest) -> HttpResponse:
    start = opening(request, PlainState)
    found = upcoming(start.record, start.day, among=Among())
    events = (window_event(row, start.now.version) for row in found.rows)
    return calendar_file(
        "upcoming",
        "Windows of Ofsted's next full inspections, England",
        [event for event in events if event is not None],
        changed_at=start.now.changed_at or NEVER,
        about=start.coverage,
    )
