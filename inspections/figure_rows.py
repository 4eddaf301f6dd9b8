"""Rows of the figures about changes, waiting, timing and comparing: frozen, plain values."""

from dataclasses import dataclass, field
from datetime import date

from inspections.rows import GradeMark, GradesOverTime, GradeSpan


@dataclass(frozen=True)
class GradeMoves:
    """How many councils went from each grade to each at the inspection after, in one area.

    ``grades`` are best first. ``counts`` by (grade code before, grade code after);
    ``not_comparable`` by the grade code before: what followed cannot be set beside it.
    """

    area_name: str
    grades: tuple[GradeMark, ...]
    counts: dict[tuple[str, str], int]
    not_comparable: dict[str, int] = field(default_factory=dict)
    earlier: date | None = None
    later: date | None = None


@dataclass(frozen=True)
class SurvivalOverlay:
    """One council laid over a curve: months since its inspection, and whether the next one
    ended the wait (``is_event``) or the council is still waiting."""

    label: str
    months: float
    is_event: bool


@dataclass(frozen=True)
class SurvivalCurve:
    """The share (0-1) of councils not yet re-inspected by months since their inspection.

    ``points`` are (months, share from then on) where the share falls, in order. ``at_risk``
    are (months, n): councils still watched and waiting. ``other`` is a second curve in the
    same picture; its own overlay and other are not drawn.
    """

    title_name: str
    points: tuple[tuple[float, float], ...]
    at_risk: tuple[tuple[int, int], ...]
    overlay: SurvivalOverlay | None = None
    other: "SurvivalCurve | None" = None


@dataclass(frozen=True)
class WindowRow:
    """When a council's next full inspection has usually come. ``is_past``: it has waited
    longer than nine in ten did. ``region`` is a name to be read. ``latest`` None: the cases
    do not show an end."""

    name: str
    slug: str
    region: str
    earliest: date
    likeliest: date
    latest: date | None
    is_past: bool = False


@dataclass(frozen=True)
class WindowsChart:
    """Windows of many councils, as they stand on ``today``, which the picture calls so."""

    rows: tuple[WindowRow, ...]
    today: date
    is_by_region: bool = False
    today_name: str = "today"


@dataclass(frozen=True)
class CompareChart:
    """Up to ten councils on one axis of time, in the order given."""

    councils: tuple[GradesOverTime, ...]
    today: date
    between: tuple[date, date] | None = None  # the axis's ends, where another slide shares it
    today_name: str = "today"


@dataclass(frozen=True)
class CardLine:
    """One line of a page's preview: whose it is, its grade, and words beside it.

    ``mark`` is a graded spell; a letter for its absence (``–`` not graded, ``?`` not yet
    inspected); or None where the line has no grade at all.
    """

    label: str
    mark: GradeSpan | str | None = None
    note: str = ""


@dataclass(frozen=True)
class CardBar:
    """One group of a page's preview: how many councils hold each grade, by the grade's key."""

    label: str
    counts: dict[str, int]
