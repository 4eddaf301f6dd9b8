"""Who may open which page and press which button, walked over every address."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from inspections.models import Draft, User
from inspections.people import guard
from inspections.people.roles import (
    ADMINISTRATOR,
    EDITOR,
    READER,
    ROLES,
    LastAdministratorError,
    give_role,
    permissions_of,
    switch,
)
from tests import factories as make
from tests.people.conftest import person

pytestmark = pytest.mark.django_db
NOBODY, NO_ROLE = "nobody", "no role"
EVERYBODY = (NOBODY, NO_ROLE, *(role.code for role in ROLES))
OPEN = {"welcome", "forgotten"}
"""Pages of /entry/ for those who cannot sign in yet."""
FROM = {
    guard.STAFF: READER.code,
    guard.SEE: READER.code,
    guard.ENTER: EDITOR.code,
    guard.PLAN: EDITOR.code,
    guard.SWITCH: "reviewer",
    guard.REVIEW: "reviewer",
    guard.SETTLE: "reviewer",
    guard.PEOPLE: ADMINISTRATOR.code,
    guard.AUDIT: ADMINISTRATOR.code,
    guard.COUNCILS: ADMINISTRATOR.code,
    guard.FRAMEWORKS: ADMINISTRATOR.code,
}
"""The least role that has a right."""
SEEN_IN_MAINTENANCE = {
    # page of Django's admin: the least role that may look at it, and that may add there
    "inspection": (READER.code, EDITOR.code),
    "visit": (READER.code, EDITOR.code),
    "source": (READER.code, EDITOR.code),
    "council": (READER.code, ADMINISTRATOR.code),
    "framework": (READER.code, ADMINISTRATOR.code),
    "correction": (READER.code, None),
    "conflict": (READER.code, None),
    "user": (ADMINISTRATOR.code, None),
}


def entry_routes() -> list[URLPattern]:
    found = next(row for row in get_resolver().url_patterns if str(row.pattern) == "entry/")
    return list(found.url_patterns)


def allows(least: str | None, role: str) -> bool:
    order = [one.code for one in ROLES]
    return least in order and role in order and order.index(role) >= order.index(least)


@pytest.fixture
def clients(db: None) -> dict[str, Client]:
    found = {}
    for role in EVERYBODY:
        found[role] = Client()
        if role != NOBODY:
            found[role].force_login(
                person(role.replace(" ", "-"), None if role == NO_ROLE else role)
            )
    return found


def test_every_address_of_entry_and_people_by_every_role(clients: dict[str, Client]) -> None:
    number = Draft.objects.create(
        made_at="2026-01-05T09:00Z", changed_at="2026-01-05T09:00Z", document_url=""
    ).pk
    given = {"number": number, "uidb64": "MQ", "token": "x-y"}
    asked = 0
    for route in entry_routes():
        names = route.pattern.converters or {}
        address = reverse(
            f"entry:{route.name}", kwargs={name: given.get(name, 1) for name in names}
        )
        for role, client in clients.items():
            for method, asks in (("get", "needs"), ("post", "needs_to_change")):
                least = None if route.name in OPEN else FROM[getattr(route.callback, asks)]
                answer = getattr(client, method)(address, {"nothing": "1"})
                what = (address, method, role, answer.status_code)
                asked += 1
                if route.name in OPEN:
                    assert answer.status_code == 200, what
                elif role == NOBODY:
                    is_wrong_way = answer.status_code == 405
                    assert is_wrong_way or answer.headers["Location"].startswith("/admin/login/"), (
                        what
                    )
                else:
                    is_refused = answer.status_code == 403
                    assert answer.status_code < 500, what
                    assert is_refused != allows(least, role) or answer.status_code == 405, what
    assert asked > 100


@pytest.mark.parametrize("model", SEEN_IN_MAINTENANCE)
def test_maintenance_by_every_role(model: str, clients: dict[str, Client]) -> None:
    see, add = SEEN_IN_MAINTENANCE[model]
    for role, client in clients.items():
        seen = client.get(f"/admin/inspections/{model}/").status_code
        added = client.get(f"/admin/inspections/{model}/add/").status_code
        refused = 302 if role in {NOBODY, NO_ROLE} else 403
        assert seen == (200 if allows(see, role) else refused), role
        assert added == (200 if allows(add, role) else refused), role


def test_nobody_sees_groups_secrets_or_the_queue_in_maintenance(clients: dict[str, Client]) -> None:
    for place in ("auth/group", "otp_totp/totpdevice", "inspections/recoverycodes"):
        assert clients["administrator"].get(f"/admin/{place}/").status_code == 404


def test_the_groups_have_the_rights_of_the_roles_and_each_more_than_the_last() -> None:
    before: set[str] = set()
    for role in ROLES:
        held = set(Group.objects.get(name=role.code).permissions.values_list("codename", flat=True))
        assert held == set(permissions_of(role).values_list("codename", flat=True))
        assert before < held
        before = held
    assert not any(name.startswith("delete_") for name in before)


def test_who_may_change_people_makes_nobody_a_superuser(office: Client) -> None:
    other = person("other", "reader")
    office.post(f"/entry/people/{other.pk}/", {"role": "editor", "is_superuser": "on"})
    office.post(f"/admin/inspections/user/{other.pk}/change/", {"is_superuser": "on"})
    other.refresh_from_db()
    assert (other.is_superuser, other.groups.get().name) == (False, "editor")


def test_the_last_administrator_is_neither_demoted_nor_switched_off(
    boss: User, office: Client
) -> None:
    address = f"/entry/people/{boss.pk}/"
    for pressed in ({"role": "reader"}, {"off": "1"}):
        answer = office.post(address, pressed)
        assert answer.status_code == 400
        assert "last administrator" in answer.content.decode()
    second = person("second", "administrator")
    switch(second, is_active=False)
    with pytest.raises(LastAdministratorError):
        give_role(boss, READER)
    switch(second, is_active=True)
    assert office.post(address, {"role": "reader"}).status_code == 302
    assert office.get("/entry/people/").status_code == 403


def test_a_superuser_of_the_machine_is_an_administrator(boss: User) -> None:
    make.make_user("root", is_staff=True, is_superuser=True)
    give_role(boss, READER)
    root = User.objects.get(username="root")
    with pytest.raises(LastAdministratorError):
        give_role(root, EDITOR)


def test_only_a_reviewer_publishes_what_another_entered(settings: object) -> None:
    from inspections.entry.views import _needs_review

    settings.ENTRY_NEEDS_REVIEW = True
    roles = {"one": "editor", "other": "editor", "third": "reviewer"}
    one, other, third = (person(name, role) for name, role in roles.items())
    draft = Draft(changed_by=one)

    def waits_for(who: User) -> bool:
        request = type("Request", (), {"user": User.objects.get(pk=who.pk)})()
        return _needs_review(request, draft)

    assert [waits_for(who) for who in (one, other, third)] == [True, True, False]


def test_who_may_not_is_told_so_on_a_page_of_the_site(clients: dict[str, Client]) -> None:
    answer = clients["reader"].get("/entry/people/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Your role does not allow this" in page
    assert 'href="/entry/">Today</a>' in page
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/admin/login/", {"username": "reader"})
    assert (answer.status_code, "This was not sent" in answer.content.decode()) == (403, True)


def test_maintenance_lists_no_working_tables(clients: dict[str, Client]) -> None:
    page = clients["administrator"].get("/admin/").content.decode()
    assert "/admin/inspections/importrun/" in page
    for table in ("reading", "importdocument", "collecteddocument"):
        assert f"/admin/inspections/{table}/" not in page
