"""Every page of entering: rules of accessibility, wide and narrow, light and dark."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.staff import sign_in
from tests.browser.test_people import looked_at
from tests.importers import documents

PAGES = {
    "home": "/entry/",
    "many": "/entry/many/",
    "find": "/entry/find/?q=Luton",
    "correct": "/entry/correct/luton/2022-07-11/",
    "point": "/entry/correct-fact/point/1/",
    "source": "/entry/correct-fact/source/1/",
    "council": "/entry/correct-fact/council/1/",
    "framework fact": "/entry/correct-fact/framework/1/",
    "comment": "/entry/comment/luton/2022-07-11/",
    "corrections": "/entry/corrections/",
    "plans": "/entry/plan/",
    "plan": "/entry/plan/luton/",
    "framework": "/entry/framework/",
    "reorganise": "/entry/reorganise/",
    "unreorganise": "/entry/reorganise/surrey/undo/",
    "maintenance": "/admin/",
    "maintenance list": "/admin/inspections/inspection/",
    "new password": "/admin/password_change/",
}


def test_every_page_of_entering_keeps_the_rules(
    open_page: OpenPage, staff_site: str, tmp_path: Path
) -> None:
    page = open_page(base_url=staff_site)
    page.goto("/entry/")
    found = looked_at(page, "sign-in")
    sign_in(page, "/entry/", "Enter a report or a letter")
    found += entered(page, tmp_path)
    for name, path in PAGES.items():
        page.goto(path)
        expect(page.locator("h1")).to_have_count(1)
        page.evaluate("document.querySelectorAll('main details').forEach(row => row.open = true)")
        found += looked_at(page, name)
    page.goto("/entry/many/")
    page.get_by_label("Reports, letters and workbooks").set_input_files([tmp_path / "doubt.pdf"])
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_text("Waits for the worker")).to_be_visible()
    found += looked_at(page, "batch")
    assert not found, "\n".join(found)


def entered(page: Page, folder: Path) -> list[str]:
    """From a report in doubt to the published page."""
    path = documents.ilacs_report(
        folder / "doubt.pdf",
        title=("Inspection of Luton local authority", "children’s services"),
        dates=("Inspection dates: 31 to 35 June 2024",),
        rows=documents.TABLE_2026,
    )
    page.get_by_label("Ofsted's document").set_input_files(path)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("The reader was not sure.").first).to_be_visible()
    found = looked_at(page, "draft")
    page.get_by_label("First day on site").fill("1/6/26")
    page.get_by_label("Last day on site").fill("12/6/26")
    page.get_by_label("Kind").select_option("standard")
    for area in ("Leaders", "Help and protection", "Children in care"):
        page.get_by_label(area, exact=True).select_option("good")
    page.get_by_role("button", name="Check before it is published").click()
    expect(page.get_by_role("heading", name="Unusual: say why each is right")).to_be_visible()
    found += looked_at(page, "check")
    for field in page.locator("input[name^='reason:']").all():
        field.fill("So it is printed.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="Published: Luton")).to_be_visible()
    return found + looked_at(page, "done")
