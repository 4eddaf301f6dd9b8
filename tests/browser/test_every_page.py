"""What holds of every page, found by following the site's own links."""

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import overflow_pixels, violations
from tests.browser.conftest import OpenPage
from tools.addresses import FURTHER, every_page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_breaks_an_accessibility_rule(
    open_page: OpenPage, site: str, width: int, dark: bool
) -> None:
    page = open_page(width=width, dark=dark, base_url=site)
    found = []
    for path in every_page(site):
        page.goto(path)
        found += violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_scrolls_sideways(open_page: OpenPage, site: str, width: int) -> None:
    page = open_page(width=width, base_url=site)
    overflowing = {}
    for path in every_page(site):
        page.goto(path)
        if pixels := overflow_pixels(page):
            overflowing[path] = pixels
    assert overflowing == {}


def test_every_page_reads_without_javascript(open_page: OpenPage, site: str) -> None:
    page = open_page(javascript=False, base_url=site)
    for path in every_page(site):
        answer = page.goto(path)
        assert answer.status == (404 if "no-such" in path else 200), path
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").inner_text().strip(), path


def test_the_first_stop_of_the_tab_key_leads_to_the_content(page: Page, site: str) -> None:
    for path in every_page(site):
        page.goto(path)
        page.keyboard.press("Tab")
        target = page.evaluate("document.activeElement.getAttribute('href')")
        assert target and target.startswith("#"), path
        assert page.locator(target).count() == 1, path


def test_the_site_leads_to_more_than_its_front_page(site: str) -> None:
    assert len(every_page(site)) > len(FURTHER) + 5
