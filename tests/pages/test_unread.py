"""An inspection whose report is out and not read here: it took place, and no more is said."""

import re
from datetime import date

import pytest
from django.test import Client

from inspections import actions
from inspections.models import UnreadReport
from inspections.questions.journeys import journeys_in_lane
from inspections.questions.waits import waits, windows
from inspections.store import current_record
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record"), pytest.mark.once]

FIRST, OUT = date(2024, 7, 6), date(2024, 8, 25)
REPORT = "https://files.ofsted.gov.uk/v1/file/50000001"


@pytest.fixture
def unread() -> UnreadReport:
    """A council inspected in March 2021 and again in July 2024; only the first was read."""
    held = make.make_inspection(grades={"leaders": "good"})
    row = UnreadReport(
        council=held.council, start_date=FIRST, kind="standard", publication_date=OUT,
        report_url=REPORT, source_text="Invented",
    )  # fmt: skip
    actions.record(row, by=None)
    return row


TOLD = "A newer report, of 25 August 2024, is published, but not yet on this site."


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_its_council_links_the_report_and_says_that_the_rest_is_older(
    client: Client, unread: UnreadReport
) -> None:
    path = f"/councils/{unread.council.slug}/"
    said = page(client, path)
    assert "A newer report is published, but not yet on this" in said
    assert f'href="{REPORT}"' in said
    assert "The last full inspection on record began" not in said
    every = said[said.index('id="every"') :]
    assert "from 6 July 2024" in every and "published, but not yet on this site" in every
    before = page(client, f"{path}?as_at=2024-08-24")
    assert "A newer report is published, but not yet on this" not in before
    assert TOLD in before


OLD_AS_NEW = (
    "Half of councils in this position",
    "Who rose",
    "Judgements held now",
    "<h3>After the report",
)


@pytest.mark.parametrize("grade", ["good", "requires_improvement", "inadequate"])
def test_nothing_of_the_older_report_stands_as_present(client: Client, grade: str) -> None:
    held = make.make_inspection(grades={"leaders": grade})
    row = UnreadReport(
        council=held.council, start_date=FIRST, kind="standard", publication_date=OUT,
        report_url=REPORT, source_text="Invented",
    )  # fmt: skip
    actions.record(row, by=None)
    path = f"/councils/{held.council.slug}/"
    said = page(client, path)
    first = said.partition('<p class="sentence">')[2].partition("</p>")[0]
    assert first.startswith("Older grades, of March 2021: ")
    assert [word for word in OLD_AS_NEW if word in said] == []
    assert "<h3>After the newer report" in said and "Was due about 2 December 2024" in said
    assert ("<h3>After the older inadequate judgement" in said) == (grade == "inadequate")
    said = page(client, f"{path}briefing/").partition("<ul")[0].partition("<h1")[2]
    assert said.count(TOLD) == 1 and "Older grades, of March 2021: " in said
    assert "Older grades" not in page(client, f"{path}?as_at=2024-08-24")


def test_every_picture_of_its_grades_says_that_a_newer_report_is_out(
    client: Client, unread: UnreadReport
) -> None:
    path = f"/councils/{unread.council.slug}/grades/"
    for shown in (path, f"{path}?present=1", f"/embed{path}"):
        assert TOLD in page(client, shown), shown
    assert TOLD not in page(client, f"/embed{path}?to=2022")
    council = page(client, f"/councils/{unread.council.slug}/")
    first = council.partition('<p class="sentence">')[2].partition("</p>")[0]
    assert first and TOLD not in first, "the panel above has told it"
    beside = (
        f"A newer report of {unread.council.short_name} is published, but not yet on this site."
    )
    path = f"/embed/england/side-by-side/?councils={unread.council.slug}"
    assert beside in page(client, path)
    assert beside not in page(client, f"{path}&to=2022")


def test_a_wait_after_an_inadequate_judgement_ends_with_it(client: Client) -> None:
    held = make.make_inspection(grades={"leaders": "inadequate"})
    row = UnreadReport(
        council=held.council, start_date=FIRST, kind="standard", publication_date=OUT,
        report_url=REPORT, source_text="Invented",
    )  # fmt: skip
    actions.record(row, by=None)
    days = (FIRST - held.start_date).days
    for path in (f"/councils/{held.council.slug}/", "/england/inadequate/"):
        assert "to the inspection of 6 July 2024, published, but not yet on this site" in page(
            client, path
        ), path
        before = page(client, f"{path}?as_at=2024-08-24")
        assert "to the inspection of" not in before, path
    assert f",{days}," in page(client, "/england/inadequate.csv")
    listed = page(client, "/england/inadequate/")
    assert (
        f"A newer report of {held.council.short_name} is published, but not yet on this site"
        in listed
    )
    side = page(client, f"/councils/{held.council.slug}/")
    assert "Worked out once the newer report is on this site" in side
    assert "Last one on this site" in side and "Last full inspection on record" not in side


def test_england_names_it_and_no_longer_counts_it_as_waiting_longest(
    client: Client, unread: UnreadReport
) -> None:
    said = page(client, "/")
    assert "Published, but not yet on this site" in said
    assert "older grades of these" in said
    assert "since the inspection of March 2021" not in re.sub(r"<[^>]+>", "", said)
    before = re.sub(r"<[^>]+>", "", page(client, "/?as_at=2024-08-24"))
    assert "since the inspection of March 2021" in before


def test_it_ends_the_wait_and_begins_none_with_a_window(unread: UnreadReport) -> None:
    record, day = current_record(), date(2025, 1, 1)
    first, second = waits(record, day)
    assert first.next_start_date == FIRST
    assert first.ended_days == (FIRST - date(2021, 3, 1)).days
    assert (second.standing, second.next_start_date) == ("", None)
    assert unread.council_id not in windows(record, day)
    lane = record.book.lane("leaders")
    (journey,) = journeys_in_lane(record, day, lane)
    assert (journey.is_over, journey.later, journey.later_grade) == (True, None, None)


def test_the_inspection_takes_its_place_once_it_is_recorded(
    client: Client, unread: UnreadReport
) -> None:
    make.make_inspection(
        council=unread.council, start_date=FIRST, end_date=date(2024, 7, 17),
        publication_date=OUT, grades={"leaders": "outstanding"},
    )  # fmt: skip
    assert not current_record().unread_by(date(2025, 1, 1))
    assert "not yet on this" not in page(client, f"/councils/{unread.council.slug}/")


def test_files_hold_it(client: Client, unread: UnreadReport) -> None:
    assert REPORT in page(client, "/data/unread_reports.csv")
    assert client.get("/data/record.json").json()["unread_reports"]


def test_lists_and_comparisons_know_that_it_took_place(
    client: Client, unread: UnreadReport
) -> None:
    other = make.make_inspection(
        council=make.make_council("Northbridge"), start_date=date(2022, 3, 1),
        end_date=date(2022, 3, 12), publication_date=date(2022, 4, 21), grades={"leaders": "good"},
    )  # fmt: skip
    cell = "March 2021; July 2024 not yet here"
    assert cell in page(client, "/councils/")
    both = f"{unread.council.slug}~{other.council.slug}"
    assert cell in page(client, f"/compare/?councils={both}")
    longest = client.get("/councils.csv?sort=longest").content.decode().splitlines()[1:]
    assert [row.split(",")[2] for row in longest] == [other.council.slug, unread.council.slug]

    def among(since: str) -> set[str]:
        rows = client.get(f"/councils.csv?since={since}&as_at=2026-01-01").content.decode()
        return {row.split(",")[2] for row in rows.splitlines()[1:]}

    assert among("1-2") == {unread.council.slug}
    assert among("3-4") == {other.council.slug}
