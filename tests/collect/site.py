"""A site on loopback that serves pages as Ofsted's do, about invented councils."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Paper:
    """A document on a council's page. `words` as in the link's hidden text."""

    number: int
    words: str
    content: bytes = b"%PDF-1.4 nothing"

    @property
    def link(self) -> str:
        return (
            f'<li><a class="publication-link" href="{{files}}/v1/file/{self.number}">Report '
            f'<span class="nonvisual">{self.words}</span></a></li>'
        )


@dataclass
class Site:
    """Councils by Ofsted number, each with its papers, newest first; `faults` by path.

    A fault is a status to answer, "slow" (an answer that never ends), "cut" (a part of the
    bytes), "loop" or "away" (a redirect), or a page's text to send instead.
    """

    councils: dict[str, list[Paper]] = field(default_factory=dict)
    faults: dict[str, int | str] = field(default_factory=dict)
    robots: str = "User-agent: *\nDisallow: /private/\n"
    asked: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    asked_at: list[float] = field(default_factory=list)
    address: str = ""

    def page(self, path: str, query: dict[str, list[str]]) -> bytes | None:
        """The answer's bytes, None where there is none."""
        if path == "/robots.txt":
            return self.robots.encode()
        if path == "/search":
            start, rows = (int(query[name][0]) for name in ("start", "rows"))
            numbers = list(self.councils)[start : start + rows]
            links = "".join(f'<h3><a href="/provider/44/{n}">{n}</a></h3>' for n in numbers)
            return f"<html><body>{links}</body></html>".encode()
        number = path.rpartition("/")[2]
        if path.startswith("/provider/") and number in self.councils:
            links = "".join(paper.link for paper in self.councils[number])
            return links.replace("{files}", self.address).encode()
        papers = [p for listed in self.councils.values() for p in listed if str(p.number) == number]
        return papers[0].content if path.startswith("/v1/file/") and papers else None


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            site.asked[parts.path] += 1
            site.asked_at.append(time.monotonic())
            site.agents.add(self.headers["User-Agent"])
            fault = site.faults.get(parts.path)
            content = site.page(parts.path, parse_qs(parts.query, keep_blank_values=True))
            if isinstance(fault, int):
                self.send(fault, b"")
            elif fault in ("loop", "away"):
                where = parts.path if fault == "loop" else "http://127.0.0.2:9/v1/file/1"
                self.send(302, b"", Location=where)
            elif fault == "slow":
                self.send_response(200)
                self.send_header("Content-Length", "1000000")
                self.end_headers()
                time.sleep(2)
            elif fault == "cut" and content:
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2])
                self.close_connection = True
            elif content is None:
                self.send(404, b"")
            else:
                content = fault.encode() if isinstance(fault, str) else content
                etag = f'"{sha256(content).hexdigest()[:16]}"'
                if self.headers.get("If-None-Match") == etag:
                    self.send(304, b"", ETag=etag)
                else:
                    self.send(200, content, ETag=etag)

        def send(self, status: int, content: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site on a free port of loopback, with its `address`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
