"""What holds of every page, found by following the site's own links."""

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import every_look, overflow_pixels, violations
from tests.browser.conftest import OpenPage
from tools.addresses import FURTHER, every_page

PARTS = 4  # The pages are dealt out, so that the workers share them.


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_an_accessibility_rule_or_scrolls_sideways(
    open_page: OpenPage, site: str, part: int
) -> None:
    page = open_page(base_url=site)
    found = []
    for path in every_page(site)[part::PARTS]:
        page.goto(path)
        for width, scheme in every_look(page):
            look = f"{width} px, {scheme}"
            broken = violations(page, colours_only=scheme == "dark")
            found += [f"{look}: {each}" for each in broken]
            if pixels := overflow_pixels(page):
                found.append(f"{look}: {path} is {pixels} px too wide")
    assert not found, "\n".join(found)


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
