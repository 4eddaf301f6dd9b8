"""How well the readers do against truth tables: right, wrong, refused, by field. Pure.

*Refused* is a field that the truth has and the reading leaves empty. *Wrong* is a value that
differs from the truth, or a value where the truth has none. Nothing read where nothing is true
is not counted, and neither is a day that the file's own name told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from inspections.importers.telling import match_council
from inspections.importers.wording.text import folded
from inspections.records import DocumentReading, InspectionRecord, PrintedPoint, VisitRecord
from inspections.rules.matching import Directory

Truth = Mapping[str, str]
Values = dict[str, tuple[str, str]]
"""Field → (value read, true value); "" is none."""
SENTENCE = "sentence"

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
_GLUED = re.compile(r"(?<=[.;])\s+[A-Z][^.;:]*$")
_LONGEST_HEADING_WORDS = 14


@dataclass(frozen=True)
class Fault:
    """One field read wrongly or not at all."""

    file: str
    name: str
    read: str
    true: str


@dataclass
class Score:
    """Counts by field, and every wrong or refused one."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)

    def add(self, file: str, values: Values) -> None:
        for name, (read, true) in values.items():
            if read == true == "":
                continue
            if read == true:
                self.right[name] += 1
            elif read:
                self.wrong.append(Fault(file, name, read, true))
            else:
                self.refused.append(Fault(file, name, read, true))

    @property
    def total(self) -> int:
        return sum(self.right.values()) + len(self.wrong) + len(self.refused)

    @property
    def share_right(self) -> float:
        """Share of fields right, 0 to 1; 0 where nothing was compared."""
        return sum(self.right.values()) / self.total if self.total else 0.0

    def rows(self) -> list[tuple[str, int, int, int]]:
        """(field, right, wrong, refused), sorted."""
        wrong, refused = (Counter(f.name for f in faults) for faults in (self.wrong, self.refused))
        names = sorted({*self.right, *wrong, *refused})
        return [(name, self.right[name], wrong[name], refused[name]) for name in names]


def score_reports(
    readings: Mapping[str, DocumentReading], truth: Iterable[Truth], directory: Directory
) -> Score:
    """Reports by file name against their truth table; unreadable ones must be refused."""
    score = Score()
    for row in truth:
        reading = readings[row["file"]]
        if row["text_ok"] == "false":
            told = "read" if reading.is_readable else "refused"
            score.add(row["file"], {"refusal": (told, "refused")})
        else:
            score.add(row["file"], _report(reading, row, directory))
    return score


def score_letters(
    readings: Mapping[str, DocumentReading],
    truth: Iterable[Truth],
    visits: Iterable[Truth],
    directory: Directory,
) -> Score:
    """Letters by file name against their truth table and the kinds of the table of visits."""
    kinds = {(row["council"], row["start_date"]): row["kind"] for row in visits}
    score = Score()
    for row in truth:
        kind = kinds.get((row["council"], row["start_date"]), "")
        score.add(row["file"], _letter(readings[row["file"]], row, kind, directory))
    return score


def score_sentences(
    readings: Mapping[str, DocumentReading], truth: Iterable[Truth], points: Iterable[Truth]
) -> Score:
    """Every improvement point's text, in order, against the table of points.

    A document is found in that table by council and day of publication. One of which it has
    no row, or fewer or more than the truth table counts, is no truth and is left out. Points
    are compared by their words; a heading that the table's own text carries at its end (its
    README warns of them) is no fault of the reader's.
    """
    printed: dict[tuple[str, str], list[str]] = {}
    for row in points:
        key = (row["council"], row["publication_date"])
        printed.setdefault(key, []).append(row["text"])
    score = Score()
    for row in truth:
        council = row.get("council_slug") or row["council"]
        published = row.get("published") or row["published_date"]
        true = printed.get((council, published), [])
        count = row.get("n_improvement_points") or row.get("improvement_points")
        if str(len(true)) != count:
            continue
        read = sentences_of(readings[row["file"]])
        for number, text in enumerate(true):
            told = read[number] if number < len(read) else ""
            text = without_heading(text)
            same = folded(told) == folded(text)
            score.add(row["file"], {SENTENCE: (text if same else told, text)})
        for text in read[len(true) :]:
            score.add(row["file"], {SENTENCE: (text, "")})
    return score


def without_heading(text: str) -> str:
    """The text without a heading glued on: capitalised words after the last full stop, bare."""
    tail = _GLUED.search(text)
    is_short = tail and len(tail[0].split()) <= _LONGEST_HEADING_WORDS
    return text[: tail.start()] if tail and is_short else text


def sentences_of(reading: DocumentReading) -> list[str]:
    """The improvement points that a document's reading tells, as text."""
    records: list[InspectionRecord | VisitRecord] = [*reading.inspections, *reading.visits]
    return [point.text for record in records for point in record.improvement_points or ()]


def _report(reading: DocumentReading, row: Truth, directory: Directory) -> Values:
    record = reading.inspections[0] if reading.inspections else None
    values = _common(record, row["council_slug"], directory)
    values |= {
        "first day": (_text(record, "start_date"), row["inspection_start"]),
        "last day": (_text(record, "end_date"), row["inspection_end"]),
        "lead inspector": (_people(record), row["lead_inspector"]),
    }
    if row["published_source"] != "file name":
        values["publication date"] = (_text(record, "publication_date"), row["published"])
    kind = re.fullmatch(r"ILACS (standard|short)", row["framework"])
    if kind:
        values["kind"] = (_text(record, "kind"), kind.group(1))
    basis = f"{row['framework']} {row['doc_type']}"
    family = next((code for words, code in _FRAMEWORKS if words in basis), None)
    if family:
        read = _text(record, "framework").split("_20")[0]
        values["framework"] = (read, family.split("_20")[0])
    grades = {j.area: j.grade for j in record.judgements} if record else {}
    for column, areas in _GRADES.items():
        grade = next((grades[area] for area in areas if area in grades), "")
        values[f"grade: {column}"] = (grade, row[column])
    points = record.improvement_points if record else None
    values["improvement points"] = (_count(points), row["n_improvement_points"])
    return values


def _letter(reading: DocumentReading, row: Truth, kind: str, directory: Directory) -> Values:
    record = reading.visits[0] if reading.visits else None
    topics = "|".join(sorted(record.topics)) if record else ""
    return _common(record, row["council"], directory) | {
        "kind": (_text(record, "kind") if kind else "", kind),
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


def _common(
    record: InspectionRecord | VisitRecord | None, council: str, directory: Directory
) -> Values:
    found = match_council(record, directory).slug if record and record.council else ""
    return {"council": (found, council)}


def _text(record: InspectionRecord | VisitRecord | None, name: str) -> str:
    value = getattr(record, name) if record else None
    return "" if value is None else str(value)


def _people(record: InspectionRecord | VisitRecord | None) -> str:
    return "; ".join(record.lead_inspectors) if record else ""


def _count(points: Sequence[PrintedPoint] | None) -> str:
    return "" if points is None else str(len(points))
