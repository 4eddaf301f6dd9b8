"""Small workbooks in the shapes of Ofsted's, about invented councils."""

from datetime import date
from pathlib import Path

import pytest

from inspections.records import NOTE, DocumentReading, InspectionRecord
from tests.importers import workbooks as w
from tests.importers.readings import read

ALL = {
    "Cover": [("Local authority inspection outcomes as at 31 March 2025",)],
    "Inspections_as_at_31_March": w.AS_AT_2025,
    "In-year": w.IN_YEAR_2023,
    "ILACS_inspection_history": w.HISTORY_2025,
    "LA_inspections_2009-2022": w.WIDE_HISTORY,
}


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
        (3, 4, "10/06/24", "start"),
        (3, 4, "06/31/2024", "start"),
        (3, 6, "3", "overall"),
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


@pytest.mark.parametrize("column", [4, 5, 6, 7, 8, 9, 10])
@pytest.mark.parametrize("words", ["Not yet inspected", "No full inspection [note 3]"])
def test_a_council_that_awaits_its_first_inspection_is_no_row(
    tmp_path: Path, column: int, words: str
) -> None:
    awaits = [*w.AS_AT_2025[4][:4], *[None] * 7]
    awaits[column] = words
    table = [*w.AS_AT_2025[:4], awaits]
    reading = read(w.write_ods(tmp_path / "a.ods", {"List": table}))
    assert reading.problems == ()
    assert [r.council for r in reading.inspections] == ["Exampleshire"]


def test_not_yet_inspected_beside_grades_is_refused(tmp_path: Path) -> None:
    for column, fact in ((4, "start date"), (9, "grade of in_care_and_care_leavers")):
        sheets = {"List": changed(w.AS_AT_2025, 4, column, "Not yet inspected")}
        reading = read(w.write_ods(tmp_path / "a.ods", sheets))
        assert {p.fact for p in reading.problems} == {fact}


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


AS_IN_2024 = [
    ("Children's social care data in England 2024 - LA level at 31 March 2024",),
    ("Changes since the list as at 31 March 2023 stand in the notes.",),
    (),
    (),
    (
        "Web Link", "Local authority", "LA code", "Government Office region", "Ofsted Region",
        "Inspection start date [note 1]", "Inspection end date", "Overall effectiveness (OE)",
        "Impact of leaders", "Children who need help and protection", "Children in care",
        "Care leavers [note 2]",
    ),
    (
        "Link", "Exampleshire [note 3]", "999", "South East", "South East", "10-Jun-2024",
        "14 June 2024", "Good", "good", w.RI.upper(), "Outstanding", "Inadequate.",
    ),
    (
        "Link", "Northbridge", "998", "Yorkshire and The Humber",
        "North East, Yorkshire & Humber", "2021-07-05 00:00:00", None, w.RI, "Good",
        "Requires Improvement", w.RI, "-",
    ),
    ("Link", "Westmark", "997", "London", "London", *["No full inspection"] * 7),
    (),
    ("1. Start dates as told by inspectors.",),
]  # fmt: skip


def test_a_list_in_the_words_of_another_year_tells_the_same(tmp_path: Path) -> None:
    reading = read(w.write_ods(tmp_path / "a.ods", {"LA_level_at_31_Mar_2024": AS_IN_2024}))
    assert reading.problems == ()
    assert reading.as_at == date(2024, 3, 31)
    straight = read(w.write_ods(tmp_path / "b.ods", {"List": w.AS_AT_2025}))
    for ours, theirs in zip(reading.inspections, straight.inspections, strict=True):
        assert (ours.council, ours.start_date) == (theirs.council, theirs.start_date)
        assert (ours.framework, grades(ours)) == (theirs.framework, grades(theirs))
    assert reading.inspections[0].end_date == date(2024, 6, 14)


def test_a_theme_of_no_list_leaves_out_the_topic_alone(tmp_path: Path) -> None:
    sheets = {"In-year": changed(w.IN_YEAR_2023, 4, 10, "Something new")}
    reading = read(w.write_ods(tmp_path / "a.ods", sheets))
    assert [(p.fact, p.severity) for p in reading.problems] == [("theme", NOTE)]
    assert (reading.visits[0].kind, reading.visits[0].topics) == ("focused_visit", ())


def test_the_wide_history_tells_the_framework_by_its_areas(tmp_path: Path) -> None:
    block = [
        f"Third ILACS framework {name}"
        for name in (
            "inspection type", "publication date", "overall effectiveness", "impact of leaders",
            "experiences and progress of children who need help and protection",
            "experiences and progress of children in care",
            "experiences and progress of care leavers",
        )
    ]  # fmt: skip
    header = ("Web link", "Local authority name", "LA region", "LA Authority Type", *block)
    start = ("Link", "Exampleshire", "South East", "Shire County", "ILACS Short Inspection")
    rows = [
        header,
        (*start, date(2024, 7, 23), "Good", "Good", "Good", "Good", "Good"),
        (*start, date(2022, 7, 22), "Good", "Good", "Good", w.RI, None),
        (*start, date(2026, 7, 28), None, "Good", "Good", "Good", "Good"),
        (*start, date(2026, 7, 29), None, "Good", None, "Good", "Good"),
    ]
    reading = read(w.write_ods(tmp_path / "a.ods", {"LA_inspections_2018-2026": rows}))
    assert [(r.framework, len(r.judgements)) for r in reading.inspections] == [
        ("ilacs_2023", 5), ("ilacs_2018", 4), ("ilacs_2026", 4),
    ]  # fmt: skip
    assert "in_care_and_care_leavers" in grades(reading.inspections[1])
    (problem,) = reading.problems
    assert (problem.place[-5:], problem.fact) == ("row 5", "framework")
