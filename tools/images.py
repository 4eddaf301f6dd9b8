"""Pictures of the pages: a few for the README, and every page for looking at.

    make images
    make images ARGS="--site http://127.0.0.1:8000 --into /tmp/before / /councils/luton/"

docs/images holds what the README shows; var/screens every page at 1,280, 390 and 1,920 px, light
and dark, whole length, and its sheets of paper (which need poppler). With addresses: those pages
alone, of a site that runs already or of its own, perhaps into another folder.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import Browser, sync_playwright

from tools.addresses import every_page
from tools.chromium import launch_flags, obtain
from tools.server import BASE_DIR, PREPARED, database_copy, running_server

README, SCREENS = BASE_DIR / "docs" / "images", BASE_DIR / "var" / "screens"
WIDTHS = (1280, 390, 1920)
A_SHEET = "70"  # dots to the inch of a printed page's picture
# Name, address, width and height in CSS pixels, dark.
PICTURES = [("council", "/councils/luton/", 1280, 1250, False)]


def take(
    browser: Browser,
    url: str,
    target: Path,
    *,
    width: int,
    height: int = 900,
    dark: bool,
    is_whole: bool,
) -> None:
    """Writes a PNG of the page, the whole length or what the first window shows; or a PDF."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("load")
    if target.suffix == ".pdf":
        page.pdf(path=target, prefer_css_page_size=True)
    else:
        page.screenshot(path=target, full_page=is_whole)
    context.close()


def take_all(browser: Browser, url: str, name: str, folder: Path) -> None:
    """The page at each width in both schemes, and each of its sheets."""
    for width in WIDTHS:
        for dark in (False, True):
            target = folder / f"{name}-{width}-{'dark' if dark else 'light'}.png"
            take(browser, url, target, width=width, dark=dark, is_whole=True)
    sheets = folder / f"{name}-paper.pdf"
    take(browser, url, sheets, width=WIDTHS[0], dark=False, is_whole=True)
    subprocess.run(["pdftoppm", "-r", A_SHEET, "-png", sheets, sheets.with_suffix("")], check=True)
    sheets.unlink()


def file_name(path: str) -> str:
    """A page's address as a file name: /councils/luton/ is councils-luton."""
    kept = "".join(letter if letter.isalnum() or letter in "-=" else "-" for letter in path)
    return kept.strip("-") or "england"


@contextmanager
def site_of(given: str) -> Iterator[str]:
    """The site that is named, or one of our own that is gone afterwards."""
    if given:
        yield given.rstrip("/")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(f"sqlite:///{database_copy(Path(folder))}") as address,
    ):
        yield address


def main() -> None:
    asked = argparse.ArgumentParser(prog="make images")
    asked.add_argument("paths", nargs="*", metavar="ADDRESS")
    asked.add_argument("--site", default="")
    asked.add_argument("--into", type=Path, default=SCREENS)
    given = asked.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(PREPARED)}
    django.setup()  # The names of the views tell the pages apart.
    if not given.paths:
        shutil.rmtree(SCREENS, ignore_errors=True)
    for folder in (README, given.into):
        folder.mkdir(parents=True, exist_ok=True)
    with site_of(given.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=obtain(), args=launch_flags())
        for name, path, width, height, dark in PICTURES if not given.paths else ():
            target = README / f"{name}.png"
            size = {"width": width, "height": height}
            take(browser, address + path, target, **size, dark=dark, is_whole=False)
            print(f"{target.relative_to(BASE_DIR)}: {target.stat().st_size:,} bytes")
        for path in dict.fromkeys(given.paths or [*every_page(address), "/councils/luton/"]):
            take_all(browser, address + path, file_name(path), given.into)
        browser.close()
    print(f"{given.into}: {len(list(given.into.iterdir()))} pictures")


if __name__ == "__main__":
    main()
