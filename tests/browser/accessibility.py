"""Accessibility rules run in a page: WCAG 2.2 AA and best practice."""

import os
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Nothing is fetched again beforehand: no rule of these asks for style sheets or films.
OPTIONS = {
    "preload": False, "resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS},
}  # fmt: skip
WIDTHS = (1280, 320)  # CSS pixels
SCHEMES = ("light", "dark")
EVERY_LOOK = bool(os.environ.get("EVERY_LOOK"))  # `make looks`: each page in all four
# The contrast of what is typed with its field (WCAG 1.4.3): no rule looks at an empty one.
FAINT = """() => {
  const pen = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const light = colour => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map(byte => byte / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const typed = 'input:not([type=hidden], [type=checkbox], [type=radio], [type=file]),'
    + ' select, textarea';
  return [...document.querySelectorAll(typed)].filter(field => {
    const {color, backgroundColor} = getComputedStyle(field);
    const [less, more] = [light(color), light(backgroundColor)].sort((a, b) => a - b);
    return !field.disabled && more / less < 4.5;
  }).map(field => field.id || field.name);
}"""
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def violations(page: Page) -> list[str]:
    """What breaks a rule in the page as it stands: 'rule: help (place; place)'."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)
    faint = [f"{page.url}: what is typed cannot be read ({name})" for name in page.evaluate(FAINT)]
    return faint + [
        f"{page.url}: {broken['id']}: {broken['help']} "
        f"({'; '.join(' '.join(node['target']) for node in broken['nodes'][:5])})"
        for broken in found["violations"]
    ]


def every_look(page: Page, turn: int) -> Iterator[tuple[int, str]]:
    """Shows the page wide and narrow, light and dark; yields the width and the scheme.

    Each page in two looks, wide in one scheme and narrow in the other; which is which changes
    with the turn, so that each scheme is seen at each width on every second page.
    """
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(PAINTED)  # until then what scrolls now is not yet known to take the focus
        for scheme in SCHEMES if EVERY_LOOK else (SCHEMES[turn % 2],):
            page.emulate_media(color_scheme=scheme)
            yield width, scheme
        turn += 1


def overflow_pixels(page: Page) -> int:
    """How far the page reaches beyond its window to the right, in CSS pixels."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
