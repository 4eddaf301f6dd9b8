"""Fixtures for every test: the national record is in the test database from the start.

A test with the mark `django_db` sees the shipped record and may change it: the change is
rolled back. A test that invents its own councils asks for `empty_record` first.
"""

import gc
import os
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.template.base import Template
from django.test import TestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as trials
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from dashboard.http import kept
from inspections import store
from tests.worlds import EMPTY, SHIPPED, tables_of_the_record, worlds
from tools.chromium import launch_flags, obtain
from tools.server import prepared_template

# The browser driver runs an event loop in the tests' thread, where Django would refuse queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# What the tests hold is held to the end: looking through it again and again was a tenth of all.
gc.set_threshold(100_000, 50, 100)
# A busy machine is no fault: what takes how long is measured elsewhere.
trials.register_profile("unhurried", deadline=None)
trials.load_profile("unhurried")
as_served = Template._render
BROWSER_FOLDERS = ("browser", "charts")
LONG_FILES = (
    "test_collect.py", "test_drafts.py", "test_interrupted.py", "test_killed.py", "test_kills.py",
    "test_one_name.py", "test_processes.py", "test_shared_documents.py", "test_starting.py",
    "test_store.py", "test_succession.py", "test_upgrade.py",
)  # fmt: skip
"""Of few tests that take long; what takes how long: `make test ARGS=--durations=50`."""


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before the test's transaction begins."""
    worlds.use(EMPTY if "empty_record" in item.fixturenames else SHIPPED)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks a database carries the mark `database`: it runs on each of them.

    Those that wait for services come first, then the longest files, by what few tests of theirs
    take or by their number: no worker is left with a long one at the end.
    """
    for item in items:
        if item.get_closest_marker("browser") and item.path.parent.name not in BROWSER_FOLDERS:
            raise pytest.UsageError(f"{item.nodeid}: tools/test.sh looks for no browser test there")
        if item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames:
            item.add_marker(pytest.mark.database)
    many = Counter(item.path for item in items)
    items.sort(
        key=lambda item: (
            not item.get_closest_marker("services"),
            item.path.name not in LONG_FILES,
            -many[item.path],
        )
    )


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
        worlds.begin(django_db_blocker)
    yield
    with django_db_blocker.unblock():
        worlds.end()
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def folder_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """For each worker: databases in memory have one name in all, and imports lock by it."""
    settings.VAR_DIR = tmp_path_factory.mktemp("var")


@pytest.fixture(autouse=True, scope="session")
def files_when_asked_for() -> None:
    """Where static files are collected, each of a thousand clients would look through them all."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True, scope="session")
def drawn_as_served(django_test_environment: None) -> None:
    """Templates note nothing for the tests, which look at what was sent."""
    Template._render = as_served


@pytest.fixture(autouse=True, scope="session")
def forget_after_every_write() -> None:
    """Tests write rows beside the actions too, so a Record in memory never outlives a write."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_written_row, weak=False)


_written: list[bool] = []


def _written_row(sender: type[Model], **sent: object) -> None:
    """Answers are made anew after any write, so that a page that told of it would show it."""
    kept.store.clear()
    if worlds.is_read(sender):
        _forget()


def _forget() -> None:
    _written[:] = [True]
    store.forget()
    kept.store.clear()


_changes_before: list[int] = []


@pytest.fixture(autouse=True, scope="session")
def links_are_checked_where_rows_were_written() -> None:
    """SQLite looks through every table for rows that lead nowhere: 10 ms after each test."""
    as_ever = TestCase._should_check_constraints

    def is_needed(case: TestCase, asked: BaseDatabaseWrapper) -> bool:
        return as_ever(case, asked) and [_changes(asked)] != _changes_before

    TestCase._should_check_constraints = is_needed


def _changes(asked: BaseDatabaseWrapper) -> int:
    """How many rows a connection has written in all; of PostgreSQL not known."""
    return getattr(asked.connection, "total_changes", -1)


@pytest.fixture(autouse=True)
def nothing_is_kept() -> Iterator[None]:
    """A test begins without what another has read or asked for: its rows are rolled back."""
    _changes_before[:] = [_changes(connection)] if connection.vendor == "sqlite" else []
    yield
    if _written:
        _forget()
        _written.clear()
        worlds.put_back()


@pytest.fixture
def record(db: None) -> None:
    """The shipped record, also after a transactional test has emptied every table."""
    call_command("load_record", if_changed=True, verbosity=0)


@pytest.fixture
def empty_record(db: None) -> None:
    """No council, framework or inspection: for tests that invent theirs."""
    if worlds.now != EMPTY:  # a worker's very first test
        with connection.cursor() as cursor:
            for table in tables_of_the_record():
                # Foreign keys are checked when a transaction ends: the order does not matter.
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    _forget()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for each worker; fails where there is none to be had."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=obtain(), args=launch_flags())
        yield browser
        browser.close()
