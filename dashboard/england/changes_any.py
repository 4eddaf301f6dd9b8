"""What changed between two days in any of the areas: words, letters and lines of the file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard import words
from dashboard.england.changes_chart import MOVED_A_PAGE, ChangesState, days_of
from dashboard.state import lists
from dashboard.state.address import HELP, from_choices, param, to_slug
from dashboard.state.opening import Opening
from dashboard.words import presenters
from inspections.framework_rows import Lane
from inspections.questions.changes import (
    NEW,
    Direction,
    Held,
    Moved,
    MovedAnywhere,
    Wanted,
    in_any_area,
)
from inspections.rows import Council

ANY = "any"
GROUPS = {
    Direction.UP: "up",
    Direction.DOWN: "down",
    Direction.SAME: "same",
    Direction.FIRST: "first judgement",
    Direction.NOT_COMPARABLE: "not comparable",
}


@dataclass(frozen=True, kw_only=True)
class ChangesPageState(ChangesState):
    """The page and its file may ask of any area; its chart is of one."""

    area: str = param(
        from_choices(lambda choices: (ANY, *choices.lanes), "judgement area"),
        default=HELP,
        write=to_slug,
    )


@dataclass(frozen=True, slots=True)
class AnyChanges:
    """Every council asked about, and those of the wanted ones that a page lists."""

    lanes: tuple[Lane, ...]
    earlier: date
    later: date
    every: tuple[MovedAnywhere, ...]
    rows: tuple[MovedAnywhere, ...]
    total: int

    @property
    def councils(self) -> int:
        return len(self.every)

    @property
    def inspected_again(self) -> int:
        return sum(row.any.direction in NEW for row in self.every)

    @property
    def directions(self) -> Counter[Direction]:
        """Councils, not areas: one that went up in one and down in another is in both."""
        return Counter(direction for row in self.every for direction in row.directions)


def ask(start: Opening, *, most: int | None = MOVED_A_PAGE) -> AnyChanges:
    state: ChangesState = start.state
    earlier, later = days_of(start)
    lanes = tuple(lane for lane in start.book.lanes if lane.is_core)
    among = lists.among_of(state.region, state.kind)
    every = in_any_area(start.record, lanes=lanes, earlier=earlier, later=later, among=among)
    listed = [row for row in every if fits(row, state)]
    first = lists.asked_first(state, MOVED_A_PAGE) if most else 0
    last = first + most if most else None
    return AnyChanges(lanes, earlier, later, tuple(every), tuple(listed[first:last]), len(listed))


def fits(row: MovedAnywhere, state: ChangesState) -> bool:
    """Is it wanted? Grades and steps are those of one area, which went the asked way."""
    if state.direction and Direction(state.direction) not in row.directions:
        return False
    wanted = Wanted(state.direction or "", state.steps or 0, state.was or "", state.now or "")
    return any(wanted.fits(moved) for moved in row.moves.values())


def sentence(found: AnyChanges, among: str) -> str:
    """How many were inspected in between, and how many of them rose or fell somewhere."""
    span = f"Between {words.day(found.earlier)} and {words.day(found.later)}"
    if not found.inspected_again:
        return f"{span} no full inspection of a council{among} was published."
    counts = found.directions
    both = sum({Direction.UP, Direction.DOWN} <= row.directions for row in found.every)
    told = f"{counts[Direction.UP]} rose in an area, {counts[Direction.DOWN]} fell in one"
    return (
        f"{span} new full inspections of {found.inspected_again} of {found.councils} "
        f"councils{among} were published: {told}{f' ({both} did both)' if both else ''}."
    )


def said(row: MovedAnywhere) -> str:
    """`Up: leaders, help and protection; down: care leavers`; the same only where nothing else."""
    groups: dict[Direction, list[str]] = {}
    for lane, moved in row.moves.items():
        groups.setdefault(moved.direction, []).append(lane.short_name.lower())
    if set(groups) == {Direction.SAME}:
        return "Same in every area"
    moved_at_all = groups.keys() & {Direction.UP, Direction.DOWN, Direction.FIRST}
    parts = [
        f"{name}: {', '.join(groups[direction])}"
        for direction, name in GROUPS.items()
        if direction in groups and not (direction is Direction.SAME and moved_at_all)
    ]
    told = "; ".join(parts) or "not re-inspected"
    return told[0].upper() + told[1:]


def table_rows(found: AnyChanges, keep: str) -> SafeString:
    lanes = found.lanes
    return change_rows(
        keep,
        (
            (row.council, _held(row.any.earlier, lanes), _held(row.any.later, lanes), said(row))
            for row in found.rows
        ),
    )


def change_rows(
    keep: str, rows: Iterable[tuple[Council, SafeString, SafeString, str]]
) -> SafeString:
    """A row for each council: what it held before and after, and the change in words."""
    line = (
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th><td data-label="Before">{}</td>'
        '<td data-label="After">{}</td><td data-label="Change">{}</td></tr>'
    )
    return format_html_join(
        "", line, ((row.slug, keep, row.short_name, *cells) for row, *cells in rows)
    )


def _held(held: Held | None, lanes: tuple[Lane, ...]) -> SafeString:
    if held is None:
        return format_html('<span class="quiet">{}</span>', "not yet inspected")
    return format_html(
        '<span class="letters">{}</span>\u00a0<span class="quiet">{}</span>',
        presenters.lane_letters(held.inspection, lanes),
        words.month(held.inspection.event_date).replace(" ", "\u00a0"),
    )


def moves(found: AnyChanges) -> Iterator[tuple[Lane, Moved]]:
    """A line for each area of each council, for the file."""
    for row in found.rows:
        yield from row.moves.items()
