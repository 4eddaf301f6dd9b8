"""Which kind of outcome an inspection had, for what usually follows it.

Until March 2026 the overall grade decided what came next: a short inspection after good or
outstanding, a standard one after requires improvement, monitoring and a re-inspection after
inadequate. Inspections without an overall grade are sorted by their judgements with the rule
below. This is for finding comparable waits only: it is not a grade, and no overall grade is
ever shown or derived from it.

The rule and what it rests on:

* any practice judgement inadequate: as after an inadequate outcome. Measured: in every ILACS
  inspection to March 2026 with an inadequate practice judgement the overall grade was
  inadequate. Leaders inadequate alone is not enough (it came with requires improvement four
  times of five).
* leaders and at least two thirds of the practice judgements good or better: as after good or
  outstanding. Since April 2026 this test (two of three) is said to stand in for the overall
  grade (secondary source: the readers of the framework at github.com/JT-39/
  ofsted-ilacs-scrape-tool).
* otherwise: as after requires improvement.

Set against the 145 inspections of January 2023 to March 2026, which have both the four
judgements and an overall grade, the rule gives the kind of outcome of the overall grade in all
145. That an inspection's next step since April 2026 follows these kinds is our assumption.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspections.framework_rows import Grade
from inspections.rows import Inspection
from inspections.vocabulary import Word


class Standing(Word):
    """Where a grade stands, whatever its name or the number of grades on its scale."""

    GOOD_OR_BETTER = "good_or_better", "good or better"
    BELOW_GOOD = "below_good", "requires improvement or equivalent"
    INADEQUATE = "inadequate", "inadequate"


class OutcomeBasis(StrEnum):
    """What the kind of outcome was read from."""

    OVERALL = "overall"
    JUDGEMENTS = "judgements"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The kind of outcome of an inspection and what it was read from."""

    standing: Standing
    basis: OutcomeBasis


def after(standing: Standing | None) -> str:
    """`after inadequate`: the name of a group of waits; None is an outcome of unknown kind."""
    return f"after {standing.label if standing else 'an outcome that cannot be told'}"


def outcome(
    *,
    overall: Standing | None,
    leaders: Standing | None,
    practice: Sequence[Standing],
) -> Outcome | None:
    """The kind of outcome by the rule of this module.

    ``overall``: standing of the overall grade, None where none was given. ``leaders`` and
    ``practice``: of the judgement on leaders and of those on practice with children; grades
    whose standing is not recorded are left out by the caller. None where the rule cannot say:
    no overall grade, and no judgement on leaders or on practice.
    """
    if overall is not None:
        return Outcome(overall, OutcomeBasis.OVERALL)
    if Standing.INADEQUATE in practice:
        return Outcome(Standing.INADEQUATE, OutcomeBasis.JUDGEMENTS)
    if leaders is None or not practice:
        return None
    good = practice.count(Standing.GOOD_OR_BETTER)
    if leaders is Standing.GOOD_OR_BETTER and 3 * good >= 2 * len(practice):
        return Outcome(Standing.GOOD_OR_BETTER, OutcomeBasis.JUDGEMENTS)
    return Outcome(Standing.BELOW_GOOD, OutcomeBasis.JUDGEMENTS)


def standing_of(grade: Grade) -> Standing:
    if grade.is_inadequate:
        return Standing.INADEQUATE
    return Standing.GOOD_OR_BETTER if grade.is_good_or_better else Standing.BELOW_GOOD


def outcome_of(inspection: Inspection) -> Outcome | None:
    """The kind of outcome of an inspection; parts of judgements are left out."""
    overall, leaders, practice = [], [], []
    for row in inspection.judgements:
        standing = standing_of(row.grade)
        if row.area.is_part:
            continue
        if row.area.is_overall:
            overall.append(standing)
        elif row.area.is_of_leaders:
            leaders.append(standing)
        elif row.area.is_of_practice:
            practice.append(standing)
    return outcome(
        overall=next(iter(overall), None), leaders=next(iter(leaders), None), practice=practice
    )
