"""Does the record break a rule of the field, and is that known?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspections.models import Council, Inspection, RuleException, Visit
from inspections.queries import events
from inspections.queries.check_rules import RULES, Finding, Rows, Rule
from inspections.queries.frameworks import framework_book
from inspections.queries.record import record_state
from inspections.rows import Clock, VisitRow

NEEDLESS = "exception-that-matches-nothing"


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """A recorded exception: this subject may break this rule, for this reason."""

    rule: str
    subject: str
    reason: str
    source_text: str


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What breaks a rule and is not excepted, and what is, with its reason."""

    findings: tuple[Finding, ...]
    excepted: tuple[tuple[Finding, ExceptionRow], ...]
    rows: Rows


def check_record(*, today: date) -> CheckAnswer:
    """Holds the whole public record to every rule."""
    exceptions = [
        ExceptionRow(*values)
        for values in RuleException.objects.values_list("rule", "subject", "reason", "source_text")
    ]
    return check(all_rows(today=today), exceptions)


def findings_about(event: Inspection | Visit, *, today: date) -> tuple[Finding, ...]:
    """What breaks a rule in one inspection or visit, in the light of the whole record."""
    subject = f"{event.council.slug} {event.reference}"
    return tuple(row for row in check_record(today=today).findings if row.subject == subject)


def all_rows(*, today: date) -> Rows:
    """Everything that is public, whatever its days say, in eight queries."""
    book = framework_book()
    predecessors: dict[int, list[int]] = defaultdict(list)
    links = Council.predecessors.through.objects.order_by("pk")
    for later, earlier in links.values_list("from_council_id", "to_council_id"):
        predecessors[later].append(earlier)
    # Visits are asked for here: the public question leaves out those without any date.
    visits = Visit.objects.public().order_by("council_id", "start_date", "reference")
    return Rows(
        councils=tuple(events.councils()),
        frameworks=book.in_order,
        inspections=tuple(events.inspections(book, Clock(date.max))),
        visits=tuple(VisitRow(*values) for values in visits.values_list(*events.VISIT_FIELDS)),
        predecessors={later: tuple(found) for later, found in predecessors.items()},
        today=today,
        as_at=record_state().as_at_date or today,
    )


def check(
    rows: Rows, exceptions: Iterable[ExceptionRow], *, rules: tuple[Rule, ...] = RULES
) -> CheckAnswer:
    """Holds rows to the rules. An exception that matches nothing is a finding too."""
    known = {(row.rule, row.subject): row for row in exceptions}
    findings, excepted, used = [], [], set()
    for rule in rules:
        for finding in rule.findings(rows):
            key = (finding.rule, finding.subject)
            if key in known:
                excepted.append((finding, known[key]))
                used.add(key)
            else:
                findings.append(finding)
    names = {rule.name for rule in rules}
    for key, row in known.items():
        if key not in used:
            why = "breaks it no longer" if row.rule in names else "there is no such rule"
            findings.append(
                Finding(
                    NEEDLESS, "", row.subject, f"excepted from {row.rule}, but {why}: remove it"
                )
            )
    return CheckAnswer(tuple(findings), tuple(excepted), rows)
