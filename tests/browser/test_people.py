"""Getting in with a second factor, and the staff's pages about people: rules of accessibility."""

import base64
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import every_look, overflow_pixels, violations
from tests.browser.conftest import OpenPage
from tests.people.test_getting_in import code_of
from tools.server import BASE_DIR, clean_environment, database_copy, running_server

PASSWORD = "four-quiet-invented-words"


@pytest.fixture
def strict_site(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A server that asks for a second factor: its address, the link of an invited administrator."""
    database = database_copy(tmp_path)
    environment = {"SECOND_FACTOR": "1"}
    url = f"sqlite:///{database}"
    invited = subprocess.run(
        [sys.executable, "manage.py", "invite", "officer"],
        cwd=BASE_DIR, env=clean_environment() | environment | {"DATABASE_URL": url},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    path = re.search(r"/entry/welcome/\S+", invited.stdout)[0]
    # Browsers know passkeys for a name alone, not for an address of numbers.
    with running_server(url, environment=environment, host="localhost") as address:
        yield address, path


def looked_at(page: Page, name: str) -> list[str]:
    """What breaks a rule of accessibility in any look of the page, or reaches beyond its window."""
    found = []
    for width, scheme in every_look(page, turn=len(name)):
        found += violations(page)
        if overflow_pixels(page) > 0:
            found.append(f"{page.url}: too wide at {width}")
        if folder := os.environ.get("SCREENS"):
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
    return found


def secret(page: Page) -> bytes:
    """The key that the page shows for typing, as an app on a phone would keep it."""
    text = page.locator("code.link").inner_text().replace(" ", "")
    return base64.b32decode(text + "=" * (-len(text) % 8))


def test_from_an_invitation_to_the_pages_with_a_second_factor(
    open_page: OpenPage, strict_site: tuple[str, str]
) -> None:
    address, welcome = strict_site
    page = open_page(base_url=address)
    found: list[str] = []
    page.goto(welcome)
    found += looked_at(page, "welcome")
    choose_and_sign_in(page)
    page.goto("/entry/")
    expect(page.get_by_role("heading", name="Your sign-in")).to_be_visible()
    found += looked_at(page, "second-factor")
    page.get_by_label("Code", exact=True).fill(code_of(secret(page)))
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".codes li")).to_have_count(10)
    paper = page.locator(".codes li").first.inner_text()
    found += looked_at(page, "codes")
    page.goto("/entry/people/")
    page.get_by_label("Name to sign in with").fill("colleague")
    page.get_by_label("Role", exact=True).select_option("editor")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("heading", name="colleague is invited")).to_be_visible()
    found += looked_at(page, "people")
    page.get_by_role("link", name="colleague").click()
    found += looked_at(page, "person")
    page.goto("/entry/audit/")
    expect(page.get_by_role("cell", name="Invited colleague as editor")).to_be_visible()
    found += looked_at(page, "audit")
    page.goto("/report/?about=/councils/luton/inspections/2026-01-19/&fact=Published")
    page.get_by_label("What is wrong").fill("It came out a day later.")
    page.get_by_role("button", name="Send it").click()
    page.goto("/entry/reports/")
    found += looked_at(page, "reports")
    page.locator("tbody a").first.click()
    found += looked_at(page, "report")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/entry/forgotten/")
    found += looked_at(page, "forgotten")
    page.goto("/entry/")
    sign_in(page)
    expect(page.get_by_role("heading", name="Your code")).to_be_visible()
    found += looked_at(page, "code")
    page.get_by_label("Code", exact=True).fill(paper)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Enter a report or a letter")).to_be_visible()
    page.goto("/entry/confirm/")
    found += looked_at(page, "confirm")
    other = open_page(base_url=address)
    other.goto("/entry/")
    sign_in(other)
    page.goto("/entry/second-factor/")
    found += looked_at(page, "sessions")
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="End it: Chrome on Linux").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    other.reload()
    expect(other.get_by_label("Username")).to_be_visible()
    assert found == []
    warned(page)


def test_a_passkey_stands_for_the_code(open_page: OpenPage, strict_site: tuple[str, str]) -> None:
    """With Chromium's own virtual authenticator; the watched page keeps the strict policy."""
    address, welcome = strict_site
    page = open_page(base_url=address)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(welcome)
    choose_and_sign_in(page)
    page.goto("/entry/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("#passkey-register-status-message")).to_contain_text("success")
    page.goto("/entry/second-factor/")
    expect(page.get_by_text("The only way in: add another first")).to_be_visible()
    assert looked_at(page, "one-passkey") == []
    page.get_by_label("Code", exact=True).fill(code_of(secret(page)))
    page.get_by_role("button", name="Confirm").click()
    page.goto("/entry/second-factor/")
    expect(page.get_by_role("button", name="Take away")).to_be_visible()
    assert looked_at(page, "passkeys") == []
    page.get_by_role("button", name="Sign out").click()
    page.goto("/entry/audit/")
    sign_in(page)
    expect(page.get_by_role("heading", name="Your code")).to_be_visible()
    assert looked_at(page, "passkey") == []
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="What staff did")).to_be_visible()
    expect(page.get_by_role("cell", name="Used a passkey")).to_be_visible()


def sign_in(page: Page) -> None:
    page.get_by_label("Username").fill("officer")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def choose_and_sign_in(page: Page) -> None:
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Keep this password").click()
    sign_in(page)


def warned(page: Page) -> None:
    """Four minutes before its end the page says so; a press keeps the session."""
    page.goto("/entry/audit/")
    box = page.locator("#session")
    expect(box).to_be_hidden()
    page.evaluate(
        "seconds => { const now = Date.now; Date.now = () => now() + seconds * 1000; }", 26 * 60 + 5
    )
    expect(box).to_be_visible(timeout=30_000)
    expect(box).to_contain_text("You will be signed out in 4 minutes")
    page.evaluate("Date.now = () => new Date().getTime()")
    page.get_by_role("button", name="Stay signed in").click()
    expect(box).to_be_hidden()
    nothing_stays(page)


def nothing_stays(page: Page) -> None:
    """After a session's end no window shows what it showed; what was typed stays but for where
    somebody signed out. No server is asked."""
    other = page.context.new_page()
    other.goto("/entry/people/")
    other.get_by_label("Name to sign in with").fill("typed")
    other.context.set_offline(True)
    later = "seconds => { const now = Date.now; Date.now = () => now() + seconds * 1000; }"
    other.evaluate(later, 31 * 60)
    expect(other.locator("main")).to_contain_text("You have been signed out", timeout=30_000)
    expect(other.get_by_label("Name to sign in with")).to_have_value("typed")
    for gone in ("colleague", "Audit"):
        expect(other.get_by_text(gone)).to_have_count(0)
    assert looked_at(other, "signed-out") == []
    other.context.set_offline(False)
    other.get_by_role("link", name="Sign in again").click()
    expect(other.get_by_role("heading", name="People")).to_be_visible()
    other.get_by_label("Name to sign in with").fill("typed")
    page.get_by_role("button", name="Sign out").click()
    expect(other.locator("main")).to_contain_text("You have signed out in another window.")
    expect(other.locator("main input:not([type=hidden])")).to_have_count(0)
