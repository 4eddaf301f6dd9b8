"""An officer on a server of the test's own, and what their hands do, counted."""

import subprocess
import sys
import time

from playwright.sync_api import Locator, Page, expect

from tools.server import BASE_DIR, clean_environment

PASSWORD = "a-long-and-invented-password"  # of a server that lives for one test


def make_officer(database_url: str) -> None:
    """An administrator called officer."""
    given = {"DATABASE_URL": database_url, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    create = [
        "createsuperuser",
        "--skip-checks",
        "--noinput",
        "--username",
        "officer",
        "--email",
        "",
    ]
    subprocess.run(
        [sys.executable, "manage.py", *create],
        cwd=BASE_DIR, env=clean_environment() | given, check=True, capture_output=True,
    )  # fmt: skip


def sign_in(page: Page, path: str = "/admin/", heading: str = "The record") -> None:
    page.goto(path)
    page.get_by_label("Username").fill("officer")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


class Hands:
    """Counts the clicks and keystrokes of one journey, and its seconds."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys, self.since = page, 0, 0, time.monotonic()

    def click(self, at: Locator) -> None:
        self.clicks += 1
        at.click()

    def type(self, text: str) -> None:
        """Where the cursor stands."""
        self.keys += len(text)
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def pick_file(self, at: Locator, path: str) -> None:
        """The button of the file box, and a double click on the file."""
        self.clicks += 3
        at.set_input_files(path)

    def told(self, journey: str) -> str:
        seconds = time.monotonic() - self.since
        return f"{journey}: {self.clicks} clicks, {self.keys} keystrokes, {seconds:.1f} s"
