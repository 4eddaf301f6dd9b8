"""Workbooks in the words of other years: headers, kinds, days and cells."""

from datetime import date
from pathlib import Path

import pytest

from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.importers.worker import read_path
from inspections.records import DocumentReading
from tests.importers import workbooks as w
from tests.importers.world import rules

Rows = list[tuple[w.Value, ...]]


def read(path: Path, rows: Rows, sheet: str = "List") -> DocumentReading:
    return read_path(w.write_xlsx(path, {sheet: rows}), rules(), DEFAULT_LIMITS)


def told(reading: DocumentReading) -> list[tuple[object, ...]]:
    return [
        *((r.council, r.start_date, r.kind, r.judgements) for r in reading.inspections),
        *((v.council, v.start_date, v.kind, v.topics) for v in reading.visits),
    ]


def changed(table: tuple[tuple[w.Value, ...], ...], old: str, new: str) -> Rows:
    return [tuple(new if cell == old else cell for cell in row) for row in table]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Local authority name", "Council"),
        ("Local authority name", "Council name"),
        ("Local authority name", "Name of local authority"),
        ("Local authority name", "Local Authority (LA) name"),
        ("Local authority name", "Local authority [note 1]"),
        ("Inspection date", "First day of inspection"),
        ("Inspection date", "Latest inspection date"),
        ("Inspection date", "Date of most recent full inspection"),
        ("Inspection date", "Inspection start"),
        ("Publication date", "Date report published"),
        ("Web link", "Link"),
        ("Web link", "Link to report"),
        ("Local authority area code", "ONS area code"),
        ("Overall effectiveness", "Overall grade"),
        ("Overall effectiveness", "Latest overall effectiveness"),
        (w.RI, "REQUIRES IMPROVEMENT TO BE GOOD"),
        (w.RI, "Requires improvement "),
        ("Exampleshire", " Exampleshire\u00a0"),
        ("North West", "NORTH WEST"),
    ],
)
def test_headers_and_cells_have_other_words(tmp_path: Path, old: str, new: str) -> None:
    plain = read(tmp_path / "a.xlsx", list(w.AS_AT_2025))
    other = read(tmp_path / "b.xlsx", changed(w.AS_AT_2025, old, new))
    assert other.problems == ()
    assert told(other) == told(plain)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (w.RI, "RI"),
        (w.RI, "3"),
        ("Inspection date", "Previous inspection date"),
        ("Publication date", "Date of next inspection"),
        ("Overall effectiveness", "Previous overall effectiveness"),
        ("Web link", "Days since inspection"),
    ],
)
def test_what_may_mean_something_else_is_refused(tmp_path: Path, old: str, new: str) -> None:
    reading = read(tmp_path / "a.xlsx", changed(w.AS_AT_2025, old, new))
    assert not reading.is_readable
    assert told(reading) == []


@pytest.mark.parametrize(
    ("form", "is_read"),
    [
        ("%d %B %Y", True),
        ("%d-%b-%Y", True),
        ("%d.%m.%Y", True),
        ("%Y-%m-%d", True),
        ("%a %d %b %Y", True),
        ("%d/%m/%Y 00:00", True),
        ("%d/%m/%y", False),
        ("%d-%b-%y", False),
        ("%m/%d/%Y", False),
    ],
)
def test_days_are_written_in_other_ways(tmp_path: Path, form: str, is_read: bool) -> None:
    rows = [
        tuple(cell.strftime(form) if isinstance(cell, date) else cell for cell in row)
        for row in w.AS_AT_2025[:4]
    ]
    starts = [r.start_date for r in read(tmp_path / "a.xlsx", rows).inspections]
    assert starts == ([date(2024, 6, 10)] if is_read else [])


@pytest.mark.parametrize(
    ("old", "new", "is_known"),
    [
        ("ILACS Focused Visit", "ILACS: focussed visit", True),
        ("ILACS Focused Visit", "Focused Visit (ILACS)", True),
        ("LA Monitoring visit", "Local authority monitoring visit", True),
        ("ILACS Short Inspection", "ILACS inspection - short", True),
        ("ILACS Short Inspection", "Short ILACS inspection", True),
        ("LA Monitoring visit", "JTAI", False),
        ("LA Monitoring visit", "SEND monitoring visit", False),
        ("ILACS Short Inspection", "SIF inspection", False),
    ],
)
def test_kinds_have_other_words(tmp_path: Path, old: str, new: str, is_known: bool) -> None:
    plain = read(tmp_path / "a.xlsx", list(w.IN_YEAR_2023))
    other = read(tmp_path / "b.xlsx", changed(w.IN_YEAR_2023, old, new))
    assert (told(other) == told(plain)) == other.is_readable == is_known


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_as_text_is_refused_with_a_way_on(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Council;Inspection date\r\nKing’s Vale;10/06/2024\r\n".encode(encoding))
    (problem,) = read_path(path, rules(), DEFAULT_LIMITS).problems
    assert ".csv" in problem.found
    assert "save it as" in problem.advice
