"""A Chromium and a small server for pages of charts."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.charts.both_ways import ChartPages


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site() -> Iterator[ChartPages]:
    with ChartPages() as pages:
        yield pages
