"""Invitations, passwords, the second factor, and sessions that end."""

import json
import re
import time
from importlib import import_module
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.forms import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_otp.oath import TOTP, totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from config.leaked import is_leaked
from inspections.models import AuditEntry, RecoveryCodes, User
from inspections.people import second_factor
from inspections.people.links import link_for
from tests.people.conftest import Inbox, person
from tests.working import work

pytestmark = pytest.mark.django_db
PASSWORD = "four-quiet-invented-words"
LOGIN = "/admin/login/"


def choose(link: str, password: str = PASSWORD) -> tuple[Client, Any]:
    """Opens a link and gives a password twice."""
    client = Client()
    opened = client.get(link.partition("://")[2].partition("/")[2].join(["/", ""]), follow=True)
    if not opened.redirect_chain:
        return client, opened
    at = opened.redirect_chain[-1][0]
    return client, client.post(at, {"new_password1": password, "new_password2": password})


def sign_in(name: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(LOGIN, {"username": name, "password": password})
    return client


def shown_link(answer: Any) -> str:
    return re.search(r'<code class="link">(http[^<]+)</code>', answer.content.decode())[1]


# Invitations


def test_an_invited_editor_chooses_a_password_and_enters(office: Client) -> None:
    answer = office.post("/entry/people/", {"username": "new", "role": "editor"})
    link = shown_link(answer)
    assert "New password" in choose(link, "x")[1].content.decode()
    _, done = choose(link)
    assert done.headers["Location"] == LOGIN
    assert sign_in("new").get("/entry/").status_code == 200
    assert sign_in("new").get("/entry/people/").status_code == 403


def test_a_link_opens_once_and_not_after_three_days(office: Client, settings: Any) -> None:
    link = shown_link(office.post("/entry/people/", {"username": "new", "role": "reader"}))
    kept, settings.PASSWORD_RESET_TIMEOUT = settings.PASSWORD_RESET_TIMEOUT, -1
    assert "of no use any more" in choose(link)[1].content.decode()
    settings.PASSWORD_RESET_TIMEOUT = kept
    choose(link)
    assert "of no use any more" in choose(link)[1].content.decode()


@pytest.mark.parametrize("password", ["", "password1234", "a" * 14, "new-1-new-1", "short"])
def test_a_bad_password_is_refused_by_the_link_too(office: Client, password: str) -> None:
    link = shown_link(office.post("/entry/people/", {"username": "new-1", "role": "reader"}))
    assert "There is a problem" in choose(link, password)[1].content.decode()
    assert not User.objects.get(username="new-1").has_usable_password()


LONG = " A long one of mïne, 90 characters with blanks before, within and after: " + "x y z " * 4


def test_a_long_password_is_taken_exactly_as_it_is_and_changed_with_the_old_one(
    office: Client,
) -> None:
    link = shown_link(office.post("/entry/people/", {"username": "new", "role": "reader"}))
    assert 'type="password"' in choose(link, "x")[1].content.decode()
    choose(link, LONG)
    for other in (LONG.strip(), LONG.lower(), LONG[:72]):
        assert sign_in("new", other).get("/entry/").status_code == 302
    client = sign_in("new", LONG)
    assert client.get("/entry/").status_code == 200
    again = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    change = "/admin/password_change/"
    assert client.post(change, {"old_password": "x", **again}).status_code == 200
    assert client.post(change, {"old_password": LONG, **again}).status_code == 302
    assert sign_in("new").get("/entry/").status_code == 200


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("ofsted-inspections-2026", False),
        ("Children's Services!", False),
        ("outstanding-welcome", False),
        ("ofsted-heron-umbrella", True),
        ("1q2w3e4r5t6y7u8i", False),
        ("CorrectHorseBatteryStaple", False),
        (PASSWORD, True),
    ],
)
def test_the_words_that_anybody_would_try_here_make_no_password(
    password: str, is_taken: bool
) -> None:
    problems = []
    try:
        validate_password(password)
    except ValidationError as error:
        problems = error.messages
    assert (not problems) == is_taken, problems


def test_at_most_one_of_a_hundred_good_passwords_is_taken_for_a_leaked_one() -> None:
    assert sum(is_leaked(f"{number} quiet herons") for number in range(10_000)) < 100


def test_two_people_have_no_name_in_common(office: Client) -> None:
    answer = office.post("/entry/people/", {"username": "BOSS", "role": "reader"})
    assert answer.status_code == 400
    assert "is called &quot;BOSS&quot; already" in answer.content.decode()


def test_the_first_administrator_is_invited_at_the_machine() -> None:
    told = StringIO()
    call_command("invite", "first", stdout=told)
    choose(told.getvalue().splitlines()[-1])
    assert sign_in("first").get("/entry/people/").status_code == 200
    with pytest.raises(CommandError, match="has a password"):
        call_command("invite", "first")


# A forgotten password


def test_a_forgotten_password_is_replaced_by_mail_once_in_five_minutes(inbox: Inbox) -> None:
    person("officer", "editor", email="officer@example.org", password="the-former-invented-one")
    for _ in range(3):
        answer = Client().post("/entry/forgotten/", {"email": "Officer@example.org"})
        assert "a link is on its way" in answer.content.decode()
    assert "a link is on its way" in (
        Client().post("/entry/forgotten/", {"email": "nobody@example.org"}).content.decode()
    )
    work()
    assert [letter["X-To"] for letter in inbox] == ["officer@example.org"]
    link = re.search(r"http\S+/welcome/\S+", inbox[0].get_content())[0]
    choose(link)
    assert "_auth_user_id" in sign_in("officer").session


def test_without_mail_the_page_says_so() -> None:
    answer = Client().get("/entry/forgotten/")
    assert "This site sends no mail" in answer.content.decode()
    assert 'href="/entry/forgotten/"' in Client().get(LOGIN).content.decode()


# The second factor


@pytest.fixture
def needed(settings: Any) -> None:
    settings.SECOND_FACTOR = True


def code_of(key: bytes) -> str:
    """What the app shows, with some seconds left to type it."""
    time.sleep(max(0, time.time() % 30 - 24))
    return f"{totp(key):06d}"


@pytest.fixture
def officer(db: None) -> User:
    return person("officer", "editor", password=PASSWORD)


def set_up(client: Client, who: User) -> list[str]:
    """Through the page; the recovery codes that it shows."""
    page = client.get("/entry/second-factor/").content.decode()
    assert 'src="data:image/svg+xml' in page
    device = TOTPDevice.objects.get(user=who, confirmed=False)
    shown = client.post("/entry/second-factor/", {"code": code_of(device.bin_key)}).content.decode()
    return re.findall(r"<li><code>(\w+)</code></li>", shown)


@pytest.mark.usefixtures("needed")
def test_a_password_alone_opens_no_page(officer: User) -> None:
    client = sign_in("officer")
    for address in ("/entry/", "/admin/", "/admin/inspections/inspection/", "/entry/people/"):
        assert client.get(address).headers["Location"].startswith("/entry/code/?next="), address
    assert client.post("/entry/", {"what": "Luton"}).headers["Location"].startswith("/entry/code/")
    assert client.get("/entry/code/").headers["Location"] == "/entry/second-factor/"
    assert len(set_up(client, officer)) == 10
    assert client.get("/entry/").status_code == 200


@pytest.mark.usefixtures("needed")
def test_a_code_a_wrong_code_and_a_recovery_code(officer: User) -> None:
    codes = set_up(sign_in("officer"), officer)
    device = TOTPDevice.objects.get(user=officer)
    client = sign_in("officer")
    assert client.get("/entry/second-factor/").headers["Location"] == "/entry/code/"
    for wrong in ("000000", "a" * 12):
        assert client.post("/entry/code/", {"code": wrong}).status_code == 400
    assert client.post("/entry/code/", {"code": codes[0]}).status_code == 400, "too soon after"
    device.refresh_from_db()
    for held in (device, RecoveryCodes.objects.get(user=officer)):
        held.throttle_reset()
    answer = client.post("/entry/code/", {"code": codes[0], "next": "/admin/"})
    assert answer.headers["Location"] == "/admin/"
    again = sign_in("officer")
    assert again.post("/entry/code/", {"code": codes[0]}).status_code == 400, "it was of use once"
    assert AuditEntry.objects.filter(what="Wrong code").count() == 4


@pytest.mark.parametrize("steps", [-2, -1, 0, 1, 2])
def test_a_code_of_the_app_lives_for_half_a_minute(
    officer: User, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = second_factor.begun(officer)
    for second in (0, 29.9):
        now = 1_800_000_000 + second
        monkeypatch.setattr(time, "time", lambda now=now: now)
        app = TOTP(device.bin_key, drift=steps)
        app.time = now
        code = f"{app.token():06d}"
        assert device.verify_token(code) == (steps == 0 and second == 0), "once, in its half minute"
        device.throttle_reset()
    assert device.drift == 0


def test_devices_of_the_release_before_take_a_code_for_half_a_minute_too(officer: User) -> None:
    device = TOTPDevice.objects.create(user=officer, name="app", tolerance=1, drift=-1)
    import_module("inspections.migrations.0029_codes_of_half_a_minute").shorten(apps, None)
    device.refresh_from_db()
    assert (device.tolerance, device.drift, device.step) == (0, 0, 30)


def test_recovery_codes_are_kept_hashed_and_good_once_for_two_at_once(officer: User) -> None:
    codes = second_factor.new_codes(officer)
    held = RecoveryCodes.objects.get(user=officer)
    kept = json.dumps(model_to_dict(held))
    assert not any(code in kept for code in codes)
    assert len(held.salt) == 32
    other = RecoveryCodes.objects.get(user=officer)  # who read it before the first had saved
    with CaptureQueriesContext(connection) as asked:
        assert [held.verify_token(codes[0]), other.verify_token(codes[0])] == [True, False]
    is_locked = any("FOR UPDATE" in query["sql"] for query in asked)
    assert is_locked == (connection.vendor == "postgresql"), "SQLite has one that writes at a time"
    assert second_factor.codes_left(officer) == 9
    again = second_factor.new_codes(officer)
    held = RecoveryCodes.objects.get(user=officer)
    assert [held.verify_token(codes[1]), held.throttle_reset(), held.verify_token(again[1])] == [
        False, None, True,
    ]  # fmt: skip


def test_recovery_codes_of_the_release_before_go_on_and_are_readable_no_more(officer: User) -> None:
    old = import_module("inspections.migrations.0028_recovery_codes")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {old.SETS} (id integer, user_id integer)")
        cursor.execute(f"CREATE TABLE {old.CODES} (id integer, device_id integer, token text)")
        cursor.execute(f"INSERT INTO {old.SETS} VALUES (7, %s)", [officer.pk])
        for row in ((1, 7, "aaaabbbbcccc"), (2, 7, "abcd2345")):
            cursor.execute(f"INSERT INTO {old.CODES} VALUES (%s, %s, %s)", row)
        old.hash_them(apps, SimpleNamespace(connection=connection))
        cursor.execute(f"SELECT count(*) FROM {old.CODES}")
        assert cursor.fetchone() == (0,)
    held = RecoveryCodes.objects.get(user=officer)
    assert [held.verify_token(code) for code in ("aaaabbbbcccc", "abcd2345")] == [True, True]
    assert second_factor.codes_left(officer) == 0


@pytest.mark.usefixtures("needed")
@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_code_leads_to_this_site_only(officer: User, target: str) -> None:
    codes = set_up(sign_in("officer"), officer)
    answer = sign_in("officer").post("/entry/code/", {"code": codes[0], "next": target})
    assert answer.headers["Location"] == "/entry/"


@pytest.mark.usefixtures("needed")
def test_an_administrator_resets_a_lost_factor(officer: User, boss: User) -> None:
    client = sign_in("officer")
    set_up(client, officer)
    second_factor.confirm(second_factor.begun(boss))
    office = Client()
    office.force_login(boss)
    session = office.session
    session["otp_device_id"] = TOTPDevice.objects.get(user=boss).persistent_id
    session.save()
    assert office.post(f"/entry/people/{officer.pk}/", {"factor": "1"}).status_code == 302
    assert client.get("/entry/").headers["Location"].startswith("/admin/login/"), "sessions ended"
    assert not second_factor.has_one(officer)


def test_where_none_is_needed_none_is_asked_for(officer: User) -> None:
    assert sign_in("officer").get("/entry/").status_code == 200


# Sessions


def test_sessions_end_by_the_administrator_and_with_switching_off(office: Client) -> None:
    for button in ("end", "off"):
        pressed = {button: "1"}
        who = person(f"officer-{button}", "editor", password=PASSWORD)
        client = sign_in(who.username)
        assert client.get("/entry/").status_code == 200
        office.post(f"/entry/people/{who.pk}/", pressed)
        assert client.get("/entry/").status_code == 302
        signed_in = "_auth_user_id" in sign_in(who.username).session
        assert signed_in == (button == "end")


def aged(client: Client, *, idle: float = 0, old: float = 0) -> Client:
    """The session as if nothing had been done for so many minutes; begun so long ago."""
    session = client.session
    session["seen_at"], session["began_at"] = time.time() - idle * 60, time.time() - old * 60
    session.save()
    return client


def test_a_session_ends_when_nothing_is_done_and_when_it_is_old(officer: User) -> None:
    client = sign_in("officer")
    assert aged(client, idle=29, old=29).get("/entry/").status_code == 200
    page = client.get("/entry/")
    assert abs(int(page.headers["Session-Ends"]) - time.time() - 1800) < 60
    assert 'id="session"' in page.content.decode()
    assert "hidden" in page.content.decode().split('id="session"')[1][:120]
    ended = aged(client, idle=31, old=31).get("/entry/?q=1")
    assert ended.headers["Location"] == "/admin/login/?next=/entry/%3Fq%3D1"
    assert AuditEntry.objects.filter(what="Session ended", username="officer").count() == 1
    client = sign_in("officer")
    client.get("/entry/")
    assert aged(client, idle=0, old=8 * 60 + 1).get("/entry/").status_code == 302


def test_a_form_that_keeps_itself_is_not_replaced_by_the_sign_in_page(officer: User) -> None:
    client = sign_in("officer")
    client.get("/entry/")
    keep = {"headers": {"HX-Request": "true"}}
    assert aged(client, idle=31, old=31).post("/entry/1/", {"keep": "1"}, **keep).status_code == 401
    assert client.post("/entry/1/", {"keep": "1"}, **keep).status_code == 401


def test_a_press_of_the_button_keeps_a_session(officer: User) -> None:
    client = sign_in("officer")
    client.get("/entry/")
    aged(client, idle=29, old=29)
    assert client.post("/entry/stay/").status_code == 302
    assert time.time() - client.session["seen_at"] < 60


def test_a_link_made_for_somebody_is_as_long_as_the_site_says(officer: User) -> None:
    assert link_for(officer).startswith("http://127.0.0.1:8000/entry/welcome/")
