"""The two duties that follow every report on the whole service, whatever its grades.

Law: after any report under section 136 of the Education and Inspections Act 2006 the council
prepares a written statement of the action it proposes (section 137(3)) and publishes report and
statement (section 137(4)); the days are those of SI 2007/462, see `working_days`. Haringey,
judged to require improvement in 2018, took its plan to cabinet to send it to Ofsted.

A letter after a visit starts one duty where it names areas for priority action: Ofsted's
letters to Peterborough (May 2023) and Slough (January 2026) ask for an action plan within 70
working days of the letter. Letters from before, at hand here, do not name the days.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from inspections.rows import Inspection, UnreadReport, Visit
from inspections.rules.working_days import Deadline, action_plan_deadline, publication_deadline
from inspections.vocabulary import VisitKind

LAW: Final = "Education and Inspections Act 2006, section 137; SI 2007/462"
LAW_URL: Final = "https://www.legislation.gov.uk/ukpga/2006/40/section/137"
FIRST_DAY: Final = date(2007, 4, 1)
"""From which section 137 was in force, as its text of that day says."""
FIRST_LETTER: Final = date(2023, 5, 9)
"""The first letter at hand that names the days of the plan for areas for priority action."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What one report obliges to, its publication date standing for receipt."""

    action_plan: Deadline
    own_publication: Deadline


def duties_of(inspection: Inspection | UnreadReport) -> Duties | None:
    """None for an inspection of a part of the service, or of before the law."""
    published = inspection.publication_date
    if isinstance(inspection, Inspection) and not inspection.framework.is_whole_service:
        return None
    if published < FIRST_DAY:
        return None
    return Duties(action_plan_deadline(published), publication_deadline(published))


def letter_plan_of(visit: Visit) -> Deadline | None:
    """The last day for the plan on the areas for priority action of a focused visit's letter;
    None without any, or for a letter that is not known to have named the days."""
    published = visit.publication_date
    if (
        visit.kind != VisitKind.FOCUSED
        or not visit.priority_actions
        or published is None
        or published < FIRST_LETTER
    ):
        return None
    return action_plan_deadline(published)
