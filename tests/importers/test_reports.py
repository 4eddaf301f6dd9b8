"""Reports in each layout, drawn small, about invented councils."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspections.framework_rows import Grade
from inspections.importers.parsers.report_ilacs import kind_by_days, read_council
from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.importers.readers.pages import TextLine
from inspections.importers.rules import ReadingRules
from inspections.importers.wording.dates import read_periods
from inspections.importers.worker import read_path
from inspections.records import NOTE, OnSitePeriod, Problems
from tests.importers import documents as d
from tests.importers.readings import grades, read, refused
from tests.importers.world import DIRECTORY, rules
from tests.invented_rows import framework


def test_an_ilacs_report_of_2024_is_read_whole(tmp_path: Path) -> None:
    reading = read(d.ilacs_report(tmp_path / "exampleshire_2024-07-23.pdf"))
    record = reading.inspections[0]
    assert reading.problems == ()
    assert (reading.layout, record.framework, record.kind) == (
        "report_ilacs_2023", "ilacs_2023", "short",
    )  # fmt: skip
    assert record.council == "Exampleshire"
    assert (record.start_date, record.end_date) == (date(2024, 6, 10), date(2024, 6, 14))
    assert record.publication_date == date(2024, 7, 23)
    assert record.publication_source == "file name"
    assert record.lead_inspectors == ("Rae Sample",)
    assert grades(reading) == {
        "leaders": "good",
        "help_and_protection": "requires_improvement",
        "in_care": "outstanding",
        "care_leavers": "inadequate",
        "overall": "good",
    }
    assert [p.text for p in record.improvement_points or ()] == [
        text.replace("\n", " ") for text in d.POINTS
    ]
    assert {p.page for p in record.improvement_points or ()} == {2}
    ways = {j.area: set(j.ways) for j in record.judgements}
    assert ways["in_care"] == {"text", "positions", "headings"}
    assert ways["overall"] == {"text", "positions"}


@pytest.mark.parametrize(
    "name", ["a_2024-06-14.pdf", "2024-06-10_2024-06-14.pdf", "20240723.pdf", "a-2024-07-23.pdf"]
)
def test_a_file_named_after_another_day_gives_no_publication_date(
    tmp_path: Path, name: str
) -> None:
    reading = read(d.ilacs_report(tmp_path / name))
    assert reading.is_readable
    assert reading.inspections[0].publication_date is None


def test_the_layout_of_2018_judges_care_and_leavers_together(tmp_path: Path) -> None:
    path = d.ilacs_report(
        tmp_path / "a.pdf",
        title=("Exampleshire County Council", "Inspection of children’s social care services"),
        dates=("Inspection dates: 13 May to 24 May 2019",),
        lead=("Lead inspector: Rae Sample", "Her Majesty’s Inspector"),
        rows=d.TABLE_2018,
    )
    record = read(path).inspections[0]
    assert (record.framework, record.kind) == ("ilacs_2018", "standard")
    assert record.council == "Exampleshire County Council"
    assert grades(read(path))["in_care_and_care_leavers"] == "outstanding"
    assert record.publication_date is None


def test_the_layout_of_2026_has_no_overall_grade_and_none_is_made(tmp_path: Path) -> None:
    dates = ("Inspection dates: 11 to 22 May 2026",)
    reading = read(d.ilacs_report(tmp_path / "a.pdf", dates=dates, rows=d.TABLE_2026))
    assert reading.problems == ()
    assert reading.inspections[0].framework == "ilacs_2026"
    assert "overall" not in grades(reading)


def test_an_overall_row_after_its_end_is_refused(tmp_path: Path) -> None:
    dates = ("Inspection dates: 11 to 22 May 2026",)
    reading = read(d.ilacs_report(tmp_path / "a.pdf", dates=dates, rows=d.TABLE_2023))
    assert "framework" in refused(reading)


def test_two_periods_on_site_are_two_windows(tmp_path: Path) -> None:
    dates = (
        "Inspection dates: 5 to 9 December 2022 and 14 to 15",
        "February 2023",
    )
    reading = read(d.ilacs_report(tmp_path / "a.pdf", dates=dates, rows=d.TABLE_2018))
    record = reading.inspections[0]
    assert len(record.windows) == 2
    assert (record.framework, record.kind) == ("ilacs_2018", "short")
    assert record.end_date == date(2023, 2, 15)


def test_the_framework_is_that_of_the_first_day(tmp_path: Path) -> None:
    reading = read(d.ilacs_report(tmp_path / "a.pdf", rows=d.TABLE_2018))
    assert not reading.is_readable


def test_a_heading_that_disagrees_with_the_table_is_a_problem(tmp_path: Path) -> None:
    headings = [(d.LEADERS, "Outstanding"), *d.TABLE_2023[1:]]
    reading = read(d.ilacs_report(tmp_path / "a.pdf", headings=headings))
    assert refused(reading) == {"grade of leaders"}
    assert "leaders" not in grades(reading)
    problem = reading.problems[0]
    assert "headings: outstanding" in problem.found
    assert "text: good" in problem.found


def test_a_table_whose_text_is_out_of_order_is_never_shifted(tmp_path: Path) -> None:
    reading = read(d.ilacs_report(tmp_path / "a.pdf", grades_first=True))
    told = {
        "leaders": "good",
        "help_and_protection": "requires_improvement",
        "in_care": "outstanding",
        "care_leavers": "inadequate",
    }
    assert {area: grade for area, grade in grades(reading).items() if area != "overall"} == told
    assert refused(reading) == {"grade of overall"}


def test_a_misspelt_grade_is_a_problem(tmp_path: Path) -> None:
    rows = [(d.LEADERS, "Goood"), *d.TABLE_2023[1:]]
    reading = read(d.ilacs_report(tmp_path / "a.pdf", rows=rows))
    assert "grade of leaders" in refused(reading)
    assert "leaders" not in grades(reading)


def test_a_new_framework_needs_rows_and_no_code(tmp_path: Path) -> None:
    known = rules()
    areas = "Family help and multi-agency protection", "Leading for children"
    new = framework("families_2027", date(2026, 7, 1), None, "help_and_protection leaders")
    new = replace(
        new,
        areas=tuple(
            replace(area, official_name=name) for area, name in zip(new.areas, areas, strict=True)
        ),
    )
    last = known.framework("ilacs_2026")
    assert last is not None
    closed = replace(last, in_force_to=date(2026, 6, 30))
    others = [row for row in known.frameworks if row is not last]
    marks = (
        Grade("strong", "Strong", "S", 1, "strong", "four", official_name="Strong practice"),
        Grade("urgent", "Urgent", "U", 2, "urgent", "four", official_name="Urgent improvement"),
    )
    table = [
        ("Family help and multi-agency protection", "Strong practice"),
        ("Leading for children", "Urgent improvement"),
    ]
    path = d.ilacs_report(
        tmp_path / "a.pdf", dates=("Inspection dates: 7 to 11 September 2026",), rows=table
    )
    reading = read_path(
        path, ReadingRules((*others, closed, new), marks, known.today), DEFAULT_LIMITS
    )
    assert reading.inspections[0].framework == "families_2027"
    assert grades(reading) == {"help_and_protection": "strong", "leaders": "urgent"}


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ("Inspection dates: 10 to 14 June 2094", "future"),
        ("Inspection dates: 31 June to 4 July 2024", "31 June"),
        ("Inspection dates: 14 June to 10 June 2024", "14 June"),
        ("Inspection dates: 10 June 2023 to 14 June 2024", "too long"),
        ("Inspection dates: 10 to 14 June", "10 to 14 June"),
    ],
)
def test_impossible_dates_are_refused(tmp_path: Path, dates: str, words: str) -> None:
    reading = read(d.ilacs_report(tmp_path / "a.pdf", dates=(dates,)))
    assert reading.inspections[0].start_date is None
    assert any(p.fact == "dates on site" and words in p.found for p in reading.problems)


def test_nine_days_on_site_are_neither_short_nor_standard(tmp_path: Path) -> None:
    dates = ("Inspection dates: 10 to 18 June 2024",)
    assert refused(read(d.ilacs_report(tmp_path / "a.pdf", dates=dates))) == {"kind"}


def test_without_a_section_on_improvement_the_points_are_unknown(tmp_path: Path) -> None:
    reading = read(d.ilacs_report(tmp_path / "a.pdf", points=None))
    assert reading.inspections[0].improvement_points is None
    assert [(p.fact, p.severity) for p in reading.problems] == [("improvement points", NOTE)]


def test_a_full_stop_after_an_areas_name_is_none_of_it(tmp_path: Path) -> None:
    rows = [(f"{d.LEADERS}.", "Good"), *d.TABLE_2023[1:]]
    reading = read(d.ilacs_report(tmp_path / "a.pdf", rows=rows, headings=d.TABLE_2023))
    assert grades(reading)["leaders"] == "good"


def test_an_overall_sentence_that_lacks_a_letter_is_read(tmp_path: Path) -> None:
    overall = "The overall judgement is that children’s service requires improvement."
    reading = read(d.sif_report(tmp_path / "a.pdf", overall=overall))
    assert grades(reading)["overall"] == "requires_improvement"


def test_a_single_framework_report_is_read_whole(tmp_path: Path) -> None:
    reading = read(d.sif_report(tmp_path / "exampleshire_2016-07-07.pdf"))
    record = reading.inspections[0]
    assert reading.problems == ()
    assert (reading.layout, record.framework, record.kind) == ("report_sif", "sif", None)
    assert record.publication_date == date(2016, 7, 7)
    assert record.publication_source == "printed"
    assert record.lead_inspectors == ("Rae Sample",)
    assert grades(reading) == {
        "overall": "requires_improvement",
        "help_and_protection": "requires_improvement",
        "looked_after": "good",
        "adoption": "outstanding",
        "care_leavers": "good",
        "leadership": "requires_improvement",
        "lscb": "good",
    }
    assert len(record.improvement_points or ()) == len(d.POINTS)


def test_a_reinspection_without_the_boards_review(tmp_path: Path) -> None:
    reading = read(d.sif_report(tmp_path / "a.pdf", board=None, again=True))
    assert reading.problems == ()
    assert reading.inspections[0].kind == "sif_reinspection"
    assert "lscb" not in grades(reading)


def test_an_area_not_judged_has_no_grade(tmp_path: Path) -> None:
    rows = [r if "Adoption" not in r[0] else (r[0], "Not judged") for r in d.SIF_ROWS]
    reading = read(d.sif_report(tmp_path / "a.pdf", rows=rows))
    assert "adoption" not in grades(reading)
    assert reading.inspections[0].areas_not_judged == ("adoption",)
    assert reading.is_readable


def test_a_file_name_with_another_day_than_printed_is_noted(tmp_path: Path) -> None:
    reading = read(d.sif_report(tmp_path / "exampleshire_2016-07-12.pdf"))
    assert reading.inspections[0].publication_date == date(2016, 7, 7)
    assert [p.severity for p in reading.problems] == [NOTE]


def test_a_report_of_2013_is_read_by_three_ways(tmp_path: Path) -> None:
    reading = read(d.report_2013(tmp_path / "a.pdf"))
    record = reading.inspections[0]
    assert reading.is_readable
    assert (record.framework, record.kind) == ("lac_2013", "looked_after")
    assert grades(reading)["capacity_to_improve"] == "adequate"
    assert {len(j.ways) for j in record.judgements} == {3}
    assert record.improvement_points is None


def test_a_grade_number_that_contradicts_its_word_is_a_problem(tmp_path: Path) -> None:
    rows = [("Overall effectiveness", "Inadequate", "2"), *d.ROWS_2013[1:]]
    assert not read(d.report_2013(tmp_path / "a.pdf", rows=rows)).is_readable


def test_a_misprinted_grade_is_told_as_it_stands(tmp_path: Path) -> None:
    rows = [(d.LEADERS, "Good"), (d.HELP, "Requires improvment"), *d.TABLE_2023[2:]]
    reading = read(d.ilacs_report(tmp_path / "a.pdf", rows=rows))
    assert not reading.is_readable
    assert grades(reading) == {}
    told = {p.fact: p.found for p in reading.problems}
    assert told["grade of help_and_protection"].startswith('"requires improvment')


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        ("10 to 14 June 2024", "short"),
        ("10 to 21 June 2024", "standard"),
        ("10 to 14 June and 17 to 21 June 2024", "standard"),
        ("10 to 14 June and 1 to 2 July 2024", "short"),
        ("10 to 21 June and 1 to 2 July 2024", "standard"),
        # A standard one with a pause, or a short one that was taken up again: nobody knows.
        ("10 to 14 June and 1 to 5 July 2024", None),
        ("10 to 18 June 2024", None),
    ],
)
def test_the_kind_is_told_by_the_days_or_refused(days: str, kind: str | None) -> None:
    windows = [OnSitePeriod(start_date=p[0], end_date=p[1]) for p in read_periods(days) or ()]
    assert kind_by_days(windows, 1, Problems("a.pdf")) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Inspection of Exampleshire local authority children’s services",
        "Inspection of the County of Exampleshire’s children’s services",
        "Inspection of children’s social care services in Exampleshire",
        "Inspection of local authority children’s services: Exampleshire Council",
        "Exampleshire County Council: Inspection of children’s social care services",
        "Exampleshire Inspection of children’s social care",
        "ILACS inspection of Exampleshire children’s services",
        "Inspection of Exampleshire Children First",
    ],
)
def test_the_council_stands_in_the_title(title: str) -> None:
    problems = Problems("a.pdf")
    name = read_council([TextLine(1, title), TextLine(1, "Inspection dates: 10 June")], problems)
    assert problems == []
    assert DIRECTORY.find(name, date(2024, 6, 10)).slug == "exampleshire"
