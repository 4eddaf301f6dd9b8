"""What changed between two days in any of the areas: words, letters and lines of the file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
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
    NEWEST,
    Direction,
    Held,
    Moved,
    MovedAnywhere,
    Wanted,
    in_any_area,
    newest_first,
)

ANY = "any"
NAMED = 3  # changes that the first sentence names
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
    if state.sort == NEWEST:
        listed = newest_first(listed)
    first = lists.asked_first(state, MOVED_A_PAGE) if most else 0
    last = first + most if most else None
    return AnyChanges(lanes, earlier, later, tuple(every), tuple(listed[first:last]), len(listed))


def fits(row: MovedAnywhere, state: ChangesState) -> bool:
    """Is it wanted? Grades and steps are those of one area, which went the asked way."""
    if state.direction and Direction(state.direction) not in row.directions:
        return False
    wanted = Wanted(state.direction or "", state.steps or 0, state.was or "", state.now or "")
    return any(wanted.fits(moved) for moved in row.moves.values())


def counted(found: AnyChanges) -> str:
    """How many rose or fell somewhere: `3 rose in an area, 2 fell in one (1 did both)`."""
    counts = found.directions
    both = sum({Direction.UP, Direction.DOWN} <= row.directions for row in found.every)
    told = f"{counts[Direction.UP]} rose in an area, {counts[Direction.DOWN]} fell in one"
    return f"{told}{f' ({both} did both)' if both else ''}"


def newest(found: AnyChanges) -> list[tuple[str, date]]:
    """`Luton up and down`, with the day of its report."""
    return [
        (f"{row.council.short_name} {words.listing(sorted(row.directions, reverse=True))}",
         row.published)
        for row in newest_first(row for row in found.every if row.has_moved)[:NAMED]
    ]  # fmt: skip


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


def table_rows(found: AnyChanges, keep: str) -> Iterator[tuple[bool, SafeString]]:
    for row in found.rows:
        before, after = (_held(held, found.lanes) for held in (row.any.earlier, row.any.later))
        yield row.has_moved, change_row(keep, row.any, before, after, said(row))


def change_row(
    keep: str, row: Moved, before: SafeString, after: SafeString, change: str
) -> SafeString:
    """What a council held before and after, the change in words, and when that was published."""
    return format_html(
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th><td data-label="Before">{}</td>'
        '<td data-label="After">{}</td><td data-label="Change">{}</td>'
        '<td data-label="Published">{}</td></tr>',
        row.council.slug,
        keep,
        row.council.short_name,
        before,
        after,
        change,
        words.day(row.published) if row.later else "",
    )


def _held(held: Held | None, lanes: tuple[Lane, ...]) -> SafeString:
    if held is None:
        return format_html('<span class="quiet">{}</span>', "not yet inspected")
    letters = presenters.lane_letters(held.inspection, lanes)
    return format_html('<span class="letters">{}</span>', letters)


def moves(found: AnyChanges) -> Iterator[tuple[Lane, Moved]]:
    """A line for each area of each council, for the file."""
    for row in found.rows:
        yield from row.moves.items()
