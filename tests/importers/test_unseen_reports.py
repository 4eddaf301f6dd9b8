"""Reports as other authors might have written and printed them.

None of these stands in a report that was read while the readers were made. Each is read rightly
or refused; nothing is guessed.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from inspections.importers.parsers.report_ilacs import read_council
from inspections.importers.readers.pages import TextLine
from inspections.records import Problems
from tests.importers import documents as d
from tests.importers.readings import grades, read, refused
from tests.importers.world import DIRECTORY

GRADES = {
    "leaders": "good",
    "help_and_protection": "requires_improvement",
    "in_care": "outstanding",
    "care_leavers": "inadequate",
    "overall": "good",
}
DATES = "Inspection dates: 10 to 14 June 2024"


@pytest.mark.parametrize(
    "title",
    [
        "Exampleshire County Council Inspection of local authority children’s services (ILACS)",
        "Inspection of local authority children’s services – Exampleshire",
        "Inspection of Exampleshire children’s services (delivered by Examples for Children)",
        "Re-inspection of Exampleshire local authority children’s services",
        "Short inspection of Exampleshire local authority children’s services",
        "Report on the inspection of Exampleshire local authority children’s services",
        "Inspection of Exampleshire children and family services",
        "INSPECTION OF EXAMPLESHIRE LOCAL AUTHORITY CHILDREN’S SERVICES",
        "Inspection of Exampleshire Children and Families Trust",
    ],
)
def test_the_title_has_other_words(title: str) -> None:
    problems = Problems("a.pdf")
    lines = [TextLine(1, title), TextLine(1, "10 to 14 June 2024"), TextLine(1, DATES)]
    name = read_council(lines, problems)
    assert problems == []
    assert DIRECTORY.find(name, date(2024, 6, 10)).slug == "exampleshire"


@pytest.mark.parametrize(
    "dates",
    [
        "Dates of inspection: 10 to 14 June 2024",
        "Date of the inspection: 10 to 14 June 2024",
        "Inspection date(s): 10 to 14 June 2024",
        "Inspection period: 10 to 14 June 2024",
        "Inspection dates: from 10 to 14 June 2024",
        "Inspection dates: between 10 and 14 June 2024",
        "Inspection dates – 10 to 14 June 2024",
        "Inspection dates: 10.06.2024 to 14.06.2024",
        "INSPECTION DATES: MONDAY 10TH TO FRIDAY 14TH JUNE 2024",
    ],
)
def test_the_days_on_site_have_other_labels(tmp_path: Path, dates: str) -> None:
    reading = read(d.ilacs_report(tmp_path / "a.pdf", dates=(dates,)))
    record = reading.inspections[0]
    assert reading.is_readable
    assert (record.start_date, record.end_date) == (date(2024, 6, 10), date(2024, 6, 14))
    assert grades(reading) == GRADES


@pytest.mark.parametrize(
    "line",
    [
        "Report published: 23 July 2024",
        "Published on 23 July 2024",
        "Publication date: 23 July 2024",
        "Date published: 23 July 2024",
        "Date of publication – 23 July 2024",
    ],
)
def test_the_publication_has_other_labels(tmp_path: Path, line: str) -> None:
    record = read(d.ilacs_report(tmp_path / "a.pdf", dates=(DATES, line))).inspections[0]
    assert (record.publication_date, record.publication_source) == (date(2024, 7, 23), "printed")


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Lead Inspector – Rae Sample",), ("Rae Sample",)),
        (("Lead inspector(s): Rae Sample",), ("Rae Sample",)),
        # What stands below is no second name.
        (("Lead inspector: Rae Sample, His Majesty’s Inspector", "Area Summary"), ("Rae Sample",)),
        (("Lead inspector: Rae Sample HMI", "Judgements Grades"), ("Rae Sample",)),
        (
            ("Lead inspectors: Rae Sample HMI", "Jo Specimen HMI"),
            ("Rae Sample", "Jo Specimen"),
        ),
    ],
)
def test_the_lead_inspectors_line_ends_where_names_end(
    tmp_path: Path, lines: Sequence[str], names: tuple[str, ...]
) -> None:
    record = read(d.ilacs_report(tmp_path / "a.pdf", lead=lines)).inspections[0]
    assert record.lead_inspectors == names


@pytest.mark.parametrize(
    "name",
    [
        "The experiences and progress of care-experienced young people",
        "The experiences and progress of care-experienced children and young people",
        "Experience and progress of care leavers",
    ],
)
def test_care_leavers_have_other_names(tmp_path: Path, name: str) -> None:
    rows = [*d.TABLE_2026[:3], (name, "Inadequate")]
    dates = ("Inspection dates: 11 to 22 May 2026",)
    reading = read(d.ilacs_report(tmp_path / "a.pdf", dates=dates, rows=rows))
    assert reading.is_readable
    assert grades(reading) == {area: GRADES[area] for area in GRADES if area != "overall"}


@pytest.mark.parametrize(
    "name",
    ["Leadership", "The impact of leaders", "Strategic leadership of children’s services"],
)
def test_an_area_of_no_framework_is_refused(tmp_path: Path, name: str) -> None:
    reading = read(d.ilacs_report(tmp_path / "a.pdf", rows=[(name, "Good"), *d.TABLE_2023[1:]]))
    assert "grade of leaders" in refused(reading)


@pytest.mark.parametrize(
    ("overall", "grade"),
    [
        ("Overall judgement: good", "good"),
        ("The overall judgement for children’s services is: inadequate", "inadequate"),
        ("The overall judgement is that services require improvement", "requires_improvement"),
        ("Services for children in Exampleshire are good", "good"),
        ("Services in Exampleshire are often praised", None),
    ],
)
def test_the_sentence_of_the_whole_has_other_words(
    tmp_path: Path, overall: str, grade: str | None
) -> None:
    assert grades(read(d.sif_report(tmp_path / "a.pdf", overall=overall))).get("overall") == grade


@pytest.mark.parametrize(
    ("board", "grade"),
    [
        ("The Exampleshire Safeguarding Children Board is good", "good"),
        ("Exampleshire Local Safeguarding Children Board is inadequate", "inadequate"),
        ("The Exampleshire County Council’s LSCB is outstanding", "outstanding"),
        ("The chair of the Local Safeguarding Children Board is good", None),
    ],
)
def test_the_board_may_bear_the_councils_name(
    tmp_path: Path, board: str, grade: str | None
) -> None:
    assert grades(read(d.sif_report(tmp_path / "a.pdf", board=board))).get("lscb") == grade
