"""Which judgement area speaks for a lane of a page, in each framework."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

Area = TypeVar("Area")


def standing(areas: Iterable[tuple[Hashable, int, int, Area]]) -> list[Area]:
    """Of the areas of one lane, the one that stands for it in each framework.

    Each area comes as (framework, number of its lanes, order of printing, the area). One given
    to the lane alone comes before a combined one, then the one printed first.
    """
    best: dict[Hashable, tuple[tuple[int, int], Area]] = {}
    for framework, lanes, order, area in areas:
        if framework not in best or (lanes, order) < best[framework][0]:
            best[framework] = ((lanes, order), area)
    return [area for _, area in best.values()]
