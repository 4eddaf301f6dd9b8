"""A server with the record, a Chromium, and pages that complain.

A page fails its test when it wrote an error to the console, broke the Content-Security-Policy,
asked another host for anything, or could not load a part of itself.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.staff import make_officer
from tests.browser.watching import Watcher
from tools.server import database_copy, running_server

OpenPage = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder carries the mark `browser`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the shipped record, for tests that only read."""
    database = database_copy(tmp_path_factory.mktemp("site"))
    with running_server(f"sqlite:///{database}") as address:
        yield address


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[str]:
    """The address of a server with a copy of the record of its own, for tests that write."""
    with running_server(f"sqlite:///{database_copy(tmp_path)}") as address:
        yield address


@pytest.fixture
def staff_site(tmp_path: Path) -> Iterator[str]:
    """A server with the record and an officer."""
    make_officer(url := f"sqlite:///{database_copy(tmp_path)}")
    with running_server(url) as address:
        yield address


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens a watched page: open_page(width=1280, dark=False, javascript=True, base_url=...)."""
    watchers: list[Watcher] = []

    def open_one(
        *, width: int = 1280, dark: bool = False, javascript: bool = True, base_url: str = ""
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            base_url=base_url or None,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(30_000)  # milliseconds
        page = context.new_page()
        watchers.append(Watcher(page))
        return page

    yield open_one
    complaints = [complaint for watcher in watchers for complaint in watcher.complaints]
    for watcher in watchers:
        watcher.page.context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: OpenPage, site: str) -> Page:
    """A watched page, 1,280 px wide and light, whose addresses start at the shared server."""
    return open_page(base_url=site)
