"""A swap that is slow or fails says so, and the controls agree with the results."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

LIST = "/councils/?as_at=2026-09-01"


@pytest.fixture
def unwatched(chromium: Browser, site: str) -> Iterator[Page]:
    """htmx writes a request that fails to the console, which a watched page complains of."""
    context = chromium.new_context(base_url=site)
    yield context.new_page()
    context.close()


def open_filters(page: Page) -> None:
    page.goto(LIST)
    page.locator("summary", has_text="More filters").click()


def test_old_results_are_marked_busy_while_a_request_runs(page: Page) -> None:
    held: list[Route] = []
    open_filters(page)
    page.route("**/councils/?*region=london*", lambda route: held.append(route))
    page.select_option("#region", "london")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    assert page.locator("#results").evaluate("one => getComputedStyle(one).opacity") == "0.5"
    held[0].continue_()
    expect(page.locator("#results tbody tr")).to_have_count(33)
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("[data-swap-failed]")).to_have_count(0)


def test_a_failed_swap_says_what_to_do_and_takes_the_choice_back(unwatched: Page) -> None:
    page = unwatched
    open_filters(page)
    page.select_option("#region", "london")
    expect(page.locator("#results tbody tr")).to_have_count(33)
    before = page.url
    page.route("**/councils/?*grade=*", lambda route: route.abort())
    page.select_option("#grade", "outstanding")
    said = page.get_by_role("alert")
    expect(said).to_contain_text("could not be loaded")
    expect(said.get_by_role("link", name="Reload the page")).to_have_attribute("href", before)
    expect(page.locator("#grade")).to_have_value("")
    expect(page.locator("#region")).to_have_value("london")
    expect(page.locator("#results tbody tr")).to_have_count(33)
    assert page.url == before
    page.unroute("**/councils/?*grade=*")
    page.select_option("#grade", "outstanding")
    expect(page.locator("[data-swap-failed]")).to_have_count(0)
    expect(page.locator("#grade")).to_have_value("outstanding")
