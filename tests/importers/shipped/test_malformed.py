"""A record that is wrong anywhere is refused whole, with place, found and expected."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inspections.importers.shipped.schema import TABLES
from inspections.models import Council, Framework, GradeScale, Inspection, RecordState, Source
from tests.importers.shipped import invented
from tests.importers.shipped.invented import Rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record"), pytest.mark.once]

Change = Callable[[Rows], object]


def refusal_of(folder: Path) -> str:
    """What the command says; fails where it loads, or where anything is written."""
    with pytest.raises(CommandError) as refusal:
        call_command("load_record", folder=folder)
    for model in (GradeScale, Framework, Council, Source, Inspection):
        assert not model.objects.exists()
        assert not model.history.exists()
    assert not RecordState.objects.filter(version__gt=0).exists()
    said = str(refusal.value)
    assert said.startswith("Nothing was loaded. ")
    return said


def cell(file: str, column: str, value: str, row: int = 0) -> Change:
    return lambda rows: rows[file][row].update({column: value})


def again(file: str, **changes: str) -> Change:
    return lambda rows: rows[file].append({**rows[file][0], **changes})


def point(event: str, reference: str, themes: str) -> Change:
    made = invented.point(event, reference, 1, themes)
    return lambda rows: rows.update(improvement_points=[made])


FUTURE = (timezone.localdate() + timedelta(days=2)).isoformat()

BAD_CELLS: dict[str, tuple[Change, str, str, str, str]] = {
    # what is wrong: the change, then file, column, found and expected as told
    "a date in English order": (
        cell("inspections", "start_date", "01/03/2021"),
        "inspections", "start_date", "01/03/2021", "a date as YYYY-MM-DD",
    ),
    "a day that does not exist": (
        cell("visits", "start_date", "2022-02-30"),
        "visits", "start_date", "2022-02-30", "a date as YYYY-MM-DD",
    ),
    "a theme that does not exist": (
        point("inspection", "2021-03-01", "plans|wealth"),
        "improvement_points", "themes", "plans|wealth", "wealth: not a theme",
    ),
    "a theme twice": (
        point("inspection", "2021-03-01", "plans|plans"),
        "improvement_points", "themes", "plans|plans", "named twice",
    ),
    "a point of a visit that does not exist": (
        point("visit", "2022-06-08", "plans"),
        "improvement_points", "council+visit", "exampleshire 2022-06-08", "a row of visits.csv",
    ),
    "a two-digit year": (
        cell("frameworks", "in_force_from", "18-01-01"),
        "frameworks", "in_force_from", "18-01-01", "a date as YYYY-MM-DD",
    ),
    "a year that no record has": (
        cell("inspections", "start_date", "0026-03-01"),
        "inspections", "start_date", "0026-03-01", "is not a day of this record",
    ),
    "a year of the far future": (
        cell("frameworks", "in_force_from", "9999-12-31"),
        "frameworks", "in_force_from", "9999-12-31", "its years go from 1990 to",
    ),
    "a council older than councils": (
        cell("councils", "opened_date", "0974-04-01"),
        "councils", "opened_date", "0974-04-01", "its years go from 1800 to",
    ),
    "digits of another script": (
        cell("inspections", "start_date", "٢٠٢١-٠٣-٠١"),
        "inspections", "start_date", "٢٠٢١", "a date as YYYY-MM-DD",
    ),
    "no publication date": (
        cell("inspections", "publication_date", ""),
        "inspections", "publication_date", "''", "a date as YYYY-MM-DD",
    ),
    "an unknown council": (
        cell("inspections", "council", "atlantis"),
        "inspections", "council", "atlantis", "a row of councils.csv",
    ),
    "an unknown framework": (
        cell("inspections", "framework", "newest_rules"),
        "inspections", "framework", "newest_rules", "a row of frameworks.csv",
    ),
    "an area of another framework": (
        cell("judgements", "area", "care_leavers"),
        "judgements", "area", "old_rules care_leavers", "a row of judgement_areas.csv",
    ),
    "a grade of another scale": (
        cell("judgements", "grade", "adequate"),
        "judgements", "grade", "four_grades adequate", "a row of grades.csv",
    ),
    "a judgement of an inspection that is not there": (
        cell("judgements", "inspection", "2021-03-02"),
        "judgements", "council+inspection", "exampleshire 2021-03-02", "a row of inspections.csv",
    ),
    "an unknown source": (
        cell("inspections", "sources", "a-list|a-rumour"),
        "inspections", "sources", "a-rumour", "a row of sources.csv",
    ),
    "a judgement without a grade": (
        cell("judgements", "grade", ""),
        "judgements", "grade", "four_grades ", "a row of grades.csv",
    ),
    "an unknown kind": (
        cell("visits", "kind", "graded_visit"),
        "visits", "kind", "graded_visit", "one of focused_visit, monitoring_visit",
    ),
    "an unknown topic": (
        cell("visits", "topic_codes", "front_door|back_door"),
        "visits", "topic_codes", "back_door", "one of front_door",
    ),
    "an unknown region": (
        cell("councils", "ons_region", "atlantis"),
        "councils", "ons_region", "atlantis", "one of east_midlands",
    ),
    "one of Ofsted's regions as one of ONS's": (
        cell("councils", "ons_region", "north_east_yorkshire_and_the_humber"),
        "councils", "ons_region", "north_east_yorkshire", "not one of ONS's nine regions",
    ),
    "a word for a flag": (
        cell("frameworks", "is_whole_service", "Yes"),
        "frameworks", "is_whole_service", "Yes", "true or false",
    ),
    "a fraction for a number": (
        cell("visits", "priority_actions", "1.5"),
        "visits", "priority_actions", "1.5", "a whole number from 0 to 32767",
    ),
    "a number that is too large": (
        cell("inspections", "improvement_points", "32768"),
        "inspections", "improvement_points", "32768", "a whole number from 0 to 32767",
    ),
    "an empty name": (
        cell("councils", "name", "  "),
        "councils", "name", "  ", "a value, not an empty cell",
    ),
    "a code that is too long": (
        cell("councils", "ons_code", "E990000011"),
        "councils", "ons_code", "E990000011", "at most 9 characters",
    ),
    "an address that runs a script": (
        cell("inspections", "report_url", "javascript:alert(1)"),
        "inspections", "report_url", "javascript:alert(1)", "an address beginning https://",
    ),
    "a reference with a slash": (
        cell("visits", "reference", "../visit"),
        "visits", "reference", "../visit", "lower-case letters, digits and hyphens",
    ),
    "a key used twice": (
        again("inspections"),
        "inspections", "council+reference", "exampleshire 2021-03-01", "a key not used before",
    ),
    "an area graded twice": (
        again("judgements", grade="good"),
        "judgements", "council+inspection+area", "leaders", "a key not used before",
    ),
    "an end before the start": (
        cell("inspections", "end_date", "2021-02-26"),
        "inspections", "end_date", "2021-02-26", "is before the first, 2021-03-01",
    ),
    "an end without a start": (
        cell("visits", "start_date", ""),
        "visits", "start_date", "''", "needs a first day",
    ),
    "a publication before the end": (
        cell("inspections", "publication_date", "2021-03-11"),
        "inspections", "publication_date", "2021-03-11", "is before the last day on site",
    ),
    "a publication in the future": (
        cell("visits", "publication_date", FUTURE),
        "visits", "publication_date", FUTURE, "is in the future",
    ),
    "an inspection before its framework": (
        cell("frameworks", "in_force_from", "2021-03-02"),
        "inspections", "framework", "old_rules", "was in force from 2021-03-02 to 2022-12-31",
    ),
    "a visit at an inspection's address": (
        cell("visits", "reference", "2021-03-01"),
        "visits", "reference", "2021-03-01", "is the address of an inspection",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_CELLS)
def test_a_bad_cell_is_told_with_its_place(what: str, tmp_path: Path) -> None:
    change, file, column, found, expected = BAD_CELLS[what]

    def changed(rows: Rows) -> None:
        change(rows)
        if what == "an end without a start":
            rows["visits"][0]["end_date"] = "2022-06-08"
        if what.startswith("an area of another"):
            rows["judgements"] = rows["judgements"][:1]

    folder = invented.write(tmp_path, changed)
    said = refusal_of(folder)
    line = len((folder / f"{file}.csv").read_text().splitlines()) if "twice" in what else 2
    assert f"{file}.csv, line {line}, column {column}: found" in said
    assert found in said
    assert f"expected {expected}" in said or ("expected otherwise: " in said and expected in said)


def test_a_future_day_of_visiting_is_no_publication(tmp_path: Path) -> None:
    """A start in the future without a publication date is for check_record to find."""
    call_command("load_record", folder=invented.write(tmp_path, cell("visits", "notes", "x")))
    assert Inspection.objects.exists()


def edit(folder: Path, file: str, old: bytes, new: bytes) -> None:
    path = folder / file
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


BAD_BYTES: dict[str, tuple[str, bytes, bytes, list[str]]] = {
    # what is wrong: file, old and new bytes, and parts of the message
    "a column missing": (
        "visits.csv", b",topic_codes", b"",
        ["visits.csv, line 1: found columns", "expected", "missing topic_codes"],
    ),
    "a column that is not known": (
        "councils.csv", b"closed_date,", b"closed_date,rank,",
        ["councils.csv, line 1: found columns", "expected", "not known rank"],
    ),
    "a column in capitals": (
        "councils.csv", b"slug", b"Slug",
        ["councils.csv, line 1", "missing slug", "not known Slug"],
    ),
    "a column twice": (
        "visits.csv", b"topic_codes", b"topic",
        ["visits.csv, line 1: found columns", "missing topic_codes"],
    ),
    "a cell too many": (
        "grades.csv", b"\ngood,", b"\ngood,good,",
        ["grades.csv, line 3, column (all): found '10 cells', expected 9 cells"],
    ),
    "a cell too few": (
        "lanes.csv", b"leaders,true,", b"leaders,",
        ["lanes.csv, line 2, column (all): found '7 cells', expected 8 cells"],
    ),
    "a NUL": (
        "councils.csv", b"Exampleshire County", b"Example\0shire",
        ["councils.csv: found a NUL character, expected text"],
    ),
    "Windows' encoding": (
        "councils.csv", b"Exampleshire County", b"Ex\xe9mpleshire",
        ["councils.csv: found a byte at", "not UTF-8, expected UTF-8"],
    ),
    "a quote that never closes": (
        "judgements.csv", b"leaders", b'"leaders',
        ["judgements.csv, line", "expected quoted CSV"],
    ),
    "an empty file": (
        "visits.csv", b"", b"", ["visits.csv, line 1: found columns none; expected"],
    ),
    "UTF-16": ("visits.csv", b"", b"", ["visits.csv: found a byte at 0", "expected UTF-8"]),
    "no as-at date": (
        "record.json", b'"as_at"', b'"as-at"',
        ["record.json: 'as_at', expected as_at and compiled as YYYY-MM-DD"],
    ),
    "an as-at date that is none": (
        "record.json", b"2023-01-31", b"January", ["record.json", "expected as_at and compiled"],
    ),
    "broken JSON": ("record.json", b"}", b"", ["record.json", "expected as_at and compiled"]),
    "a list for the record": ("record.json", b"", b"", ["record.json", "expected as_at"]),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_BYTES)
def test_a_malformed_file_is_told(what: str, tmp_path: Path) -> None:
    file, old, new, parts = BAD_BYTES[what]
    folder = invented.write(tmp_path)
    if what == "an empty file":
        (folder / file).write_bytes(b"")
    elif what == "UTF-16":
        (folder / file).write_text((folder / file).read_text(), encoding="utf-16")
    elif what == "a list for the record":
        (folder / file).write_text("[]")
    else:
        edit(folder, file, old, new)
    said = refusal_of(folder)
    for part in parts:
        assert part in said


@pytest.mark.parametrize("file", [*(f"{table.file}.csv" for table in TABLES), "record.json"])
def test_a_missing_file_is_told(file: str, tmp_path: Path) -> None:
    (invented.write(tmp_path) / file).unlink()
    assert f"{file}: not found in" in refusal_of(tmp_path)


def test_a_missing_folder_is_told_even_where_an_unchanged_record_is_passed_over(
    tmp_path: Path,
) -> None:
    with pytest.raises(CommandError, match=r"record\.json: not found"):
        call_command("load_record", folder=tmp_path / "nowhere", if_changed=True)


REFUSED: dict[str, tuple[Change, list[str]]] = {
    # broken rules that only the database knows: the change, and parts of the message
    "one code for two councils": (
        cell("councils", "ons_code", "E99000001", row=1),
        ["councils.csv, line 3, column slug: found 'northbridge'", "ons_code"],
    ),
    "two overall areas": (
        again("judgement_areas", code="another", order="9", is_overall="true"),
        ["judgement_areas.csv, line 7", "old_rules another"],
    ),
    "a visit without a day that claims to know it": (
        cell("visits", "start_date", ""),
        ["visits.csv, line 2", "visit precision fits its date"],
    ),
    "a council that closed before it opened": (
        lambda rows: rows["councils"][1].update(opened_date="2020-01-02", closed_date="2020-01-01"),
        ["councils.csv, line 3", "council closes after it opens"],
    ),
    "a council that is its own neighbour": (
        cell("statistical_neighbours", "neighbour", "exampleshire"),
        ["statistical_neighbours.csv, line 2", "a council is not its own neighbour"],
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_only_the_database_refuses_is_told_with_its_line(what: str, tmp_path: Path) -> None:
    change, parts = REFUSED[what]
    said = refusal_of(invented.write(tmp_path, change))
    for part in parts:
        assert part in said
    assert "the database refuses, expected" in said


def test_a_later_release_that_the_database_refuses_leaves_the_earlier(tmp_path: Path) -> None:
    call_command("load_record", folder=invented.write(tmp_path))
    before = RecordState.objects.get().version
    with pytest.raises(CommandError) as refusal:
        call_command(
            "load_record",
            folder=invented.write(tmp_path, cell("councils", "dfe_code", "901", row=1)),
        )
    assert "councils.csv, line 3, column slug: found 'northbridge'" in str(refusal.value)
    assert Council.objects.get(slug="northbridge").dfe_code == "902"
    assert RecordState.objects.get().version == before
