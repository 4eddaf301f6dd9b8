"""The proxy's short shared cache: the project's nginx.conf before a server of the test's own."""

import http.client
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools import nginx

pytestmark = pytest.mark.services


@dataclass
class Site:
    """What the server behind the proxy says, and which requests have reached it."""

    body: str = "first"
    asked: list[str] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append(self.path)
        if self.path.startswith("/slow"):
            site.may_answer.wait()
        body = site.body.encode()
        self.send_response(200)
        kept = "no-store" if self.path.startswith("/private") else "public, max-age=0"
        self.send_header("Cache-Control", kept)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server(("127.0.0.1", 0), Handler)
    running.site = Site()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.site.may_answer.set()
    running.shutdown()
    running.server_close()


@pytest.fixture
def proxy(server: Server, tmp_path: Path) -> Iterator[str]:
    with nginx.running(tmp_path, web=f"http://127.0.0.1:{server.server_port}") as address:
        yield address


def ask(proxy: str, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(proxy).netloc, timeout=120)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


def asked_until(proxy: str, path: str, body: str) -> None:
    """Asks until the proxy answers so; the refresh runs beside the answers."""
    deadline = time.monotonic() + 120
    while ask(proxy, path) != (200, body):
        assert time.monotonic() < deadline, f"{path}: never answered {body!r}"
        time.sleep(0.05)


def test_a_change_shows_once_the_second_is_over(proxy: str, server: Server) -> None:
    assert ask(proxy, "/page") == (200, "first")
    server.site.body = "second"
    asked_until(proxy, "/page", "second")


def test_what_was_kept_is_answered_while_the_server_is_down(proxy: str, server: Server) -> None:
    assert ask(proxy, "/page") == (200, "first")
    server.shutdown()
    server.server_close()
    time.sleep(1.5)  # past the second for which it is fresh
    for _ in range(5):
        assert ask(proxy, "/page") == (200, "first")
    status, told = ask(proxy, "/other")
    assert status == 503
    assert "Wait a few seconds and try again" in told


def test_many_readers_of_a_new_page_are_one_question(proxy: str, server: Server) -> None:
    with ThreadPoolExecutor(20) as readers:
        answers = [readers.submit(ask, proxy, "/slow") for _ in range(20)]
        deadline = time.monotonic() + 120
        while not server.site.asked:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        server.site.may_answer.set()
        assert {answer.result() for answer in answers} == {(200, "first")}
    assert server.site.asked == ["/slow"]


def test_what_may_not_be_stored_is_asked_for_each_time(proxy: str, server: Server) -> None:
    for _ in range(3):
        ask(proxy, "/private")
    assert server.site.asked == ["/private"] * 3


def test_who_has_a_cookie_is_given_nothing_kept_and_leaves_nothing(
    proxy: str, server: Server
) -> None:
    ask(proxy, "/page")
    server.site.body = "for one reader"
    assert ask(proxy, "/page", Cookie="sessionid=any") == (200, "for one reader")
    assert ask(proxy, "/alone", Cookie="sessionid=any") == (200, "for one reader")
    server.site.body = "for all"
    assert ask(proxy, "/alone") == (200, "for all")
    assert server.site.asked == ["/page", "/page", "/alone", "/alone"]
