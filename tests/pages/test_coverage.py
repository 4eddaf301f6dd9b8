"""What is said not to have happened is said to the day to which somebody has looked."""

from datetime import date

import pytest
from django.test import Client

from inspections import actions
from inspections.models import Coverage
from inspections.questions.journeys import journeys_in_lane
from inspections.store import current_record
from tests import factories as make

pytestmark = pytest.mark.django_db

ENDS = date(2026, 8, 22)


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_page_without_a_chosen_day_stands_on_the_day_the_record_ends(client: Client) -> None:
    page = text(client, "/")
    assert "To 22 August 2026 ·" in page
    assert "Longest since a full inspection, to 22 August 2026" in page


def test_a_day_after_the_record_ends_says_what_that_means(client: Client) -> None:
    page = text(client, "/?as_at=2026-10-01")
    assert "As at 1 October 2026; the record is complete to 22 August 2026" in page
    assert "As at 1 May 2026 ·" in text(client, "/?as_at=2026-05-01")


def test_the_foot_names_each_kind_with_its_day(client: Client) -> None:
    page = text(client, "/")
    for row in current_record().coverage.values():
        assert f"to {row.complete_to_date:%-d %B %Y}" in page
    assert "full inspections to 22 August 2026; focused visits to 31 March 2025" in page


def test_a_wait_that_lasts_is_counted_to_the_day_the_record_ends(client: Client) -> None:
    page = text(client, "/england/journeys/?grade=inadequate")
    assert "not inspected again by 22 August 2026" in page
    assert "inspected again yet" not in page
    record = current_record()
    lane = record.book.choosable_lanes[0]
    lasting = [row for row in journeys_in_lane(record, date(2026, 11, 28), lane) if not row.is_over]
    open_ones = [row for row in lasting if not row.ceased_by(ENDS)]
    assert open_ones
    assert all(row.days == max((ENDS - row.start_date).days, 0) for row in open_ones)


def test_a_council_has_waited_to_the_day_the_record_ends(client: Client) -> None:
    page = text(client, "/councils/luton/")
    assert (
        "before 22 August 2026, the day to which the record of full inspections is complete" in page
    )


@pytest.mark.usefixtures("empty_record")
def test_an_administrator_moves_the_day(client: Client) -> None:
    make.make_inspection()
    covered = Coverage(
        kind="full_inspections", complete_to_date=date(2022, 1, 1), source_text="Invented"
    )
    actions.record(covered, by=None)
    assert "To 1 January 2022 ·" in text(client, "/")
    later = {"complete_to_date": date(2023, 2, 3)}
    actions.correct(covered, changes=later, reason="A test", by=None)
    assert "To 3 February 2023 ·" in text(client, "/")


def test_the_api_and_every_download_carry_the_days(client: Client) -> None:
    page = client.get("/api/v1/coverage").json()
    days = {row["covered_kind"]: row["complete_to_date"] for row in page["results"]}
    assert days["full_inspections"] == page["complete_to"] == "2026-08-22"
    assert client.get("/api/v1/councils").json()["complete_to"] == "2026-08-22"
    assert b"full_inspections" in client.get("/data/coverage.csv").content
    assert client.get("/data/record.json").json()["coverage"]


def test_a_picture_ends_where_the_record_ends_or_with_what_was_entered_since(
    client: Client,
) -> None:
    """The last bar is held to 22 August 2026, and the line is not called today."""
    page = text(client, "/councils/luton/")
    assert "record ends" in page
    assert "held on 22 August 2026" in page
    assert "held on 22 August 2026" in text(client, "/compare/?councils=luton~bedford")
    windows = text(client, "/england/upcoming/")
    assert "record ends" in windows
