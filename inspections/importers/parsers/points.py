"""Lists of what needs to improve: bullets and numbered items. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ...records import DocumentReading, PrintedPoint, Problems
from ..readers.pages import LINE_END_HYPHEN, TextLine
from ..wording.text import plain

BULLET = re.compile(
    r"^([◼■▪●•◾⬛\uf06e\uf0a7\uf0b7\uf0d8➢▶–−\-*o])\s+(?=\S)|^([\uf06e\uf0b7◼■])(?=\S)|"
    r"^([◼■▪●•◾⬛\uf06e\uf0a7\uf0b7\uf0d8➢▶])$"
)
_NUMBER = re.compile(r"^(\d{1,3})\s*[.)]\s*(?=[^\W\d])")
_INNER_MARK = re.compile(r"(?:^|(?<=\s))[\ue000-\uf8ff⎯\u0336]\s*(?=\S)")
"""A mark of a nested list, in a font of its own: no reader has such a sign."""
_HYPHEN = re.compile(rf"\b([^\W\d_]+){LINE_END_HYPHEN}([^\W\d_]+)\b")
_NOTE_MARK = re.compile(r"(?<=[.;])\s*\d{1,2}$")
"""A footnote's number behind a point's full stop."""
_WIDE_GAP = 1.5
_NEAR, _SHIFT = 8.0, 16.0
"""Points: bullets of one list and page; the margins of two pages."""
_BROKEN_END = re.compile(rf"(?<=[^\W\d])[-{LINE_END_HYPHEN}]$")


def from_bullet(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The lines from the first bullet on; none without one."""
    first = next((i for i, line in enumerate(lines) if BULLET.match(line.text)), len(lines))
    return lines[first:]


def note_uncounted(
    problems: Problems,
    page: int,
    found: str,
    expected: str = "a list of bullets",
    *,
    fact: str = "improvement points",
    what: str = "points",
) -> None:
    advice = f"Count the {what} yourself and enter them by hand."
    problems.note(page, fact, found, expected, advice)


def bulleted(lines: Sequence[TextLine]) -> list[PrintedPoint]:
    """The bullets at the head of these lines; nested bullets belong to the one above.

    The list ends at the first line that stands at or left of the bullets and has none, unless
    that carries a sentence on: in lower case, directly below or on the next page.
    """
    points: list[tuple[list[str], int]] = []
    glyph, margins = _margins(lines)
    before: TextLine | None = None
    for line in lines:
        left = margins.get(line.page, 0.0)
        match = BULLET.match(line.text)
        if match and match.group().strip() == glyph and abs(line.left - left) < _NEAR:
            points.append(([line.text[match.end() :].strip()], line.page))
        elif points:
            if not match and line.left and line.left < left + 4 and _is_new(line, before):
                break
            points[-1][0].append(line.text.strip())
        before = line
    return _records(points)


def is_doubtful(lines: Sequence[TextLine], count: int) -> bool:
    """Do bullets like the first come again after the list was taken to have ended?

    Or is the place of a line unknown, so that nothing tells where the list ends?
    """
    if not all(line.left for line in lines):
        return True
    glyph, margins = _margins(lines)
    alike = [
        line
        for line in lines
        if (match := BULLET.match(line.text))
        and match.group().strip() == glyph
        and abs(line.left - margins[line.page]) < _NEAR
    ]
    return len(alike) != count


def _margins(lines: Sequence[TextLine]) -> tuple[str, dict[int, float]]:
    """The sign of the first bullet, and page → where such bullets stand.

    Margins may differ from page to page, as in a bound book, but less than lists are nested.
    """
    bullets = [(line, m.group().strip()) for line in lines if (m := BULLET.match(line.text))]
    if not bullets:
        return "", {}
    (first, glyph) = bullets[0]
    margins = {line.page: first.left for line in lines}
    for page in margins:
        here = [line.left for line, sign in bullets if sign == glyph and line.page == page]
        if here and abs(min(here) - first.left) < _SHIFT:
            margins[page] = min(here)
    return glyph, margins


def _is_new(line: TextLine, before: TextLine | None) -> bool:
    """Does this line begin something, rather than carry on the sentence before?"""
    if re.match(r"[A-Z]", line.text):
        return True
    if before is None or line.page != before.page:
        return False
    is_below = before.baseline - line.baseline <= line.size * _WIDE_GAP
    return not (line.text[:1].islower() and is_below) or before.text.endswith(".")


def numbered(
    lines: Sequence[TextLine], *, skip: re.Pattern[str] | None = None
) -> list[PrintedPoint]:
    """Items numbered in steps of one, from whatever number comes first; ``skip`` leaves out
    placeholders ("There are no areas for priority action") without breaking the count."""
    points: list[tuple[list[str], int]] = []
    expected = None
    for line in lines:
        match = _NUMBER.match(line.text)
        number = int(match.group(1)) if match else None
        if number is not None and (expected is None or number == expected):
            expected = number + 1
            points.append(([line.text[match.end() :].strip()], line.page))  # type: ignore[union-attr]
        elif points:
            points[-1][0].append(line.text.strip())
    if skip:
        points = [item for item in points if not skip.search(plain(" ".join(item[0])))]
    return _records(points)


def hanging_numbers(lines: Sequence[TextLine]) -> list[PrintedPoint]:
    """Items numbered from 1, whose further lines stand right of the number; else nothing.

    Paragraphs of running text are numbered as well, but theirs do not begin a list's section.
    """
    first = next((i for i, line in enumerate(lines) if _NUMBER.match(line.text)), None)
    if first is None or first > 2 or not all(line.left for line in lines):
        return []
    listed = lines[first:]
    margins: dict[int, float] = {}
    for line in listed:
        if _NUMBER.match(line.text):
            margins[line.page] = min(line.left, margins.get(line.page, line.left))
    hangs = all(
        _NUMBER.match(line.text) or line.left > margins.get(line.page, 0.0) + 4 for line in listed
    )
    is_first = listed[0].text.startswith("1")
    return numbered(listed) if is_first and hangs and not is_out_of_step(listed) else []


def is_out_of_step(lines: Sequence[TextLine]) -> bool:
    """Does a number at the margin of its page's numbers break the count?"""
    items = [(line, int(m.group(1))) for line in lines if (m := _NUMBER.match(line.text))]
    margins: dict[int, float] = {}
    for line, _ in items:
        margins[line.page] = min(line.left, margins.get(line.page, line.left))
    numbers = [number for line, number in items if line.left - margins[line.page] < 8]
    return any(after != before + 1 for before, after in pairwise(numbers))


def _records(points: Sequence[tuple[list[str], int]]) -> list[PrintedPoint]:
    texts = [(_NOTE_MARK.sub("", joined(parts)), page) for parts, page in points]
    return [
        PrintedPoint(order=order, text=text, page=page)
        for order, (text, page) in enumerate([t for t in texts if t[0]], start=1)
    ]


def with_whole_words(reading: DocumentReading, lines: Sequence[TextLine]) -> DocumentReading:
    """The reading with words whole that a line's end has broken: "chil-" and "dren".

    Two halves are one word where the document prints that word elsewhere, and never the two
    with a hyphen on one line, as it does compounds.
    """
    text = "\n".join(line.text.lower() for line in lines)
    words = set(re.findall(r"[^\W\d_]+", text))
    compounds = set(re.findall(r"(?=\b([^\W\d_]+-[^\W\d_]+))", text))

    def whole(match: re.Match[str]) -> str:
        compound, word = f"{match[1]}-{match[2]}", f"{match[1]}{match[2]}"
        is_word = compound.lower() not in compounds and word.lower() in words
        return word if is_word else compound

    def mended(points: tuple[PrintedPoint, ...] | None) -> tuple[PrintedPoint, ...] | None:
        return points and tuple(
            replace(p, text=_HYPHEN.sub(whole, p.text).replace(LINE_END_HYPHEN, "-"))
            for p in points
        )

    return replace(
        reading,
        inspections=tuple(
            replace(row, improvement_points=mended(row.improvement_points))
            for row in reading.inspections
        ),
        visits=tuple(
            replace(
                row,
                improvement_points=mended(row.improvement_points),
                priority_actions=mended(row.priority_actions),
            )
            for row in reading.visits
        ),
    )


def joined(parts: Sequence[str]) -> str:
    """Lines joined to running text; a hyphen at a line's end keeps its place without a space."""
    text = ""
    for part in parts:
        broken = _BROKEN_END.sub(LINE_END_HYPHEN, text)
        glue = " " if text and broken[-1:] != LINE_END_HYPHEN else ""
        text = f"{broken}{glue}{part}"
    return re.sub(r"\s+", " ", _INNER_MARK.sub("– ", text)).strip()
