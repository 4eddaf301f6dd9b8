"""What every answer says to browsers, one by one, and which methods it takes."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dashboard.http import answers
from dashboard.http.cost import Budget

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGES = ("/", "/councils/luton/", "/about/", "/nothing/", "/subscribe/", "/admin/login/", "/entry/")
SHARED = (
    "/councils/luton.ics", "/england/upcoming.ics", "/feeds.ics?councils=luton", "/councils.csv",
    "/councils/luton/grades.figure.json", "/councils/luton/grades.svg", "/api/v1/councils",
    "/councils/luton/grades.qr.png", "/embed/councils/luton/grades/",
)  # fmt: skip
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "connect-src": "'self'",
}


def policy_of(answer: HttpResponse) -> dict[str, str]:
    rows = answer.headers["Content-Security-Policy"].split("; ")
    return dict(row.split(" ", 1) for row in rows)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_a_browser_may_do(client: Client, path: str) -> None:
    answer = client.get(path)
    said = answer.headers
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Referrer-Policy"] == "same-origin"
    assert said["Cross-Origin-Opener-Policy"] == "same-origin"
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert said["X-Frame-Options"] == "DENY"
    assert "camera=()" in said["Permissions-Policy"]
    assert "geolocation=()" in said["Permissions-Policy"]
    policy = policy_of(answer)
    assert policy["frame-ancestors"] == "'none'"
    assert {name: policy[name] for name in POLICY} == POLICY
    assert not re.search("unsafe-(inline|eval)", said["Content-Security-Policy"])


def test_what_is_refused_before_any_page_says_it_too(
    client: Client, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "budget", Budget(client=0.0, all_together=0.0))
    too_much = client.get("/councils/?q=l")
    settings.READ_ONLY = True  # type: ignore[attr-defined]
    kept_to_reading = client.post("/report/", {"said": "x"})
    assert (too_much.status_code, kept_to_reading.status_code) == (429, 503)
    for answer in (too_much, kept_to_reading, client.put("/")):
        assert policy_of(answer)["frame-ancestors"] == "'none'"
        for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
                     "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
                     "Permissions-Policy"):  # fmt: skip
            assert answer.headers[name], name


@pytest.mark.parametrize("path", SHARED)
def test_what_other_sites_may_use_says_so(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if path.startswith("/embed/"):
        assert policy_of(answer)["frame-ancestors"] == "*"
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert not answer.cookies
    else:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert policy_of(answer)["frame-ancestors"] == "'none'"


@pytest.mark.parametrize(
    "path",
    ["/", "/about/", "/councils/luton/grades.png", "/nothing/", "/healthz", "/report/sent/x"],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "FOO"])
def test_nothing_can_be_sent_to_a_page(method: str, path: str) -> None:
    """Also without a token: a reader is told that the page takes nothing, not that it is secret."""
    strict = Client(enforce_csrf_checks=True)
    answer = strict.generic(method, path, "a=b")
    if (method, path) == ("POST", "/report/sent/x"):
        assert answer.status_code == 404
        return
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/subscribe/", "/report/", "/admin/login/"])
def test_a_form_without_its_token_is_refused(path: str) -> None:
    assert Client(enforce_csrf_checks=True).post(path, {"a": "b"}).status_code == 403


def test_a_method_cannot_be_smuggled_in_a_header(client: Client) -> None:
    answer = client.get("/councils/luton/", headers={"X-HTTP-Method-Override": "DELETE"})
    assert answer.status_code == 200


def test_where_weaknesses_are_reported(client: Client, settings: object) -> None:
    path = reverse("dashboard:security")
    told = client.get(path).content.decode()
    assert re.search(r"^Contact: http://[^ ]*/report/$", told, re.MULTILINE)
    assert re.search(r"^Expires: 20\d\d-\d\d-\d\dT00:00:00Z$", told, re.MULTILINE)
    settings.CONTACT_EMAIL = "security@example.org"  # type: ignore[attr-defined]
    assert "Contact: mailto:security@example.org\n" in client.get(path).content.decode()


def test_a_part_and_a_page_that_history_restores_are_two_answers(client: Client) -> None:
    part = client.get("/councils/", headers={"HX-Request": "true"})
    again = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    whole = client.get("/councils/", headers=again)
    assert part.headers["ETag"] != whole.headers["ETag"]
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    for answer in (part, whole):
        assert {"HX-Request", "HX-History-Restore-Request"} <= set(
            re.split(", *", answer.headers["Vary"])
        )
