"""What holds of every page, found by following the site's own links."""

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import every_look, overflow_pixels, violations
from tests.browser.conftest import OpenPage
from tools.addresses import FURTHER, every_page

PARTS = 4  # The pages are dealt out, so that the workers share them.


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_keeps_the_rules_of_accessibility(
    open_page: OpenPage, site: str, part: int
) -> None:
    page = open_page(base_url=site)
    found = []
    for turn, path in enumerate(every_page(site)[part::PARTS]):
        page.goto(path)
        if not leads_to_the_content(page):
            found.append(f"{path}: the first stop of the tab key does not lead to the content")
        for width, scheme in every_look(page, turn):
            look = f"{width} px, {scheme}"
            found += [f"{look}: {each}" for each in violations(page)]
            if pixels := overflow_pixels(page):
                found.append(f"{look}: {path} is {pixels} px too wide")
    assert not found, "\n".join(found)


def leads_to_the_content(page: Page) -> bool:
    """Whether the first stop of the tab key is a link to a place in the page, which is there."""
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.getAttribute('href')") or ""
    return target.startswith("#") and page.locator(target).count() == 1


def test_every_page_reads_without_javascript(open_page: OpenPage, site: str) -> None:
    page = open_page(javascript=False, base_url=site)
    for path in every_page(site):
        answer = page.goto(path)
        assert answer.status == (404 if "no-such" in path else 200), path
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").inner_text().strip(), path


def test_the_site_leads_to_more_than_its_front_page(site: str) -> None:
    assert len(every_page(site)) > len(FURTHER) + 5
