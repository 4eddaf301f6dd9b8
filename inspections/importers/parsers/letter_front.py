"""What the front of a letter says: kind of visit, council, days, number in the sequence. Pure.

The council is read twice, from the title and from the opening sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...records import Problems
from ...rules.matching import bare_name
from ..readers.pages import TextLine
from ..rules import Period
from ..wording.dates import find_periods
from ..wording.text import plain

_KINDS = (
    (re.compile(r"(?i)\bfocuss?ed visit\b"), "focused_visit"),
    (re.compile(r"(?i)\bmonitoring visit\b"), "monitoring_visit"),
    (re.compile(r"(?i)\bassurance visit\b"), "assurance_visit"),
)
_VISIT = r"(?i:(?:focuss?ed|monitoring|assurance) visit)"
_TITLE_START = re.compile(rf"(?i:ilacs |ofsted )?{_VISIT} (?:to|of|at|in|on)\b")
_NAME = r"(?:the )?(?P<c>[A-Z][\w'.,&() -]{2,80}?)"
_CHILDREN = (
    r"(?i:,? (?:children|young people|"
    r"children(?:,? young people)?,? and (?:young people|famil(?:y|ies)))"
    r"'?s?'? (?:social care services|social care|services))"
)
_SERVICES = (
    rf"(?:'s)?(?i: local authority)?{_CHILDREN}?"
    # A trust that runs the services for the council.
    r"(?:,? (?:delivered|provided|run) by [^,.\d]{3,60})?(?: \([A-Z][^().\d]{2,50}\))?"
)
_TITLES = (
    re.compile(
        rf"(?i:ilacs |ofsted )?{_VISIT} (?:to|of|at|in) {_NAME}"
        rf"(?:'s)?(?i: local authority)?{_CHILDREN}\.?$"
    ),
    re.compile(
        rf"(?i:ilacs |ofsted )?{_VISIT} (?:to|of|at|in) (?i:children's services (?:in|at|of)) "
        rf"{_NAME}$"
    ),
)
_HELD = (
    r"(?:(?:that |which )?(?:took place|(?:was )?(?:carried out|undertaken|conducted|held))"
    r"(?: (?:remotely|virtually|on-? ?site|off-? ?site|and|both|partly))* )"
)
_WHEN = r"(?:(?:(?:over )?\w+ days,? )?(?:on|between|from|during)|over \w+ days,?|\(|(?<=, ))"
_A_DAY = r"(?=(?:the )?(?:[A-Z][a-z]{2,8},? )?(?:the )?\d)"
"""Names hold these little words, too: "Exampleton on Sea"."""
_OPENING = re.compile(
    rf"(?i:visit) {_HELD}?(?:to|of|at|in) (?i:children's services (?:in|at|of) )?"
    rf"(?:your (?:local authority|council)|{_NAME}){_SERVICES},? {_HELD}?"
    rf"{_WHEN} ?{_A_DAY}(?P<d>.{{5,160}})"
)
_DAYS_FIRST = re.compile(
    # "… visit on 4 and 5 May 2023 to Examples for Children, … on behalf of Exampleshire Council."
    rf"(?i:visit),? {_HELD}?(?:on|between|from) {_A_DAY}(?P<d>[^.]{{5,80}}?\b20\d\d),? "
    rf"(?:to|of|at|in) {_NAME}{_SERVICES}"
    r"(?:,[^.]{5,120}? on behalf of (?:the )?(?P<b>[A-Z][\w'.& -]{2,60}?))?"
    r"(?:[.,]| who\b| which\b)"
)
_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
)  # fmt: skip
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, start=1)}
_SEQUENCE = re.compile(
    # Said of this visit: letters name earlier ones too.
    r"(?i)(?:\b(?:this|the visit|it) (?:was|is) (?:the |its |(?:[\w-]+ ){0,4}[\w-]+'s? )?|"
    r"\bfindings of (?:the|a) )"
    rf"(?:(?P<n>{'|'.join(_ORDINALS)})|(?P<d>\d{{1,2}})(?:st|nd|rd|th)) (?:and final )?"
    r"monitoring visit"
)
_NEAR, _NEAR_DEAR = 120, 400
"""Characters within which the opening sentence names its visit."""
_SUMMARISES = re.compile(
    r"(?i)\b(?:this|the) (?:letter|report) (?:summari[sz]es|sets out|contains|outlines)"
)
_FIRST_HEADING = re.compile(
    r"(?:Headline [Ff]indings|HEADLINE FINDINGS|Overview|OVERVIEW|(?:Main |Key )?[Ff]indings|"
    r"(?:Summary|Findings)(?: (?:of|and) [a-z ]{4,40})?|Context|Background|What needs? to .{4,60}|"
    r"Areas? (?:for|of) (?:priority action|improvement|strength)s?)[:.?]?"
)
"""The headings after what a letter says of its visit; "Areas covered by the visit" is none."""


@dataclass(frozen=True)
class LetterOpening:
    council: str
    periods: tuple[Period, ...] | None
    text: str
    page: int


def is_letter(first_page: Sequence[TextLine]) -> bool:
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


def read_kind(lines: Sequence[TextLine], problems: Problems) -> str | None:
    """The kind that the title and the opening sentence name; both must name one and the same."""
    text = plain(" ".join(line.text for line in lines if line.page == 1))
    title = next((plain(x.text) for x in lines if _TITLE_START.match(plain(x.text))), "")
    said = _SUMMARISES.search(text)
    opening = text[said.start() : said.end() + _NEAR] if said else ""
    kinds = _kinds(title) | _first_kind(opening) or _kinds(text)
    if len(kinds) == 1:
        return kinds.pop()
    found = "no single kind of visit named"
    refuse(problems, "kind of visit", found, "a focused or monitoring visit")
    return None


def _kinds(text: str) -> set[str]:
    return {kind for pattern, kind in _KINDS if pattern.search(text)}


def _first_kind(text: str) -> set[str]:
    found = [(m.start(), kind) for pattern, kind in _KINDS if (m := pattern.search(text))]
    return {min(found)[1]} if found else set()


def scope_text(lines: Sequence[TextLine]) -> str:
    """From the opening sentence to the first heading: what a letter says of this visit alone.

    Further down, letters tell of earlier visits and what was looked at there.
    """
    front = [plain(line.text) for line in lines if line.page <= 2]
    end = next((i for i, text in enumerate(front) if _FIRST_HEADING.fullmatch(text)), len(front))
    text = " ".join(front[:end])
    begin = _SUMMARISES.search(text) or re.search(r"(?i)\bdear\b", text)
    return text[begin.start() :] if begin else text


def read_opening(lines: Sequence[TextLine]) -> LetterOpening | None:
    """The sentence "… visit to X children's services on 4 and 5 November 2025"."""
    front = [line for line in lines if line.page == 1]
    _, title = _titled(lines)
    text = plain(" ".join(line.text for line in front if line not in title))
    dear = re.search(r"(?i)\bdear\b", text)
    begin = dear.start() if dear else 0
    near = begin + _NEAR_DEAR
    if letter := _SUMMARISES.search(text):
        # "Following the visit to … on …, this letter summarises": the sentence's beginning counts.
        begin = max(begin, text.rfind(". ", 0, letter.start()))
        near = letter.start() + _NEAR
    # Further down the page other visits are named: theirs are not the days of this one.
    matches = [m for m in (p.search(text, begin) for p in (_OPENING, _DAYS_FIRST)) if m]
    match = min(matches, key=lambda m: m.start(), default=None)
    if match is None or match.start() > near:
        return None
    name = match.groupdict().get("b") or match["c"]
    return LetterOpening(_named(name or ""), find_periods(match["d"]), match["d"], front[0].page)


def read_council(
    lines: Sequence[TextLine], opening: LetterOpening | None, problems: Problems
) -> tuple[str, str]:
    """The name in the opening sentence, and the title's where that is in other words."""
    titled, _ = _titled(lines)
    opened = opening.council if opening else ""
    if not opened and not titled:
        refuse(problems, "council", "no council named", "a title with its name")
    differs = opened and titled and bare_name(opened) != bare_name(titled)
    return opened or titled, titled if differs else ""


def _titled(lines: Sequence[TextLine]) -> tuple[str, Sequence[TextLine]]:
    """The name in the title, and the title's lines."""
    front = [line for line in lines if line.page == 1]
    for index, line in enumerate(front):
        if not _TITLE_START.match(plain(line.text)):
            continue
        for count in (1, 2, 3):
            title = front[index : index + count]
            joined = " ".join(plain(line.text) for line in title)
            match = next((m for pattern in _TITLES if (m := pattern.match(joined))), None)
            if match:
                return _named(match["c"]), title
    return "", ()


def _named(name: str) -> str:
    """A council's name without an abbreviation behind it: "Exampleshire (E&S)"."""
    return re.sub(r"\s*\([A-Z][A-Z&. ]{1,8}\)$", "", name.strip(" ,"))


def refuse(problems: Problems, fact: str, found: str, expected: str) -> None:
    advice = "Read the letter yourself and enter the visit by hand."
    problems.refuse(1, fact, found, expected, advice)
