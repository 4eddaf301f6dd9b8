"""What is kept of what staff did, and that it stays."""

import contextlib
import logging
import re
import sqlite3
from typing import Any

import pytest
from axes.utils import reset
from django.db import DatabaseError, connection, transaction
from django.test import Client

from inspections.entry import urls as entering
from inspections.models import AuditEntry, Draft, User
from inspections.people import kept
from inspections.people.telling import WORDS
from inspections.people.urls import urlpatterns as people_urls
from tests.people.conftest import person
from tools.server import prepared_database

pytestmark = pytest.mark.django_db
PASSWORD = "four-quiet-invented-words"
LOGIN = "/admin/login/"


def lines(**which: Any) -> list[str]:
    return list(AuditEntry.objects.filter(**which).order_by("pk").values_list("what", flat=True))


@pytest.fixture
def protected(db: None) -> Any:
    """The database with its triggers, which tests that empty every table do without."""
    kept.protect(connection)  # undone by the rollback


def refused(*sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for one in sql:
                cursor.execute(one)
    except DatabaseError:
        return True
    return False


@pytest.mark.usefixtures("protected")
def test_the_database_refuses_to_change_or_delete_a_line(boss: User) -> None:
    entry = AuditEntry.objects.create(kind="action", username="boss", what="Something")
    assert refused("UPDATE inspections_auditentry SET what = 'nothing'")
    assert refused("DELETE FROM inspections_auditentry")
    if connection.vendor == "postgresql":
        assert refused("TRUNCATE inspections_auditentry")
    for change in (entry.delete, AuditEntry.objects.all().delete, entry.save):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert lines(username="boss") == ["Something"]


@pytest.mark.usefixtures("protected")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no rights")
def test_the_applications_role_has_no_right_to_change_the_audit() -> None:
    """The role that owns the table, as the application's does, and no superuser."""
    with connection.cursor() as cursor:
        for sql in ("CREATE ROLE clerk", f"ALTER TABLE {kept.AUDIT} OWNER TO clerk"):
            cursor.execute(sql)
        cursor.execute("SET LOCAL ROLE clerk")
        held = {}
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            cursor.execute("SELECT has_table_privilege(%s, %s)", [kept.AUDIT, right])
            held[right] = cursor.fetchone()[0]
        cursor.execute("RESET ROLE")
    assert [right for right, has in held.items() if has] == ["SELECT", "INSERT"]


@pytest.mark.usefixtures("protected")
def test_the_database_refuses_to_rename_or_delete_a_person(boss: User) -> None:
    assert refused("UPDATE inspections_user SET username = 'other'")
    assert refused("DELETE FROM inspections_user")
    boss.last_name = "Sample"
    boss.save()
    assert User.objects.get(username="boss").last_name == "Sample"


@pytest.mark.once
def test_a_migrated_database_has_the_triggers() -> None:
    with contextlib.closing(sqlite3.connect(prepared_database())) as prepared:
        found = prepared.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert {name for (name,) in found} >= {name for name, *_ in kept.ROWS}


def test_signing_in_failing_and_signing_out_are_lines() -> None:
    person("officer", "editor", password=PASSWORD)
    client = Client()
    client.post(LOGIN, {"username": "officer", "password": "wrong"}, REMOTE_ADDR="192.0.2.7")
    client.post(LOGIN, {"username": "officer", "password": PASSWORD})
    client.post("/admin/logout/")
    assert lines(username="officer") == ["Wrong name, password or code", "Signed in", "Signed out"]
    assert AuditEntry.objects.get(kind="failed").client_address == "192.0.2.7"


def test_what_is_refused_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    reader = Client()
    reader.force_login(person("reader", "reader"))
    assert reader.get("/entry/people/").status_code == 403
    assert "Forbidden (Permission denied): /entry/people/" in caplog.text


def test_a_strange_name_is_a_line_and_makes_no_other(office: Client) -> None:
    name = "x\nFAILED\u202e<b>" + "y" * 300
    Client().post(LOGIN, {"username": name, "password": "wrong"})
    assert AuditEntry.objects.get(kind="failed").username.startswith("xFAILED<b>y")
    page = office.get("/entry/audit/").content.decode()
    assert "xFAILED&lt;b&gt;" in page


def test_what_staff_do_is_told_in_words(record: None, office: Client) -> None:
    office.post("/entry/", {"what": "Luton", "event": "visit"})
    number = Draft.objects.latest("pk").pk
    office.post(f"/entry/{number}/", {"lead_inspector": "R", "keep": "1"})
    office.post(f"/entry/{number}/", {"lead_inspector": "R", "save": "1"})
    office.post("/entry/people/", {"username": "new", "role": "editor"})
    other = User.objects.get(username="new")
    office.post(f"/entry/people/{other.pk}/", {"role": "reviewer"})
    office.post(f"/entry/people/{other.pk}/", {"off": "1"})
    assert lines(username="boss", kind__in=["action", "person"]) == [
        "Began a draft",
        "Changed a draft",
        "Invited new as editor",
        "Made new reviewer",
        "Switched new off",
    ]


def test_a_correction_in_maintenance_is_a_line(record: None, office: Client) -> None:
    answer = office.post(
        "/admin/inspections/source/add/",
        {"key": "invented", "kind": "report", "title": "An invented list", "publisher": "Nobody",
         "reason": "Tried"},
    )  # fmt: skip
    assert answer.status_code == 302, re.findall(r"errorlist.*", answer.content.decode())
    assert lines(kind="action") == ["Recorded: source"]
    office.post("/admin/inspections/source/add/", {"key": ""})
    assert len(lines(kind="action")) == 1, "a form that was refused did nothing"


def test_a_line_says_who_after_they_left(office: Client) -> None:
    who = person("officer", "editor")
    client = Client()
    client.force_login(who)
    client.post("/entry/stay/")
    office.post(f"/entry/people/{who.pk}/", {"off": "1"})
    User.objects.filter(pk=who.pk).update(first_name="Another", email="")
    assert "officer" in office.get("/entry/audit/?who=officer").content.decode()
    assert lines(username="officer") == ["Signed in"]


def test_guesses_from_many_addresses_are_noticed(
    office: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    person("officer", "editor", password=PASSWORD)
    settings.AXES_ENABLED = True
    reset()
    with caplog.at_level(logging.WARNING, logger="inspections.people.watching"):
        for n in range(41):
            Client().post(
                LOGIN, {"username": "officer", "password": f"w-{n}"}, REMOTE_ADDR=f"192.0.2.{n}"
            )
    reset()
    told = [row.getMessage() for row in caplog.records if row.name.endswith("watching")]
    assert told[-1].endswith("40 wrong passwords in a day from 40 addresses.")
    page = " ".join(office.get("/entry/audit/").content.decode().split())
    assert "41 wrong in a day, from 41 addresses" in page


def test_failures_do_not_fill_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspections.people.watching.MOST_OF_A_NAME", 5)
    for _ in range(8):
        Client().post(LOGIN, {"username": "officer", "password": "wrong"})
    assert len(lines(kind="failed")) == 5


@pytest.mark.parametrize("query", ["?who=%00", "?kind=x", "?page=abc", "?page=-1", "?page=9999999"])
def test_a_mangled_address_of_the_audit_is_a_page(office: Client, query: str) -> None:
    assert office.get(f"/entry/audit/{query}").status_code == 200


def test_every_action_of_entering_has_words_of_its_own() -> None:
    names = {f"entry:{row.name}" for row in entering.urlpatterns if row not in people_urls}
    looked_at = {"entry:find", "entry:corrections", "entry:document", "entry:plans"}
    assert names - looked_at <= WORDS.keys()
