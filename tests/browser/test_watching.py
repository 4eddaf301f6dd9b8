"""The watcher of the browser tests complains about what it says it complains about."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import Watcher

PAGES = {
    "/calm": "<h1>Calm</h1>",
    "/console": '<script src="/console.js"></script>',
    "/console.js": "console.error('something broke')",
    "/thrown": '<script src="/thrown.js"></script>',
    "/thrown.js": "throw new Error('thrown away')",
    "/inline": "<h1>Inline</h1><script>document.title = 'ran'</script>",
    "/missing-part": '<script src="/gone.js"></script>',
    "/other-host": '<img src="http://127.0.0.2:9/pixel.png" alt="">',
}
POLICY = "default-src 'self'; img-src *"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        self.send_response(404 if body is None else 200)
        kind = "text/javascript" if self.path.endswith(".js") else "text/html"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write((body or "not here").encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def small_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/console", "console: something broke"),
        ("/thrown", "script: thrown away"),
        ("/inline", "Content Security Policy"),
        ("/missing-part", "answer: 404"),
        ("/other-host", "request to another host: http://127.0.0.2:9/pixel.png"),
    ],
)
def test_the_watcher_complains(
    chromium: Browser, small_site: str, path: str, complaint: str
) -> None:
    page = chromium.new_page()
    watcher = Watcher(page)
    page.goto(small_site + path, wait_until="networkidle")
    page.close()
    assert any(complaint in found for found in watcher.complaints), watcher.complaints


def test_the_watcher_is_content_with_a_calm_page(chromium: Browser, small_site: str) -> None:
    page = chromium.new_page()
    watcher = Watcher(page)
    page.goto(small_site + "/calm", wait_until="networkidle")
    page.close()
    # Chromium asks for an icon where the page names none.
    assert [found for found in watcher.complaints if "favicon" not in found] == []
