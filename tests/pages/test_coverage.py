"""What is said not to have happened is said to the day to which somebody has looked."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from dashboard.state.address import PlainState
from dashboard.state.opening import Opening
from inspections import actions, country_rows
from inspections.models import Coverage
from inspections.questions.journeys import journeys_in_lane
from inspections.record import Memory
from inspections.store import current_record
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENDS = date(2026, 8, 22)


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_page_without_a_chosen_day_stands_on_the_day_the_record_ends(client: Client) -> None:
    page = text(client, "/")
    assert "All inspections to 22 August 2026" in " ".join(page.split())
    assert "Longest since a full inspection, to 22 August 2026" in page


def test_a_day_after_the_record_ends_says_what_that_means(client: Client) -> None:
    page = text(client, "/?as_at=2026-10-01")
    assert "As at 1 October 2026; the record is complete to 22 August 2026" in page
    assert "As at 1 May 2026" in text(client, "/?as_at=2026-05-01")


def test_the_foot_names_each_kind_with_its_day(client: Client) -> None:
    page = text(client, "/")
    for row in current_record().coverage.values():
        assert f"to {row.complete_to_date:%-d %B %Y}" in page
    assert "full inspections to 22 August 2026; focused visits to 31 March 2025" in page


def test_a_wait_that_lasts_is_counted_to_the_day_the_record_ends(client: Client) -> None:
    page = text(client, "/england/journeys/?grade=inadequate")
    assert "11 not by 22 August 2026" in page
    assert "inspected again yet" not in page
    record = current_record()
    lane = record.book.choosable_lanes[0]
    lasting = [row for row in journeys_in_lane(record, date(2026, 11, 28), lane) if not row.is_over]
    open_ones = [row for row in lasting if not row.ceased_by(ENDS)]
    assert open_ones
    assert all(row.days == max((ENDS - row.start_date).days, 0) for row in open_ones)


def test_a_council_was_last_inspected_as_far_as_the_record_goes(client: Client) -> None:
    page = text(client, "/councils/luton/")
    assert "Last full inspection on record" in page
    assert "All inspections to 22 August 2026, all visits to March 2025, some later" in " ".join(
        page.split()
    )


CHIPS = [  # the day asked for, to when inspections and visits are complete, what the chip says
    (None, ENDS, date(2025, 3, 31),
     "All inspections to 22 August 2026, all visits to March 2025, some later"),
    (None, ENDS, date(2025, 3, 9),
     "All inspections to 22 August 2026, all visits to 9 March 2025, some later"),
    (None, ENDS, date(2026, 7, 31), "All inspections to 22 August 2026, all visits to July 2026"),
    (None, ENDS, ENDS, "All inspections to 22 August 2026"),
    (None, ENDS, None, "All inspections to 22 August 2026"),
    (date(2026, 5, 1), ENDS, date(2025, 3, 31), "As at 1 May 2026"),
    (date(2026, 9, 1), ENDS, date(2025, 3, 31),
     "As at 1 September 2026, all inspections to 22 August 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "inspections", "visits", "said"), CHIPS)
def test_the_chip_says_what_is_complete_to_when(
    asked: date | None, inspections: date, visits: date | None, said: str
) -> None:
    days = {"full_inspections": inspections, "focused_visit": visits}
    held = {
        kind: country_rows.Coverage(kind, None, day, "", "Lists")
        for kind, day in days.items()
        if day
    }
    record = replace(current_record(), coverage=held, _remembered=Memory(10))
    today = date(2026, 10, 1)
    start = Opening(record, record, PlainState(as_at=asked), (), asked or today, today)
    assert start.day_words.replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.usefixtures("empty_record")
def test_an_administrator_moves_the_day(client: Client) -> None:
    make.make_inspection()
    covered = Coverage(
        kind="full_inspections", complete_to_date=date(2022, 1, 1), source_text="Invented"
    )
    actions.record(covered, by=None)
    assert "To 1 January 2022" in text(client, "/")
    later = {"complete_to_date": date(2023, 2, 3)}
    actions.correct(covered, changes=later, reason="A test", by=None)
    assert "To 3 February 2023" in text(client, "/")


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
    assert "known to here" in page
    assert "held on 22 August 2026" in page
    assert "held on 22 August 2026" in text(client, "/compare/?councils=luton~bedford")
    windows = text(client, "/england/upcoming/")
    assert "Dashed line: 22 August 2026." in windows


def test_a_picture_or_an_embed_with_visits_says_to_which_day_visits_are_complete(
    client: Client,
) -> None:
    said = "To 22 August 2026, all visits to March 2025"
    for path in ("/councils/luton/grades.svg", "/embed/councils/luton/grades/"):
        assert said in text(client, path), path
    assert "visits to" not in text(client, "/england/grades-held.svg")
    early = text(client, "/councils/luton/grades.svg?as_at=2024-01-01")
    assert "As at 1 January 2024" in early and "visits to" not in early


FILES = (
    "/england/inadequate.csv-metadata.json", "/data/coverage.csv-metadata.json",
    "/councils/luton/grades.csv-metadata.json", "/councils/luton/grades.json",
    "/councils/luton.atom", "/england.atom", "/councils/luton.ics", "/england/upcoming.ics",
)  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_a_file_says_to_which_day_each_kind_is_complete(client: Client, path: str) -> None:
    content = client.get(path).content.decode().replace("\r\n ", "")
    days = ("2026-08-22", "2025-03-31", "2025-02-28")
    spelt = ("22 August 2026", "31 March 2025", "28 February 2025")
    assert all(day in content for day in (days if "json" in path else spelt))


def test_a_sheet_says_to_which_day_each_kind_is_complete(client: Client) -> None:
    path = "/councils/luton/grades"
    about = load_workbook(io.BytesIO(client.get(f"{path}.xlsx").content))["About"]
    head = {row[0].value: row[1].value for row in about.iter_rows(max_col=2)}
    assert head["Full inspections complete to"] == "2026-08-22"
    assert head["Monitoring visits complete to"] == "2025-03-31"
    ods = zipfile.ZipFile(io.BytesIO(client.get(f"{path}.ods").content))
    assert "Monitoring visits complete to" in ods.read("content.xml").decode()


def test_a_list_that_counts_stands_on_the_day_the_record_ends(client: Client) -> None:
    """Not on today, of which nobody knows; and the same where today is pinned."""
    today = timezone.localdate()
    assert today > ENDS
    for clock in ("", f"?as_at={today - timedelta(days=1)}"):
        changes = text(client, f"/england/changes/{clock}")
        assert "full inspection between 22 August 2025 and 22 August 2026: " in changes
        held = text(client, f"/england/statistics/{clock}")
        assert "published by 22 August 2026, of councils that exist on 22 August 2026" in held
    assert "since its inspection began, to 22 August 2026." in text(client, "/england/inadequate/")
    windows = text(client, "/england/upcoming/")
    assert "unless inspected since 22 August 2026, where this record ends: 13 were in it" in windows
    newer = "The newest reports of Dudley, Hertfordshire and Slough are published, but not yet on"
    assert newer in windows
    assert "153 councils (to 22 August 2026)" in " ".join(text(client, "/councils/").split())
    moved = client.get("/api/v1/changes?page_size=1").json()["results"][0]
    assert moved["later_day"] == "2026-08-22"
