"""Grades held by the councils of the list, area by area: what is asked, drawn and told."""

from dataclasses import dataclass
from typing import NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import MEANINGS, Answer, ChartKind, Shown
from dashboard.charts import by_area as drawing
from dashboard.council import listed
from dashboard.data.columns import grade_counts, of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import Notice, param, read_council
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from inspections.figure_rows import AreaHeld, GradesByArea
from inspections.framework_rows import Lane
from inspections.questions.by_area import by_area
from inspections.questions.statistics import CouncilGroup


@dataclass(frozen=True, kw_only=True)
class ByAreaState(listed.CouncilsState):
    """The list of councils, and one of them that is marked."""

    council: str | None = param(read_council)


def _good(rows: GradesByArea, area: AreaHeld) -> int:
    return sum(area.counts.get(grade.key, 0) for grade in rows.grades if grade.is_good_or_better)


def _of(part: int, area: AreaHeld) -> str:
    return f"{part} of {sum(area.counts.values())}"


def title(rows: GradesByArea) -> str:
    """In which area most are good or better and in which fewest; of a marked council, how many
    hold what it holds."""
    found = [
        (number / sum(area.counts.values()), number, area)
        for area in rows.areas
        if not rows.marked or area.stood
        for number in [area.counts[area.stood] if rows.marked else _good(rows, area)]
        if any(area.counts.values())
    ]
    if not found:
        return f"Grades by area on {words.day(rows.day)}"
    found.sort(key=lambda row: -row[0])
    (_, most, first), (_, fewest, last) = found[0], found[-1]
    if rows.marked:
        said = f"{_of(most, first)} councils for {first.name.lower()}"
        more = "" if first is last else f" and {_of(fewest, last)} for {last.name.lower()}"
        return f"The grade of {rows.marked} is held by {said}{more}"
    said = f"Councils are most often Good or better for {first.name.lower()} ({_of(most, first)})"
    return (
        said
        if first is last
        else f"{said}, least often for {last.name.lower()} ({_of(fewest, last)})"
    )


def sentence(rows: GradesByArea) -> str:
    """Who is counted, and what the marked council holds."""
    total = max((drawing.total(area) for area in rows.areas), default=0)
    which = f" ({rows.chosen})" if rows.chosen else ""
    said = f"{words.count(total, 'council')}{which}, inspections to {words.day(rows.day)}."
    held: dict[str, list[str]] = {}
    names = {grade.key: grade.name for grade in rows.grades}
    for area in rows.areas:
        if area.stood:
            held.setdefault(names[area.stood], []).append(area.name.lower())
    parts = [f"{grade} for {words.listing(areas)}" for grade, areas in held.items()]
    return f"{said} {rows.marked}, framed: {'; '.join(parts)}." if parts else said


ENTRY = Entry(
    slug="grades-by-area",
    title=title,
    sentence=sentence,
    figure=drawing.figure,
    narrow=lambda rows: drawing.figure(rows, narrow=True),
    slide=drawing.slide,
    offers="the councils behind each grade",
    note=lambda rows: (
        "The latest full inspection of each council. Hatched: judged together with another area, "
        "as a part of one or not at all, or not yet inspected; these are in no share."
    ),
)


class AreaHeldLine(NamedTuple):
    """What the councils hold in one area."""

    lane: Lane
    group: CouncilGroup


def answer(start: Opening) -> Answer:
    found, state = listed.ask(start), start.state
    named = start.council(state.council)[0] if state.council else None
    marked = named if named in {row.council for row in found.positions} else None
    notices: tuple[Notice, ...] = ()
    if state.council and marked is None:
        notices = (Notice("council", state.council, "it is none of the councils shown"),)
    groups, areas, grades = by_area(start.record, found.positions, marked)
    which = listed.title(start).split(": ", 1)[1] if listed.is_narrowed(state) else ""
    rows = GradesByArea(areas, grades, start.seen_to, marked.short_name if marked else "", which)

    def table() -> PageTable:
        columns = (
            *of("lane", lane="code", lane_name="name"),
            *grade_counts(lists.grades_given(start), "group.by_grade"),
            *of("group", "with_a_grade", "judged_together", "not_judged", "not_yet_inspected"),
        )
        shown = [grade.key for grade in grades]
        return PageTable(
            Table("grades_by_area", columns, [AreaHeldLine(*pair) for pair in groups]),
            ["lane_name", *shown, "with_a_grade", "judged_together", "not_yet_inspected"],
        )

    return Answer(rows, table, is_empty=not found.positions, notices=notices)


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    row, more = listed.fields_of(shown.start.book)
    council = lists.council_field(shown.start, "Mark a council")
    return (*row, council), tuple(field for field in more if field.name != "sort")


KIND_OF_CHART = ChartKind(
    ENTRY, ByAreaState, False, lambda start, council: answer(start), choices=choices, below=MEANINGS
)
