"""Every figure is the same picture as plotly.js draws, under the product's own policy."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.charts.both_ways import ChartPages, differences, look
from tests.charts.figures import FIGURES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site() -> Iterator[ChartPages]:
    with ChartPages() as pages:
        yield pages


@pytest.mark.parametrize("name", FIGURES)
def test_our_picture_and_plotlys_show_the_same(chromium: Any, site: ChartPages, name: str) -> None:
    page = chromium.new_page(viewport={"width": 1000, "height": 800})
    looks = look(page, site.add_figure(name, FIGURES[name]))
    page.close()
    assert differences(looks) == []
    assert looks.ours.bars
    assert looks.complaints == []
    assert looks.foreign_requests == []


def test_an_explored_chart_takes_the_readers_dark_scheme_and_goes_back(
    chromium: Any, site: ChartPages
) -> None:
    page = chromium.new_page(color_scheme="dark")
    address = site.add_figure("dark", FIGURES["exampleshire"], theme="")
    html, kind = site.pages["/dark"]
    site.pages["/dark"] = (html.replace(' data-theme=""', ""), kind)
    looks = look(page, address)
    ground = page.evaluate(
        "getComputedStyle(document.querySelector('.chart-explored .main-svg')).background"
    )
    assert "rgb(11, 12, 12)" in ground
    assert looks.complaints == []
    page.click("text=Show picture")
    assert page.is_visible("svg.chart")
    assert not page.is_visible(".chart-explored")
    page.close()


def test_the_picture_is_there_without_javascript_and_the_button_is_not(
    chromium: Any, site: ChartPages
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.add_figure("plain", FIGURES["exampleshire"]))
    assert page.is_visible("svg.chart")
    assert not page.is_visible("[data-explore]")
    assert not [url for url in asked if "plotly" in url]
    context.close()
