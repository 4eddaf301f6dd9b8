"""Focused, monitoring and assurance letters."""

from datetime import date
from pathlib import Path

import pytest

from tests.importers.readings import read_letter as read
from tests.importers.readings import refused, visit


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


@pytest.mark.parametrize("centred", ["child-centred", "child-centered", "child centred"])
def test_a_pandemic_visit_without_a_scope_is_an_assurance_visit(
    tmp_path: Path, centred: str
) -> None:
    record = visit(
        tmp_path / "a.pdf",
        day="4 December 2020",
        opening=(
            "This letter summarises the findings of a focused visit to Exampleshire children’s "
            "services on 20 October 2020."
        ),
        scope=(
            "Ofsted is looking at how England’s social care system has delivered "
            f"{centred} practice and care in this time."
        ),
    )
    assert (record.kind, record.topics) == ("assurance_visit", ("assurance",))


@pytest.mark.parametrize(
    ("scope", "topics"),
    [
        (
            "Areas covered by the visit. During the course of this visit, inspectors reviewed the "
            "progress made in respect of care leavers.",
            ("care_leavers",),
        ),
        (
            "Inspectors reviewed the progress made in the following areas of concern identified at "
            "the last inspection: contacts and referrals at the front door; thresholds.",
            ("front_door",),
        ),
        (
            "Inspectors reviewed the progress made in the following areas of concern identified at "
            "the last inspection: children in care; contacts and referrals.",
            (),
        ),
    ],
)
def test_a_monitoring_letter_is_read_like_a_focused_one(
    tmp_path: Path, scope: str, topics: tuple[str, ...]
) -> None:
    reading = read(
        tmp_path / "a.pdf",
        title="Monitoring visit of Exampleshire local authority children’s services",
        opening=(
            "This letter summarises the findings of the monitoring visit to Exampleshire "
            "children’s services on 4 and 5 November 2025. The visit was the second monitoring "
            "visit since the local authority was judged inadequate in May 2024."
        ),
        scope=scope,
        points=None,
    )
    record = reading.visits[0]
    assert reading.is_readable
    assert (record.kind, record.sequence, record.topics) == ("monitoring_visit", 2, topics)
    assert (record.start_date, record.end_date) == (date(2025, 11, 4), date(2025, 11, 5))
    assert record.lead_inspectors == ("Rae Sample",)
    assert record.improvement_points is None


def test_an_assurance_letter_needs_no_scope(tmp_path: Path) -> None:
    record = visit(
        tmp_path / "a.pdf",
        title="Assurance visit to Exampleshire children’s services",
        opening=(
            "This letter summarises the findings of the assurance visit to Exampleshire "
            "children’s services on 4 and 5 November 2025."
        ),
        scope="This visit looked at the quality and impact of decisions.",
    )
    assert (record.kind, record.topics) == ("assurance_visit", ("assurance",))


def test_title_and_opening_must_name_one_kind_of_visit(tmp_path: Path) -> None:
    reading = read(tmp_path / "a.pdf", title="Monitoring visit to Exampleshire children’s services")
    assert reading.visits[0].kind == ""
    assert "kind of visit" in refused(reading)
