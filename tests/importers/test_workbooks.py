"""Small workbooks in the shapes of Ofsted's, about invented councils."""

from datetime import date
from pathlib import Path

import pytest

from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.importers.worker import read_path
from inspections.records import NOTE, DocumentReading, InspectionRecord
from tests.importers import workbooks as w
from tests.importers.world import rules

ALL = {
    "Cover": [("Local authority inspection outcomes as at 31 March 2025",)],
    "Inspections_as_at_31_March": w.AS_AT_2025,
    "In-year": w.IN_YEAR_2023,
    "ILACS_inspection_history": w.HISTORY_2025,
    "LA_inspections_2009-2022": w.WIDE_HISTORY,
}


def read(path: Path) -> DocumentReading:
    return read_path(path, rules(), DEFAULT_LIMITS)


def on_sheet(reading: DocumentReading, name: str) -> list[InspectionRecord]:
    return [r for r in reading.inspections if f"'{name}'" in r.place]


def grades(record: InspectionRecord) -> dict[str, str]:
    return {j.area: j.grade for j in record.judgements}


def test_both_formats_tell_the_same(tmp_path: Path) -> None:
    ods = read(w.write_ods(tmp_path / "a.ods", ALL))
    xlsx = read(w.write_xlsx(tmp_path / "a.xlsx", ALL))
    assert ods.problems == xlsx.problems == ()
    assert ods.inspections == xlsx.inspections
    assert ods.visits == xlsx.visits
    assert ods.as_at == xlsx.as_at == date(2025, 3, 31)


def test_the_combined_grade_stands_under_in_care_before_2023(tmp_path: Path) -> None:
    reading = read(w.write_ods(tmp_path / "a.ods", ALL))
    apart, together = on_sheet(reading, "Inspections_as_at_31_March")
    assert (apart.framework, grades(apart)["care_leavers"]) == ("ilacs_2023", "inadequate")
    assert together.framework == "ilacs_2018"
    assert grades(together)["in_care_and_care_leavers"] == "requires_improvement"
    assert "care_leavers" not in grades(together)


def test_the_in_year_list_tells_inspections_from_visits(tmp_path: Path) -> None:
    reading = read(w.write_ods(tmp_path / "a.ods", ALL))
    assert [(v.council, v.kind, v.topics) for v in reading.visits] == [
        ("Exampleshire", "focused_visit", ("front_door",)),
        ("Northbridge", "monitoring_visit", ("children_in_care",)),
    ]
    (inspection,) = on_sheet(reading, "In-year")
    assert (inspection.kind, inspection.start_date) == ("short", date(2023, 2, 6))


def test_the_wide_history_has_a_block_an_inspection_and_two_tables(tmp_path: Path) -> None:
    reading = read(w.write_ods(tmp_path / "a.ods", ALL))
    found = {(r.council, r.framework): r for r in on_sheet(reading, "LA_inspections_2009-2022")}
    assert set(found) == {
        ("Exampleshire", "slac"),
        ("Exampleshire", "sif"),
        ("Exampleshire", "ilacs_2018"),
        ("Oldtown", "slac"),
        ("Oldtown", "sif"),
    }
    # The old scale's adequate is put back where Ofsted's workbook recoded it.
    assert grades(found["Exampleshire", "slac"])["looked_after"] == "adequate"
    assert grades(found["Exampleshire", "sif"])["lscb"] == "inadequate"
    assert "adoption" not in grades(found["Oldtown", "sif"])
    assert found["Exampleshire", "ilacs_2018"].kind == "standard"


def changed(table: tuple, row: int, column: int, value: object) -> list[tuple]:
    rows = [tuple(cells) for cells in table]
    cells = list(rows[row])
    cells[column] = value
    rows[row] = tuple(cells)
    return rows


@pytest.mark.parametrize(
    ("row", "column", "value", "fact"),
    [
        (3, 6, "Requires improvment", "overall"),
        (3, 6, None, "grade of overall"),
        (3, 4, "31/02/2024", "start"),
        (3, 4, date(2031, 1, 1), "start"),
        (3, 5, date(2023, 1, 1), "publication date"),
        (3, 3, "Atlantis", "region"),
        (3, 2, None, "council"),
        (4, 10, "Good", "care_leavers"),
        (2, 7, "Strategic vision", "columns"),
        (2, 7, "Overall effectiveness", "columns"),
    ],
)
def test_what_is_unknown_is_refused_with_its_place(
    tmp_path: Path, row: int, column: int, value: object, fact: str
) -> None:
    sheets = {"List": changed(w.AS_AT_2025, row, column, value)}
    reading = read(w.write_ods(tmp_path / "a.ods", sheets))
    assert fact in {p.fact for p in reading.problems}
    assert {f"sheet 'List', row {row + 1}"} == {
        p.place for p in reading.problems if p.fact != "sheets"
    }
    assert not reading.is_readable


def test_columns_may_stand_in_any_order_and_headers_a_row_lower(tmp_path: Path) -> None:
    table = [("Title as at 31 March 2025",), (), ()] + [
        tuple(reversed(row)) for row in w.AS_AT_2025[2:]
    ]
    straight = read(w.write_ods(tmp_path / "a.ods", {"List": w.AS_AT_2025}))
    turned = read(w.write_ods(tmp_path / "b.ods", {"List": table}))
    assert turned.problems == ()
    assert [grades(r) for r in turned.inspections] == [grades(r) for r in straight.inspections]


def test_text_dates_are_read_as_days(tmp_path: Path) -> None:
    sheets = {"List": changed(w.AS_AT_2025, 3, 4, "10/06/2024")}
    reading = read(w.write_xlsx(tmp_path / "a.xlsx", sheets))
    assert reading.inspections[0].start_date == date(2024, 6, 10)


def test_a_formula_for_a_grade_is_refused(tmp_path: Path) -> None:
    sheets = {"List": changed(w.AS_AT_2025, 3, 6, "=VLOOKUP(A1,[1]Sheet!A:B,2)")}
    reading = read(w.write_xlsx(tmp_path / "a.xlsx", sheets))
    assert any("formula" in p.found for p in reading.problems)
    assert len(reading.inspections) == 1


def test_links_to_other_workbooks_are_noted_and_not_followed(tmp_path: Path) -> None:
    extra = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    reading = read(w.write_xlsx(tmp_path / "a.xlsx", {"List": w.AS_AT_2025}, extra=extra))
    assert [(p.fact, p.severity) for p in reading.problems] == [("external links", NOTE)]
    assert len(reading.inspections) == 2
