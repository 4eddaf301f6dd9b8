"""Frozen rows: what the questions hand to charts, tables and downloads. No Django here.

Days are ``datetime.date``; nothing is ever a grade by default: a missing grade is ``None``.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GradeMark:
    """A grade as it is shown. ``order`` is 1 for the best of its scale; ``colour`` a token."""

    code: str
    name: str
    letter: str
    order: int
    colour: str


@dataclass(frozen=True)
class GradeSpan:
    """What one lane held from one inspection to the next (``end`` None: still held).

    ``grade`` None: the inspection did not grade this lane. ``is_combined``: judged together
    with another area (named in ``note``), so one judgement fills two lanes.
    """

    lane: str
    lane_name: str
    grade: GradeMark | None
    start: date
    end: date | None
    area_name: str = ""
    is_combined: bool = False
    framework_name: str = ""
    inspection_ref: str = ""
    note: str = ""


@dataclass(frozen=True)
class FrameworkBand:
    """The years in which inspections followed one framework (``end`` None: in force)."""

    name: str
    start: date
    end: date | None = None


@dataclass(frozen=True)
class VisitMark:
    """A visit, which has no grade. ``precision`` is "day" or "month" (day unknown)."""

    kind: str
    kind_name: str
    day: date
    precision: str = "day"
    ref: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Window:
    """When a next inspection has usually come, measured on other councils. Not a schedule."""

    earliest: date
    likeliest: date
    latest: date


@dataclass(frozen=True)
class GradesOverTime:
    """One council's grades by lane, with the visits between them.

    ``lanes`` are (code, name) from top to bottom; ``today`` is the day the record is seen at.
    """

    council_name: str
    lanes: tuple[tuple[str, str], ...]
    spans: tuple[GradeSpan, ...]
    bands: tuple[FrameworkBand, ...]
    visits: tuple[VisitMark, ...]
    today: date
    window: Window | None = None


@dataclass(frozen=True)
class GradesHeld:
    """How many councils held each grade in one area at each period's last day.

    ``periods``, ``counts`` (grade code to number of councils), ``not_inspected`` and
    ``no_longer_given`` (the area was not graded any more) have the same length.
    ``grades`` are best first.
    """

    area_name: str
    periods: tuple[date, ...]
    grades: tuple[GradeMark, ...]
    counts: tuple[dict[str, int], ...]
    not_inspected: tuple[int, ...]
    no_longer_given: tuple[bool, ...]
