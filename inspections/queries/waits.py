"""Are the kept waits true to the facts?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inspections.models import LaneWait, Tally, Wait
from inspections.models.lane_wait import FIELDS as LANE_FIELDS
from inspections.models.lane_wait import wanted_lane_waits
from inspections.models.tally import FIELDS, wanted_tallies
from inspections.models.wait import known_to, wanted_waits


@dataclass(frozen=True, slots=True)
class WrongTally:
    """A count of the kept table that is not what the facts give; 0 where there is none."""

    cell: str
    held: int
    wanted: int


def tallies_differing() -> list[WrongTally]:
    """Every difference between the kept counts and a recomputation; empty when they are true."""
    wanted = wanted_tallies(wanted_waits().values(), known_to())
    held = {tuple(cell): n for n, *cell in Tally.objects.values_list("councils", *FIELDS)}
    return [
        WrongTally(str(cell), held.get(cell, 0), wanted.get(cell, 0))
        for cell in {**held, **wanted}
        if held.get(cell, 0) != wanted.get(cell, 0)
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of the kept table that is not what the facts give."""

    inspection_id: int
    field: str
    held: Any
    wanted: Any


def _lane_waits_differing(waits: Iterable[Mapping[str, Any]]) -> list[Difference]:
    wanted = wanted_lane_waits(waits)
    held = {
        (inspection, lane): tuple(row)
        for inspection, lane, *row in LaneWait.objects.values_list(
            "inspection_id", "lane_id", *LANE_FIELDS
        )
    }
    nothing: tuple[None, ...] = (None,) * len(LANE_FIELDS)
    return [
        Difference(key[0], f"{name} in lane {key[1]}", was, ought)
        for key in sorted({**held, **wanted})
        for name, was, ought in zip(
            LANE_FIELDS, held.get(key, nothing), wanted.get(key, nothing), strict=True
        )
        if was != ought
    ]


def waits_differing() -> list[Difference]:
    """Every difference between the kept waits, also as seen from each lane, and a recomputation.

    Empty when they are true.
    """
    wanted = wanted_waits()
    held = {row["inspection_id"]: row for row in Wait.objects.values()}
    found = [Difference(pk, "row", "present", "none") for pk in held.keys() - wanted.keys()]
    for pk, row in wanted.items():
        if pk not in held:
            found.append(Difference(pk, "row", "none", "present"))
            continue
        found += [
            Difference(pk, name, held[pk][name], value)
            for name, value in row.items()
            if held[pk][name] != value
        ]
    found += _lane_waits_differing(wanted.values())
    return sorted(found, key=lambda row: (row.inspection_id, row.field))
