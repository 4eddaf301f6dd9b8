"""What the front of a letter says: kind of visit, council, days, number in the sequence. Pure.

The council is read twice, from the title and from the opening sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...records import Problem
from ...rules.matching import bare_name
from ..readers.pages import Line
from ..rules import Period
from ..wording.dates import find_periods
from ..wording.text import plain

_KINDS = (
    (re.compile(r"(?i)\bfocused visit\b"), "focused_visit"),
    (re.compile(r"(?i)\bmonitoring visit\b"), "monitoring_visit"),
    (re.compile(r"(?i)\bassurance visit\b"), "assurance_visit"),
)
_VISIT = r"(?i:(?:focused|monitoring|assurance) visit)"
_NAME = r"(?:the )?(?P<c>[A-Z][\w'.,&() -]{2,80}?)"
_CHILDREN = r"(?i:,? children'?s?'? (?:social care services|social care|services))"
_SERVICES = (
    rf"(?:'s)?(?i: local authority)?{_CHILDREN}?"
    # A trust that runs the services for the council.
    r"(?:,? (?:delivered|provided|run) by [^,.\d]{3,60})?(?: \([A-Z][^().\d]{2,50}\))?"
)
_TITLE = re.compile(
    rf"{_VISIT} (?:to|of|at|in) {_NAME}"
    rf"(?:'s)?(?i: local authority)?{_CHILDREN}\.?$"
)
_HELD = r"(?:(?:that |which )?(?:took place|(?:was )?(?:carried out|undertaken|conducted|held)) )"
_OPENING = re.compile(
    rf"(?i:visit) {_HELD}?(?:to|of|at|in) {_NAME}{_SERVICES},? {_HELD}?"
    r"(?:on|between|from) (?P<d>.{5,160})"
)
_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
)  # fmt: skip
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, start=1)}
_SEQUENCE = re.compile(
    # Said of this visit: letters name earlier ones too.
    r"(?i)(?:\b(?:this|the visit|it) (?:was|is) (?:the |its )?|\bfindings of (?:the|a) )"
    rf"(?:(?P<n>{'|'.join(_ORDINALS)})|(?P<d>\d{{1,2}})(?:st|nd|rd|th)) (?:and final )?"
    r"monitoring visit"
)
_NEAR, _NEAR_DEAR = 120, 400
"""Characters within which the opening sentence names its visit."""


@dataclass(frozen=True)
class Opening:
    council: str
    periods: tuple[Period, ...] | None
    text: str
    page: int


def is_letter(first_page: Sequence[Line]) -> bool:
    text = plain(" ".join(line.text for line in first_page))
    return bool(
        not re.search(r"(?i)findings of (?:the|a) joint targeted area inspection", text)
        and re.search(r"(?i)\bdear\b", text)
        and re.search(_VISIT, text)
        and re.search(r"(?i)this letter summarises|the visit|visit to", text)
    )


def read_sequence(text: str) -> int | None:
    """The number of this monitoring visit, where the letter tells it of this one."""
    match = _SEQUENCE.search(text)
    if not match:
        return None
    return int(match["d"]) if match["d"] else _ORDINALS[match["n"].lower()]


def read_kind(file: str, lines: Sequence[Line], problems: list[Problem]) -> str | None:
    text = plain(" ".join(line.text for line in lines if line.page == 1))
    kinds = {kind for pattern, kind in _KINDS if pattern.search(text)}
    if len(kinds) > 1:
        title = next(
            (plain(x.text) for x in lines if re.match(_VISIT, plain(x.text))),
            "",
        )
        kinds = {kind for pattern, kind in _KINDS if pattern.search(title)}
    if len(kinds) == 1:
        return kinds.pop()
    problems.append(
        letter_problem(
            file, "kind of visit", "no single kind of visit named", "a focused or monitoring visit"
        )
    )
    return None


def read_opening(lines: Sequence[Line]) -> Opening | None:
    """The sentence "… visit to X children's services on 4 and 5 November 2025"."""
    front = [line for line in lines if line.page == 1]
    text = plain(" ".join(line.text for line in front))
    letter = re.search(
        r"(?i)\b(?:this|the) (?:letter|report) (?:summari[sz]es|sets out|contains|outlines)", text
    )
    dear = re.search(r"(?i)\bdear\b", text)
    begin = (letter or dear).start() if letter or dear else 0  # type: ignore[union-attr]
    match = _OPENING.search(text, begin)
    # Further down the page other visits are named: theirs are not the days of this one.
    if not match or match.start() - begin > (_NEAR if letter else _NEAR_DEAR):
        return None
    named = re.sub(r"\s*\([A-Z]{2,6}\)$", "", match["c"].strip(" ,"))  # an abbreviation
    return Opening(named, find_periods(match["d"]), match["d"], front[0].page)


def read_council(
    file: str, lines: Sequence[Line], opening: Opening | None, problems: list[Problem]
) -> tuple[str, str]:
    """The name in the opening sentence, and the title's where that is in other words."""
    titled = _titled(lines)
    opened = opening.council if opening else ""
    if not opened and not titled:
        problems.append(
            letter_problem(file, "council", "no council named", "a title with its name")
        )
    differs = opened and titled and bare_name(opened) != bare_name(titled)
    return opened or titled, titled if differs else ""


def _titled(lines: Sequence[Line]) -> str:
    front = [plain(line.text) for line in lines if line.page == 1]
    for index, text in enumerate(front):
        if not re.match(rf"{_VISIT} (?:to|of|at|in)\b", text):
            continue
        for count in (1, 2, 3):
            match = _TITLE.match(" ".join(front[index : index + count]))
            if match:
                return match["c"].strip()
    return ""


def letter_problem(file: str, fact: str, found: str, expected: str) -> Problem:
    return Problem(
        file=file,
        place="page 1",
        fact=fact,
        found=found,
        expected=expected,
        advice="Read the letter yourself and enter the visit by hand.",
    )
