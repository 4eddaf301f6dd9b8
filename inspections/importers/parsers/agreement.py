"""The rule that joins the ways of reading a grade. Pure.

:func:`agree` takes a grade only where at least two ways give it and none gives another.
"""

from collections.abc import Mapping, Sequence

from ...framework_rows import Area
from ...records import JudgementRecord, Problems
from ..wording.grades import NOT_JUDGED
from .judgement_table import ReadGrade

Agreed = tuple[tuple[JudgementRecord, ...], tuple[str, ...]]
"""Judgements, areas not judged."""
NONE: Agreed = ((), ())


def agree(
    problems: Problems,
    areas: Sequence[Area],
    ways: Mapping[str, Sequence[ReadGrade]],
    *,
    needed: int = 2,
    optional: frozenset[str] = frozenset(),
    unread: tuple[str, str] = ("", ""),
) -> Agreed:
    """Join the ways: (judgements, areas not judged).

    A grade stands where at least ``needed`` ways read it and no way reads another. An area of
    ``optional`` that no way finds is left out in silence; any other is a problem. ``unread`` is
    an area and the text where its grade should stand, for the message.
    """
    judgements: list[JudgementRecord] = []
    not_judged: list[str] = []
    for area in areas:
        readings = {
            way: [item for item in found if item.area == area.code] for way, found in ways.items()
        }
        readings = {way: items for way, items in readings.items() if items}
        if not readings and area.code in optional:
            continue
        grades = {item.grade for items in readings.values() for item in items}
        page = next((items[0].page for items in readings.values()), 1)
        if grades == {NOT_JUDGED} and len(readings) >= needed:
            not_judged.append(area.code)
            continue
        if len(grades) == 1 and len(readings) >= needed:
            judgements.append(
                JudgementRecord(
                    area=area.code, grade=grades.pop(), place=f"page {page}", ways=tuple(readings)
                )
            )
            continue
        if len(grades) > 1:
            told = "; ".join(
                f"{way}: {', '.join(sorted({i.grade for i in items}))}"
                for way, items in readings.items()
            )
            found, expected = f"grades that disagree ({told})", "one grade, told the same way"
        elif grades:
            found = f"a grade by one way of reading only ({next(iter(readings))})"
            expected = f"the same grade by {needed} ways"
        elif area.code == unread[0]:
            found, expected = f'"{unread[1]}…"', "a grade in Ofsted's words"
        else:
            found, expected = "no grade that could be read", "a grade for each area"
        advice = "Read the judgement table yourself and enter the inspection by hand."
        problems.refuse(page, f"grade of {area.code}", found, expected, advice)
    return tuple(judgements), tuple(not_judged)
