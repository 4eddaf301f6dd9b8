"""Which judgement area speaks for a lane of a page, and for which lane an area counts."""

from collections.abc import Mapping

from inspections.framework_rows import Area, AreaKey, FrameworkBook, Lane
from inspections.rows import Inspection, Judgement


def standing_areas(book: FrameworkBook, lane: Lane) -> frozenset[AreaKey]:
    """The area that stands for the lane in each framework.

    One given to the lane alone comes before a combined one, then the one printed first; a part
    of another judgement stands for it where nothing else does.
    """
    best: dict[str, Area] = {}
    for area in book.areas.values():
        if lane in area.lanes:
            held = best.get(area.framework)
            if held is None or _place(area) < _place(held):
                best[area.framework] = area
    return frozenset(area.key for area in best.values())


def _place(area: Area) -> tuple[int, int]:
    return (len(area.lanes), area.order)


def standing_in(inspection: Inspection | None, areas: frozenset[AreaKey]) -> Judgement | None:
    """The judgement of an inspection by one of the areas that stand for a lane."""
    judged = inspection.judgements if inspection else ()
    return next((row for row in judged if row.area.key in areas), None)


def counted_lanes(book: FrameworkBook) -> dict[AreaKey, str]:
    """By area: the lane for which it counts in every count of councils, the first it fills.

    Parts of a judgement count for none, as in Ofsted's figures; of two areas of a framework
    with the same first lane the one that stands for it counts, so that no council is counted
    twice.
    """
    found: dict[AreaKey, str] = {}
    taken: set[tuple[str, str]] = set()
    for area in sorted(book.areas.values(), key=_place):
        if area.lanes and not area.is_part:
            place = (area.framework, area.lanes[0].code)
            if place not in taken:
                found[area.key] = area.lanes[0].code
                taken.add(place)
    return found


def shown_apart(book: FrameworkBook) -> frozenset[tuple[AreaKey, str]]:
    """Areas with a lane in which their grade is shown and not counted, as nothing counts there.

    Judged together with another area, or a graded part of one, as care leavers before 2023:
    Ofsted's figures for care leavers begin in January 2023. One area a framework and lane.
    """
    counted = {(framework, lane) for (framework, _), lane in counted_lanes(book).items()}
    return frozenset(
        (key, lane.code)
        for lane in book.lanes
        for key in standing_areas(book, lane)
        if (key[0], lane.code) not in counted
    )


def counted_in_lane(
    inspection: Inspection | None, lane: str, counted_as: Mapping[AreaKey, str]
) -> Judgement | None:
    """The judgement that counts for a lane, by `counted_lanes`; None where there is none.

    Ofsted's figures for children in care include the combined judgement of 2018 to 2022; those
    for care leavers include neither that nor the graded part of the framework before.
    """
    judged = inspection.judgements if inspection else ()
    return next((row for row in judged if counted_as.get(row.area.key) == lane), None)
