"""Pictures of the pages: a few for the README, and every page for looking at.

    make images

docs/images holds what the README shows; var/screens every page at 1,280 and 390 px, light
and dark, whole length.
"""

import os
import shutil
import tempfile
from pathlib import Path

import django
from playwright.sync_api import Browser, sync_playwright

from tools.addresses import every_page
from tools.chromium import launch_flags, obtain
from tools.server import BASE_DIR, PREPARED, database_copy, running_server

README, SCREENS = BASE_DIR / "docs" / "images", BASE_DIR / "var" / "screens"
# Name, address, width and height in CSS pixels, dark.
PICTURES = [
    ("england", "/", 1280, 900, False),
    ("council", "/councils/luton/", 1280, 1250, False),
    ("council-dark", "/councils/luton/", 1280, 900, True),
    ("council-phone", "/councils/luton/", 390, 844, False),
]


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
    """Writes a PNG of the page; the whole length, or what the first window shows."""
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
    page.screenshot(path=target, full_page=is_whole)
    context.close()


def file_name(path: str) -> str:
    """A page's address as a file name: /councils/luton/ is councils-luton."""
    kept = "".join(letter if letter.isalnum() or letter in "-=" else "-" for letter in path)
    return kept.strip("-") or "england"


def main() -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(PREPARED)}
    django.setup()  # The names of the views tell the pages apart.
    README.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(SCREENS, ignore_errors=True)
    SCREENS.mkdir(parents=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(f"sqlite:///{database_copy(Path(folder))}") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=obtain(), args=launch_flags())
        for name, path, width, height, dark in PICTURES:
            target = README / f"{name}.png"
            size = {"width": width, "height": height}
            take(browser, address + path, target, **size, dark=dark, is_whole=False)
            print(f"{target.relative_to(BASE_DIR)}: {target.stat().st_size:,} bytes")
        for path in dict.fromkeys([*every_page(address), "/councils/luton/"]):
            for width in (1280, 390):
                for dark in (False, True):
                    name = f"{file_name(path)}-{width}-{'dark' if dark else 'light'}.png"
                    take(
                        browser,
                        address + path,
                        SCREENS / name,
                        width=width,
                        dark=dark,
                        is_whole=True,
                    )
        browser.close()
    print(f"var/screens: {len(list(SCREENS.iterdir()))} pictures")


if __name__ == "__main__":
    main()
