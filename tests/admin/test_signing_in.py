"""Who gets in: wrong passwords, forged requests, sessions that have ended."""

import pytest
from axes.utils import reset
from django.contrib.auth import get_user_model
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


@pytest.mark.usefixtures("officer")
def test_six_wrong_passwords_lock_the_account_out_for_that_address(lockout: object) -> None:
    client = Client()
    answers = [sign_in(client, password=f"wrong-{n}") for n in range(6)]
    assert answers[:5] == [200] * 5
    assert answers[5] == 429
    assert sign_in(client) == 429
    assert sign_in(client, "somebody-else") == 429
    assert sign_in(Client(), REMOTE_ADDR="192.0.2.9") == 302


@pytest.mark.usefixtures("officer")
def test_a_forged_address_does_not_open_the_lock(lockout: object) -> None:
    client = Client()
    for n in range(6):
        sign_in(client, password=f"wrong-{n}", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="203.0.113.77") == 429


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
