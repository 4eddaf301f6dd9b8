"""What a reader does with a shared link, in a real Chromium."""

import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request
from pypdf import PdfReader

from dashboard.charted.kind import ChartKind
from dashboard.urls import KINDS
from tests.browser.conftest import OpenPage
from tools.server import BASE_DIR, clean_environment, database_copy, running_server

CHART = "/councils/luton/grades/"


def test_a_chart_is_seen_without_javascript_and_with_two_further_requests(
    open_page: OpenPage, site: str
) -> None:
    page = open_page(javascript=False, base_url=site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(CHART, wait_until="networkidle")
    assert page.locator("figure svg.chart").first.is_visible()
    # The shipped font and the sheet for paper delay nothing.
    later = re.compile(r"^data:|/fonts/|/css/print\.")
    further = [url for url in asked[1:] if not later.search(url)]
    assert len(further) <= 2, further


def test_the_address_is_visible_and_copied(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page = context.new_page()
    page.goto(CHART)
    page.locator("details.share summary").first.click()
    field = page.get_by_label("As shown today")
    assert field.is_visible()
    button = page.locator("button[data-copy='pinned-grades']")
    button.click()
    page.wait_for_selector("button[data-copy='pinned-grades'] >> text=Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == field.input_value()
    assert "as_at=" in copied
    assert "known=" in copied
    context.close()


SHEET = """
Object.defineProperty(Navigator.prototype, "share", { configurable: true, value(handed) {
  (window.handedOver ||= []).push(handed);
  return window.closesSheet ? Promise.reject(new DOMException("", "AbortError"))
                            : Promise.resolve();
} });
"""


def test_a_phone_hands_title_and_address_to_its_share_sheet(open_page: OpenPage, site: str) -> None:
    page = open_page(width=390, base_url=site)
    page.add_init_script(SHEET)
    page.goto(f"{CHART}?from=2020&junk=1")
    page.locator("details.share > summary").click()
    button = page.get_by_role("button", name="Share…")
    button.click()
    latest = page.get_by_label("Latest").input_value()
    assert latest.endswith(f"{CHART}?from=2020")
    wanted = {"title": "Luton: grades over time", "url": latest}
    assert page.evaluate("handedOver") == [wanted]
    page.evaluate("closesSheet = true")  # a reader who closes the sheet is told nothing
    button.click()
    assert page.evaluate("handedOver") == [wanted, wanted]


def test_there_is_no_share_button_without_a_share_sheet(open_page: OpenPage, site: str) -> None:
    for javascript in (True, False):
        page = open_page(width=390, javascript=javascript, base_url=site)
        page.add_init_script("delete Navigator.prototype.share")
        page.goto(f"{CHART}share/")
        assert page.get_by_label("Latest").is_visible()
        assert not page.locator("[data-system-share]").is_visible()


def test_the_pinned_link_opens_and_says_that_nothing_changed(page: Page, site: str) -> None:
    page.goto(f"{CHART}share/")
    pinned = page.get_by_label("As shown today").input_value()
    page.goto(site + "/" + pinned.split("/", 3)[3])
    assert "Nothing shown here has changed since." in page.locator(".banner").inner_text()


CORRECT = """
from inspections import actions
from inspections.models import Judgement
held = Judgement.objects.filter(inspection__council__slug="luton")
fact = held.filter(area__lanes__code="overall").first()
other = fact.grade.scale.grades.exclude(pk=fact.grade.pk).first()
actions.correct(fact, changes={"grade": other}, reason="Misread.", by=None)
"""


def test_a_pinned_link_tells_what_was_corrected_and_shows_what_it_showed(
    open_page: OpenPage, tmp_path: Path
) -> None:
    database = f"sqlite:///{database_copy(tmp_path)}"
    with running_server(database) as site:
        page = open_page(base_url=site)
        page.goto(f"{CHART}share/")
        pinned = page.get_by_label("As shown today").input_value()
        latest = page.get_by_label("Latest").input_value()
        page.goto(pinned)
        before = page.locator("figure svg.chart").first.inner_html()
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-c", CORRECT],
            cwd=BASE_DIR, env=clean_environment() | {"DATABASE_URL": database}, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        page.goto(pinned)
        told = page.locator(".banner").inner_text()
        assert "A fact shown here was corrected on" in told
        assert "Why: Misread." in told
        assert page.locator("figure svg.chart").first.inner_html() == before
        page.goto(latest)
        assert page.locator("figure svg.chart").first.inner_html() != before
        assert page.locator(".banner").count() == 0


def test_a_link_unfurls_with_a_picture_of_that_very_view(site: str) -> None:
    def tags(path: str) -> dict[str, str]:
        with urllib.request.urlopen(site + path) as answer:
            found = re.findall(
                r'<meta property="(og:[a-z:]+)" content="([^"]*)"', answer.read().decode()
            )
        return {name: unescape(value) for name, value in found}

    pictures = []
    for query in ("", "?areas=leaders&from=2020"):
        said = tags(CHART + query)
        assert said["og:title"] == "Luton: grades over time"
        assert said["og:image"].endswith(f"/grades.preview.png{query}")
        with urllib.request.urlopen(site + "/" + said["og:image"].split("/", 3)[3]) as answer:
            pictures.append(answer.read())
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert pictures[0] != pictures[1]


def test_letters_survive_print_in_black_and_white(page: Page) -> None:
    """Dark squares keep their light letters: a printed link is not simply black."""
    page.goto("/")
    page.emulate_media(media="print")
    look = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    for grade in ("outstanding", "inadequate"):
        ink, ground = page.locator(f".sq.g-{grade}").first.evaluate(look)
        assert ink == "rgb(255, 255, 255)", (grade, ink, ground)
    assert page.locator(".subpages").count() == 0 or not page.locator(".subpages").is_visible()
    assert page.locator(".print-only").inner_text().startswith("http")


def test_the_panel_is_used_with_the_keyboard_alone(page: Page) -> None:
    page.goto(CHART)
    page.locator("details.share summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.id")
    assert focused == "latest-grades"


def test_meeting_mode_steps_and_leaves_by_keys(page: Page) -> None:
    page.goto(f"{CHART}?present=1")
    assert page.locator(".slide:visible").count() == 1
    assert page.locator("h1").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator(".slide:visible h2").inner_text().startswith("Luton, inspected in ")
    page.keyboard.press("Escape")
    page.wait_for_url(f"**{CHART}")


LOOK_AT_A_SLIDE = """
async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const slide = document.querySelector(".slide:not([hidden])");
  const inside = (part, whole) => {
    const a = part.getBoundingClientRect(), b = whole.getBoundingClientRect();
    return a.left >= b.left - 2 && a.right <= b.right + 2
      && a.top >= b.top - 2 && a.bottom <= b.bottom + 2;
  };
  const seen = e => e.getBoundingClientRect().width > 2;
  const sizes = [], outside = [];
  for (const word of Array.from(slide.querySelectorAll("svg text")).filter(seen)) {
    const svg = word.ownerSVGElement, box = svg.getBoundingClientRect();
    const drawn = svg.viewBox.baseVal;
    const scale = Math.min(box.width / drawn.width, box.height / drawn.height);
    sizes.push(parseFloat(getComputedStyle(word).fontSize) * scale);
    if (!inside(word, svg)) outside.push(word.textContent);
  }
  for (const part of document.querySelectorAll("main *, footer *")) {
    const own = Array.from(part.childNodes).some(n => n.nodeType === 3 && n.data.trim());
    if (part.closest("svg") || !seen(part) || !own) continue;
    sizes.push(parseFloat(getComputedStyle(part).fontSize));
    const whole = part.closest(".slide") || part.closest("footer");
    if (!inside(part, whole)) outside.push(part.textContent);
  }
  const page = document.documentElement;
  const overflows = page.scrollWidth > innerWidth || page.scrollHeight > innerHeight
    || slide.scrollHeight > slide.clientHeight + 1
    || slide.getBoundingClientRect().bottom
       > document.querySelector("footer").getBoundingClientRect().top;
  const filled = Array.from(slide.querySelectorAll(".picture")).map(room => {
    const whole = room.getBoundingClientRect();
    const box = Array.from(room.children).find(seen).viewBox.baseVal;
    const scale = Math.min(whole.width / box.width, whole.height / box.height);
    return scale * scale * box.width * box.height / (whole.width * whole.height);
  });
  return [Math.min(...sizes), overflows, outside, Math.min(1, ...filled)];
}
"""
ASKED = {  # the longest sentences
    "side-by-side": "councils=luton~leeds~kent~barnet~hackney~bexley~bury~devon~york~slough",
    "grades-held": "area=overall",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_slide_is_in_large_type_and_one_sheet_of_paper(
    page: Page, kind: ChartKind, tmp_path: Path
) -> None:
    path = CHART if kind.is_of_council else f"/england/{kind.slug}/"
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{path}?present=1&{ASKED.get(kind.slug, '')}")
    for place in range(page.locator(".slide").count()):
        for width, height, least in ((1920, 1080, 28), (1280, 720, 18.6), (1280, 900, 18.6)):
            page.set_viewport_size({"width": width, "height": height})
            smallest, overflows, outside, filled = page.evaluate(LOOK_AT_A_SLIDE)
            assert (overflows, outside) == (False, []), (place, width, height)
            assert smallest >= least, (place, width, height)
            assert filled > 0.75, (place, width, height)
        page.keyboard.press("ArrowRight")
    target = tmp_path / "meeting.pdf"
    page.pdf(path=target, prefer_css_page_size=True)
    (sheet,) = PdfReader(target).pages
    assert sheet.mediabox.width > sheet.mediabox.height
    assert re.search(r"(?:As at|To) \d+ \w+ 20\d\d", sheet.extract_text())


def test_the_offline_file_opens_without_a_network(
    chromium: Browser, site: str, tmp_path: Path
) -> None:
    with urllib.request.urlopen(f"{site}/councils/luton/offline.html") as answer:
        (tmp_path / "luton.html").write_bytes(answer.read())
    context = chromium.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "luton.html").as_uri())
    assert page.locator("h1").inner_text() == "Luton"
    assert page.locator("svg.chart").first.is_visible()
    background = page.locator(".card").first.evaluate("e => getComputedStyle(e).borderTopWidth")
    assert background == "4px"
    assert [url for url in asked[1:] if not url.startswith("data:")] == []
    context.close()


@pytest.fixture
def host_page(site: str) -> Iterator[str]:
    """A page of another origin that holds the snippet with height, and the frame alone."""
    with urllib.request.urlopen(f"{site}{CHART}share/") as answer:
        page = answer.read().decode()
    snippets = [unescape(text) for text in re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)]
    own = re.search(r'value="(http://[^/"]+)', page)[1]
    fitted = next(text for text in snippets if "<script>" in text).replace(own, site)
    linked = next(text for text in snippets if text.startswith("<a ")).replace(own, site)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if self.path == "/strict":
                self.send_header("Content-Security-Policy", "script-src 'none'")
            self.end_headers()
            snippet = linked if self.path == "/committee" else fitted
            self.wfile.write(f"<!doctype html><title>Host</title>{snippet}".encode())

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/open", "/strict"], ids=["with scripts", "without scripts"])
def test_an_embed_shows_in_a_page_of_another_origin(
    chromium: Browser, host_page: str, path: str
) -> None:
    page = chromium.new_page(viewport={"width": 800, "height": 900})
    page.goto(host_page + path, wait_until="networkidle")
    frame = page.frame_locator("iframe")
    frame.locator("svg.chart").first.wait_for(state="attached")
    assert "Luton: grades over time" in frame.locator("h1").inner_text()
    height = page.locator("iframe").get_attribute("height")
    assert (height != "620") is (path == "/open"), height
    assert page.context.cookies() == []
    page.close()


def test_an_embed_that_has_not_changed_shows_on_the_second_visit(
    chromium: Browser, host_page: str
) -> None:
    """The browser asks anew and is told 304, with the headers that let it be framed."""
    page = chromium.new_page(viewport={"width": 800, "height": 900})
    asked: list[Request] = []
    page.on("requestfinished", lambda one: asked.append(one) if "/embed/" in one.url else None)
    for _ in range(2):
        page.goto(f"{host_page}/strict", wait_until="networkidle")
        chart = page.frame_locator("iframe").locator("svg.chart").first
        chart.wait_for(state="visible")
        heads = asked[-1].all_headers()
        page.goto("about:blank")
    page.close()
    assert len(asked) == 2
    same = {"If-None-Match": heads["if-none-match"]}
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(urllib.request.Request(asked[-1].url, headers=same))
    assert unchanged.value.code == 304


def test_a_picture_with_a_link_needs_neither_frame_nor_script(
    chromium: Browser, host_page: str
) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{host_page}/committee", wait_until="networkidle")
    image = page.locator("a > img")
    assert image.evaluate("e => e.naturalWidth") == 1200
    assert "Luton" in image.get_attribute("alt")
    assert "known=" in page.locator("a").get_attribute("href")
    page.close()


def test_an_embed_weighs_at_most_forty_kilobytes(site: str) -> None:
    import gzip

    def weight(path: str) -> int:
        request = urllib.request.Request(site + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            body = answer.read()
            if answer.headers.get("Content-Encoding") == "gzip":
                return len(body)
            return len(gzip.compress(body))

    path = f"/embed{CHART}"
    with urllib.request.urlopen(site + path) as answer:
        html = answer.read().decode()
    parts = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    assert parts
    assert sum(weight(part) for part in (path, *parts)) <= 40_000
