"""The rule that joins the ways of reading a grade. Pure.

:func:`agree` takes a grade only where at least two ways give it and none gives another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...records import JudgementRecord, Problem
from ..rules import AreaRule
from ..wording.grades import NOT_JUDGED
from .judgement_table import Found

Agreed = tuple[tuple[JudgementRecord, ...], tuple[str, ...], tuple[Problem, ...]]
"""Judgements, areas not judged, problems."""


def agree(
    file: str,
    areas: Sequence[AreaRule],
    ways: Mapping[str, Sequence[Found]],
    *,
    needed: int = 2,
    optional: frozenset[str] = frozenset(),
    unread: tuple[str, str] = ("", ""),
) -> Agreed:
    """Join the ways: (judgements, areas not judged, problems).

    A grade stands where at least ``needed`` ways read it and no way reads another. An area of
    ``optional`` that no way finds is left out in silence; any other is a problem. ``unread`` is
    an area and the text where its grade should stand, for the message.
    """
    judgements: list[JudgementRecord] = []
    not_judged: list[str] = []
    problems: list[Problem] = []
    for area in areas:
        readings = {
            way: [item for item in found if item.area == area.code] for way, found in ways.items()
        }
        readings = {way: items for way, items in readings.items() if items}
        if not readings and area.code in optional:
            continue
        grades = {item.grade for items in readings.values() for item in items}
        page = next((items[0].page for items in readings.values()), 1)
        if len(grades) == 1 and len(readings) >= needed:
            grade = grades.pop()
            if grade == NOT_JUDGED:
                not_judged.append(area.code)
            else:
                judgements.append(
                    JudgementRecord(
                        area=area.code, grade=grade, place=f"page {page}", ways=tuple(readings)
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
        else:
            found, expected = "no grade that could be read", "a grade for each area"
            if area.code == unread[0]:
                found, expected = f'"{unread[1]}…"', "a grade in Ofsted's words"
        problems.append(
            Problem(
                file=file,
                place=f"page {page}",
                fact=f"grade of {area.code}",
                found=found,
                expected=expected,
                advice="Read the judgement table yourself and enter the inspection by hand.",
            )
        )
    return tuple(judgements), tuple(not_judged), tuple(problems)
