"""Every figure is the same picture as plotly.js draws, under the product's own policy."""

import re
from typing import Any

import pytest

from dashboard.charts.svg import inline_svg
from tests.charts.both_ways import ChartPages, Looks, chart_page, differences, look
from tests.charts.figures import FIGURES

# In one worker, which draws them all once.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("both ways")]
ONE = {"exampleshire": FIGURES["exampleshire"]}


@pytest.fixture(scope="module")
def looks(chromium: Any, site: ChartPages) -> dict[str, Looks]:
    """Both pictures of every figure, from one page."""
    page = chromium.new_page(viewport={"width": 1000, "height": 800})
    found = look(page, site.add_figures("all", FIGURES), FIGURES)
    page.close()
    return found


@pytest.mark.parametrize("name", FIGURES)
def test_our_picture_and_plotlys_show_the_same(looks: dict[str, Looks], name: str) -> None:
    assert differences(looks[name]) == []
    assert looks[name].ours.marks
    assert looks[name].complaints == []
    assert looks[name].foreign_requests == []


def test_an_explored_chart_takes_the_readers_dark_scheme_and_goes_back(
    chromium: Any, site: ChartPages
) -> None:
    page = chromium.new_page(color_scheme="dark")
    address = site.add_figures("dark", ONE, theme="")
    html, kind = site.pages["/dark"]
    site.pages["/dark"] = (html.replace(' data-theme=""', ""), kind)
    looks = look(page, address, ONE)["exampleshire"]
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
    page.goto(site.add_figures("plain", ONE))
    assert page.is_visible("svg.chart")
    assert not page.is_visible("[data-explore]")
    assert not [url for url in asked if "plotly" in url]
    context.close()


@pytest.mark.parametrize(("width", "name"), [(390, "exampleshire-phone"), (1000, "exampleshire")])
def test_exploring_draws_the_figure_of_the_picture_that_is_shown(
    chromium: Any, site: ChartPages, width: int, name: str
) -> None:
    pictures = "".join(
        inline_svg(FIGURES[key], id_prefix=key, title=key, description=key, css_class=css_class)
        for key, css_class in (
            ("exampleshire", "chart-wide"),
            ("exampleshire-phone", "chart-narrow"),
        )
    )
    for key in ("exampleshire", "exampleshire-phone"):
        site.add(f"{key}.json", FIGURES[key].to_json(), "application/json")
    html = re.sub(
        r"<div data-picture>.*?</script>",
        lambda _found: f"<div data-picture>{pictures}</div>",
        chart_page(ONE),
        flags=re.DOTALL,
        count=1,
    ).replace(
        "data-chart",
        'data-chart data-figure="/exampleshire.json" data-figure-narrow="/exampleshire-phone.json"',
        1,
    )
    page = chromium.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.add("two", html))
    page.click("[data-explore]")
    page.wait_for_selector("figure[data-state=explored]")
    assert [url.rsplit("/", 1)[1] for url in asked if url.endswith(".json")] == [f"{name}.json"]
    page.close()
