"""Rows that charts and previews are drawn from: frozen, plain values."""

from dataclasses import dataclass, field
from datetime import date

from inspections.framework_rows import Grade


@dataclass(frozen=True)
class GradeSpan:
    """What one lane held from one inspection to the next (``end`` None: still held).

    ``grade`` None: the inspection did not grade this lane. ``is_combined``: judged together
    with another area (named in ``note``), so one judgement fills two lanes. ``before``: the
    grade that this one can be compared with, and ``steps`` how far it moved (positive: better).
    """

    lane: str
    lane_name: str
    grade: Grade | None
    start: date
    end: date | None
    area_name: str = ""
    is_combined: bool = False
    framework_name: str = ""
    inspection_ref: str = ""
    note: str = ""
    before: Grade | None = None
    steps: int = 0
    is_overall: bool = False


@dataclass(frozen=True)
class FrameworkBand:
    """The years in which inspections followed one framework (``end`` None: in force)."""

    name: str
    start: date
    end: date | None = None


def brief(framework_name: str) -> str:
    """`Rules of 2023` or `ILACS 2023`: a framework's title before its own name, its own name before
    what it says in brackets, for narrow places."""
    return framework_name.partition(":")[0].partition(" (")[0]


@dataclass(frozen=True)
class VisitMark:
    """A visit, which has no grade, or a step of the government's. ``precision`` is "day", "month"
    (day unknown) or "year"."""

    kind: str
    kind_name: str
    day: date
    precision: str = "day"
    topic: str = ""


@dataclass(frozen=True)
class MeasuredWindow:
    """When a next inspection has usually come, measured on other councils. Not a schedule."""

    earliest: date
    likeliest: date
    latest: date


@dataclass(frozen=True)
class GradesOverTime:
    """One council's grades by lane, with the visits between them.

    ``lanes`` are (code, name) from top to bottom; ``today`` is the day the record is seen at
    or the council's last day, and ``today_name`` what the picture calls it. ``visits_known``
    says to which day visits are complete; empty where they are to ``today``. ``begins``: the
    day from which it is drawn, where one is asked for; ``later``: inspections after its end.
    ``unread``: the day on which a newer report was published that is not read here yet.
    """

    council_name: str
    lanes: tuple[tuple[str, str], ...]
    spans: tuple[GradeSpan, ...]
    bands: tuple[FrameworkBand, ...]
    visits: tuple[VisitMark, ...]
    today: date
    window: MeasuredWindow | None = None
    today_name: str = "today"
    visits_known: str = ""
    begins: date | None = None
    later: int = 0
    unread: date | None = None


@dataclass(frozen=True)
class GradesHeld:
    """How many councils held each grade in one area at each period's last day.

    ``periods``, ``counts`` (grade code to number of councils), ``not_inspected`` and
    ``no_longer_given`` (the area was not graded any more) have the same length.
    ``grades`` are best first. ``ungraded``: councils inspected without a grade of their
    own in the area. ``ends``: the last day on which the area was graded. ``marked``: a council
    that the reader marks, by name, and ``stood`` its grade's key at each period, empty without.
    ``latest``: a day after the last period with its counts, told and not drawn; ``since``: how many
    full reports were published in between.
    """

    area_name: str
    periods: tuple[date, ...]
    grades: tuple[Grade, ...]
    counts: tuple[dict[str, int], ...]
    not_inspected: tuple[int, ...]
    no_longer_given: tuple[bool, ...]
    ungraded: tuple[int, ...] = ()
    ends: date | None = None
    marked: str = ""
    stood: tuple[str, ...] = ()
    latest: tuple[date, dict[str, int]] | None = None
    since: int = 0


@dataclass(frozen=True)
class AreaHeld:
    """One area: councils by grade key, those without a grade of its own, and without inspection.

    ``names`` of the councils by the same keys, for exploring; ``stood``: the key of the marked
    council's grade, empty where it has none.
    """

    name: str
    counts: dict[str, int]
    ungraded: int
    not_inspected: int
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stood: str = ""


@dataclass(frozen=True)
class GradesByArea:
    """What some councils hold on a day, area by area; ``grades`` are best first. ``marked``: the
    name of the council that the reader marks, ``chosen`` which councils these are, in words."""

    areas: tuple[AreaHeld, ...]
    grades: tuple[Grade, ...]
    day: date
    marked: str = ""
    chosen: str = ""


@dataclass(frozen=True)
class TrackMark:
    """Something that came on a day: its kind, the kind's name, and what is told of it."""

    kind: str
    kind_name: str
    day: date
    told: str


@dataclass(frozen=True)
class Track:
    """A line from one day to another, with the span that was usual or expected, and what came."""

    name: str
    first: date
    last: date
    told: str
    span: tuple[date, date] | None = None
    span_told: str = ""
    marks: tuple[TrackMark, ...] = ()


@dataclass(frozen=True)
class Tracks:
    """Lines on one axis of time, as they stand on ``today``, which the picture calls so."""

    tracks: tuple[Track, ...]
    line_name: str
    span_name: str
    today: date
    today_name: str = "today"


@dataclass(frozen=True)
class VisitQuarter:
    """Visits that began in the three months from ``first`` on: names of councils by kind."""

    first: date
    councils: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class VisitsByQuarter:
    """Quarters without gap, oldest first. ``kinds`` are (code, name); ``known``: the first day
    (None: from the start) and the last for which visits of all these kinds are complete;
    ``undated``: visits without a day, in no quarter. ``pauses`` of routine inspection."""

    quarters: tuple[VisitQuarter, ...]
    kinds: tuple[tuple[str, str], ...]
    known: tuple[date | None, date]
    pauses: tuple[tuple[date, date], ...] = ()
    undated: int = 0
    last_year: int = 0  # visits of the last twelve months that are known whole
    year_before: int | None = None  # None: not known whole


@dataclass(frozen=True)
class GradeMoves:
    """How many councils went from each grade to each at the inspection after, in one area.

    ``grades`` are best first. ``counts`` by (grade code before, grade code after);
    ``not_comparable`` by the grade code before: what followed cannot be set beside it. ``names``
    of the councils, by the same pairs, for exploring.
    """

    area_name: str
    grades: tuple[Grade, ...]
    counts: dict[tuple[str, str], int]
    not_comparable: dict[str, int] = field(default_factory=dict)
    earlier: date | None = None
    later: date | None = None
    names: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


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
    same picture; its own overlay and other are not drawn. ``cases``: each wait by name, for
    exploring.
    """

    title_name: str
    points: tuple[tuple[float, float], ...]
    at_risk: tuple[tuple[int, int], ...]
    overlay: SurvivalOverlay | None = None
    other: "SurvivalCurve | None" = None
    cases: tuple[SurvivalOverlay, ...] = ()


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
    marked: str = ""  # the name of the council that the reader marks


@dataclass(frozen=True)
class CompareChart:
    """Up to ten councils on one axis of time, in the order given."""

    councils: tuple[GradesOverTime, ...]
    today: date
    between: tuple[date, date] | None = None  # the axis's ends, where another slide shares it
    today_name: str = "today"
    marked: str = ""  # the name of the council that the reader marks


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


@dataclass(frozen=True)
class GridColumn:
    """One column of a grid of themes. `name` is for tables and pointers, `head` the same in
    lines for the picture. `kind`, `kind_name`: of a visit, which has a shape of its own."""

    name: str
    head: tuple[str, ...]
    kind: str = ""
    kind_name: str = ""


@dataclass(frozen=True)
class GridCell:
    """What one column says of one theme: a number in the picture, and its words. `row` and
    `column` count from 0; `level` is the place of its shade among the grid's levels."""

    row: int
    column: int
    level: int
    text: str
    words: str


@dataclass(frozen=True)
class ThemeGrid:
    """Themes as rows, events or groups of documents as columns; most cells may be empty.

    `levels` name the shades, the palest first: two or four. `said` is the grid in a sentence.
    """

    rows: tuple[str, ...]
    columns: tuple[GridColumn, ...]
    cells: tuple[GridCell, ...]
    levels: tuple[str, ...]
    said: str
    is_of_years: bool = False  # the oldest first


@dataclass(frozen=True)
class PanelPoint:
    """One period of one measure. ``said`` is the figure in words, or why there is none;
    ``low`` to ``high`` the neighbours' band. ``is_break``: not to be joined to those before."""

    day: date
    period: str
    value: float | None
    said: str
    low: float | None = None
    high: float | None = None
    england: float | None = None
    beside: str = ""
    is_break: bool = False


@dataclass(frozen=True)
class Panel:
    """One measure as one of the small multiples. ``unit`` is what its axis counts: percent,
    pounds or anything else; ``latest`` the newest figure in words."""

    name: str
    unit: str
    latest: str
    points: tuple[PanelPoint, ...]


@dataclass(frozen=True)
class Multiples:
    """Measures on one axis of time: of a council, with its inspections as marks on each, or of all
    councils. ``council_name`` is whose the line is, ``band_name`` whose the band."""

    council_name: str
    panels: tuple[Panel, ...]
    inspections: tuple[date, ...]
    visits: tuple[VisitMark, ...]
    today: date
    today_name: str = "today"
    band_name: str = "its ten neighbours, 10th to 90th percentile"
