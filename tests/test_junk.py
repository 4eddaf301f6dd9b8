"""Junk to every route in every parameter, drawn by Hypothesis.

No answer is an error of the server, none takes two seconds of the processor, none of what cannot be
read is passed over in silence. `make junk` sends 10,000 (CASES), a test run some of them.
"""

import os
import time
from dataclasses import fields
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.http import answers
from dashboard.http.cost import Budget
from dashboard.state.address import ViewState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
CASES = int(os.environ.get("CASES", "120"))
SECONDS = 2.0
REAL = {
    "slug": "luton",
    "reference": "2020-01-13",
    "region": "london",
    "name": "councils",
    "code": "luton",
    "token": "x" * 32,
    "id": "1",
    "pk": "1",
    "app_label": "inspections",
    "object_id": "1",
}
JUNK = (
    "", "\0", "a\0b", "\ud800", "\u202e", "%00", "%u0041", "()", "(", "[", "*", "%" * 99, "_" * 999,
    "-1", "0", "1e5", "99999999999999999999999", "١", "9" * 5000, "2024-13-45", "0000-00-00",
    "99999-01-01", "99990101T000000Z", "' OR 1=1--", "1; DROP TABLE councils",
    "') UNION SELECT password FROM inspections_user--", "__proto__", "council__secret", "password",
    "{{7*7}}", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "=cmd|' /C calc'!A0",
    "//evil.example", "/\\evil.example", "http://169.254.169.254/", "../../etc/passwd", "\r\nX: y",
    "[" * 2000, "~".join("abcdefghijklm"), "luton~" * 30, "a" * 8000, "true", "null", "NaN", "ﬀ",
)  # fmt: skip


def all_routes(resolver: URLResolver, before: str = "") -> list[list[str]]:
    """Each route in its pieces: fixed text, and `<name>` for a part that varies."""
    found = []
    for item in resolver.url_patterns:
        where = before + str(item.pattern).removeprefix("^")
        if isinstance(item, URLPattern):
            parts = (
                where.replace("\\Z", "").replace("$", "").replace("<", "\n<").replace(">", ">\n")
            )
            found.append([part for part in parts.split("\n") if part])
        else:
            found += all_routes(item, where)
    return found


def names() -> list[str]:
    """Every parameter that a page, a file or the API reads, and some that none does."""
    kinds = list(ViewState.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
    own = {spec.metadata.get("name") or spec.name for kind in kinds for spec in fields(kind)}
    api = {"page", "page_size", "council", "since", "grade", "area", "region", "framework"}
    return sorted(own | api | {"url", "q", "next", "sort", "fields", "about", "fact", "a.b", "[]"})


ROUTES = [route for route in all_routes(get_resolver()) if "(?P" not in "".join(route)]
drawn: set[str] = set()
"""The routes and parameters that were sent something."""
values = st.sampled_from(JUNK) | st.text(max_size=40) | st.binary(max_size=20)


def written(value: str | bytes) -> str:
    if isinstance(value, bytes):
        return quote_from_bytes(value)
    return quote(value, safe="", errors="surrogatepass")


@st.composite
def addresses(draw: Any) -> tuple[str, str]:
    """A path, in half of the cases that of a real page, and a query."""
    is_real, path = draw(st.booleans()), "/"
    route = draw(st.sampled_from(ROUTES))
    for part in route:
        if part.startswith("<"):
            name = part.strip("<>").split(":")[-1]
            path += REAL.get(name, "1") if is_real else written(draw(values))[:4000]
        else:
            path += part
    pairs = draw(st.lists(st.tuples(st.sampled_from(names()) | values, values), max_size=4))
    drawn.update(["".join(route)], (name for name, _ in pairs if isinstance(name, str)))
    return path, "&".join(f"{written(name)}={written(value)}" for name, value in pairs)


many = settings(
    max_examples=CASES, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(answers, "budget", Budget(client=1e9, all_together=1e9))
    return Client(raise_request_exception=False)


def asked(client: Client, path: str, query: str, method: str = "GET") -> Any:
    """The answer, which is no error and took not too long; what took long once, and not again, is
    the test's own memory that was tidied up meanwhile."""
    for _ in range(2):
        began = time.thread_time()
        answer = client.generic(method, path, QUERY_STRING=query)
        took = time.thread_time() - began
        assert answer.status_code < 500, (method, path, query)
        if took < SECONDS:
            break
    assert took < SECONDS, (method, path, query, took)
    return answer


@many
@given(addresses(), st.sampled_from(("GET", "GET", "GET", "GET", "HEAD", "POST", "FOO")))
def test_no_junk_breaks_a_route(client: Client, address: tuple[str, str], method: str) -> None:
    asked(client, *address, method)


def test_settings_of_other_pages_break_no_route(client: Client) -> None:
    """Each route is sent a council that is misspelt and some of all names, in turn."""
    own = names()
    for number, route in enumerate(ROUTES):
        path = "/" + "".join(
            REAL.get(part.strip("<>").split(":")[-1], "1") if part.startswith("<") else part
            for part in route
        )
        turn = [own[(number * 5 + step) % len(own)] for step in range(5)]
        asked(client, path, "&".join(f"{written(name)}=A" for name in ("council", *turn)))
        drawn.update(["".join(route)], turn)


def test_every_route_and_every_parameter_had_its_share() -> None:
    wanted = {"".join(route) for route in ROUTES} | set(names())
    assert len(wanted) > 200
    assert CASES < 10_000 or wanted <= drawn, sorted(wanted - drawn)


NEVER_READ = tuple(
    value
    for value in JUNK
    if value.strip("\0\u202e\ud800") and value not in {"0", "true", "١"} and len(value) < 6000
)
PAGES = ("/", "/councils/", "/councils/luton/", "/england/changes/", "/england/statistics/",
         "/england/journeys/", "/england/findings/", "/compare/", "/corrections/")  # fmt: skip
FILES = ("/councils.csv", "/england/changes.csv", "/councils/luton/grades.png", "/data/visits.csv",
         "/api/v1/councils", "/api/v1/inspections", "/england/grades-held.svg")  # fmt: skip
TEXTS = ("as_at", "known", "page", "area", "region", "grade", "from", "to", "by", "sort", "fields",
         "colour", "council__secret")  # fmt: skip


@many
@given(st.sampled_from(PAGES + FILES), st.sampled_from(TEXTS), st.sampled_from(NEVER_READ))
def test_what_cannot_be_read_is_never_passed_over(
    client: Client, path: str, name: str, value: str
) -> None:
    """A file refuses it, a page says so; neither answers as if nothing had been asked."""
    answer = asked(client, path, f"{name}={written(value)}")
    if answer.status_code == 301:  # what chat glued to the end is taken off
        answer = client.get(answer.headers["Location"])
    if path in FILES:
        assert answer.status_code in {400, 404, 422}, (path, name, value)
    else:
        page = answer.content.decode()
        assert answer.status_code == 400 or "was ignored" in page, (path, name, value)
