"""What each grade and each area means, in plain words."""

from dataclasses import dataclass

from inspections.framework_rows import FrameworkBook, Grade, Lane

GRADES = {
    "outstanding": "Services work very well: children do much better because of them, better than "
    "could be expected, and it lasts.",
    "good": "Services work: children are helped, protected and cared for.",
    "requires_improvement": "No widespread or serious failures that leave children harmed or at "
    "risk; the least that is required is in place. Help, protection and care are not yet good.",
    "inadequate": "Widespread or serious failures: children are harmed or at risk of harm, or the "
    "welfare of children in care or of care leavers is not safeguarded.",
    "adequate": "The third of the four grades until 2013. Ofsted's later files show it as Requires "
    "improvement.",
}
"""By the key of the grade, after Ofsted's own words. A grade without a line is not explained."""
SOURCE = (
    "Ofsted's report on Barnsley of 8 August 2014, page 32",
    "https://files.ofsted.gov.uk/v1/file/50004276#page=32",
)
AREAS = {
    "overall": "One grade for the whole service, given by the inspectors and not worked out from "
    "the others. None for inspections from 1 April 2026 on.",
    "leaders": "What those who lead the service do for social work with children and families.",
    "help_and_protection": "How children fare who need help or protection: at the front door, "
    "where worries about a child arrive, and with plans for children in need or child protection.",
    "in_care": "How children fare in the council's care, with its foster families too. Judged "
    "together with care leavers from 2018 to 2022.",
    "care_leavers": "How young people fare who have left care. A judgement of its own since "
    "January 2023.",
    "adoption": "How well adoption works: a graded part of another judgement until 2018.",
    "lscb": "The board of council, police, health and others that watched over the protection of "
    "children, graded beside the council until 2018.",
}
"""By the code of the lane, after the names and topics of Ofsted's frameworks and visits."""


@dataclass(frozen=True, slots=True)
class Meanings:
    grades: list[tuple[Grade, str]]
    areas: list[tuple[Lane, str]]
    source: str
    source_url: str


def meanings(book: FrameworkBook) -> Meanings:
    """The grades and areas on record, each with what it means."""
    grades = {grade.key: grade for grade in book.grades.values()}
    return Meanings(
        [(grades[key], words) for key, words in GRADES.items() if key in grades],
        [(lane, AREAS[lane.code]) for lane in book.lanes if lane.code in AREAS],
        *SOURCE,
    )
