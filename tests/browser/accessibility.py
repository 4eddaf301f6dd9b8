"""Accessibility rules run in a page: WCAG 2.2 AA and best practice."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}


def violations(page: Page) -> list[str]:
    """What breaks a rule in the page as it stands: 'rule: help (place; place)'."""
    return [
        f"{page.url}: {broken['id']}: {broken['help']} "
        f"({'; '.join(' '.join(node['target']) for node in broken['nodes'][:5])})"
        for broken in Axe().run(page, options=OPTIONS).response["violations"]
    ]


def overflow_pixels(page: Page) -> int:
    """How far the page reaches beyond its window to the right, in CSS pixels."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
