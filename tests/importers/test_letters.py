"""Letters drawn small, about invented councils."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.importers.telling import tellings
from inspections.importers.worker import read_path
from inspections.records import REFUSED, DocumentReading, VisitRecord
from tests.importers import documents as d
from tests.importers.world import DIRECTORY, rules


def read(path: Path, **options: Any) -> DocumentReading:
    return read_path(d.letter(path, **options), rules(), DEFAULT_LIMITS)


def visit(path: Path, **options: Any) -> VisitRecord:
    return read(path, **options).visits[0]


def refused(reading: DocumentReading) -> set[str]:
    return {p.fact for p in reading.problems if p.severity == REFUSED}


def test_a_letter_is_read_whole(tmp_path: Path) -> None:
    reading = read(tmp_path / "exampleshire_2025-12-04.pdf", actions=["A first action."])
    record = reading.visits[0]
    assert reading.problems == ()
    assert (record.council, record.kind) == ("Exampleshire", "focused_visit")
    assert (record.start_date, record.end_date) == (date(2025, 11, 4), date(2025, 11, 5))
    assert (record.publication_date, record.publication_source) == (date(2025, 12, 4), "printed")
    assert record.topics == ("care_leavers",)
    assert record.lead_inspectors == ("Rae Sample",)
    assert len(record.improvement_points or ()) == len(d.POINTS)
    assert [a.text for a in record.priority_actions or ()] == ["A first action."]
    assert all(a.is_priority_action for a in record.priority_actions or ())


def test_a_monitoring_visit_gives_its_number(tmp_path: Path) -> None:
    record = visit(
        tmp_path / "a.pdf",
        title="Monitoring visit to Exampleshire children’s services",
        opening=(
            "This letter summarises the findings of the monitoring visit to Exampleshire "
            "children’s services on 4 and 5 November 2025. This was the third monitoring visit "
            "since the council was judged inadequate."
        ),
    )
    assert (record.kind, record.sequence) == ("monitoring_visit", 3)


@pytest.mark.parametrize(
    ("words", "sequence"),
    [
        ("The visit was the seventh monitoring visit since June 2021.", 7),
        ("This is the 11th monitoring visit since June 2021.", 11),
        ("This was the fifth and final monitoring visit.", 5),
        ("At the second monitoring visit, inspectors had found less.", None),
    ],
)
def test_a_number_is_taken_only_where_it_is_this_visits(
    tmp_path: Path, words: str, sequence: int | None
) -> None:
    record = visit(
        tmp_path / "a.pdf",
        title="Monitoring visit of Exampleshire local authority children’s services",
        opening=(
            "This letter summarises the findings of the monitoring visit to Exampleshire "
            f"children’s services on 4 and 5 November 2025. {words}"
        ),
    )
    assert (record.kind, record.sequence) == ("monitoring_visit", sequence)


@pytest.mark.parametrize(
    "opening",
    [
        "monitoring visit to Exampleshire children’s services, delivered by Exampleshire "
        "Children’s Trust, on 4 and 5 November 2025",
        "focused visit to Exampleshire children’s services (Exampleshire Children First) on 4 and "
        "5 November 2025",
        "focused visit that took place at Exampleshire County Council on 4 and 5 November 2025",
        "focused visit carried out in Exampleshire, from 4 to 5 November 2025",
        "assurance visit to the County of Exampleshire, held on 4/5 November 2025",
        "focused visit to Exampleshire (EX) children’s social care between 4 and 5 November 2025",
        "visit of Exampleshire’s children’s services on Tuesday 4 and Wednesday 5 November 2025",
    ],
)
def test_openings_in_other_words_are_read(tmp_path: Path, opening: str) -> None:
    reading = read(
        tmp_path / "a.pdf",
        title="Focused visit to Exampleshire children’s services",
        opening=f"This letter summarises the findings of the {opening}. Rae Sample came.",
    )
    (told,), problems = tellings(reading, DIRECTORY)
    assert problems == []
    assert (told.council, told.facts["start_date"], told.facts["end_date"]) == (
        "exampleshire", "2025-11-04", "2025-11-05",
    )  # fmt: skip


def test_a_pandemic_visit_without_a_scope_is_an_assurance_visit(tmp_path: Path) -> None:
    record = visit(
        tmp_path / "a.pdf",
        day="4 December 2020",
        opening=(
            "This letter summarises the findings of a focused visit to Exampleshire children’s "
            "services on 20 October 2020."
        ),
        scope=(
            "Ofsted is looking at how England’s social care system has delivered child-centred "
            "practice and care in this time."
        ),
    )
    assert (record.kind, record.topics) == ("assurance_visit", ("assurance",))


def test_another_name_in_the_title_is_kept_to_be_matched(tmp_path: Path) -> None:
    title = "Focused visit to Northbridge children’s services"
    record = visit(tmp_path / "a.pdf", title=title)
    assert (record.council, record.council_in_title) == ("Exampleshire", "Northbridge")
    same = visit(
        tmp_path / "b.pdf", title="Focused visit to Exampleshire Council children's services"
    )
    assert same.council_in_title == ""


def test_title_and_opening_must_mean_one_council(tmp_path: Path) -> None:
    for title, slugs in (
        ("Focused visit to Northbridge children’s services", []),
        ("Focused visit to County of Exampleshire children’s services", ["exampleshire"]),
    ):
        reading = read(tmp_path / "a.pdf", title=title)
        told, problems = tellings(reading, DIRECTORY)
        assert [item.council for item in told] == slugs
        assert bool(problems) == (not slugs)


@pytest.mark.parametrize(
    ("name", "day", "fact"),
    [
        ("a.pdf", "4 December 2024", "publication date"),
        ("a.pdf", "4 December 20205", "publication date"),
    ],
)
def test_a_misdated_letter_gives_no_date(tmp_path: Path, name: str, day: str, fact: str) -> None:
    reading = read(tmp_path / name, day=day)
    assert reading.visits[0].publication_date is None
    assert fact in refused(reading)


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("letter.pdf", date(2025, 12, 4)),
        ("exampleshire_2025-11-04.pdf", date(2025, 12, 4)),  # named after the visit
        ("download_2026-11-20.pdf", date(2025, 12, 4)),
        ("exampleshire-2025-12-01.pdf", date(2025, 12, 4)),
        ("2014-01-01.pdf", date(2025, 12, 4)),
        ("exampleshire_2025-12-01.pdf", None),  # either may be the day
    ],
)
def test_no_file_name_refuses_a_letter(tmp_path: Path, name: str, published: date | None) -> None:
    reading = read(tmp_path / name)
    assert reading.is_readable
    assert reading.visits[0].publication_date == published


def test_a_letter_without_a_date_takes_the_day_of_its_file_name(tmp_path: Path) -> None:
    record = visit(tmp_path / "a_2025-12-04.pdf", day="December 2025")
    assert (record.publication_date, record.publication_source) == (date(2025, 12, 4), "file name")
    # Too soon after the visit: named after something else.
    assert visit(tmp_path / "a_2025-11-05.pdf", day="December 2025").publication_date is None


def test_a_visit_without_a_year_gives_no_days(tmp_path: Path) -> None:
    opening = (
        "This letter summarises the findings of the focused visit to Exampleshire children’s "
        "services on 4 and 5 November. There were two inspectors."
    )
    reading = read(tmp_path / "a.pdf", opening=opening)
    assert reading.visits[0].start_date is None
    assert "dates of the visit" in refused(reading)


def test_no_list_is_no_points_and_prose_is_left_to_a_person(tmp_path: Path) -> None:
    assert visit(tmp_path / "a.pdf", points=None).improvement_points == ()
    assert visit(tmp_path / "a.pdf").priority_actions == ()


def test_the_days_of_another_visit_are_not_taken(tmp_path: Path) -> None:
    opening = (
        "This letter summarises what inspectors found. Much has changed in the months since. "
        "Staff told us so. The previous focused visit to Exampleshire children’s services on 4 and "
        "5 November 2024 had found otherwise."
    )
    reading = read(tmp_path / "a.pdf", opening=opening)
    assert reading.visits[0].start_date is None
    assert "dates of the visit" in refused(reading)


def test_an_unknown_heading_over_bullets_is_left_to_a_person(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    paper = d.Paper(path)
    for text in ("4 December 2025", "Dear Director", "Focused visit to Exampleshire"):
        paper.line(text)
    paper.wrapped(
        "This letter summarises the findings of the focused visit to Exampleshire children’s "
        "services on 4 and 5 November 2025. Inspectors looked at the front door."
    )
    paper.line("Improvements that are needed")
    paper.bullets(d.POINTS)
    paper.line("Yours sincerely")
    paper.line("Rae Sample")
    record = read_path(paper.save(), rules(), DEFAULT_LIMITS).visits[0]
    assert record.improvement_points is None
    assert record.start_date == date(2025, 11, 4)


def test_bullets_that_come_again_after_prose_are_left_to_a_person(tmp_path: Path) -> None:
    points = ["A point.", "Another point."]
    path = tmp_path / "a.pdf"
    paper = d.Paper(path)
    paper.line("Dear Director")
    paper.wrapped(
        "This letter summarises the findings of the focused visit to Exampleshire children’s "
        "services on 4 and 5 November 2025. Inspectors looked at the front door."
    )
    paper.line("What needs to improve in this area of social work practice?")
    paper.bullets(points)
    paper.line("Prose between the bullets, at the margin.")
    paper.bullets(points)
    paper.line("Main findings")
    assert read_path(paper.save(), rules(), DEFAULT_LIMITS).visits[0].improvement_points is None
