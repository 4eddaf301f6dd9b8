"""The wide history sheet, 2009 on: a row a council, a block of columns an inspection. Pure.

Each header names its block ("First SIF …", "CPRI …", "Second ILACS framework …") and the field.
The blocks give publication dates and grades, no days on site. The old scale's "adequate" stands
here as "Requires improvement to be good"; under frameworks of that time it is put back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...records import InspectionRecord, JudgementRecord, Problems
from ..readers.pages import Sheet
from ..rules import ReadingRules
from ..wording.grades import GRADE_WORDINGS, NOT_JUDGED
from ..wording.text import folded
from .workbook_columns import HEADER_ROWS as _HEADER_ROWS
from .workbook_columns import column_meaning, is_header, without_note_mark
from .workbook_list import EARLIEST
from .workbook_rows import SheetRow, read_kind

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_RECODED = frozenset({"slac", "child_protection_2012", "lac_2013"})
"""Frameworks whose scale had adequate; Ofsted's workbook recodes it (README of the record)."""


@dataclass(frozen=True)
class Block:
    """One inspection's columns: framework, kind, and its name for messages."""

    name: str
    framework: str
    kind: str | None


_BLOCKS: tuple[tuple[set[str], set[str], Block], ...] = (
    # (words all present, words absent, block)
    ({"cpri"}, set(), Block("cpri", "child_protection_2012", "child_protection_reinspection")),
    ({"cpi"}, {"re"}, Block("cpi", "child_protection_2012", "child_protection")),
    ({"tlac"}, set(), Block("tlac", "lac_2013", "looked_after")),
    ({"slac", "re", "inspection", "safeguarding"}, {"sif"},
     Block("slac_re_safeguarding", "slac", "slac_reinspection")),
    ({"slac", "re", "inspection", "looked"}, {"sif"},
     Block("slac_re_looked_after", "slac", "slac_reinspection")),
    ({"slac"}, {"re"}, Block("slac", "slac", "slac")),
    ({"sif", "re", "inspection"}, set(), Block("sif_re", "sif", "sif_reinspection")),
    ({"sif", "first"}, {"re"}, Block("sif_first", "sif", "sif")),
    ({"lscb"}, set(), Block("sif_first", "sif", "sif")),
)  # fmt: skip
_FAMILIES = frozenset({"sif", "slac", "ilacs"})
_TOGETHER = {"in_care": "in_care_and_care_leavers"}
_FIELDS = (
    ("published", r"publication date$"),
    ("type", r"inspection type$"),
)
_AREAS = {
    "slac": (
        ("safeguarding", r"safeguarding (?:overall effectiveness|oe)"),
        ("looked_after", r"looked after (?:children )?(?:overall effectiveness|oe)"),
    ),
    "child_protection_2012": (("overall_effectiveness", r"overall effectiveness"),),
    "lac_2013": (("overall_effectiveness", r"overall effectiveness"),),
    "sif": (
        ("lscb", r"^lscb\b"),
        ("overall", r"overall (?:judgement|effectiveness)"),
        ("help_and_protection", r"children who need help and protection"),
        ("looked_after", r"children looked after and achieving permanence"),
        ("adoption", r"adoption performance"),
        ("care_leavers", r"experiences and progress of care leavers"),
        ("leadership", r"leadership management and governance"),
    ),
    "ilacs": (
        ("overall", r"overall effectiveness"),
        ("leaders", r"impact of leaders"),
        ("help_and_protection", r"children who need help and protection"),
        ("in_care_and_care_leavers", r"children in care and care leavers"),
        ("in_care", r"children in care"),
        ("care_leavers", r"progress of care leavers"),
    ),
}


def is_wide(sheet: Sheet) -> bool:
    return any(
        is_header(cells) and sum(bool(_FAMILIES & set(folded(c.text).split())) for c in cells) >= 4
        for _, cells in sheet.rows[:_HEADER_ROWS]
    )


def read_wide(sheet: Sheet, rules: ReadingRules, problems: Problems) -> list[InspectionRecord]:
    """Every block that holds a publication date, of both tables of the sheet."""
    records: list[InspectionRecord] = []
    columns: dict[int, str] = {}
    for number, cells in sheet.rows:
        place = f"sheet '{sheet.name}', row {number}"
        if is_header(cells):
            columns = _columns(place, [cell.text for cell in cells], rules, problems)
            continue
        if not columns or sum(bool(cell.text) for cell in cells) < 3:
            continue
        row = SheetRow(problems.file, place, cells, columns)
        row.region()
        council = without_note_mark(row.text("name"))
        if not council:
            row.problem("council", "no name", "a council's name")
        blocks = {key.split(":")[0] for key in columns.values() if ":" in key}
        found_records = [
            record for block in sorted(blocks) if (record := _block(row, block, council, rules))
        ]
        problems += row.problems
        if row.is_readable:
            records += _joined(found_records)
    return records


def _joined(records: list[InspectionRecord]) -> list[InspectionRecord]:
    """Re-inspections of both parts published on one day are one inspection."""
    again = [r for r in records if r.kind == "slac_reinspection"]
    if len(again) != 2 or again[0].publication_date != again[1].publication_date:
        return records
    both = replace(again[0], judgements=(*again[0].judgements, *again[1].judgements))
    return [*(r for r in records if r.kind != "slac_reinspection"), both]


def _columns(
    place: str, headers: list[str], rules: ReadingRules, problems: Problems
) -> dict[int, str]:
    columns: dict[int, str] = {}
    for index, header in enumerate(headers):
        if not header:
            continue
        plain_meaning = column_meaning(header, rules)
        meaning = _meaning(header) or (
            plain_meaning if plain_meaning and not plain_meaning.startswith("area:") else None
        )
        if meaning is not None and meaning not in columns.values():
            columns[index] = meaning
            continue
        problems.refuse(
            place, "columns", f'the column "{header[:90]}"',
            "a column whose meaning is known, once",
            "If Ofsted has a new block, teach it to workbook_history.py.",
        )  # fmt: skip
    return columns


def _meaning(header: str) -> str | None:
    """``<block>:published``, ``<block>:type`` or ``<block>:area:<code>``."""
    text = folded(header)
    words = set(text.split())
    if "ilacs" in words:
        ordinal = next((n for word, n in _ORDINALS.items() if word in words), 1)
        name, family = f"ilacs_{ordinal}", "ilacs"
    else:
        block = next(
            (b for present, absent, b in _BLOCKS if present <= words and not absent & words), None
        )
        if block is None:
            return None
        name, family = block.name, block.framework
    for field, pattern in _FIELDS:
        if re.search(pattern, text):
            return f"{name}:{field}"
    for code, pattern in _AREAS[family]:
        if re.search(pattern, text):
            return f"{name}:area:{code}"
    if name in ("slac_re_looked_after", "slac_re_safeguarding") and text.endswith(" oe"):
        return f"{name}:area:{name.removeprefix('slac_re_')}"
    return None


def _block(row: SheetRow, name: str, council: str, rules: ReadingRules) -> InspectionRecord | None:
    published = row.day(f"{name}:published", earliest=EARLIEST, latest=rules.today)
    family = "ilacs" if name.startswith("ilacs") else _by_name(name).framework
    areas = [code for code, _ in _AREAS[family] if row.has(f"{name}:area:{code}")]
    told = {code: row.text(f"{name}:area:{code}") for code in areas}
    if published is None:
        filled = [code for code, text in told.items() if text]
        if filled:
            row.problem(f"publication date of {name}", "no date", "a date beside the grades")
        return None
    kind: str | None
    if family == "ilacs":
        code, kind = _ilacs_code(told, rules), _kind(row, name)
    else:
        code, kind = family, _by_name(name).kind
    framework = rules.framework(code)
    if framework is None:
        areas_told = ", ".join(sorted(area for area, text in told.items() if text)) or "none"
        row.problem("framework", f"grades for {areas_told}", "the areas of one framework")
        return None
    judgements: list[JudgementRecord] = []
    not_judged: list[str] = []
    for area in areas:
        grade = row.grade(f"{name}:area:{area}", GRADE_WORDINGS)
        is_target = area in {rule.code for rule in framework.areas}
        target = area if is_target else _TOGETHER.get(area, area)
        if grade == NOT_JUDGED:
            not_judged.append(target)
        elif grade:
            if code in _RECODED and grade == "requires_improvement":
                grade = "adequate"
            judgements.append(
                JudgementRecord(area=target, grade=grade, place=row.place, ways=("cell",))
            )
    return InspectionRecord(
        council=council,
        framework=code,
        kind=kind,
        place=row.place,
        publication_date=published,
        publication_source="cell",
        judgements=tuple(judgements),
        areas_not_judged=tuple(not_judged),
        region=row.text("region"),
    )


def _ilacs_code(told: Mapping[str, str], rules: ReadingRules) -> str:
    """The framework that has just the areas with grades; "" where none has.

    Care and care leavers judged together stand under "in care" in later workbooks.
    """
    filled = {area for area, text in told.items() if text}
    together = {_TOGETHER.get(area, area) for area in filled}
    for rule in rules.frameworks:
        areas = {area.code for area in rule.areas}
        if rule.code.startswith("ilacs") and areas in (filled, together):
            return rule.code
    return ""


def _kind(row: SheetRow, name: str) -> str | None:
    text = row.text(f"{name}:type")
    kind = read_kind(text)
    if text and kind is None:
        row.problem("type", f'"{text[:60]}"', "a kind of inspection")
    return kind


def _by_name(name: str) -> Block:
    return next(block for _, _, block in _BLOCKS if block.name == name)
