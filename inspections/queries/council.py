"""The questions of a council's page."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, OuterRef, Subquery
from django.utils.text import slugify

from inspections.models import (
    Correction,
    Council,
)
from inspections.queries import events
from inspections.queries.expectations import Expectation, expectations_of
from inspections.queries.past_cases import PastCases, is_inadequate, past_cases
from inspections.queries.positions import positions
from inspections.queries.upcoming import Upcoming, window_on
from inspections.rows import (
    Clock,
    CouncilRow,
    FrameworkBook,
    InspectionRow,
    Position,
    VisitRow,
)
from inspections.vocabulary import AliasScheme

LONGEST_NAME = 150  # characters, as a council's name in full


@dataclass(frozen=True, slots=True)
class CouncilAnswer:
    """Everything a council's page shows, as at a clock."""

    council: CouncilRow
    predecessors: tuple[CouncilRow, ...]
    successors: tuple[CouncilRow, ...]
    inspections: tuple[InspectionRow, ...]
    visits: tuple[VisitRow, ...]
    position: Position | None
    neighbours: tuple[Position, ...]
    corrections: int
    upcoming: Upcoming | None
    past_cases: PastCases | None
    """Waits after an inadequate judgement, where one is held now."""
    expectations: tuple[Expectation, ...]
    statements: int

    @property
    def whole_service(self) -> tuple[InspectionRow, ...]:
        return tuple(row for row in self.inspections if row.framework.is_whole_service)


def find_council(text: str, clock: Clock | None = None) -> tuple[CouncilRow | None, bool]:
    """The council of an address, and whether the address is its own slug.

    With `clock.known` its names, codes and regions are those that the site held then.

    A code (ONS, DfE, Ofsted; former ones too), a name or a former slug finds it as well,
    with False. Text with characters that cannot be printed finds nothing.
    """
    if len(text) > LONGEST_NAME or not text.isprintable():
        return None, False
    found = events.councils(slug=text)
    if found:
        return _as_held(found[0], clock), True
    councils, aliases = events.councils_with_aliases()
    sought, code = slugged(text), text.upper()
    near = [
        row
        for row in councils
        if code in {row.ons_code, row.dfe_code, row.ofsted_urn}
        or sought in {slugged(row.short_name), slugged(row.name)}
        or any(
            sought == slugged(value) if scheme == AliasScheme.NAME else code == value.upper()
            for scheme, value in aliases[row.id]
        )
    ]
    exact = [row for row in near if not row.closed_date] or near
    return (exact[0], False) if len(exact) == 1 else (None, False)


def _as_held(row: CouncilRow, clock: Clock | None) -> CouncilRow:
    """The council as the site held it, at its present address; as it is where it held none."""
    then = events.councils(clock, id=row.id) if clock and clock.known else []
    return replace(then[0], slug=row.slug) if then else row


def slugged(name: str) -> str:
    return slugify(name.replace("&", " and "))


def council_answer(
    council: CouncilRow, book: FrameworkBook, clock: Clock, *, complete_to: date | None = None
) -> CouncilAnswer:
    """Asks everything about one council, in seven queries whatever its history.

    In eight where something is judged inadequate now.
    """
    neighbours = events.neighbours(clock, council.id)
    ids = [council.id, *(row.id for row in neighbours)]
    found = events.inspections(book, clock, council_ids=ids)
    own = [row for row in found if row.council_id == council.id]
    position = positions(book, clock, councils=[council], inspections=own, with_pairs=True)
    if not position:
        # A closed council keeps what it last held; a future one has nothing.
        whole = [row for row in own if row.framework.is_whole_service]
        if whole:
            before = Clock(whole[-1].publication_date, clock.known)
            alive = council if council.existed_on(before.as_at) else None
            position = (
                positions(book, before, councils=[council], inspections=own, with_pairs=True)
                if alive
                else []
            )
    beside = _beside(council, clock)
    visits = tuple(events.visits(clock, council_ids=[council.id]))
    told, statements = expectations_of(council.id, own, visits, clock)
    return CouncilAnswer(
        council=council,
        predecessors=beside.predecessors,
        successors=beside.successors,
        inspections=tuple(own),
        visits=visits,
        position=position[0] if position else None,
        neighbours=tuple(
            sorted(
                positions(book, clock, councils=neighbours, inspections=found),
                key=lambda row: row.council.short_name,
            )
        ),
        corrections=beside.corrections,
        past_cases=past_cases(book, clock)
        if position and position[0].latest and is_inadequate(position[0].latest)
        else None,
        upcoming=upcoming_of(council, own, book, clock, complete_to),
        expectations=told,
        statements=statements,
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the record holds beside a council's events. Relatives by name."""

    corrections: int
    predecessors: tuple[CouncilRow, ...]
    successors: tuple[CouncilRow, ...]


def _beside(council: CouncilRow, clock: Clock) -> _Beside:
    """Corrections counted, predecessors and successors; one query.

    With `clock.known` one more for each relative, whose name is the one held then.
    """
    corrected = Correction.objects.known_at(clock.known).filter(council=OuterRef("pk")).order_by()
    rows = (
        Council.objects.filter(pk=council.id)
        .order_by("predecessors__short_name", "successors__short_name")
        .annotate(
            corrected=Subquery(corrected.values("council").annotate(n=Count("pk")).values("n"))
        )
        .values_list(
            "corrected",
            *(f"predecessors__{name}" for name in events.COUNCIL_FIELDS),
            *(f"successors__{name}" for name in events.COUNCIL_FIELDS),
        )
    )
    width = len(events.COUNCIL_FIELDS)
    corrections, before, after = 0, {}, {}
    for number, *values in rows:
        corrections = number or 0
        for found, fields in ((before, values[:width]), (after, values[width:])):
            if fields[0] is not None:
                found[fields[0]] = CouncilRow(*fields)
    return _Beside(
        corrections,
        *(tuple(_as_held(row, clock) for row in found.values()) for found in (before, after)),
    )


def upcoming_of(
    council: CouncilRow,
    own: list[InspectionRow],
    book: FrameworkBook,
    clock: Clock,
    complete_to: date | None,
) -> Upcoming | None:
    """The council's open wait with its window; None once it has ceased, or never inspected.

    As kept for the present record, in one query; as known on an earlier day, in more.
    """
    if council.closed_by(clock.as_at) or not any(row.framework.is_whole_service for row in own):
        return None
    return window_on(book, clock, council, complete_to)
