"""Fixtures for every test: the national record is in the test database from the start.

A test with the mark `django_db` sees the shipped record and may change it: the change is
rolled back. A test that invents its own councils asks for `empty_record` first.
"""

import contextlib
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from dashboard.http import kept
from inspections import store
from inspections.people import kept as kept_by_database
from tools.chromium import launch_flags, obtain
from tools.server import prepared_database, prepared_template

# The browser driver runs an event loop in the tests' thread, where Django would refuse queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks a database carries the mark `database`: it runs on each of them.

    Those that wait for services come first, then the longest files: no worker is left with a long
    one at the end.
    """
    for item in items:
        if item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames:
            item.add_marker(pytest.mark.database)
    many = Counter(item.path for item in items)
    items.sort(key=lambda item: (not item.get_closest_marker("services"), -many[item.path]))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """The tables come with the copy below; what it copies was migrated."""
    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "postgresql":
        template = prepared_template(settings.DATABASE_URL)
        connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The test database with the shipped record: a copy of the prepared one.

    Made for whoever asks. The plugin's own fixture makes none where no test of the run is marked
    `django_db`, and what is loaded here would go into the database of the settings.
    """
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, aliases=["default"], serialized_aliases=[]
        )
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with contextlib.closing(sqlite3.connect(prepared_database())) as prepared:
                prepared.backup(connection.connection)
        kept_by_database.release(connection)  # a transactional test empties every table
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def forget_after_every_write() -> None:
    """Tests write rows beside the actions too, so a Record in memory never outlives a write."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_forget, weak=False)


_written: list[bool] = []


def _forget(**sent: object) -> None:
    _written[:] = [True]
    store.forget()
    kept.store.clear()


@pytest.fixture(autouse=True)
def nothing_is_kept() -> Iterator[None]:
    """A test begins without what another has read or asked for: its rows are rolled back."""
    yield
    if _written:
        _forget()
        _written.clear()


@pytest.fixture
def record(db: None) -> None:
    """The shipped record, also after a transactional test has emptied every table."""
    call_command("load_record", if_changed=True, verbosity=0)


@pytest.fixture
def empty_record(db: None) -> None:
    """No council, framework or inspection: for tests that invent theirs. Undone by the rollback."""
    for model in apps.get_app_config("inspections").get_models(include_auto_created=True):
        # Foreign keys are checked when a transaction ends, so the order does not matter.
        model._base_manager.all()._raw_delete("default")
    _forget()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for each worker; fails where there is none to be had."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=obtain(), args=launch_flags())
        yield browser
        browser.close()
