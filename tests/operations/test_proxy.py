"""The proxy: what it lets through, sheds and says, before a server of the test's own."""

import base64
import contextlib
import hashlib
import http.client
import json
import re
import resource
import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from tools import nginx
from tools.postgres import free_port
from tools.server import database_copy, running_server

pytestmark = pytest.mark.services
PAGES = settings.BASE_DIR / "deploy/proxy/pages"


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.may_answer = threading.Event()
        self.asked: list[tuple[str, str]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["X-Forwarded-For"]))
        if self.path.startswith("/slow"):
            self.server.may_answer.wait(30)
        body = f"{self.headers['X-Forwarded-Proto']} {self.headers['X-Request-ID']}".encode()
        self.send_response(200)
        self.send_header("Cache-Control", "public, max-age=0")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *said: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.may_answer.set()
    running.shutdown()
    running.server_close()


@contextlib.contextmanager
def proxied(server: Server, folder: Path, **given: str) -> Iterator[int]:
    """The proxy's port."""
    with nginx.running(folder, web=f"http://127.0.0.1:{server.server_port}", **given) as address:
        yield int(address.rpartition(":")[2])


@pytest.fixture
def proxy(server: Server, tmp_path: Path) -> Iterator[int]:
    with proxied(server, tmp_path) as port:
        yield port


def ask(port: int, path: str, method: str = "GET", *, tls: bool = False, **headers: str):
    if tls:
        blind = ssl.create_default_context()
        blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
        asked = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=blind)
    else:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = asked.getresponse()
    answer.text = answer.read().decode()
    asked.close()
    return answer


def statuses(port: int, paths: list[str], **headers: str) -> Counter[int]:
    """Of all asked at once."""
    with ThreadPoolExecutor(len(paths)) as readers:
        return Counter(readers.map(lambda path: ask(port, path, **headers).status, paths))


def test_sixty_phones_behind_one_address_read_one_shared_link(proxy: int, server: Server) -> None:
    assert statuses(proxy, ["/councils/luton/"] * 60) == {200: 60}
    assert statuses(proxy, ["/councils/luton/"] * 60) == {200: 60}
    assert len(server.asked) <= 3  # kept for a second


def test_one_address_cannot_take_every_place(server: Server, tmp_path: Path) -> None:
    given = {"BALANCERS": "127.0.0.0/8", "AT_ONCE": "48"}  # as two servers with 24 each
    with proxied(server, tmp_path, **given) as port, ThreadPoolExecutor(40) as readers:
        greedy = [
            readers.submit(ask, port, f"/slow/{n}", X_Forwarded_For="203.0.113.7")
            for n in range(40)
        ]
        wait_for(lambda: sum(one.done() for one in greedy) == 10)
        assert len(server.asked) == 30
        assert ask(port, "/other", X_Forwarded_For="203.0.113.8").status == 200
        server.may_answer.set()
        assert Counter(one.result().status for one in greedy) == {200: 30, 429: 10}


def wait_for(condition) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_is_too_much_for_the_server_is_told_at_once_to_come_back(
    server: Server, tmp_path: Path
) -> None:
    with proxied(server, tmp_path, AT_ONCE="4") as port, ThreadPoolExecutor(4) as readers:
        waiting = [readers.submit(ask, port, f"/slow/{n}") for n in range(4)]
        wait_for(lambda: len(server.asked) == 4)
        began = time.monotonic()
        answer = ask(port, "/one-more")
        assert time.monotonic() - began < 2
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert "Wait a few seconds and try again" in answer.text
        server.may_answer.set()
        assert {one.result().status for one in waiting} == {200}
        assert ask(port, "/one-more").status == 200


def test_too_many_pages_from_one_address_are_refused_with_a_reason(
    server: Server, tmp_path: Path
) -> None:
    with proxied(server, tmp_path, PAGES_A_SECOND="1") as port:
        answers = [ask(port, f"/{n}") for n in range(110)]
        assert Counter(answer.status for answer in answers)[200] in {101, 102, 103}
        assert (answers[-1].status, answers[-1].headers["Retry-After"]) == (429, "5")
        assert "Everybody on your network shares one limit" in answers[-1].text
        kept = ask(port, "/0")  # was answered before
        assert kept.status == 200


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PROPFIND", "FOO"])
def test_a_method_that_no_page_knows_is_405_and_names_the_others(
    proxy: int, server: Server, method: str
) -> None:
    answer = ask(proxy, "/", method)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert server.asked == []


def own_answers(port: int) -> dict[int, http.client.HTTPResponse]:
    return {
        405: ask(port, "/", "PUT"),
        413: ask(port, "/", "POST", Content_Length=str(31 * 1024 * 1024)),
        414: ask(port, f"/?q={'a' * 9000}"),
        404: ask(port, "/static/none.css"),
    }


def test_its_own_answers_are_plain_pages_with_the_security_headers(proxy: int) -> None:
    for status, answer in own_answers(proxy).items():
        assert answer.status == status
        assert "<h1>" in answer.text
        assert answer.headers["X-Content-Type-Options"] == "nosniff", status
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], status
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", status
        assert answer.headers["X-Frame-Options"] == "DENY", status
        assert answer.headers["Cache-Control"] == "no-store", status
        assert "nginx/" not in answer.text + str(answer.headers), status


def test_a_header_that_the_server_has_given_is_not_given_twice(proxy: int) -> None:
    assert ask(proxy, "/page").headers.get_all("X-Content-Type-Options") == ["nosniff"]


def test_the_style_of_its_pages_is_the_one_that_the_policy_allows() -> None:
    policy = (PAGES.parent / "own.conf").read_text()
    for page in PAGES.glob("*.html"):
        [style] = re.findall(r"<style>(.*)</style>", page.read_text())
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy, page.name


def test_metrics_are_not_for_readers(proxy: int, server: Server) -> None:
    assert ask(proxy, "/metrics").status == 404
    assert server.asked == []


def test_nothing_that_a_client_says_of_itself_is_believed(proxy: int, server: Server) -> None:
    answer = ask(
        proxy, "/page", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="https", X_Request_ID="x"
    )
    assert server.asked == [("/page", "127.0.0.1")]
    assert re.fullmatch(r"http [0-9a-f]{32}", answer.text)


def test_behind_a_balancer_the_readers_address_is_the_one_it_tells(
    server: Server, tmp_path: Path
) -> None:
    with proxied(server, tmp_path, BALANCERS="127.0.0.1 10.0.0.0/8") as port:
        answer = ask(
            port,
            "/page",
            X_Forwarded_For="198.51.100.1, 203.0.113.9, 10.1.2.3",
            X_Forwarded_Proto="https",
        )
        assert server.asked == [("/page", "203.0.113.9")]
        assert answer.text.startswith("https ")


def signed_by_itself(folder: Path) -> dict[str, str]:
    """A certificate for the name localhost, as the variables of proxy.sh."""
    key, chain = folder / "privkey.pem", folder / "fullchain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", key, "-out", chain, "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    return {"TLS_CERTIFICATE": str(chain), "TLS_KEY": str(key)}


@pytest.fixture
def certificate(tmp_path: Path) -> dict[str, str]:
    return signed_by_itself(tmp_path)


def test_with_a_certificate_all_is_over_tls_and_plain_http_is_sent_there(
    server: Server, tmp_path: Path, certificate: dict[str, str]
) -> None:
    tls, health = free_port(), free_port()
    (tmp_path / "acme/.well-known/acme-challenge").mkdir(parents=True)
    (tmp_path / "acme/.well-known/acme-challenge/token").write_text("proof")
    given = certificate | {
        "SITE_URL": "https://inspections.example.org",
        "HTTPS_PORT": str(tls),
        "HEALTH_PORT": str(health),
        "ACME_FOLDER": str(tmp_path / "acme"),
    }
    (tmp_path / "static").mkdir()
    (tmp_path / "static/staticfiles.json").write_text("{}")
    with proxied(server, tmp_path, **given) as plain:
        sent = ask(plain, "/councils/?q=l", Host="evil.example")
        assert sent.status == 308
        assert sent.headers["Location"] == "https://inspections.example.org/councils/?q=l"
        assert ask(plain, "/api/v1/").status == 308, "the page about it is for people"
        for program in ("/api/v1/councils", "/api/v2/", "/oembed?url=x"):
            told = ask(plain, program)
            assert (told.status, told.headers.get("Location")) == (403, None), program
            assert told.headers["Content-Type"] == "application/json"
            assert json.loads(told.text)["errors"] == [
                {"where": "address", "found": "http", "expected": given["SITE_URL"]}
            ]
        assert ask(plain, "/.well-known/acme-challenge/token").text == "proof"
        assert ask(tls, "/page", tls=True).text.startswith("https ")
        own = [ask(tls, "/", "PUT", tls=True), ask(tls, "/static/staticfiles.json", tls=True), sent]
        for answer in own:
            assert (
                answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
            )
        assert ask(health, "/well").status == 200


def cipher_of(port: int, ciphers: str) -> str:
    """Which is agreed on by a client of TLS 1.2 that knows these."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        context.wrap_socket(plain) as secure,
    ):
        return str((secure.cipher() or [""])[0])


def test_only_good_ciphers_are_agreed_on_and_the_strongest_first(
    server: Server, tmp_path: Path, certificate: dict[str, str]
) -> None:
    tls = free_port()
    with proxied(server, tmp_path, **certificate, HTTPS_PORT=str(tls)):
        both = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"
        assert cipher_of(tls, both) == "ECDHE-ECDSA-AES256-GCM-SHA384"
        for weak in (
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-SHA384",
            "ALL:!AESGCM:!CHACHA20",
        ):
            with pytest.raises((ssl.SSLError, ConnectionError)):
                cipher_of(tls, weak)


ALWAYS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_over_tls_every_answer_of_the_site_has_each_security_header_once(
    tmp_path: Path, certificate: dict[str, str]
) -> None:
    site, tls = {"SITE_URL": "https://localhost"}, free_port()
    database = f"sqlite:///{database_copy(tmp_path)}"
    given = certificate | site | {"HTTPS_PORT": str(tls), "ANSWER_SECONDS": "60"}
    with (
        running_server(database, environment=site | {"SECRET_KEY": "x" * 50}) as web,
        nginx.running(tmp_path, web=web, **given),
    ):
        for path, method, status in (
            ("/", "GET", 200), ("/councils/", "HEAD", 200), ("/nothing/", "GET", 404),
            ("/admin/login/", "GET", 200), ("/", "POST", 405), ("/healthz", "GET", 200),
            ("/static/none.css", "GET", 404), ("/", "PUT", 405), ("/report/", "GET", 200),
        ):  # fmt: skip
            answer = ask(tls, path, method, tls=True)
            assert answer.status == status, path
            for name, value in ALWAYS.items():
                assert answer.headers.get_all(name) == [value], (path, name)
            [policy] = answer.headers.get_all("Content-Security-Policy")
            assert "default-src 'none'" in policy, path
            assert "frame-ancestors 'none'" in policy, path
            assert not re.search("unsafe-(inline|eval)", policy), path
            assert len(answer.headers.get_all("Permissions-Policy")) == 1, path
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                assert cookie.startswith("__Host-"), path
                assert "Secure" in cookie, path
                assert "SameSite=Lax" in cookie, path


def test_a_first_certificate_can_be_asked_for(server: Server, tmp_path: Path) -> None:
    (tmp_path / "acme/.well-known/acme-challenge").mkdir(parents=True)
    (tmp_path / "acme/.well-known/acme-challenge/token").write_text("proof")
    with proxied(server, tmp_path, ACME_FOLDER=str(tmp_path / "acme")) as plain:
        assert ask(plain, "/.well-known/acme-challenge/token").text == "proof"
    assert server.asked == []


def test_without_one_nothing_says_that_there_is(proxy: int) -> None:
    assert "Strict-Transport-Security" not in ask(proxy, "/", "PUT").headers


def test_its_log_names_no_whole_address(proxy: int, tmp_path: Path) -> None:
    ask(proxy, "/page")
    log = tmp_path / "access.log"
    wait_for(lambda: "GET /page" in log.read_text())
    assert log.read_text().startswith("127.0.0.0 [")


def test_its_log_keeps_no_link_that_was_mailed(proxy: int, tmp_path: Path) -> None:
    for path in ("/entry/welcome/Nw/abc-secret/", "/subscribe/secret/end/", "/page?later"):
        ask(proxy, path)
    log = tmp_path / "access.log"
    wait_for(lambda: "GET /page?later HTTP" in log.read_text())
    assert "secret" not in log.read_text()
    assert '"GET /entry/welcome/- HTTP' in log.read_text()
    assert '"GET /subscribe/- HTTP' in log.read_text()


def test_clients_that_never_end_their_request_stop_nobody(proxy: int) -> None:
    with contextlib.ExitStack() as held:
        for _ in range(500):
            slow = held.enter_context(socket.create_connection(("127.0.0.1", proxy)))
            slow.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        began = time.monotonic()
        assert {ask(proxy, f"/{n}").status for n in range(20)} == {200}
        assert time.monotonic() - began < 5


def test_a_thousand_downloads_at_once_stop_nobody(server: Server, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    (tmp_path / "static").mkdir()
    (tmp_path / "static/large.bin").write_bytes(bytes(4 * 1024**2))
    with proxied(server, tmp_path, BALANCERS="127.0.0.0/8") as port, contextlib.ExitStack() as held:
        opened = []
        for n in range(1000):
            one = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            sent = f"X-Forwarded-For: 203.0.{n // 200}.{n % 200 + 1}"
            one.sendall(f"GET /static/large.bin HTTP/1.1\r\nHost: a\r\n{sent}\r\n\r\n".encode())
            opened.append(one)
        began = time.monotonic()
        assert {ask(port, f"/{n}").status for n in range(20)} == {200}
        assert time.monotonic() - began < 5
        assert {one.recv(15) for one in opened} == {b"HTTP/1.1 200 OK"}


@pytest.mark.parametrize(
    "request_",
    [
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nX",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x" * 65_536 + "\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_a_request_within_a_request_is_refused(proxy: int, server: Server, request_: str) -> None:
    with socket.create_connection(("127.0.0.1", proxy), timeout=30) as raw:
        raw.sendall(request_.encode())
        status = int(raw.recv(100).split(b" ")[1])
    assert status in {400, 405, 413, 414, 431, 501}
