"""The questions of a council's page, and the one resolver of councils."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from inspections.questions.expectations import Expectation, expectations_of
from inspections.questions.positions import Position, position_of, positions
from inspections.questions.search import folded
from inspections.questions.waits import PastCases, Upcoming, past_cases, windows
from inspections.record import Record
from inspections.rows import Council, Inspection, Visit
from inspections.vocabulary import AliasScheme

LONGEST_NAME = 150  # characters, as a council's name in full


@dataclass(frozen=True, slots=True)
class CouncilAnswer:
    """Everything a council's page shows, as at a day.

    `past_cases`: waits after an inadequate judgement, where one is held now.
    """

    council: Council
    predecessors: tuple[Council, ...]
    successors: tuple[Council, ...]
    inspections: tuple[Inspection, ...]
    visits: tuple[Visit, ...]
    position: Position | None
    neighbours: tuple[Position, ...]
    corrections: int
    upcoming: Upcoming | None
    past_cases: PastCases | None
    expectations: tuple[Expectation, ...]
    statements: int

    @property
    def whole_service(self) -> tuple[Inspection, ...]:
        return tuple(row for row in self.inspections if row.framework.is_whole_service)


def find_council(now: Record, text: str) -> tuple[Council | None, bool]:
    """The council of an address, and whether the address is its own slug.

    A code (ONS, DfE, Ofsted; former ones too), a name or a former slug finds it as well,
    with False. Text with characters that cannot be printed finds nothing.
    """
    if len(text) > LONGEST_NAME or not text.isprintable():
        return None, False
    if text in now.council_by_slug:
        return now.council_by_slug[text], True
    sought, code = folded(text), text.upper()
    if not sought:
        return None, False
    near = [row for row in now.councils if _is_called(row, sought, code)]
    exact = [row for row in near if not row.closed_date] or near
    return (exact[0], False) if len(exact) == 1 else (None, False)


def _is_called(row: Council, sought: str, code: str) -> bool:
    if code in {row.ons_code, row.dfe_code, row.ofsted_urn}:
        return True
    names = [row.slug, row.short_name, row.name]
    for scheme, value in row.aliases:
        if scheme in {AliasScheme.NAME, AliasScheme.SLUG}:
            names.append(value)
        elif code == value.upper():
            return True
    return any(sought == folded(name) for name in names)


def as_held(record: Record, council: Council) -> Council:
    """The council as a record of an earlier moment holds it; as it is now where it held none."""
    then = record.council_by_id.get(council.id)
    return replace(then, slug=council.slug) if then else council


def council_answer(record: Record, council: Council, day: date) -> CouncilAnswer:
    """Asks everything about one council."""
    key = ("council", council.id, day)
    return record.remember(key, lambda: _answer(record, council, day))


def _answer(record: Record, council: Council, day: date) -> CouncilAnswer:
    own = record.inspections_of(council.id, day)
    position = _last_position(record, council, day)
    told, statements = expectations_of(record, council.id, day)
    neighbours = _held(record, council.neighbours)
    latest = position.latest if position else None
    is_told = record.tells_of(council.opened_date, day)
    return CouncilAnswer(
        council=council,
        predecessors=_held(record, council.predecessors) if is_told else (),
        successors=tuple(
            row
            for row in _held(record, council.successors)
            if record.tells_of(row.opened_date, day)
        ),
        inspections=own,
        visits=record.visits_of(council.id, day),
        position=position,
        neighbours=tuple(
            sorted(positions(record, day, neighbours), key=lambda row: row.council.short_name)
        ),
        corrections=sum(row.council_id == council.id for row in record.corrections),
        past_cases=past_cases(record, day) if latest and latest.inadequate else None,
        upcoming=windows(record, day).get(council.id),
        expectations=told,
        statements=statements,
    )


def _last_position(record: Record, council: Council, day: date) -> Position | None:
    """What the council holds; a closed one keeps what it last held, a future one has nothing."""
    if council.existed_on(day):
        return position_of(record, council, day, with_pairs=True)
    held = record.full_inspections_of(council.id, day)
    if not held or not council.existed_on(held[-1].publication_date):
        return None
    return position_of(record, council, held[-1].publication_date, with_pairs=True)


def _held(record: Record, ids: Iterable[int]) -> tuple[Council, ...]:
    """Those of the councils that the record holds: an earlier moment may have had none."""
    return tuple(record.council_by_id[pk] for pk in ids if pk in record.council_by_id)
