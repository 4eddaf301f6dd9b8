"""The JSON API against its own description, and against the record."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings

from dashboard.api.record import api
from inspections import actions
from inspections.models import Council, ImprovementPoint, Judgement

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LISTS = (
    "councils", "inspections", "judgements", "visits", "corrections", "judgement-areas",
    "statistics", "changes", "windows", "measures", "figures", "spreads", "findings",
)  # fmt: skip


@cache
def description() -> object:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


@pytest.fixture
def described(exampleshire: Council) -> Iterator[object]:
    """The API by its own description. A request must not close the test's own connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield description()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_operations_have_the_names_that_clients_are_generated_from() -> None:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    assert [methods["get"]["operationId"] for methods in paths.values()] == [
        "dashboard_api_councils",
        "dashboard_api_council",
        "dashboard_api_inspections",
        "dashboard_api_inspection",
        "dashboard_api_judgements",
        "dashboard_api_visits",
        "dashboard_api_visit",
        "dashboard_api_corrections",
        "dashboard_api_judgement_areas",
        "dashboard_api_coverage",
        "dashboard_api_unread_reports",
        "dashboard_api_interventions",
        "dashboard_api_england_statistics",
        "dashboard_api_england_changes",
        "dashboard_api_england_windows",
        "dashboard_api_england_findings",
        "dashboard_api_figures_measures",
        "dashboard_api_figures_figures",
        "dashboard_api_figures_spreads",
    ]


@pytest.mark.parametrize("path", sorted(api.get_openapi_schema(path_prefix="/api/v1/")["paths"]))
def test_the_api_answers_as_it_describes_itself(described: object, path: str) -> None:
    """Requests made up from the description, right and wrong ones, each answer checked."""

    @settings(
        max_examples=12,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(case=described[path]["GET"].as_strategy())
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Host": "127.0.0.1", "Accept-Encoding": "identity"})

    check()


def get(client: Client, path: str) -> dict:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    return json.loads(response.content)


def test_an_inspection_carries_its_judgements(client: Client, exampleshire: Council) -> None:
    found = get(client, "inspections/exampleshire/2024-03-04")
    assert found["ons_code"] == exampleshire.ons_code
    assert {row["area"]: row["grade"] for row in found["judgements"]}["leaders"] == "good"


def test_lists_are_filtered_and_come_page_by_page(client: Client, exampleshire: Council) -> None:
    found = get(client, "judgements?lane=leaders&page_size=1")
    assert (found["count"], len(found["results"]), found["previous"]) == (2, 1, None)
    assert found["results"][0]["grade"] == "requires_improvement"
    second = get(client, found["next"].split("/api/v1/")[1])
    assert second["results"][0]["grade"] == "good"
    assert second["next"] is None
    assert get(client, "judgements?grade=good")["count"] == 5
    assert get(client, "inspections?published_from=2024-01-01")["count"] == 1
    assert get(client, "visits?kind=focused_visit")["count"] == 1
    assert get(client, "councils?region=london")["count"] == 0


def test_both_clocks_hold_in_the_api(client: Client, exampleshire: Council, pin: str) -> None:
    assert get(client, "inspections?as_at=2023-01-01")["count"] == 1
    judgement = Judgement.objects.get(inspection__reference="2024-03-04", area__code="leaders")
    worse = judgement.grade.scale.grades.get(code="inadequate")
    actions.correct(judgement, changes={"grade": worse}, reason="Misread.", by=None)
    assert get(client, f"judgements?grade=inadequate&{pin}")["count"] == 0
    assert get(client, "judgements?grade=inadequate")["count"] == 1
    assert get(client, f"corrections?{pin}")["count"] == 0


def test_an_answer_on_visits_says_of_what_its_complete_to_is(client: Client, record: None) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    told = schemas["Visits"]["properties"]["complete_to"]["description"]
    assert told.startswith("Full inspections are complete to this day; /coverage tells of visits")
    ends = {row["covered_kind"]: row["complete_to_date"]
            for row in client.get("/api/v1/coverage").json()["results"]}  # fmt: skip
    assert client.get("/api/v1/visits").json()["complete_to"] == ends["full_inspections"]
    assert ends["focused_visit"] == "2025-03-31"
    assert "<code>complete_to</code>" in client.get("/api/v1/").content.decode()


def test_a_letter_on_areas_for_priority_action_has_the_day_of_its_plan(
    client: Client, record: None
) -> None:
    """Slough, November 2025: one such area, letter of 12 January 2026."""
    due = {
        row["visit"]: row["action_plan_due_date"]
        for row in client.get("/api/v1/visits?council=slough").json()["results"]
    }
    assert due["2025-11-19"] == "2026-04-22"
    assert [reference for reference, day in due.items() if day] == ["2025-11-19"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("council=slough", {"slough": ("2026-12-02", "2026-12-03", "2026-10-07")}),
        ("council=slough&as_at=2026-08-24", {}),
        ("council=luton", {}),
    ],
)
def test_a_report_that_is_not_read_here_has_its_duties(
    client: Client, record: None, asked: str, found: dict[str, tuple[str, ...]]
) -> None:
    days = ("action_plan_due_date", "action_plan_latest_date", "own_publication_due_date")
    told = get(client, f"unread-reports?{asked}")["results"]
    assert {row["council_slug"]: tuple(row[day] for day in days) for row in told} == found


def test_statistics_changes_and_windows_agree_with_the_pages(client: Client, record: None) -> None:
    day = "as_at=2025-03-31"
    held = get(client, f"statistics?by=region&region=london&{day}&page_size=200")["results"]
    shown = table(client, f"/england/statistics.csv?by=region&region=london&{day}")
    assert {row["grade"]: row["councils_holding"] for row in held} == {
        row["grade"]: int(shown[0][row["grade"]]) for row in held
    }
    assert sum(row["share_holding"] for row in held) == pytest.approx(1)
    moved = get(client, f"changes?since=2023-03-31&direction=up&{day}")["results"]
    shown = table(client, f"/england/changes.csv?from=2023-03-31&direction=up&sort=name&{day}")
    assert [(row["ons_code"], row["later_grade"], str(row["steps"])) for row in moved] == [
        (row["ons_code"], row["later_grade"], row["steps"]) for row in shown
    ]
    windows = get(client, f"windows?region=london&{day}")["results"]
    shown = table(client, f"/england/upcoming.csv?region=london&sort=name&{day}")
    assert [(row["ons_code"], row["inspection"], row["earliest_date"]) for row in windows] == [
        (row["ons_code"], row["inspection"], row["earliest_date"] or None) for row in shown
    ]
    assert len(windows) == 33


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("findings?document=focused_visit&theme=caseloads",
         "findings.csv?document=focused-visit&asked=caseloads"),
        ("findings?grade=inadequate&lane=leaders&region=london",
         "findings.csv?grade=inadequate&area=leaders&region=london"),
        ("findings?grade=outstanding&theme=plans", "findings.csv?grade=outstanding&asked=plans"),
        ("visits?only_priority_actions=true&council_kind=unitary",
         "visits.csv?priority=some&kind=unitary"),
    ],
)  # fmt: skip
def test_findings_and_visits_are_filtered_as_on_their_pages(
    client: Client, record: None, asked: str, shown: str
) -> None:
    names = ("council_slug", "inspection", "visit", "point_number")
    found = get(client, f"{asked}&page_size=200")
    rows = table(client, f"/england/{shown}")
    assert found["count"] == len(rows) > 0
    told = [{name: str(row.get(name, "")) for name in names} for row in found["results"]]
    assert sorted(map(str, told)) == sorted(
        str({name: row.get(name, "") for name in names}) for row in rows
    )


def test_findings_are_found_by_words_where_sentences_are_held(client: Client, record: None) -> None:
    point = ImprovementPoint.objects.get(
        inspection__council__slug="luton", inspection__reference="2020-01-13", number=3
    )
    changes = {"text": "An invented sentence about plans."}
    assert get(client, "findings?said=invented%20sent")["count"] == 0
    actions.correct(point, changes=changes, reason="Typed in.", by=None)
    found = get(client, "findings?said=invented%20sent")["results"]
    assert [(row["council_slug"], row["point_number"]) for row in found] == [("luton", 3)]


def table(client: Client, path: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode())))


@pytest.mark.parametrize("name", LISTS)
def test_an_unchanged_answer_is_not_sent_again(
    client: Client, exampleshire: Council, django_assert_num_queries: object, name: str
) -> None:
    etag = client.get(f"/api/v1/{name}").headers["ETag"]
    with django_assert_num_queries(1):
        again = client.get(f"/api/v1/{name}", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    actions.raise_version()
    fresh = client.get(f"/api/v1/{name}", headers={"If-None-Match": etag})
    assert fresh.status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("councils/atlantis", 404, "council"),
        ("inspections/exampleshire/1999-01-01", 404, "reference"),
        ("visits?council=atlantis", 404, "council"),
        ("inspections?as_at=2024-13-45", 422, "as_at"),
        ("inspections?as_at=2099-01-01", 404, "as_at"),
        ("inspections?as_at=2023-02-29", 422, "as_at"),
        ("inspections?known=20261122T250000Z", 422, "known"),
        ("inspections?known=yesterday", 422, "known"),
        ("inspections?page=0", 422, "page"),
        ("inspections?page_size=100000", 422, "page_size"),
        ("councils?region=atlantis", 422, "region"),
        ("judgements?published_from=%00", 422, "published_from"),
        ("statistics?lane=atlantis", 404, "lane"),
        ("findings?grade=splendid", 404, "grade"),
        ("findings?document=jtai", 422, "document"),
        ("statistics?by=inspector", 422, "by"),
        ("changes?since=2024-02-30", 422, "since"),
        ("changes?since=2024-02-28&as_at=2023-01-31", 404, "since"),
        ("windows?status=soon", 422, "status"),
        ("judgements?lane=atlantis", 404, "lane"),
        ("judgements?grade=splendid", 404, "grade"),
        ("inspections?framework=nothing", 404, "framework"),
        ("councils?regoin=london", 404, "regoin"),
        ("councils?region=london&region=south_east", 404, "region"),
        ("nothing-here", 404, "path"),
    ],
)
def test_what_cannot_be_answered_is_refused_clearly(
    client: Client, exampleshire: Council, path: str, status: int, where: str
) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status
    (problem, *_) = json.loads(response.content)["errors"]
    assert problem["where"] == where
    assert problem["expected"]


def test_the_api_only_reads(client: Client, exampleshire: Council) -> None:
    for name in LISTS:
        for method in (client.post, client.put, client.delete, client.patch):
            assert method(f"/api/v1/{name}").status_code == 405


def test_other_sites_may_ask_before_and_without_the_body(
    client: Client, exampleshire: Council
) -> None:
    whole = client.get("/api/v1/councils")
    head = client.head("/api/v1/councils")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["ETag"] == whole.headers["ETag"]
    same = {"If-None-Match": whole.headers["ETag"]}
    assert client.head("/api/v1/councils", headers=same).status_code == 304
    before = client.options("/api/v1/councils", headers={"Origin": "https://paper.example"})
    assert before.status_code == 204
    assert before.headers["Access-Control-Allow-Origin"] == "*"
    assert before.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert before.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert client.post("/api/v1/councils").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_the_apis_page_asks_nothing_of_others(client: Client, exampleshire: Council) -> None:
    page = client.get("/api/v1/").content.decode()
    assert "/api/v1/judgements?lane=care_leavers" in page
    assert 'src="http' not in page
    assert "cdn" not in page


def test_the_whole_record_is_the_same_in_every_file(
    client: Client, exampleshire: Council, tmp_path: Path
) -> None:
    whole = json.loads(client.get("/data/record.json").content)
    rows = table(client, "/data/judgements.csv")
    file = tmp_path / "record.sqlite"
    file.write_bytes(client.get("/data/record.sqlite").content)
    with sqlite3.connect(file) as connection:
        kept = connection.execute("SELECT area, grade FROM judgements").fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        explained = connection.execute(
            "SELECT count(*) FROM dictionary WHERE in_table = 'judgements' AND meaning <> ''"
        ).fetchone()[0]
    wanted = [(row["area"], row["grade"]) for row in whole["judgements"]]
    assert len(wanted) == 10
    assert kept == wanted == [(row["area"], row["grade"]) for row in rows]
    assert explained == len(rows[0])
    assert client.get("/data/record.zip").content.startswith(b"PK")


def test_a_withdrawn_inspection_is_in_no_download(client: Client, exampleshire: Council) -> None:
    fact = exampleshire.inspections.get(reference="2024-03-04")
    actions.withdraw(fact, reason="Entered twice.", by=None)
    whole = json.loads(client.get("/data/record.json").content)
    assert [row["inspection"] for row in whole["inspections"]] == ["2021-03-01"]
    assert date.fromisoformat(whole["as_at"])


def test_statistics_honour_the_set_of_regions(client: Client, record: None) -> None:
    by_set = {
        regions: {
            row["group"]
            for row in client.get(
                "/api/v1/statistics", {"by": "region", "regions": regions, "page_size": 100}
            ).json()["results"]
        }
        for regions in ("ofsted", "ons")
    }
    assert by_set["ons"] != by_set["ofsted"]
    assert {"North East", "Yorkshire and the Humber"} <= by_set["ons"]
