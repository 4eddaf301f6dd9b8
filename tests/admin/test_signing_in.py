"""Who gets in: wrong passwords, forged requests, sessions that have ended."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from inspections.models import Inspection, User
from tests import factories as make
from tests.admin.forms import begin, change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]

PASSWORD = "a-long-and-invented-password"
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def quick_hashing(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def officer(empty_record: None) -> User:
    return make.make_user("officer", password=PASSWORD, is_staff=True, is_superuser=True)


@pytest.fixture
def lockout(settings: object) -> object:
    settings.AXES_ENABLED = True
    reset()
    yield settings
    reset()


def sign_in(
    client: Client, username: str = "officer", password: str = PASSWORD, **extra: str
) -> int:
    return client.post(LOGIN, {"username": username, "password": password}, **extra).status_code


def test_there_is_no_account_from_the_start() -> None:
    assert not get_user_model().objects.exists()


def test_the_right_password_opens_the_admin(officer: User, client: Client) -> None:
    assert sign_in(client) == 302
    assert client.get("/admin/").status_code == 200


def later(minutes: float) -> None:
    """Moves the wrong passwords so far into the past."""
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= timedelta(minutes=minutes)
        attempt.save()


def locked_out(client: Client) -> Client:
    answers = [sign_in(client, password=f"wrong-{n}") for n in range(6)]
    assert answers == [200] * 5 + [429]
    return client


@pytest.mark.usefixtures("officer")
def test_six_wrong_passwords_lock_one_account_and_no_address(lockout: object) -> None:
    make.make_user("colleague", password=PASSWORD, is_staff=True)
    client = locked_out(Client())
    assert sign_in(client) == 429
    assert sign_in(client, "somebody-else", "wrong") == 200
    assert sign_in(client, "colleague") == 302
    assert sign_in(Client(), REMOTE_ADDR="192.0.2.9") == 429


@pytest.mark.usefixtures("officer")
def test_many_names_from_one_address_lock_nobody_there(lockout: object) -> None:
    client = Client()
    for n in range(20):
        assert sign_in(client, f"name-{n}", "wrong") == 200
    assert sign_in(client) == 302


@pytest.mark.usefixtures("officer")
def test_the_wait_is_a_minute_and_doubles_up_to_a_quarter_of_an_hour(lockout: object) -> None:
    client = locked_out(Client())
    for minutes in (1, 2, 4, 8, 15, 15):
        later(minutes - 0.2)
        assert sign_in(client) == 429, minutes
        later(0.3)
        assert sign_in(client, password="wrong") == 429, "one try, and it was wrong"
    later(15.1)
    assert sign_in(client) == 302
    assert sign_in(Client(), password="wrong") == 200, "a right password forgets the wrong ones"


@pytest.mark.usefixtures("officer")
def test_trying_on_does_not_lengthen_the_wait(lockout: object) -> None:
    client = locked_out(Client())
    for _ in range(20):
        assert sign_in(client, password="wrong") == 429
    later(1.1)
    assert sign_in(client) == 302


@pytest.mark.usefixtures("officer")
def test_a_forged_address_does_not_open_the_lock(lockout: object) -> None:
    client = Client()
    for n in range(6):
        sign_in(client, password=f"wrong-{n}", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="203.0.113.77") == 429


REFUSED = {
    "blank": ("", "too short"),
    "spaces": (" " * 14, "different characters"),
    "one letter": ("a" * 14, "different characters"),
    "a block again and again": ("Abcabcabcabcabc", "different characters"),
    "a common one": ("1q2w3e4r5t6y", "too common"),
    "the name": ("administrator-1", "too similar"),
    "short": ("x7#Kq", "too short"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_an_administrators_password_keeps_the_rules_even_where_they_are_bypassed(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make admin` asks as `createsuperuser` does, which offers to bypass the rules."""
    password, said = REFUSED[what]
    with pytest.raises(ValidationError) as refusal:
        User.objects.create_superuser("administrator-1", password=password)
    assert said in " ".join(refusal.value.messages)
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    with pytest.raises(CommandError):
        call_command(
            "createsuperuser", username="administrator-1", email="a@example.org", interactive=False
        )
    assert not User.objects.exists()


def test_an_administrator_is_made_with_a_good_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", username="administrator", email="", interactive=False)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.usefixtures("officer")
def test_an_unknown_name_is_answered_like_a_wrong_password() -> None:
    answers = [
        Client().post(LOGIN, {"username": name, "password": "wrong"}).content.decode()
        for name in ("officer", "nobody")
    ]
    for answer in answers:
        assert "Please enter the correct username and password" in answer


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)",
     "///evil.example", "\thttps://evil.example", "http:///evil.example"],
)  # fmt: skip
def test_signing_in_leads_to_this_site_only(target: str, client: Client) -> None:
    answer = client.post(LOGIN, {"username": "officer", "password": PASSWORD, "next": target})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/admin/"


def test_a_session_ends_with_signing_out_a_new_password_or_the_account(officer: User) -> None:
    for ending in ("signed out", "password", "inactive"):
        client = Client()
        client.force_login(officer)
        assert client.get("/admin/").status_code == 200
        kept = client.cookies["sessionid"].value
        if ending == "signed out":
            client.post("/admin/logout/")
            client.cookies["sessionid"] = kept
        elif ending == "password":
            officer.set_password("another-invented-password")
            officer.save()
        else:
            officer.is_active = False
            officer.save()
        assert client.get("/admin/").status_code == 302, ending


def test_a_request_without_its_token_changes_nothing(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    framework = make.make_framework()
    council = make.make_council()
    answer = client.post(begin(council, "2021-03-01"), {"publication_date": "2021-04-21"})
    assert answer.status_code == 403
    inspection = make.make_inspection(council, framework)
    assert client.post(change(inspection), {"kind": "short"}).status_code == 403
    address = f"/admin/inspections/inspection/{inspection.pk}/withdraw/now/"
    assert client.post(address, {"confirmed": "x", "reason": "y"}).status_code == 403
    assert Inspection.objects.get().status == "published"


def test_nothing_is_withdrawn_by_following_a_link(officer: User) -> None:
    client = Client()
    client.force_login(officer)
    inspection = make.make_inspection()
    query = "?confirmed=yes&reason=because"
    client.get(f"/admin/inspections/inspection/{inspection.pk}/withdraw/now/{query}")
    assert Inspection.objects.get().status == "published"


def test_a_person_cannot_be_deleted_but_deactivated(officer: User) -> None:
    client = Client()
    client.force_login(officer)
    other = make.make_user("colleague", is_staff=True)
    assert (
        client.post(f"/admin/inspections/user/{other.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert User.objects.filter(pk=other.pk).exists()
