"""Which events a calendar shows, and in what words."""

from collections.abc import Iterator

from django.conf import settings

from dashboard import presenters, upcoming_page, words
from dashboard.calendar_feed import CalendarEvent
from dashboard.expected_page import happened
from inspections.queries.calendar import CouncilCalendar
from inspections.queries.upcoming import Upcoming
from inspections.rows import CouncilRow, InspectionRow
from inspections.rules.windows import WindowStatus
from inspections.rules.working_days import action_plan_deadline, publication_deadline
from inspections.vocabulary import DatePrecision

HISTORY = "History, not a schedule: an estimate from what councils waited before."
ESTIMATED = {WindowStatus.ESTIMATED}


def address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def window_event(row: Upcoming, ons_code: str) -> CalendarEvent | None:
    """A council's window, named by the inspection it rests on; None where it has no two ends."""
    window = row.window
    if window.window_status not in ESTIMATED or not (window.earliest_date and window.latest_date):
        return None
    return CalendarEvent(
        key=f"window-{row.slug}-{row.reference}",
        sequence=row.window_changes,
        first_date=window.earliest_date,
        last_date=window.latest_date,
        summary=f"{row.council_name}: next full inspection, if it goes as before",
        description=(
            f"{upcoming_page.council_sentence(row)} {HISTORY} {upcoming_page.basis_words(row)}. "
            f"{address('/method/#windows')}"
        ),
        url=address(f"/councils/{row.slug}/"),
        is_tentative=True,
        ons_code=ons_code,
        reference=row.reference,
    )


def council_events(found: CouncilCalendar) -> Iterator[CalendarEvent]:
    """Past events, duties after an inadequate judgement, expectations and the window."""
    name, slug, code = found.council.short_name, found.council.slug, found.council.ons_code
    for row in found.inspections:
        sequence = found.inspection_changes.get(row.id, 0)
        url = address(f"/councils/{slug}/inspections/{row.reference}/")
        first = row.start_date or row.publication_date
        yield CalendarEvent(
            key=f"inspection-{slug}-{row.reference}",
            sequence=sequence,
            first_date=first,
            last_date=max(first, row.end_date or first),
            summary=f"{name}: {presenters.event_name(row).lower()}",
            description=(
                f"{presenters.grades_sentence(row)}. Published {words.day(row.publication_date)}."
            ),
            url=url,
            ons_code=code,
            reference=row.reference,
        )
        yield from _duties(row, found.council, sequence, url)
    for visit in found.visits:
        if visit.start_date is None or visit.start_precision != DatePrecision.DAY:
            continue
        yield CalendarEvent(
            key=f"visit-{slug}-{visit.reference}",
            sequence=found.visit_changes.get(visit.id, 0),
            first_date=visit.start_date,
            last_date=visit.end_date or visit.start_date,
            summary=f"{name}: {presenters.event_name(visit).lower()}",
            description=visit.topic or "No topic recorded.",
            url=address(f"/councils/{slug}/inspections/{visit.reference}/"),
            ons_code=code,
            reference=visit.reference,
        )
    for statement in found.statements:
        if statement.expected_from_date is None or statement.expected_to_date is None:
            continue
        came = happened(statement, statement.expected_to_date)
        yield CalendarEvent(
            key=f"expected-{slug}-{statement.reference}",
            sequence=found.statement_changes.get(statement.reference, 0),
            first_date=statement.expected_from_date,
            last_date=statement.expected_to_date,
            summary=f"{name}: expected by {statement.said_by}: {statement.what}",
            description=f"{came} {statement.source_text}.",
            url=address(f"/england/expected/?council={slug}"),
            is_tentative=True,
            ons_code=code,
            reference=statement.reference,
        )
    if found.window is not None and found.council.closed_date is None:
        event = window_event(found.window, code)
        if event is not None:
            yield event


def _duties(
    row: InspectionRow, council: CouncilRow, sequence: int, url: str
) -> Iterator[CalendarEvent]:
    """The action plan and the council's own publication, for an inadequate judgement."""
    if not row.framework.is_whole_service:
        return
    if not any(held.grade.is_inadequate for held in row.judgements):
        return
    doubt = "A day later if the count began a day later; the publication date stands for receipt."
    for code, title, duty in (
        ("action-plan", "action plan due (70 working days)", action_plan_deadline),
        ("publication", "own publication of the report due (30 working days)",
         publication_deadline),
    ):  # fmt: skip
        deadline = duty(row.publication_date)
        yield CalendarEvent(
            key=f"{code}-{council.slug}-{row.reference}",
            sequence=sequence,
            first_date=deadline.due_date,
            last_date=deadline.latest_date,
            summary=f"{council.short_name}: {title}",
            description=doubt,
            url=url,
            ons_code=council.ons_code,
            reference=row.reference,
        )
