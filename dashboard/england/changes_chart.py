"""Changes: what is asked and drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import MEANINGS, Answer, ChartKind, Shown
from dashboard.charts import grade_moves
from dashboard.data.columns import grade_counts, of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import (
    GRADE,
    HELP,
    KIND,
    LANE,
    REGION,
    Notice,
    ViewState,
    one_of,
    page_param,
    param,
    read_day,
    read_steps,
    to_slug,
)
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from inspections.figure_rows import GradeMoves
from inspections.framework_rows import Grade, Lane
from inspections.questions.changes import (
    COMPARED,
    NEWEST,
    ORDERS,
    Changes,
    Direction,
    Wanted,
    changes,
)


@dataclass(frozen=True, kw_only=True)
class ChangesState(ViewState):
    """Between two days; `as_at` is the later one. `was` and `now` are grades."""

    since: date | None = param(read_day, name="from")
    area: str = param(LANE, default=HELP, write=to_slug)
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    direction: str | None = param(one_of(*Direction, what="direction"), write=to_slug)
    steps: int | None = param(read_steps)
    was: str | None = param(GRADE, write=to_slug)
    now: str | None = param(GRADE, write=to_slug)
    sort: str = param(one_of(*ORDERS, what="order"), default=NEWEST)
    page: int = page_param()


USUAL_DAYS = 365

MOVED_A_PAGE = 60


def days_of(start: Opening) -> tuple[date, date]:
    """The earlier day, as asked or a year before the later one; and the later day, as asked or
    the last up to which the record tells."""
    state: ChangesState = start.state
    later = start.told_to
    return min(state.since or later - timedelta(days=USUAL_DAYS), later), later


def out_of_order(start: Opening) -> tuple[Notice, ...]:
    """Told where the earlier day that was asked for lies after the later one."""
    since, later = start.state.since, start.told_to
    if since is None or since <= later:
        return ()
    return (Notice("from", str(since), f"it is after {later}, the later day"),)


def ask_changes(start: Opening, *, most: int | None = MOVED_A_PAGE) -> Changes:
    """The asked page of councils; all that fit (None) for a file, none (0) for a chart."""
    state: ChangesState = start.state
    earlier, later = days_of(start)
    return changes(
        start.record,
        lane=start.book.lane(state.area),
        earlier=earlier,
        later=later,
        among=lists.among_of(state.region, state.kind),
        wanted=Wanted(state.direction or "", state.steps or 0, state.was or "", state.now or ""),
        order=state.sort,
        first=lists.asked_first(state, MOVED_A_PAGE) if most else 0,
        most=most,
    )


BECAME = {
    Direction.UP: "up",
    Direction.SAME: "the same",
    Direction.DOWN: "down",
    Direction.FIRST: "with no full inspection that graded it before",
    Direction.NOT_COMPARABLE: "not comparable",
}


def became_words(found: Changes) -> str:
    """`16 up, 13 the same and 3 down`; why some are not compared, where it is one reason."""
    counts = found.directions
    parts = [f"{counts[way]} {word}" for way, word in BECAME.items() if counts[way]]
    why = f" ({found.reason})" if found.reason else ""
    return words.listing(parts) + why


def moves_rows(found: Changes) -> GradeMoves:
    """The pairs that were compared; what was not comparable by the grade before."""
    keys = {grade.key for grade in found.grades}
    return GradeMoves(
        area_name=found.lane.name,
        grades=found.grades,
        counts=dict(found.matrix),
        not_comparable={key: number for key, number in found.not_comparable.items() if key in keys},
        earlier=found.earlier,
        later=found.later,
    )


def _directions(rows: GradeMoves) -> tuple[int, int, int]:
    """How many of the compared councils went up, stayed and went down."""
    order = {grade.key: grade.order for grade in rows.grades}
    up = sum(n for (old, new), n in rows.counts.items() if order[new] < order[old])
    down = sum(n for (old, new), n in rows.counts.items() if order[new] > order[old])
    return up, sum(rows.counts.values()) - up - down, down


def _moves_title(rows: GradeMoves) -> str:
    up, same, down = _directions(rows)
    again = words.count(up + same + down, "council")
    return f"Of {again} inspected again {up} went up for {rows.area_name.lower()}, {down} down"


def _moves_sentence(rows: GradeMoves) -> str:
    up, same, down = _directions(rows)
    span = ""
    if rows.earlier:
        span = f"Between {words.day(rows.earlier)} and {words.day(rows.later)}: "
    return f"{span}{up} up, {same} the same again, {down} down."


MOVES = Entry(
    slug="moves",
    title=_moves_title,
    sentence=_moves_sentence,
    figure=grade_moves.figure,
    narrow=lambda rows: grade_moves.figure(rows, narrow=True),
    slide=grade_moves.slide,
    offers="the councils behind each count",
    note=lambda rows: "Councils with a new full inspection between the two days.",
)


class From(NamedTuple):
    """What became of the councils that held one grade on the earlier day: a row of the matrix."""

    grade: Grade
    counts: Mapping[str, int]
    not_comparable: int
    lane: Lane
    earlier: date
    later: date


def answer_moves(found: Changes, start: Opening) -> Answer:
    rows = moves_rows(found)

    def table() -> PageTable:
        columns = (
            *of("", "lane"),
            *of("", role="earlier", day="earlier"),
            *of("", "grade", role="earlier"),
            *of("", role="later", day="later"),
            *grade_counts(lists.grades_given(start), "counts"),
            *of("", "not_comparable"),
        )
        lines = tuple(
            From(
                old,
                {new.key: found.matrix[old.key, new.key] for new in found.grades},
                rows.not_comparable.get(old.key, 0),
                found.lane,
                found.earlier,
                found.later,
            )
            for old in found.grades
        )
        then = {grade.key: f"Then {grade.title}" for grade in found.grades}
        return PageTable(
            Table("moves", columns, lines),
            ("earlier_grade", *then, "not_comparable"),
            {"earlier_grade": "Held before", **then},
            {"earlier_grade": lambda row: row.grade.title},
        )

    def named() -> GradeMoves:
        by_cell: dict[tuple[str, str], list[str]] = {}
        for row in ask_changes(start, most=None).rows:
            if row.direction in COMPARED:
                by_cell.setdefault(row.cell, []).append(row.council.short_name)
        return replace(rows, names={cell: tuple(names) for cell, names in by_cell.items()})

    return Answer(rows, table, is_empty=not found.matrix, explored=named)


def ask_moves(start: Opening) -> Answer:
    """The sums of all councils asked about; what narrows the page's list alone is named."""
    state: ChangesState = start.state
    reason = "the chart counts every council compared; the list on the page of changes narrows"
    notices = tuple(
        Notice(name, to_slug(str(value)), reason)
        for name in ("direction", "steps", "was", "now")
        if (value := getattr(state, name)) is not None
    )
    notices += out_of_order(start)
    return replace(answer_moves(ask_changes(start, most=0), start), notices=notices)


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    book = shown.start.book
    since = Field("from", "Since", kind="date")
    return ((lists.area_field(book), lists.region_field(), lists.kind_field()), (since,))


KIND_OF_CHART = ChartKind(
    MOVES,
    ChangesState,
    False,
    lambda start, council: ask_moves(start),
    choices=choices,
    below=MEANINGS,
)
