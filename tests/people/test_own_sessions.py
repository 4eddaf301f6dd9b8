"""One's own sessions, seen and ended; the password asked for again before a sign-in changes."""

import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django_otp_webauthn.models import WebAuthnCredential

from inspections.models import AuditEntry, RecoveryCodes, User
from inspections.people import sessions
from tests.people.conftest import person
from tests.people.test_getting_in import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/entry/second-factor/"
CONFIRM = f"/entry/confirm/?next={PAGE}"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def officer(db: None) -> User:
    return person("officer", "editor", password=PASSWORD)


def sign_in(agent: str = "", password: str = PASSWORD) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/admin/login/", {"username": "officer", "password": password})
    client.get("/entry/")
    return client


def a_while_ago(client: Client) -> Client:
    session = client.session
    session[sessions.PROVED] = time.time() - 301
    session.save()
    return client


def passkey(client: Client, step: str) -> Any:
    return client.post(f"/entry/passkeys/registration/{step}/", content_type="application/json")


@pytest.mark.usefixtures("officer")
def test_the_password_is_asked_for_again_before_a_way_in_changes(settings: Any) -> None:
    client = sign_in()
    assert client.get(PAGE).status_code == 200, "it was given just now"
    assert passkey(client, "begin").status_code == 200
    a_while_ago(client)
    shown = client.get(PAGE)
    assert shown.headers["Location"] == CONFIRM.replace("=/entry/", "=%2Fentry%2F").replace(
        "factor/", "factor%2F"
    )
    for sent in ({"codes": "1"}, {"code": "000000"}, {"others": "1"}):
        assert client.post(PAGE, sent).headers["Location"] == shown.headers["Location"], sent
    assert not RecoveryCodes.objects.exists()
    for step in ("begin", "complete"):
        assert passkey(client, step).status_code == 403
        assert "give your password" in passkey(client, step).json()["detail"]
    former = client.session.session_key
    wrong = client.post("/entry/confirm/", {"password": "not-this-one", "next": PAGE})
    assert (wrong.status_code, "This is not your password." in wrong.text) == (400, True)
    assert client.get(PAGE).status_code == 302
    given = client.post("/entry/confirm/", {"password": PASSWORD, "next": PAGE})
    assert given.headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200
    assert client.session.session_key != former
    lines = AuditEntry.objects.values_list("what", flat=True)
    assert {"Gave the password again", "Wrong name, password or code"} <= set(lines)


def test_a_passkey_is_taken_away_but_for_the_last_way_in_and_another_persons(
    officer: User, settings: Any
) -> None:
    settings.PASSKEYS = True

    def added(who: User) -> WebAuthnCredential:
        count = WebAuthnCredential.objects.count()
        return WebAuthnCredential.objects.create(
            user=who, name=f"key {count}", credential_id=bytes([count]), public_key=b"x",
            sign_count=0, backup_eligible=False, backup_state=False,
        )  # fmt: skip

    first, strangers = added(officer), added(person("other", "editor"))
    client = sign_in()
    assert "The only way in" in client.get(PAGE).text
    for _ in range(2):
        for number in (first.pk, strangers.pk, "x", "²", "9" * 30):
            client.post(PAGE, {"passkey": number})
        assert WebAuthnCredential.objects.filter(pk__in=[first.pk, strangers.pk]).count() == 2
        a_while_ago(client)
    client = sign_in()
    second = added(officer)
    assert "The only way in" not in client.get(PAGE).text
    client.post(PAGE, {"passkey": first.pk})
    assert [*WebAuthnCredential.objects.filter(user=officer)] == [second]
    assert AuditEntry.objects.filter(what="Took a passkey away").count() == 1


@pytest.mark.usefixtures("officer")
def test_guesses_at_the_password_asked_for_again_lock_the_account(settings: Any) -> None:
    settings.AXES_ENABLED = True
    client = sign_in()
    for _ in range(6):
        client.post("/entry/confirm/", {"password": "not-this-one"})
    told = client.post("/entry/confirm/", {"password": PASSWORD})
    assert "Too many wrong passwords for this name" in told.text


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
@pytest.mark.usefixtures("officer")
def test_the_password_leads_to_this_site_only(target: str) -> None:
    answer = sign_in().post("/entry/confirm/", {"password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/entry/"


@pytest.mark.usefixtures("officer")
def test_a_person_sees_their_own_sessions_and_ends_one_or_all_others() -> None:
    here, phone, third = sign_in(FIREFOX), sign_in(PHONE), sign_in()
    stranger = Client()
    stranger.force_login(person("other", "administrator"))
    stranger.get("/entry/")
    page = here.get(PAGE).text
    section = page.partition('id="sessions"')[2]
    assert section.index("Firefox on Windows") < section.index("Safari on an iPhone")
    assert section.count('<tr><th scope="row">') == 3
    assert "This one" in section
    for client in (here, phone, third, stranger):
        assert str(client.session.session_key) not in page, "its name is its key"
    mark = re.search(r'value="(\w+)"\s+aria-label="End it: Safari', page)[1]
    assert here.post(PAGE, {"end": mark}).headers["Location"] == f"{PAGE}#sessions"
    assert [client.get("/entry/").status_code for client in (here, phone, third)] == [200, 302, 200]
    assert stranger.post(PAGE, {"end": "0" * 32, "others": ""}).status_code == 302
    here.post(PAGE, {"others": "1"})
    assert [client.get("/entry/").status_code for client in (here, third)] == [200, 302]
    assert stranger.get("/entry/").status_code == 200
    assert "End all others" not in here.get(PAGE).text
    ended = AuditEntry.objects.filter(what="Ended 1 of their own sessions")
    assert [row.username for row in ended] == ["officer", "officer"]


@pytest.mark.usefixtures("officer")
def test_the_browser_is_asked_to_forget_when_a_session_is_over() -> None:
    client = sign_in()
    assert "Clear-Site-Data" not in client.get("/entry/").headers
    out = client.post("/admin/logout/")
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/admin/login/").headers
    client = sign_in()
    session = client.session
    session["seen_at"] = time.time() - settings.SESSION_IDLE_MINUTES * 60 - 1
    session.save()
    assert "Clear-Site-Data" in client.get("/entry/").headers


def test_sessions_that_have_ended_are_not_told(officer: User) -> None:
    here = sign_in()
    idle, former = sign_in(), sign_in()
    session = idle.session
    session["seen_at"] = time.time() - settings.SESSION_IDLE_MINUTES * 60 - 1
    session.save()
    assert here.get(PAGE).text.count('<tr><th scope="row">') == 2
    officer.sessions_ended += 1
    officer.save()
    here = sign_in()
    assert here.get(PAGE).text.count('<tr><th scope="row">') == 1
    assert former.get("/entry/").status_code == 302


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Safari on an iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Chrome/140 Safari/537 Edg/140", "Edge on a Mac"),
        ("<b>curl", "A browser"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_a_browser_is_told_by_its_family(agent: str, words: str, rf: Any) -> None:
    assert sessions.browser_of(rf.get("/", headers={"User-Agent": agent})) == words
