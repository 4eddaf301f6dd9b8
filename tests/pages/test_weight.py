"""What a page costs: queries whatever the size of the record, and bytes."""

import gzip
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inspections import actions
from inspections.models import Council, Framework, Grade, Inspection, Judgement, Statement, Visit
from inspections.vocabulary import Region
from tests import factories

pytestmark = pytest.mark.django_db

EVENT = "/councils/northbridge-0/inspections/2022-01-01/"
MOST = {
    "/": 12,
    "/?area=care-leavers&as_at=2023-01-01": 12,
    "/councils/": 6,
    "/councils/?q=north&grade=good&sort=longest": 6,
    "/councils.csv": 6,
    "/councils/northbridge-0/": 12,
    "/councils/northbridge-0.ics": 12,
    EVENT: 12,
    "/method/": 6,
    "/data/": 10,
    "/england/statistics/": 12,
    "/england/statistics/?by=region&reading=ofsted&as_at=2023-01-01": 12,
    "/england/statistics/?by=framework&area=leaders": 12,
    "/england/changes/": 12,
    "/england/changes/?from=2020-01-01&direction=up": 12,
    "/england/journeys/?council=northbridge-0": 12,
    "/england/timing/?by=grade": 12,
    "/england/upcoming/": 12,
    "/england/inadequate/": 12,
    "/england/expected/": 12,
    "/england/moves/": 12,
    "/england/waiting/": 12,
    "/england/reporting/": 12,
    "/england/windows/": 12,
}


def make_councils(numbers: range) -> None:
    """Invented councils with two inspections of five judgements each, and a visit."""
    framework = Framework.objects.first() or factories.make_framework()
    regions = [region for region in Region if region is not Region.NORTH_EAST_YORKSHIRE]
    councils = Council.objects.bulk_create(
        Council(
            slug=f"northbridge-{n}", name=f"Northbridge {n} Council", short_name=f"Northbridge {n}",
            ons_code=f"E98{n:06}", dfe_code=f"{n:x}", ofsted_urn=f"98{n:06}", kind="unitary",
            ons_region=regions[n % 9], ofsted_region=regions[n % 9],
        )
        for n in numbers
    )  # fmt: skip
    inspections = Inspection.objects.bulk_create(
        Inspection(
            council=council, framework=framework, kind="standard",
            start_date=day, reference=day.isoformat(), end_date=day + timedelta(days=11),
            publication_date=day + timedelta(days=50),
        )
        for council in councils
        for day in (date(2019, 1, 1), date(2022, 1, 1))
    )  # fmt: skip
    grades = list(Grade.objects.order_by("order"))
    areas = list(framework.areas.order_by("order"))
    Judgement.objects.bulk_create(
        # The first council's first inspection is inadequate in the first area.
        Judgement(inspection=row, area=area, grade=grades[(number + place + 3) % 4])
        for number, row in enumerate(inspections)
        for place, area in enumerate(areas)
    )
    Visit.objects.bulk_create(
        Visit(
            council=council, kind="focused_visit", reference="2023-05-01",
            start_date=date(2023, 5, 1), publication_date=date(2023, 6, 1),
        )
        for council in councils
    )  # fmt: skip
    Statement.objects.bulk_create(
        Statement(
            council=council, reference="one", kind="expectation", stated_date=date(2022, 5, 1),
            said_by="nobody", what="Invented", source_text="Invented",
            expected_event="full_inspection", expected_from_date=date(2024, 1, 1),
            expected_to_date=date(2024, 6, 30),
        )
        for council in councils
    )  # fmt: skip
    actions.keep_waits()


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


@pytest.mark.once
def test_a_page_asks_as_often_with_a_thousand_councils_as_with_one(
    client: Client, empty_record: None
) -> None:
    make_councils(range(1))
    with_one = {path: queries_of(client, path) for path in MOST}
    make_councils(range(1, 1000))
    assert {path: queries_of(client, path) for path in MOST} == with_one


def test_a_page_asks_no_more_often_than_promised(client: Client, empty_record: None) -> None:
    make_councils(range(3))
    over = {
        path: f"{found} queries, at most {most}"
        for path, most in MOST.items()
        if (found := queries_of(client, path)) > most
    }
    assert over == {}


def test_the_page_of_an_eventful_council_asks_no_more_often(client: Client) -> None:
    """Bradford and Croydon have the longest histories, Nottingham an inadequate judgement."""
    for slug in ("luton", "bradford", "croydon", "poole", "cumberland", "nottingham"):
        assert queries_of(client, f"/councils/{slug}/") <= 12, slug
        assert queries_of(client, f"/councils/{slug}.ics") <= 12, slug
        assert queries_of(client, f"/councils/{slug}/?known=20990101T000000Z") <= 15, slug
    assert queries_of(client, "/") <= 12
    assert queries_of(client, "/councils/") <= 6


@pytest.mark.parametrize(
    "path",
    [
        "/", "/?area=care-leavers", "/?area=overall", "/?area=in-care",
        "/councils/luton/", "/councils/bradford/", "/councils/croydon/", "/councils/medway/",
    ],
)  # fmt: skip
def test_england_and_a_council_are_light(client: Client, path: str) -> None:
    content = client.get(path).content
    assert len(content) <= 120_000
    assert len(gzip.compress(content, compresslevel=6)) <= 25_000


def test_a_page_is_compressed_and_other_answers_are_left_to_the_proxy(client: Client) -> None:
    accepting = {"accept-encoding": "gzip"}
    page = client.get("/councils/", headers=accepting)
    assert page.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.content).startswith(b"<!doctype html>")
    assert "Content-Encoding" not in client.get("/councils/").headers
    for other in ("/councils.csv", "/admin/login/", "/england/grades-held.png"):
        assert "Content-Encoding" not in client.get(other, headers=accepting).headers
