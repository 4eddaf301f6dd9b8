"""What the parsers may know of the world: frameworks, areas, grades, today. Pure.

They come from the record or from the shipped tables; nothing here knows a framework by name.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from inspections.framework_rows import Framework, Grade

from .wording.grades import GRADE_WORDINGS, Wordings


class Period(NamedTuple):
    """First and last day, both included."""

    start_date: date
    end_date: date


@dataclass(frozen=True)
class ReadingRules:
    """Everything a parser may know about the world, and the day it counts as today."""

    frameworks: tuple[Framework, ...]
    grades: tuple[Grade, ...]
    today: date

    def in_force(self, day: date) -> tuple[Framework, ...]:
        return tuple(rule for rule in self.frameworks if rule.is_in_force(day))

    def framework(self, code: str) -> Framework | None:
        return next((rule for rule in self.frameworks if rule.code == code), None)

    def wordings(self, framework: Framework) -> Wordings:
        """By code of a grade of the framework's scale: its printed words, in lower case."""
        own = [grade for grade in self.grades if grade.scale == framework.scale]
        found = {
            grade.code: (grade.official_name.lower(), *GRADE_WORDINGS.get(grade.code, ()))
            for grade in own
        }
        return found or GRADE_WORDINGS
