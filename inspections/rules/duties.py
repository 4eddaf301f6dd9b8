"""The two duties that follow every report on the whole service, whatever its grades.

Law: after any report under section 136 of the Education and Inspections Act 2006 the council
prepares a written statement of the action it proposes (section 137(3)) and publishes report and
statement (section 137(4)); the days are those of SI 2007/462, see `working_days`. Haringey,
judged to require improvement in 2018, took its plan to cabinet to send it to Ofsted.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from inspections.rows import Inspection
from inspections.rules.working_days import Deadline, action_plan_deadline, publication_deadline

LAW: Final = "Education and Inspections Act 2006, section 137; SI 2007/462"
LAW_URL: Final = "https://www.legislation.gov.uk/ukpga/2006/40/section/137"
FIRST_DAY: Final = date(2007, 4, 1)
"""From which section 137 was in force, as its text of that day says."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What one report obliges to, its publication date standing for receipt."""

    action_plan: Deadline
    own_publication: Deadline


def duties_of(inspection: Inspection) -> Duties | None:
    """None for an inspection of a part of the service, or of before the law."""
    published = inspection.publication_date
    if not inspection.framework.is_whole_service or published < FIRST_DAY:
        return None
    return Duties(action_plan_deadline(published), publication_deadline(published))
