"""What a page costs: queries whatever the size of the record, and bytes."""

import gzip
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dashboard.http import kept
from inspections import actions, store
from inspections.models import Council, Framework, Grade, Inspection, Judgement, Statement, Visit
from inspections.vocabulary import Region
from tests import factories
from tools.pagesize import COMPRESSED_LIMIT, RAW_LIMIT

pytestmark = pytest.mark.django_db

EVENT = "/councils/northbridge-0/inspections/2022-01-01/"
PATHS = (
    "/",
    "/?area=care-leavers&as_at=2023-01-01",
    "/councils/",
    "/councils/?q=north&grade=good&sort=longest",
    "/councils.csv",
    "/councils/northbridge-0/",
    "/councils/northbridge-0.ics",
    EVENT,
    "/method/",
    "/data/",
    "/england/statistics/",
    "/england/statistics/?by=region&reading=ofsted&as_at=2023-01-01",
    "/england/statistics/?by=framework&area=leaders",
    "/england/changes/",
    "/england/changes/?from=2020-01-01&direction=up",
    "/england/journeys/?council=northbridge-0",
    "/england/timing/?by=grade",
    "/england/upcoming/",
    "/england/inadequate/",
    "/england/expected/",
    "/england/moves/",
    "/england/waiting/",
    "/england/reporting/",
    "/england/windows/",
)


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
    actions.raise_version()


def queries_of(client: Client, path: str) -> int:
    """Of a page that nobody has asked for, with the record in memory."""
    store.current_record()
    kept.store.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


@pytest.mark.once
def test_a_page_asks_once_with_a_thousand_councils_and_with_one(
    client: Client, empty_record: None
) -> None:
    make_councils(range(1))
    assert {path: queries_of(client, path) for path in PATHS} == dict.fromkeys(PATHS, 1)
    make_councils(range(1, 1000))
    assert {path: queries_of(client, path) for path in PATHS} == dict.fromkeys(PATHS, 1)


def test_the_page_of_an_eventful_council_asks_once(client: Client) -> None:
    """Bradford and Croydon have the longest histories, Nottingham an inadequate judgement."""
    for slug in ("luton", "bradford", "croydon", "poole", "cumberland", "nottingham"):
        for path in (f"/councils/{slug}/", f"/councils/{slug}.ics"):
            assert queries_of(client, path) == 1, path


def test_a_page_that_is_kept_and_a_reader_who_has_it_ask_once(client: Client) -> None:
    first = client.get("/councils/luton/")
    with CaptureQueriesContext(connection) as captured:
        again = client.get("/councils/luton/")
        held = client.get("/councils/luton/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.content, held.status_code, len(captured)) == (first.content, 304, 2)


@pytest.mark.parametrize(
    "path",
    [
        "/", "/?area=care-leavers", "/?area=overall", "/?area=in-care",
        "/councils/luton/", "/councils/bradford/", "/councils/croydon/", "/councils/medway/",
    ],
)  # fmt: skip
def test_england_and_a_council_are_light(client: Client, path: str) -> None:
    content = client.get(path).content
    assert len(content) <= RAW_LIMIT  # what a phone loads is the compressed size
    assert len(gzip.compress(content, compresslevel=6)) <= COMPRESSED_LIMIT


def test_texts_are_compressed_and_pictures_and_the_admin_are_not(client: Client) -> None:
    accepting = {"accept-encoding": "gzip"}
    page = client.get("/councils/", headers=accepting)
    assert page.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.content).startswith(b"<!doctype html>")
    assert "Content-Encoding" not in client.get("/councils/").headers
    table = client.get("/councils.csv", headers=accepting)
    assert gzip.decompress(table.content) == client.get("/councils.csv").content
    for other in ("/admin/login/", "/england/grades-held.png"):
        assert "Content-Encoding" not in client.get(other, headers=accepting).headers
