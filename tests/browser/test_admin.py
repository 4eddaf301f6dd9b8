"""The admin in a real Chromium: under the strict policy, with and without JavaScript."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage
from tests.browser.staff import make_officer, sign_in
from tools.server import database_copy, running_server


@pytest.fixture
def admin_site(tmp_path: Path) -> Iterator[str]:
    """The address of a server with the record and an administrator called officer."""
    database = f"sqlite:///{database_copy(tmp_path)}"
    make_officer(database)
    with running_server(database) as address:
        yield address


def test_every_page_of_the_admin_keeps_the_policy(open_page: OpenPage, admin_site: str) -> None:
    """The watched page fails the test for anything that the policy stops."""
    page = open_page(base_url=admin_site)
    sign_in(page)
    lists = page.locator("th a[href^='/admin/inspections/'], th a[href^='/admin/auth/']")
    addresses = [link.get_attribute("href") for link in lists.all()]
    addresses = sorted(address for address in addresses if address.count("/") == 4)
    assert len(addresses) > 20
    opened, found = 0, []
    for address in addresses:
        page.goto(address)
        first = page.locator("#result_list tbody th a").first
        change = first.get_attribute("href") if first.count() else None
        adding = page.locator("a.addlink").count()
        if adding and "inspection/" in address:
            page.goto(f"{address}add/?start_date=2026-05-11&kind=standard")
        elif adding:
            page.goto(f"{address}add/")
        if change:
            page.goto(change)
            assert page.locator("#content-main").count()
            opened += 1
            if page.locator("select").count() and opened % 3 == 1:
                page.wait_for_load_state("load")
                found += violations(page)
            if opened % 6 == 0:  # They are all made by one template.
                page.goto(re.sub(r"change/.*$", "history/", change))
    assert opened > 15
    assert not found, "\n".join(found)
    page.goto("/admin/inspections/inspection/1/withdraw/now/")
    expect(page.get_by_label("Reason")).to_be_visible()


def test_an_inspection_is_entered_with_the_search_box(open_page: OpenPage, admin_site: str) -> None:
    page = open_page(base_url=admin_site)
    sign_in(page)
    page.goto("/admin/inspections/inspection/add/")
    page.locator(".select2-selection").click()
    page.locator("input.select2-search__field").fill("hull")
    page.locator(".select2-results__option", has_text="Kingston upon Hull").click()
    page.get_by_label("Kind").select_option("short")
    page.get_by_label("First day on site").fill("2026-05-18")
    page.get_by_role("button", name="Go on to the judgements").click()
    expect(page.locator("select[id^=id_grade_]")).to_have_count(4)
    finish(page)
    page.goto("/councils/kingston-upon-hull/inspections/2026-05-18/")
    expect(page.get_by_role("main")).to_contain_text("Requires improvement")


def test_an_inspection_is_entered_without_javascript(open_page: OpenPage, admin_site: str) -> None:
    page = open_page(javascript=False, base_url=admin_site)
    sign_in(page)
    page.goto("/admin/inspections/inspection/add/")
    page.get_by_label("Council").select_option(label="Kingston upon Hull")
    page.get_by_label("Kind:").select_option("standard")
    page.get_by_label("First day on site").fill("30/03/2026")
    page.get_by_role("button", name="Go on to the judgements").click()
    expect(page.locator("select[id^=id_grade_]")).to_have_count(5)
    page.get_by_label("First day on site").fill("18/05/2026")
    page.get_by_label("Last day on site").fill("22/05/2026")
    page.get_by_label("Publication date").fill("01/07/2026")
    page.locator("select[id^=id_grade_]").first.select_option(label="Good")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#content")).to_contain_text("was in force from 2023-01-01 to 2026-03-31")
    page.goto("/admin/inspections/inspection/add/")
    page.get_by_label("Council").select_option(label="Kingston upon Hull")
    page.get_by_label("First day on site").fill("18/05/2026")
    page.get_by_role("button", name="Go on to the judgements").click()
    page.get_by_label("Kind:").select_option("standard")
    finish(page)
    page.goto("/councils/kingston-upon-hull/inspections/2026-05-18/")
    expect(page.get_by_role("main")).to_contain_text("Requires improvement")


def finish(page: Page) -> None:
    """Types the days and the grades of the inspection of 18 May 2026, and saves."""
    page.get_by_label("Last day on site").fill("22/05/2026")
    page.get_by_label("Publication date").fill("01/07/2026")
    for select in page.locator("select[id^=id_grade_]").all():
        select.select_option(label="Requires improvement")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("was added successfully")
