"""What follows a report, on a council's page: duties, the next visit, what comes and how."""

from collections.abc import Mapping
from typing import Any

from dashboard import words
from dashboard.state.opening import Opening
from dashboard.words import presenters
from dashboard.words.duties import duties_context
from dashboard.words.what_comes import comes
from inspections.framework_rows import FrameworkBook
from inspections.questions.council import CouncilAnswer
from inspections.questions.inadequate import Tracked
from inspections.questions.next_visit import NextVisit, next_visits
from inspections.rows import Inspection
from inspections.rules.clock import DAYS_PER_MONTH
from inspections.rules.outcomes import Standing, outcome_of
from inspections.rules.what_comes import WHAT_COMES
from inspections.vocabulary import VisitKind

FIRST_USUAL = "the first published one 8 to 13 months after the report"
COMES_AFTER: Mapping[Standing, frozenset[str]] = {
    Standing.GOOD_OR_BETTER: frozenset({"short", "focused_visit", "jtai"}),
    Standing.BELOW_GOOD: frozenset({"standard", "focused_visit", "jtai"}),
    Standing.INADEQUATE: frozenset({"standard", "monitoring_visit"}),
}
"""The kinds that followed such an outcome under the rules to March 2026."""


def follows_context(answer: CouncilAnswer, start: Opening) -> dict[str, Any] | None:
    """Of the latest full inspection; None without one. Where a newer report is not yet here, the
    duties are that report's, and nothing is said from the older grades."""
    latest = answer.position.latest if answer.position else None
    unread = answer.position.unread if answer.position else None
    if latest is None:
        return None
    outcome = None if unread else outcome_of(latest)
    kinds = COMES_AFTER[outcome.standing] if outcome else frozenset(row.code for row in WHAT_COMES)
    visit = next_visits(start.record, start.day).get(outcome.standing) if outcome else None
    return {
        "duties": duties_context(unread or latest, start.day),
        "visit": visit_words(visit) if visit else "",
        "since": since_words(answer, latest, visit.kind, start) if visit else "",
        "comes": comes(start.record, start.day, kinds),
    }


def monitoring_words(row: Tracked, book: FrameworkBook) -> str:
    """How many monitoring visits there were; without any, whether they usually follow, by the
    rule measured on every one on record."""
    framework = row.inspection.framework
    if row.monitoring:
        last = max((one.start_date for one in row.monitoring if one.start_date), default=None)
        when = f", the last in {words.month(last)}" if last else ""
        return f"{len(row.monitoring)} on record since the report{when}."
    if row.monitors:
        return f"They usually follow an Inadequate overall grade, {FIRST_USUAL}."
    if row.monitors is not None or framework.has_overall:
        return ""
    since = words.month(book.without_overall_since(framework))
    return (
        f"Before {since} they followed an Inadequate overall grade, {FIRST_USUAL}. "
        "Whether they still do, without that grade, is not known here."
    )


def visit_words(found: NextVisit) -> str:
    """How long the next visit has usually been in coming, with n and the days it was seen in."""
    kind = VisitKind(found.kind).label.lower()
    rest = (
        f"{words.count(found.curve.cases, 'report')} with such an outcome since "
        f"{words.month(found.seen_from_date)}, {found.curve.events} of them followed by one; "
        f"visits to {words.day(found.seen_to_date)}"
    )
    if found.half_within_days is None:
        return f"Fewer than half of councils in this position had a {kind} in that time ({rest})."
    months = round(found.half_within_days / DAYS_PER_MONTH)
    return (
        f"Half of councils in this position had a {kind} within {words.count(months, 'month')} "
        f"of the report ({rest})."
    )


def since_words(answer: CouncilAnswer, latest: Inspection, kind: str, start: Opening) -> str:
    """The visits on record since the inspection; without one, to which day that is known."""
    report = words.month(latest.event_date)
    rows = [row for row in answer.visits if row.start_date and row.start_date > latest.event_date]
    if rows:
        named = [
            f"{presenters.event_name(row).lower()} ({presenters.event_month(row)})" for row in rows
        ]
        return f"Since the inspection of {report}: {words.listing(named)}."
    seen_to = start.record.seen_to(start.day, kind)
    if seen_to <= latest.publication_date:
        known = words.day(seen_to)
        return f"Whether one has come since is not known here: visits are known to {known}."
    return f"None is on record since the inspection of {report}, to {words.day(seen_to)}."
