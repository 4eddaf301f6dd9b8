"""A reader prints: whole sheets, no controls, and the addresses that links lead to."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

LEAST_ON_A_SHEET = 400  # characters


def sheets(page: Page, path: str, target: Path) -> list[str]:
    """The text of each sheet of A4, upright."""
    page.goto(path)
    page.pdf(path=target, format="A4")
    return [sheet.extract_text() for sheet in PdfReader(target).pages]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 3),
        ("/councils/luton/", 5),
        ("/councils/luton/grades/", 2),
        ("/councils/luton/grades/share/", 1),
        ("/councils/luton/briefing/", 2),
        ("/councils/nottingham/briefing/?for=officers", 2),
        ("/councils/luton/inspections/2022-07-11/", 2),
        ("/england/changes/", 4),
        ("/england/upcoming/", 7),
    ],
)
def test_pages_print_on_full_sheets_without_controls(
    page: Page, tmp_path: Path, path: str, most: int
) -> None:
    found = sheets(page, path, tmp_path / "page.pdf")
    assert len(found) <= most, found[-1]
    assert min(map(len, found)) > LEAST_ON_A_SHEET, [len(sheet) for sheet in found]
    text = "".join(found)
    for control in ("Explore this chart", "Copy", "Select a square", "Search", "Clear"):
        assert control not in text
    assert all("Open Government Licence" in sheet for sheet in found)
    assert "The record is complete" not in text, "the foot alone may fill no sheet"
    if path == "/councils/luton/":  # What stands in a summary, and beside a link within the page.
        assert "Pathway plans" in text
        assert "Likely between" in text


def test_links_are_printed_with_addresses_but_squares_are_not(page: Page, tmp_path: Path) -> None:
    first, *_, second = sheets(page, "/", tmp_path / "page.pdf")
    assert "(/councils/luton/" not in first
    assert "(/councils/" in second
    assert "http://" in first.split("To 22 August 2026")[-1]


def test_a_picture_longer_than_a_sheet_is_left_to_its_table(page: Page, tmp_path: Path) -> None:
    path = "/councils/luton/grades/"
    assert "too long to print" not in "".join(sheets(page, path, tmp_path / "a.pdf"))
    page.evaluate("document.querySelector('.chart-wide').classList.add('chart-long')")
    page.pdf(path=tmp_path / "b.pdf", format="A4")
    assert "too long to print" in PdfReader(tmp_path / "b.pdf").pages[0].extract_text()
