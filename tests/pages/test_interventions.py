"""The government's steps: shipped with a source, shown where known, never taken for complete."""

import csv
from datetime import date

import pytest
from django.test import Client

from inspections import actions
from inspections.models import Council, Intervention
from inspections.questions.timeline import INTERVENTION, grades_over_time
from inspections.rows import Intervention as Row
from inspections.store import current_record
from tests import invented_rows as invented
from tests.pages.reading import main_of, text_of
from tests.questions.plain_points import rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def row(taken: date, precision: str = "day") -> Row:
    return Row(1, "notice", "improvement_notice", taken, precision, "A notice", "A report", "")


@pytest.mark.parametrize(
    ("precision", "last_unknown", "first_known"),
    [
        ("day", date(2021, 5, 31), date(2021, 6, 1)),
        ("month", date(2021, 6, 30), date(2021, 7, 1)),
        ("year", date(2021, 12, 31), date(2022, 1, 1)),
    ],
)
def test_a_step_is_known_once_its_day_month_or_year_is_over(
    precision: str, last_unknown: date, first_known: date
) -> None:
    taken = date(2021, 1, 1) if precision == "year" else date(2021, 6, 1)
    assert not row(taken, precision).is_public_by(last_unknown)
    assert row(taken, precision).is_public_by(first_known)


def test_every_shipped_step_has_a_source_that_can_be_read() -> None:
    shipped = rows("interventions")
    assert shipped
    assert all(one["source_text"] and one["source_url"].startswith("http") for one in shipped)
    assert {one.reference for one in current_record().interventions} == {
        one["reference"] for one in shipped
    }


def test_a_council_shows_its_steps_with_their_sources_and_that_more_may_be_missing(
    client: Client,
) -> None:
    page = text_of(main_of(client.get("/councils/slough/").content.decode()))
    assert "Direction by the Secretary of State that appointed a commissioner" in page
    assert "Ofsted's report of 17 February 2016, page 6" in page
    assert page.index("October 2014") < page.index("Services transferred to Slough Children's")
    assert "are not collected" in page
    before = text_of(main_of(client.get("/councils/slough/?as_at=2015-09-30").content.decode()))
    assert "Services transferred to Slough" not in before


def test_after_an_inadequate_judgement_none_on_record_is_said_to_prove_nothing(
    client: Client,
) -> None:
    page = text_of(main_of(client.get("/england/inadequate/").content.decode()))
    assert "None on record. Steps of the Department for Education are not collected" in page


def test_a_step_entered_by_hand_reaches_page_file_and_api(client: Client) -> None:
    council = Council.objects.get(slug="swindon")
    step = Intervention(
        council=council, reference="notice-2024-02", kind="improvement_notice",
        taken_date=date(2024, 2, 1), taken_precision="month",
        what="An invented notice", source_text="An invented list",
    )  # fmt: skip
    actions.record(step, reason="For a test", by=None)
    page = client.get("/councils/swindon/").content.decode()
    assert "An invented notice" in page
    [found] = client.get("/api/v1/interventions?council=swindon").json()["results"]
    assert (found["intervention"], found["taken_date"]) == ("notice-2024-02", "2024-02-01")
    text = client.get("/england/inadequate.csv").content.decode("utf-8-sig")
    table = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert {one["council_slug"]: one["interventions"] for one in table}[
        "swindon"
    ] == "notice-2024-02"
    assert (
        client.get("/api/v1/interventions?as_at=2024-02-29&council=swindon").json()["results"] == []
    )


def test_steps_stand_as_marks_of_their_own_from_the_first_inspection_on() -> None:
    early, late = row(date(2019, 1, 1)), row(date(2022, 1, 1))
    found = grades_over_time(
        invented.book(), council_name="Anytown", inspections=[invented.inspection()],
        visits=[], as_at=date(2023, 1, 1), interventions=[early, late],
    )  # fmt: skip
    assert [(mark.kind_name, mark.day) for mark in found.visits] == [
        (INTERVENTION, date(2022, 1, 1))
    ]
