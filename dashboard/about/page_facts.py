"""The facts that a page tells, part by part, as a reader sees them: to report an error in one.

They are read from the page itself, so that a fact is named as it stands there. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST = 100
"""Characters of a fact's name in a report."""
LONGEST_VALUE, LONGEST_IN_ROW = 60, 46
SKIPPED = {"script", "style", "svg", "nav", "button", "select", "input", "textarea", "label"}
NO_FACTS = {"no-print", "crumbs", "subpages", "share", "filters", "chips", "tools", "az", "short",
            "too-long", "means", "day"}  # fmt: skip
"""Classes of what leads elsewhere, or is a second way to say the same."""
LEAVES = {"p", "li", "figcaption"}
INLINE = {"a", "b", "i", "strong", "em", "span", "q", "time", "abbr"}
MARKS = "[role=img][title]"
SENTENCE_END = re.compile(r"(?<=[a-z0-9)%][.;])\s+(?=[A-Z0-9])")


@dataclass
class PageRow:
    """A line of a table, a card, or what stands outside of both (without a name)."""

    name: str
    facts: list[str] = field(default_factory=list)


@dataclass
class Part:
    """What stands below one heading. `anchor`: the heading's id, empty where it has none."""

    key: str
    name: str
    anchor: str
    rows: list[PageRow] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(row.facts) for row in self.rows)

    def row(self, name: str) -> PageRow:
        found = next((row for row in self.rows if row.name == name), None)
        if found is None:
            self.rows.append(found := PageRow(name))
        return found


def parts_of(page: str) -> list[Part]:
    """The parts of a page that tell facts, in its order."""
    main = LexborHTMLParser(page).css_first("main")
    if main is None:
        return []
    parts = [Part("", "", "")]
    _walk(main, parts)
    return [part for part in parts if part.count]


def _walk(node: LexborNode, parts: list[Part], under: str = "") -> None:
    """`under`: the lesser heading that it stands below."""
    for child in node.iter():
        is_part = child.tag == "section"  # one that is not printed tells facts too
        if child.tag in SKIPPED or (_classes(child) & NO_FACTS and not is_part):
            continue
        if "notice" in _classes(child):
            for line in child.css("p, li"):
                _sentences(line, parts[-1], under)
        elif child.tag in {"h1", "h2"}:
            _begin(child, parts)
            under = ""
        elif child.tag in {"h3", "h4", "summary"}:
            under = text_of(child)
        elif "card" in _classes(child):
            _card(child, parts)
        elif child.tag == "table":
            _table(child, parts[-1])
        elif child.tag == "dl":
            _pairs(child, parts[-1], under)
        elif child.tag == "p" or (child.tag in LEAVES and not child.css_first("p, ul, table, dl")):
            _sentences(child, parts[-1], under)
        else:
            _walk(child, parts, under)


def _classes(node: LexborNode) -> set[str]:
    return {*(node.attributes.get("class") or "").split()}


def _sentences(node: LexborNode, part: Part, under: str) -> None:
    """Each by itself; where grades stand in it, each grade with the words around it."""
    marks = [mark.attributes["title"] or "" for mark in node.css(MARKS)]
    if not marks:
        _add(part.row(under), *SENTENCE_END.split(text_of(node)))
        return
    words = " ".join("".join(_texts(node, has_marks=False)).split()).strip(" ,;")
    for told in marks:
        _add(part.row(under), _named(words, "", told))


def _begin(heading: LexborNode, parts: list[Part]) -> None:
    name, anchor = text_of(heading), heading.attributes.get("id") or ""
    key = "" if heading.tag == "h1" else anchor or _slug(name)
    if heading.tag == "h1":
        parts[-1].name = name
    else:
        parts.append(Part(key, name, anchor))


def _card(card: LexborNode, parts: list[Part]) -> None:
    """Cards stand together as one part, each a line of it."""
    if parts[-1].key != "cards":
        parts.append(Part("cards", "Judgements, card by card", ""))
    title = card.css_first("h2")
    name = text_of(title) if title else ""
    row = parts[-1].row(name)
    for line in card.css("p"):
        marks = [mark.attributes["title"] or "" for mark in line.css(MARKS)]
        for told in marks or [text_of(line)]:
            if not told.endswith(":"):
                _add(row, told if told.startswith(name) else _named(name, "", told))


def _table(table: LexborNode, part: Part) -> None:
    heads = [text_of(head) for head in table.css("thead tr:last-child th")]
    lines = [_cells(line) for line in table.css("tbody tr")]
    for cells, (name, used) in zip(lines, _told_apart(lines), strict=True):
        row, at = part.row(name), 0
        for number, (label, value, span) in enumerate(cells):
            head = label or (heads[at] if at < len(heads) else "")
            at += span
            if value and number not in used:
                _add(row, _named(name, "" if span > 1 else head, value))
        is_heading = len(cells) == 1 and cells[0][2] > 1  # of the lines below
        if not row.facts and not is_heading:
            _add(row, name)


def _cells(line: LexborNode) -> list[tuple[str, str, int]]:
    """Of each cell: the head that it brings itself, what it says, how many columns it is wide."""
    return [
        (cell.attributes.get("data-label") or "", _said(cell), _wide(cell))
        for cell in line.iter()
        if cell.tag in {"th", "td"}
    ]


def _said(cell: LexborNode) -> str:
    """What stands in a cell; of one that only opens, its summary."""
    closed = cell.css_first("summary")
    return text_of(cell) or (text_of(closed) if closed else "")


def _wide(cell: LexborNode) -> int:
    text = cell.attributes.get("colspan") or ""
    return int(text) if text.isdigit() else 1


def _told_apart(lines: list[list[tuple[str, str, int]]]) -> list[tuple[str, set[int]]]:
    """The lines' first cells; with later ones too, where two lines begin alike. With each, which
    cells it is made of."""
    found = [([cells[0][1]] if cells else [""], {0}) for cells in lines]
    for at in range(1, max(map(len, lines), default=0)):
        names = [tuple(name) for name, _ in found]
        for name, (told, used), cells in zip(names, found, lines, strict=True):
            if names.count(name) > 1 and at < len(cells) and cells[at][1]:
                told.append(cells[at][1])
                used.add(at)
    return [(", ".join(filter(None, told)), used) for told, used in found]


def _pairs(pairs: LexborNode, part: Part, under: str) -> None:
    """Each term with what is said of it, as one fact; of a term with a list, each line."""
    term = ""
    for node in pairs.css("dt, dd"):
        if node.tag == "dt":
            term = text_of(node)
            continue
        for line in [text_of(line) for line in node.css("li")] or [text_of(node)]:
            _add(part.row(under), _named(under, term, line))


def _named(row: str, head: str, value: str) -> str:
    """`Luton, Leaders: Good`: what is too long of it is cut, so that each of the three is left."""
    said = _short(value, LONGEST_IN_ROW if row else LONGEST_VALUE)
    told = said if not head or said.startswith(f"{head}:") else f"{_short(head, 30)}: {said}"
    if not row:
        return _short(told, LONGEST)
    return f"{_short(row, LONGEST - min(len(told), LONGEST - 20) - 2)}, {told}"


def _add(row: PageRow, *facts: str) -> None:
    for fact in facts:
        told = _short(fact, LONGEST)
        if told and told not in row.facts and any(sign.isalnum() for sign in told):
            row.facts.append(told)


def _short(text: str, most: int) -> str:
    """Cut after a word, so that it has at most so many characters."""
    if len(text) <= most:
        return text
    kept = text[: max(most - 1, 1)]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:.") + "…"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def text_of(node: LexborNode) -> str:
    """What a reader reads there; a grade's mark as its title says it."""
    return " ".join("".join(_texts(node)).split()).replace(" ,", ",").replace(" .", ".")


def _texts(node: LexborNode, *, has_marks: bool = True) -> Iterator[str]:
    for child in node.iter(include_text=True):
        attributes = child.attributes
        if child.tag == "-text":
            yield child.text(deep=False)
        elif child.tag in {*SKIPPED, "details"} or _classes(child) & NO_FACTS:
            continue
        elif attributes.get("role") == "img" and attributes.get("title"):
            yield f" {attributes['title']} " if has_marks else " "
        elif "aria-hidden" in attributes:
            continue
        elif "sq" in _classes(child) and (whole := child.css_first(".vh")):
            yield f" {whole.text()} "
        else:
            gap = "" if child.tag in INLINE else " "
            yield gap
            yield from _texts(child, has_marks=has_marks)
            yield gap
