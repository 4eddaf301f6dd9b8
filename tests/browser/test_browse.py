"""A reader browses: types, filters, goes back, tabs, explores a chart, prints."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import overflow_pixels
from tests.browser.conftest import OpenPage

DAY = "as_at=2026-09-01"


def query_of(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def controls_of(page: Page) -> dict[str, str]:
    """What the visible controls of the form say, those at their defaults left out."""
    found = page.eval_on_selector_all(
        ".filters input:not([type=hidden]), .filters select",
        "all => Object.fromEntries(all.map(one => [one.name, one.value]))",
    )
    defaults = {"area": "help-and-protection", "sort": "name"}
    return {name: value for name, value in found.items() if value and value != defaults.get(name)}


def agree(page: Page) -> bool:
    """Whether address, controls and results are of one view."""
    asked = {name: value for name, value in query_of(page).items() if name != "as_at"}
    return asked == controls_of(page)


def names_of(page: Page) -> list[str]:
    return page.locator("#results table.councils tbody th").all_inner_texts()


# Searching and filtering --------------------------------------------------------------------


def test_three_letters_swap_the_results_and_push_the_address(page: Page) -> None:
    page.goto(f"/councils/?{DAY}")
    page.evaluate("window.isSamePage = true")
    page.locator("#q").press_sequentially("lut", delay=30)
    expect(page.locator("#results table.councils tbody tr")).to_have_count(1)
    assert names_of(page) == ["Luton"]
    assert query_of(page) == {"as_at": "2026-09-01", "q": "lut"}
    assert page.evaluate("window.isSamePage")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#results [role=status]").first).to_contain_text("1 council of 153")


def test_back_forward_and_reload_agree_with_the_controls(page: Page) -> None:
    page.goto(f"/councils/?{DAY}")
    for name, value, count in (("region", "london", 33), ("grade", "outstanding", None)):
        page.select_option(f"#{name}", value)
        page.wait_for_url(f"**{name}={value}**")
        if count:
            expect(page.locator("#results tbody tr")).to_have_count(count)
    narrow = names_of(page)
    assert agree(page)

    page.go_back()
    page.wait_for_url(f"**/councils/?{DAY}&region=london")
    expect(page.locator("#results tbody tr")).to_have_count(33)
    assert agree(page)
    page.go_back()
    expect(page.locator("#results tbody tr")).to_have_count(153)
    assert agree(page)
    page.go_forward()
    expect(page.locator("#results tbody tr")).to_have_count(33)
    # The page is loaded anew; its rows are there before the script that hears the next step.
    page.wait_for_function("document.readyState === 'complete' && 'htmx' in window")
    page.go_forward()
    expect(page.locator("#results tbody tr")).to_have_count(len(narrow))
    assert names_of(page) == narrow
    assert agree(page)
    page.reload()
    assert names_of(page) == narrow
    assert agree(page)


def test_a_shared_address_opens_with_its_filters_shown(page: Page) -> None:
    page.goto(f"/councils/?{DAY}&region=london&sort=longest")
    expect(page.locator("#region")).to_be_visible()
    assert agree(page)


def test_the_area_of_england_is_switched_in_place_and_back(page: Page) -> None:
    page.goto(f"/?{DAY}")
    page.evaluate("window.isSamePage = true")
    page.get_by_role("navigation", name="Judgement area").get_by_text("Care leavers").click()
    expect(page.locator("#every")).to_have_text("Every council, by region: care leavers")
    assert query_of(page) == {"as_at": "2026-09-01", "area": "care-leavers"}
    assert page.evaluate("window.isSamePage")
    page.go_back()
    expect(page.locator("#every")).to_have_text("Every council, by region: help and protection")
    assert query_of(page) == {"as_at": "2026-09-01"}


def test_everything_works_without_javascript(open_page: OpenPage, site: str) -> None:
    page = open_page(javascript=False, base_url=site)
    page.goto("/")
    page.fill("#find-any", "bcp")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("h1")).to_have_text("Bournemouth, Christchurch and Poole")
    page.goto(f"/councils/?{DAY}")
    page.select_option("#grade", "inadequate")
    page.locator("summary", has_text="More filters").click()
    page.select_option("#sort", "longest")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**grade=inadequate**")
    asked = query_of(page)
    assert asked["grade"] == "inadequate" and asked["as_at"] == "2026-09-01"
    shown = names_of(page)
    assert 5 < len(shown) < 40
    page.locator("#results tbody a").first.click()
    expect(page.locator("h1")).to_have_text(shown[0])
    assert not page.locator("[data-explore]").first.is_visible()
    page.locator(".events-of a").first.click()
    expect(page.locator("h1")).to_contain_text(shown[0])


# Keyboard -----------------------------------------------------------------------------------


def test_a_council_is_reached_and_read_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/councils/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")  # the page's day
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("luton")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Luton":
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Luton")


@pytest.mark.parametrize("path", ["/", "/councils/", "/councils/luton/"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_focus_can_be_seen_on_every_stop(
    open_page: OpenPage, site: str, path: str, dark: bool
) -> None:
    page = open_page(dark=dark, base_url=site)
    page.goto(path)
    seen = []
    for _ in range(18):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
            const box = one.getBoundingClientRect();
            return {name: one.outerHTML.slice(0, 80), top: box.top,
              outline: style.outlineStyle, width: parseFloat(style.outlineWidth),
              isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight}; }"""
        )
        seen.append(stop)
        assert stop["outline"] == "solid" and stop["width"] >= 2 and stop["isSeen"], stop
    assert len({stop["name"] + str(stop["top"]) for stop in seen}) > 10


def test_switching_the_area_keeps_the_place_of_the_focus(page: Page) -> None:
    page.goto("/")
    tab = page.get_by_role("navigation", name="Judgement area").get_by_text("Leaders")
    tab.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#every")).to_have_text("Every council, by region: impact of leaders")
    expect(tab).to_be_focused()


# Charts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/councils/luton/"])
def test_exploring_draws_with_plotly_and_goes_back(page: Page, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    assert not [url for url in asked if "plotly" in url]
    button = page.locator("[data-explore]").first
    button.click()
    expect(page.locator("figure[data-state=explored] .main-svg").first).to_be_visible()
    assert [url for url in asked if "plotly" in url]
    expect(button).to_have_text("Show picture")
    expect(button).to_be_focused()
    button.click()
    expect(page.locator("figure svg.chart").first).to_be_visible()
    expect(page.locator(".chart-explored")).to_be_hidden()


def test_a_chart_that_was_swapped_in_can_be_explored(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Judgement area").get_by_text("Overall").click()
    expect(page.locator("#every")).to_have_text("Every council, by region: overall effectiveness")
    page.locator("[data-explore]").first.click()
    expect(page.locator("figure[data-state=explored] .main-svg").first).to_be_visible()


def test_a_phone_gets_the_picture_turned_round(open_page: OpenPage, site: str) -> None:
    page = open_page(width=390, base_url=site)
    page.goto("/councils/luton/")
    shown = [svg for svg in page.locator("#grades svg.chart").all() if svg.is_visible()]
    assert len(shown) == 1
    box = shown[0].bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    # Names stand in one piece, and the page is no roll of wallpaper.
    name = page.locator("#compare ~ .halves tbody th a", has_text="Peterborough")
    assert name.bounding_box()["height"] < 40
    assert page.evaluate("document.documentElement.scrollHeight") < 10_600
    # A table of ten columns stands within the window, its longer heads turned.
    page.goto("/england/statistics/?by=region")
    assert page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.scroll'))")


# Paper and small windows --------------------------------------------------------------------

CONTROLS = (
    ".top, .filters, .find, .tabs, .tools, .skip, .pair, button, input, select, "
    "summary:not(.day > summary, .asked summary)"
)


@pytest.mark.parametrize(
    "path", ["/", "/councils/", "/councils/luton/", "/councils/luton/inspections/2022-07-11/"]
)
def test_paper_has_the_picture_and_no_controls(page: Page, path: str) -> None:
    page.goto(path)
    page.emulate_media(media="print")
    visible = [one for one in page.locator(CONTROLS).all() if one.is_visible()]
    assert [one.evaluate("one => one.outerHTML.slice(0, 80)") for one in visible] == []
    expect(page.locator("h1")).to_be_visible()
    if page.locator("figure").count():
        shown = [svg for svg in page.locator("svg.chart").all() if svg.is_visible()]
        assert len(shown) == page.locator("figure").count()


@pytest.mark.parametrize(
    "path",
    [
        "/?area=care-leavers",
        "/councils/?sort=longest&grade=good",
        "/councils/bournemouth-christchurch-and-poole/",
        "/councils/bradford/",
        "/councils/northamptonshire/",
        "/councils/cumberland/?as_at=2023-06-01",
        "/councils/trafford/inspections/2026-06-08/",
        "/councils/tameside/inspections/monitoring-visit-pub-2017-10-12/",
    ],
)
def test_no_state_of_a_page_scrolls_sideways_at_320_px(
    open_page: OpenPage, site: str, path: str
) -> None:
    page = open_page(width=320, base_url=site)
    page.goto(path)
    assert overflow_pixels(page) == 0


# On a phone, without JavaScript ------------------------------------------------------------


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("name", ["week", "timing", "expected"])
def test_the_tab_of_the_page_is_in_sight(
    open_page: OpenPage, site: str, width: int, name: str
) -> None:
    page = open_page(width=width, javascript=False, base_url=site)
    page.goto(f"/england/{name}/")
    box = page.locator(".subpages [aria-current]").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width


CUT_OFF = """all => all.filter(one => one.checkVisibility()).flatMap(one => {
  const free = one.cloneNode(true), room = one.offsetWidth;
  free.value = one.value;
  const wide = "width: max-content; min-width: 0; field-sizing: content; position: absolute";
  free.style.cssText = wide;
  one.after(free);
  const wanted = free.offsetWidth;
  free.remove();
  return wanted > room ? [`${one.name}: ${one.selectedOptions[0].text}`] : [];
})"""


@pytest.mark.parametrize(
    "path",
    [
        "/councils/?grade=requires-improvement&area=overall&sort=grade",
        "/england/changes/?region=north-east-yorkshire-and-the-humber",
        "/england/findings/?area=overall&by=document&document=assurance",
        "/england/statistics/",
        "/england/upcoming/",
    ],
)
def test_no_select_cuts_off_what_is_chosen(open_page: OpenPage, site: str, path: str) -> None:
    for width in (390, 1280):
        page = open_page(width=width, javascript=False, base_url=site)
        page.goto(path)
        assert page.eval_on_selector_all(".filters select", CUT_OFF) == []


@pytest.mark.parametrize(
    ("width", "query", "is_seen"),
    [(1280, "", True), (390, "", False), (390, "?region=london", True)],
)
def test_on_a_phone_filters_wait_behind_a_line_until_one_is_chosen(
    open_page: OpenPage, site: str, width: int, query: str, is_seen: bool
) -> None:
    page = open_page(width=width, javascript=False, base_url=site)
    page.goto(f"/councils/{query}")
    filters = page.locator("form.filters")
    assert filters.is_visible() is is_seen
    if not is_seen:
        page.get_by_text("Filters: name, district or code · region").click()
        expect(filters).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_typed_to_find_a_council_can_be_read(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("/")
    ink, ground = page.locator("#find-any").evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    assert {ink, ground} in (
        {"rgb(11, 12, 12)", "rgb(255, 255, 255)"},
        {"rgb(243, 242, 241)", "rgb(11, 12, 12)"},
    )


@pytest.mark.parametrize(("width", "most"), [(390, 48), (1280, 64)])
def test_the_bar_that_compares_waits_for_a_tick(
    open_page: OpenPage, site: str, width: int, most: int
) -> None:
    page = open_page(width=width, javascript=False, base_url=site)
    page.goto("/councils/")
    bar, height = page.locator(".to-compare"), page.viewport_size["height"]
    assert bar.bounding_box()["y"] > height
    page.locator(".councils input").first.check()
    box = bar.bounding_box()
    assert box["y"] + box["height"] <= height and box["height"] < most
