"""A reader reports one fact of a page, without JavaScript, on a phone."""

from playwright.sync_api import expect

from tests.browser.accessibility import overflow_pixels
from tests.browser.conftest import OpenPage
from tests.browser.staff import sign_in


def test_a_fact_is_chosen_from_the_page_and_reaches_the_staff(
    open_page: OpenPage, staff_site: str
) -> None:
    page = open_page(javascript=False, base_url=staff_site)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/councils/luton/")
    page.locator("section[aria-labelledby=every]").get_by_role(
        "link", name="Report an error"
    ).click()
    expect(page.get_by_role("heading", name="Which fact is wrong?")).to_be_visible()
    page.get_by_label("14 to 15 June 2023, Published: 19 July 2023").check()
    page.get_by_label("What is wrong, and what should it say?").fill("It was a day later.")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    sign_in(page, "/entry/reports/", "Reports of errors")
    expect(page.get_by_text("14 to 15 June 2023, Published: 19 July 2023")).to_be_visible()


def test_a_long_list_asks_for_the_line_first(open_page: OpenPage, site: str) -> None:
    page = open_page(javascript=False, base_url=site)
    page.goto("/councils/")
    page.locator("main").get_by_role("link", name="Report an error").first.click()
    page.get_by_role("link", name="Barnet", exact=True).click()
    expect(page.get_by_label("Barnet, Children in care: Outstanding")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 800})
    assert overflow_pixels(page) <= 0
