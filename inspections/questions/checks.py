"""Does the record break a rule of the field, and is that known?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspections.country_rows import RuleException
from inspections.record import Record
from inspections.rules.of_record import RULES, RecordRule, Rows, RuleBreach

NEEDLESS = "exception-that-matches-nothing"


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What breaks a rule and is not excepted, and what is, with its reason."""

    findings: tuple[RuleBreach, ...]
    excepted: tuple[tuple[RuleBreach, RuleException], ...]
    rows: Rows


def check_record(record: Record, *, today: date) -> CheckAnswer:
    """Holds the whole public record to every rule."""
    return check(all_rows(record, today=today), record.exceptions)


def findings_about(
    record: Record, council: str, reference: str, *, today: date
) -> tuple[RuleBreach, ...]:
    """What breaks a rule in one inspection or visit, in the light of the whole record."""
    subject = f"{council} {reference}"
    return tuple(
        row for row in check_record(record, today=today).findings if row.subject == subject
    )


def all_rows(record: Record, *, today: date) -> Rows:
    """Everything that is public, whatever its days say."""
    return Rows(
        councils=record.councils,
        frameworks=record.book.in_order,
        inspections=record.inspections,
        visits=tuple(
            sorted(
                record.visits,
                key=lambda row: (row.council_id, row.start_date or date.max, row.reference),
            )
        ),
        predecessors={row.id: row.predecessors for row in record.councils if row.predecessors},
        today=today,
        as_at=record.as_at_date or today,
    )


def check(
    rows: Rows, exceptions: Iterable[RuleException], *, rules: tuple[RecordRule, ...] = RULES
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
                RuleBreach(
                    NEEDLESS, "", row.subject, f"excepted from {row.rule}, but {why}: remove it"
                )
            )
    return CheckAnswer(tuple(findings), tuple(excepted), rows)
