"""The chart of councils side by side: what is asked, drawn and told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import MEANINGS, Answer, ChartKind, Shown
from dashboard.charts import compare as drawing
from dashboard.council.figures_beside import figures_tables
from dashboard.council.grades import held_table
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import (
    LANE,
    Notice,
    ViewState,
    listed,
    param,
    read_council,
    read_year,
    to_slug,
)
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from inspections.diff import ENGLAND_FACTS, MEASURES, NEIGHBOURS, Scope
from inspections.figure_rows import CompareChart, GradesOverTime, GradeSpan
from inspections.questions.positions import Position, positions
from inspections.questions.timeline import grades_over_time
from inspections.rows import Council, Inspection


@dataclass(frozen=True, kw_only=True)
class CompareState(ViewState):
    """`council`: the one of `councils` that stands first, and out."""

    councils: tuple[str, ...] = param(listed(read_council), default=())
    council: str | None = param(read_council)
    areas: tuple[str, ...] = param(listed(LANE), default=())
    start: int | None = param(read_year, name="from")
    end: int | None = param(read_year, name="to")


MOST_IN_A_NAME = 3
RESTS_ON = frozenset({MEASURES, NEIGHBOURS})


def first_of(councils: Sequence[Council], start: Opening) -> Council | None:
    """The council that stands first; none where it is not among them."""
    asked = start.state.council
    found = start.council(asked)[0] if asked else None
    return found if found in councils else None


def side_by_side(
    held: Sequence[Position], inspections: Sequence[Inspection], start: Opening
) -> CompareChart:
    """The areas of each council, all on one axis of time; a council without is left out."""
    state: CompareState = start.state
    lanes = state.areas or [lane.code for lane in start.book.lanes if lane.is_core]
    drawn_to, ends = start.drawn_to(inspections), start.today_name
    if state.end and state.end < drawn_to.year:
        drawn_to, ends = date(state.end, 12, 31), f"end of {state.end}"
    is_cut = bool(state.end and state.end < start.day.year)
    councils = tuple(
        replace(
            grades_over_time(
                start.book,
                council_name=row.council.short_name,
                inspections=[x for x in inspections if x.council_id == row.council.id],
                visits=(),
                as_at=start.drawn_to(inspections),
                lanes=lanes,
                first_year=state.start,
                last_year=state.end,
                closed=row.council.closed_date,
            ),
            unread=row.unread.publication_date if row.unread and not is_cut else None,
        )
        for row in held
    )
    marked = next((row.council.short_name for row in held if row.council.slug == state.council), "")
    return CompareChart(
        tuple(row for row in councils if row.spans), drawn_to, today_name=ends, marked=marked
    )


def _title(rows: CompareChart) -> str:
    """What the councils hold in the first area: of few by name, of more how many hold each."""
    held: dict[str, list[str]] = {}
    lanes = rows.councils[0].lanes[:1] if rows.councils else ()
    spans = [
        (span.grade, row.council_name)
        for code, _name in lanes
        for row in rows.councils
        for span in [one for one in row.spans if one.lane == code][-1:]
        if span.grade
    ]
    for grade, name in sorted(spans, key=lambda pair: pair[0].place):
        held.setdefault(grade.name, []).append(name)
    if not held:
        return "Grades side by side"
    is_few = len(rows.councils) <= MOST_IN_A_NAME
    said = [f"{grade} in {words.listing(names)}" if is_few else f"{len(names)} {grade}"
            for grade, names in held.items()]  # fmt: skip
    return f"{lanes[0][1]}: {'; '.join(said) if is_few else words.listing(said)}"


def _sentence(rows: CompareChart) -> str:
    if not rows.councils:
        day = words.day(rows.today)
        return f"No full inspection of these councils had been published by {day}."
    marked = f" Framed: {rows.marked}." if rows.marked else ""
    later = sum(row.later for row in rows.councils)
    left_out = f" Not shown: {words.count(later, 'later inspection')}." if later else ""
    unread = words.newer_of([row.council_name for row in rows.councils if row.unread])
    return f"{_moves(rows)}{marked}{left_out}{unread}"


WAYS = {
    (False, True): "went down",
    (True, False): "went up",
    (True, True): "did both",
    (False, False): "did not move, or cannot be compared",
}


def _moves(rows: CompareChart) -> str:
    """What became of the councils at their latest inspection shown: of few by name and area, of
    more how many went which way."""
    if len(rows.councils) <= MOST_IN_A_NAME:
        said = "; ".join(f"{row.council_name}: {_moved(row)}" for row in rows.councils)
        return f"At the latest inspection shown, {said}."
    found = dict.fromkeys(WAYS, 0)
    for row in rows.councils:
        steps = [span.steps for span in _last(row)]
        found[max(steps) > 0, min(steps) < 0] += 1
    told = "; ".join(f"{number} {WAYS[way]}" for way, number in found.items() if number)
    return f"At the latest inspection shown, of {len(rows.councils)} councils in any area: {told}."


def _last(row: GradesOverTime) -> list[GradeSpan]:
    """The spans that began with the latest inspection."""
    return [span for span in row.spans if span.start == row.spans[-1].start]


def _moved(row: GradesOverTime) -> str:
    """`down for leaders; up for care leavers`, the bad news first."""
    names: dict[bool, list[str]] = {False: [], True: []}
    for span in _last(row):
        if span.steps:
            names[span.steps > 0].append(words.within(span.area_name))
    said = [
        f"{'up' if is_up else 'down'} for {words.listing(list(dict.fromkeys(areas)))}"
        for is_up, areas in names.items()
        if areas
    ]
    return ", ".join(said) or words.within(WAYS[False, False])


def _sheets(rows: CompareChart) -> list[tuple[CompareChart, str]]:
    """Each slide says which councils of all it shows."""
    parts = drawing.sheets(rows)
    found, first = [], 1
    for part in parts:
        last = first + len(part.councils) - 1
        shown = f"{first}" if first == last else f"{first} to {last}"
        found.append((part, f"Here: {shown} of {len(rows.councils)} councils."))
        first = last + 1
    return found if len(found) > 1 else [(rows, "")]


ENTRY = Entry(
    slug="side-by-side",
    title=_title,
    sentence=_sentence,
    figure=drawing.figure,
    narrow=lambda rows: drawing.figure(rows, narrow=True),
    slide=drawing.slide,
    sheets=_sheets,
    note=lambda rows: "Each bar runs from one full inspection to the next.",
)


@dataclass(frozen=True)
class Compared:
    """The councils of an address, those of the day with what they hold, and their events."""

    chosen: tuple[Council, ...]
    held: tuple[Position, ...]
    inspections: tuple[Inspection, ...]


def ask(start: Opening) -> Compared:
    slugs = start.state.councils
    named = [row for slug in slugs if (row := start.council(slug)[0])]
    first = first_of(named, start)
    chosen = sorted(named, key=lambda row: (row != first, row.short_name))
    inspections = [row for one in chosen for row in start.record.inspections_of(one.id, start.day)]
    held = positions(start.record, start.day, chosen)
    return Compared(tuple(chosen), tuple(held), tuple(inspections))


def answer(found: Compared, start: Opening) -> Answer:
    rows = side_by_side(found.held, found.inspections, start)
    councils = {row.council.short_name: row.council for row in found.held}

    def table() -> PageTable:
        shown = {councils[row.council_name]: row for row in rows.councils}
        names = ("council", "lane_name", "grade_name", "start_date", "held_to_date")
        return replace(held_table(shown, found.inspections), names=names)

    return Answer(
        rows,
        table,
        is_empty=not rows.councils,
        council_ids=frozenset(row.id for row in found.chosen),
        notices=not_among(found, start),
        more=lambda: figures_tables(start, [row.council for row in found.held]),
    )


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    councils, rows = shown.start.record.council_by_slug, shown.answer.rows
    named = [(slug, councils[slug].short_name) for slug in shown.start.state.councils]
    drawn = tuple(to_slug(code) for row in rows.councils[:1] for code, _name in row.lanes)
    return (
        (
            Field("areas", "Areas", lists.area_choices(shown.start.book), "", "several", drawn),
            Field("council", "Mark a council", named, any="none"),
            *lists.year_fields(shown.start),
        ),
    )


def not_among(found: Compared, start: Opening) -> tuple[Notice, ...]:
    """Told where the council that should stand first is not one of those compared."""
    asked = start.state.council
    if not asked or first_of(found.chosen, start):
        return ()
    return (Notice("council", asked, "it is not one of the councils compared"),)


def scope(found: Compared) -> Scope:
    """What the comparison rests on."""
    return Scope(
        frozenset(row.id for row in found.chosen),
        has_visits=False,
        facts=ENGLAND_FACTS,
        reference_data=RESTS_ON,
    )


def place(state: CompareState, rows: CompareChart) -> str:
    """The councils, for titles and names of files: three at most, else how many."""
    names = [row.council_name for row in rows.councils]
    return words.listing(names) if 0 < len(names) <= MOST_IN_A_NAME else f"{len(names)} councils"


SIDE_BY_SIDE = ChartKind(
    ENTRY,
    CompareState,
    False,
    lambda start, council: answer(ask(start), start),
    place=place,
    choices=choices,
    reference_data=RESTS_ON,
    below=MEANINGS,
)
