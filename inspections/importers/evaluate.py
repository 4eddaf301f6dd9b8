"""How well the readers do against a truth table: right, wrong, refused, by field and layout. Pure.

*Refused* is a field that the truth has and the reading leaves empty. *Wrong* is a value that
differs from the truth, or a value where the truth has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..records import DocumentReading, InspectionRecord, VisitRecord
from ..rules.matching import Directory

Truth = Mapping[str, str]
Values = dict[str, tuple[str, str]]
"""Field → (value read, true value); "" is none."""

_GRADES = {
    # Column of the truth table → area codes, of which a framework has at most one.
    "overall": ("overall", "overall_effectiveness"),
    "leaders": ("leaders", "leadership", "leadership_and_management"),
    "help_and_protection": ("help_and_protection",),
    "in_care_and_leavers": ("in_care_and_care_leavers", "looked_after"),
    "in_care": ("in_care",),
    "care_leavers": ("care_leavers",),
    "adoption": ("adoption",),
    "lscb": ("lscb",),
}
_FRAMEWORKS = (("SIF", "sif"), ("ILACS", "ilacs"), ("2013 inspection of looked", "lac_2013"))


@dataclass(frozen=True)
class Wrong:
    """One field read wrongly."""

    file: str
    layout: str
    name: str
    read: str
    true: str


@dataclass
class Score:
    """Counts by (layout, field), and every wrong or refused field."""

    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)
    refusals: list[Wrong] = field(default_factory=list)

    def add(self, file: str, layout: str, values: Values) -> None:
        for name, (read, true) in values.items():
            if read == true:
                self.right[layout, name] += 1
            elif not read:
                self.refused[layout, name] += 1
                self.refusals.append(Wrong(file, layout, name, read, true))
            else:
                self.wrong.append(Wrong(file, layout, name, read, true))

    @property
    def total(self) -> int:
        return sum(self.right.values()) + sum(self.refused.values()) + len(self.wrong)

    @property
    def share_right(self) -> float:
        """Share of fields right, 0 to 1; 0 where nothing was compared."""
        return sum(self.right.values()) / self.total if self.total else 0.0

    def rows(self) -> list[tuple[str, str, int, int, int]]:
        """(layout, field, right, wrong, refused), sorted; a layout's sum stands under "all"."""
        wrong = Counter((item.layout, item.name) for item in self.wrong)
        keys = sorted(set(self.right) | set(self.refused) | set(wrong))
        rows = [(*key, self.right[key], wrong[key], self.refused[key]) for key in keys]
        for layout in sorted({key[0] for key in keys}):
            mine = [row for row in rows if row[0] == layout]
            rows.append((layout, "all", *(sum(row[i] for row in mine) for i in (2, 3, 4))))
        return rows


def evaluate(
    readings: Mapping[str, DocumentReading], truth: Iterable[Truth], directory: Directory
) -> Score:
    """Compare readings by file name with the rows of a truth table (reports or letters)."""
    score = Score()
    for row in truth:
        reading = readings.get(row["file"])
        if reading is None:
            score.add(row["file"], "missing", {"file": ("", "present")})
        elif row.get("text_ok") == "false":
            found = "" if reading.is_readable else "refused"
            score.add(row["file"], "unreadable", {"file": (found, "refused")})
        else:
            compare = _report if "inspection_start" in row else _letter
            layout = reading.layout or "none"
            score.add(row["file"], layout, compare(reading, row, directory))
    return score


def _report(reading: DocumentReading, row: Truth, directory: Directory) -> Values:
    record = reading.inspections[0] if reading.inspections else None
    read: Callable[[str], str] = lambda name: _text(record, name)  # noqa: E731
    start = record.start_date if record else None
    council = directory.find(record.council, start).slug if record and record.council else ""
    values: Values = {
        "council": (council, row["council_slug"]),
        "first day": (read("start_date"), row["inspection_start"]),
        "last day": (read("end_date"), row["inspection_end"]),
        "publication date": (read("publication_date"), row["published"]),
        "lead inspector": (_people(record), row["lead_inspector"]),
        "pages": (str(reading.pages or ""), row["n_pages"]),
    }
    kind = re.fullmatch(r"ILACS (standard|short)", row["framework"])
    if kind:
        values["kind"] = (read("kind"), kind.group(1))
    basis = f"{row['framework']} {row['doc_type']}"
    family = next((code for words, code in _FRAMEWORKS if words in basis), None)
    if family:
        values["framework"] = (read("framework").split("_20")[0], family.split("_20")[0])
    grades = {j.area: j.grade for j in record.judgements} if record else {}
    for column, areas in _GRADES.items():
        grade = next((grades[area] for area in areas if area in grades), "")
        values[f"grade: {column}"] = (grade, row[column])
    values["improvement points"] = (
        _count(record.improvement_points if record else None),
        row["n_improvement_points"],
    )
    return values


def _letter(reading: DocumentReading, row: Truth, directory: Directory) -> Values:
    record = reading.visits[0] if reading.visits else None
    start = record.start_date if record else None
    council = directory.find(record.council, start).slug if record and record.council else ""
    if record and record.council_in_title:
        titled = directory.find(record.council_in_title, start).slug
        council = council if titled == council else ""
    topics = "|".join(sorted(record.topics)) if record else ""
    return {
        "council": (council, row["council"]),
        "first day": (_text(record, "start_date"), row["start_date"]),
        "last day": (_text(record, "end_date"), row["end_date"]),
        "publication date": (_text(record, "publication_date"), row["published_date"]),
        "topic": (topics, "|".join(sorted(filter(None, row["topic_codes"].split("|"))))),
        "lead inspector": (_people(record), row["lead_inspector"]),
        "improvement points": (
            _count(record.improvement_points if record else None),
            row["improvement_points"],
        ),
        "priority actions": (
            _count(record.priority_actions if record else None),
            row["priority_actions"],
        ),
    }


def _text(record: InspectionRecord | VisitRecord | None, name: str) -> str:
    value = getattr(record, name) if record else None
    return "" if value is None else str(value)


def _people(record: InspectionRecord | VisitRecord | None) -> str:
    return "; ".join(record.lead_inspectors) if record else ""


def _count(points: Sequence[object] | None) -> str:
    return "" if points is None else str(len(points))


def table(score: Score) -> str:
    """The score as plain text: a line a layout and field, sums, then every wrong field."""
    lines = [f"{'layout':<18} {'field':<28} {'right':>6} {'wrong':>6} {'refused':>8}"]
    for layout, name, right, wrong, refused in score.rows():
        lines.append(f"{layout:<18} {name:<28} {right:>6} {wrong:>6} {refused:>8}")
    lines.append(
        f"\n{score.total} fields: {100 * score.share_right:.2f}% right, "
        f"{len(score.wrong)} wrong, {sum(score.refused.values())} refused"
    )
    for item in score.wrong:
        lines.append(f"WRONG   {item.file}: {item.name}: read {item.read!r}, true {item.true!r}")
    for item in score.refusals:
        lines.append(f"refused {item.file}: {item.name}: true {item.true!r}")
    return "\n".join(lines)
