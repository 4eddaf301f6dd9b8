"""What the operator sees of requests: the log, slow queries, `/metrics`, and nobody's data."""

import json
import logging
import re
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config import request_log
from config.request_log import JsonFormatter, RequestFilter, RequestLogMiddleware, watch_queries
from tools import sbom

TOKEN = "a token of the tests alone"
GIVEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PROXY_COUNT", 1)


def lines(caplog: pytest.LogCaptureFixture) -> list[dict]:
    return [json.loads(JsonFormatter().format(record)) for record in caplog.records]


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_route_and_nothing_of_the_reader(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "dashboard.requests"):
        client.get("/councils/luton/?q=a-private-word", REMOTE_ADDR="203.0.113.9")
    [line] = [line for line in lines(caplog) if line["logger"] == "dashboard.requests"]
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["route"] == "councils/<str:slug>/"
    assert line["ms"] > 0
    assert "private" not in str(line)
    assert "203.0.113" not in str(line)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/subscribe/secret/", "/entry/welcome/Nw/abc-secret/"])
def test_a_link_that_was_mailed_is_told_by_its_route(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Refused for want of the form's own proof: the link may still be of use."""
    caplog.handler.addFilter(RequestFilter())
    Client(enforce_csrf_checks=True).post(path)
    Client().put(path)
    assert [line for line in caplog.messages if "Forbidden" in line], caplog.messages
    assert not [line for line in caplog.messages if "secret" in line]
    assert "token>" in caplog.text


def seen(request: HttpRequest, answer: HttpResponse) -> tuple[str, HttpResponse]:
    """The identity that a view sees, and the answer that the reader gets."""
    held: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        held.append(request_log._identity.get())
        return answer

    got = RequestLogMiddleware(view)(request)
    return held[0], got


def test_the_proxys_identity_is_kept_and_told_with_an_error(proxied: None) -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": GIVEN})
    identity, answer = seen(request, HttpResponse(status=500))
    assert identity == GIVEN == answer["X-Request-ID"]
    _, well = seen(request, HttpResponse())
    assert "X-Request-ID" not in well


@pytest.mark.parametrize("given", ["", "a", "../../etc", f"{GIVEN}\n", "é" * 32])
def test_any_other_identity_is_drawn_anew(proxied: None, given: str) -> None:
    request = RequestFactory().get("/")
    request.META["HTTP_X_REQUEST_ID"] = given
    identity, _ = seen(request, HttpResponse())
    assert re.fullmatch("[0-9a-f]{32}", identity)
    assert identity != given


def test_without_a_proxy_no_client_names_its_request() -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": GIVEN})
    assert seen(request, HttpResponse())[0] != GIVEN


def test_a_line_is_one_json_object_whatever_it_says() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        record = logging.LogRecord(
            "a", logging.ERROR, "", 1, 'said "%s"\n', ("so",), sys.exc_info()
        )
    text = JsonFormatter().format(record)
    assert "\n" not in text
    told = json.loads(text)
    assert told["said"] == 'said "so"\n'
    assert "ValueError: two\nlines" in told["traceback"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", told["at"])


@pytest.fixture
def watched() -> Iterator[None]:
    watch_queries(None, connection)
    watch_queries(None, connection)
    yield
    connection.execute_wrappers.remove(request_log._timed)


@pytest.mark.django_db
def test_a_slow_query_is_logged_once_without_its_values(
    watched: None, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert lines(caplog) == []
        monkeypatch.setattr(settings, "SLOW_QUERY_MS", 0)
        cursor.execute("SELECT %s", ["a-private-word"])
    [line] = lines(caplog)
    assert line["sql"] == "SELECT %s"
    assert line["level"] == "WARNING"
    assert "private" not in str(line)


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}])
def test_metrics_are_for_who_has_the_token(client: Client, token: None, sent: dict) -> None:
    assert client.get("/metrics", headers=sent).status_code == 404


@pytest.mark.django_db
def test_without_a_token_there_are_no_metrics(client: Client) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_metrics_count_requests_by_route_and_tell_what_is_wrong(
    client: Client, token: None
) -> None:
    client.get("/councils/luton/?q=a-private-word")
    client.generic("FOO", "/")
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    counted = 'dashboard_requests_total{method="GET",route="councils/<str:slug>/",status="200"}'
    assert counted in text
    assert 'method="OTHER"' in text
    assert 'dashboard_request_seconds_bucket{le="0.5",route="councils/<str:slug>/"}' in text
    assert 'dashboard_wrong{part="backup"} 1.0' in text
    assert 'dashboard_wrong{part="migrations"} 0.0' in text
    assert "private" not in text


def test_the_list_of_what_is_shipped_names_every_locked_package() -> None:
    lock = (settings.BASE_DIR / "requirements.txt").read_text()
    told = sbom.sbom(lock)
    packages = {one["name"]: one for one in told["components"] if one["type"] == "library"}
    assert set(packages) == set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    assert packages["django"]["purl"].startswith("pkg:pypi/django@5.2")
    assert all(one["hashes"] for one in told["components"])
    assert "BSD" in packages["django"]["licenses"][0]["license"]["name"]
    assert any(one["name"].startswith("static/vendor/plotly") for one in told["components"])
