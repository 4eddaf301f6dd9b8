"""The record rebuilt from Ofsted's workbooks alone, and its comparison with the shipped one. Pure.

Rows of several sheets and workbooks that tell of one inspection are joined; where they tell
different things the newest workbook is believed, as in the documented order of trust.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inspections.importers.joining import family_of, same_inspection
from inspections.records import DocumentReading, InspectionRecord, JudgementRecord
from inspections.rules.matching import Directory


@dataclass
class Rebuilt:
    """One inspection as the workbooks together tell it; ``told`` keeps every telling."""

    council: str
    family: str
    told: list[tuple[date, InspectionRecord]] = field(default_factory=list)

    def newest(self, name: str) -> object:
        """The newest workbook's value of a field; ``None`` where none tells it."""
        for _, record in sorted(self.told, key=lambda item: item[0], reverse=True):
            value = getattr(record, name)
            if value not in (None, "", ()):
                return value
        return None

    @property
    def grades(self) -> dict[str, str]:
        found: dict[str, str] = {}
        framework = self.newest("framework")
        for _, record in sorted(self.told, key=lambda item: item[0]):
            if record.framework == framework:
                found |= {j.area: j.grade for j in record.judgements}
        return found

    def values(self, name: str) -> set[object]:
        return {v for _, r in self.told if (v := getattr(r, name)) not in (None, "", ())}


def rebuild(
    readings: Sequence[DocumentReading], directory: Directory
) -> tuple[list[Rebuilt], list[str]]:
    """Join the records of all workbooks: (inspections, names that match no council)."""
    found: list[Rebuilt] = []
    unknown: list[str] = []
    tellings = [
        (reading.as_at or date.min, record)
        for reading in readings
        for record in reading.inspections
    ]
    # Records with both dates first: they hold the others together.
    tellings.sort(key=lambda item: (not (item[1].start_date and item[1].publication_date), item[0]))
    for as_at, record in tellings:
        day = record.start_date or record.publication_date
        match = directory.find(record.council, day, record.council_code)
        if not match.slug:
            unknown.append(f"{record.council} ({record.place}): {match.reason}")
            continue
        family = family_of(record)
        home = next(
            (
                item
                for item in found
                if item.council == match.slug
                and item.family == family
                and any(same_inspection(record, other) for _, other in item.told)
            ),
            None,
        )
        if home is None:
            home = Rebuilt(match.slug, family)
            found.append(home)
        home.told.append((as_at, record))
    return found, unknown


@dataclass(frozen=True)
class Difference:
    """One cell in which the workbooks and the shipped record differ."""

    inspection_id: str
    cell: str
    shipped: str
    rebuilt: str


def compare(
    rebuilt: Iterable[Rebuilt],
    inspections: Sequence[Mapping[str, str]],
    judgements: Sequence[Mapping[str, str]],
) -> tuple[int, list[Difference]]:
    """Cells compared and the differences, over every shipped row that names a workbook."""
    grades: dict[str, dict[str, str]] = {}
    for row in judgements:
        grades.setdefault(row["inspection_id"], {})[row["area"]] = row["grade"]
    left = list(rebuilt)
    cells = 0
    differences: list[Difference] = []
    for row in inspections:
        if "workbook" not in row["source"]:
            continue
        home = _home(row, grades.get(row["inspection_id"], {}), left)
        if home is None:
            differences.append(Difference(row["inspection_id"], "row", "present", "missing"))
            continue
        left.remove(home)
        for cell, shipped, told in _cells(row, grades.get(row["inspection_id"], {}), home):
            cells += 1
            if shipped != told:
                differences.append(Difference(row["inspection_id"], cell, shipped, told))
    for home in left:
        day = home.newest("start_date") or home.newest("publication_date")
        label = f"{home.council} {home.family} {day}"
        differences.append(Difference(label, "row", "missing", "present"))
    return cells, differences


def _home(
    row: Mapping[str, str], grades: Mapping[str, str], rebuilt: Iterable[Rebuilt]
) -> Rebuilt | None:
    start = date.fromisoformat(row["start_date"]) if row["start_date"] else None
    published = date.fromisoformat(row["publication_date"]) if row["publication_date"] else None
    kind = row["kind"]
    if "re-inspection" in row["notes"].lower() and kind in ("slac", "child_protection"):
        kind = f"{kind}_reinspection"
    shipped = InspectionRecord(
        council=row["council"],
        framework=row["framework"],
        kind=kind,
        place="",
        start_date=start,
        publication_date=published,
        judgements=tuple(JudgementRecord(area=a, grade=g, place="") for a, g in grades.items()),
    )
    family = family_of(shipped)
    fits = [
        item
        for item in rebuilt
        if item.council == row["council"]
        and item.family == family
        and any(same_inspection(shipped, record) for _, record in item.told)
    ]
    return fits[0] if len(fits) == 1 else None


def _cells(
    row: Mapping[str, str], grades: Mapping[str, str], home: Rebuilt
) -> Iterable[tuple[str, str, str]]:
    """Cells that a workbook tells: an untold start or kind is no difference."""
    for name in ("framework", "kind", "start_date", "publication_date"):
        told = home.newest(name)
        if told is None:
            continue
        shipped = row[name]
        if name == "kind":
            told = str(told).removesuffix("_reinspection") if row["framework"] != "sif" else told
        yield name, shipped, str(told)
    for area in sorted(set(grades) | set(home.grades)):
        yield f"grade of {area}", grades.get(area, ""), home.grades.get(area, "")
