"""Letters drawn small, about invented councils."""

from datetime import date
from pathlib import Path

import pytest

from inspections.importers.telling import tellings
from inspections.records import Problems
from tests.importers import documents as d
from tests.importers.readings import read_letter as read
from tests.importers.readings import refused, visit
from tests.importers.world import DIRECTORY


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
    problems = Problems(reading.file)
    (told,) = tellings(reading, DIRECTORY, problems)
    assert problems == []
    assert (told.council, told.facts["start_date"], told.facts["end_date"]) == (
        "exampleshire", "2025-11-04", "2025-11-05",
    )  # fmt: skip


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
        problems = Problems(reading.file)
        told = tellings(reading, DIRECTORY, problems)
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


def test_what_was_looked_at_on_an_earlier_visit_is_no_scope(tmp_path: Path) -> None:
    told = {"scope": "This was a visit like others."}
    earlier = "In May, inspectors looked at the local authority’s arrangements for care leavers."
    assert visit(tmp_path / "a.pdf", overview=earlier, **told).topics == ()
    assert visit(tmp_path / "b.pdf", scope=earlier.replace("In May, i", "I")).topics == (
        "care_leavers",
    )


@pytest.mark.parametrize(
    ("title", "opened"),
    [
        (
            "Exampleshire (E&S) children’s services",
            "visit to Exampleshire (E&S) children’s services on {}",
        ),
        ("Exampleshire children’s services", "visit to Exampleshire young people’s services on {}"),
        ("Exampleshire children’s services", "visit to Examples for Children on {}"),
        (
            "Exampleshire children’s services",
            "visit on {} to Examples for Children, who deliver children’s services on behalf of "
            "Exampleshire Council",
        ),
        ("Examples for Children", "visit to Exampleshire children’s services on {}"),
        (
            "children’s services in Exampleshire",
            "visit to children’s services in Exampleshire on {}",
        ),
    ],
)
def test_a_provider_or_an_abbreviation_hides_no_council(
    tmp_path: Path, title: str, opened: str
) -> None:
    days = "4 and 5 November 2025"
    reading = read(
        tmp_path / "a.pdf",
        title=f"Focused visit to {title}",
        opening=f"This letter summarises the findings of the focused {opened.format(days)}. So.",
    )
    problems = Problems(reading.file)
    (told,) = tellings(reading, DIRECTORY, problems)
    assert (problems, told.council, told.facts["end_date"]) == ([], "exampleshire", "2025-11-05")


def test_a_provider_of_another_council_is_a_contradiction(tmp_path: Path) -> None:
    opening = (
        "This letter summarises the findings of the focused visit to Northbridge Children’s Trust "
        "on 4 and 5 November 2025."
    )
    problems = Problems("a.pdf")
    told = tellings(read(tmp_path / "a.pdf", opening=opening), DIRECTORY, problems)
    assert told == []
    assert [p.fact for p in problems] == ["council"]


def test_the_days_of_another_visit_are_not_taken(tmp_path: Path) -> None:
    opening = (
        "This letter summarises what inspectors found. Much has changed in the months since. "
        "Staff told us so. The previous focused visit to Exampleshire children’s services on 4 and "
        "5 November 2024 had found otherwise."
    )
    reading = read(tmp_path / "a.pdf", opening=opening)
    assert reading.visits[0].start_date is None
    assert "dates of the visit" in refused(reading)
