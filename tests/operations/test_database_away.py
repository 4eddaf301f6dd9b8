"""A database that is killed, frozen or begun anew: readers go on, staff are told plainly."""

import contextlib
import http.client
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

import pytest

from tools import faults
from tools.native import Native, running

pytestmark = pytest.mark.services
LINE = "The database cannot be reached: shown as read at"
LONGEST_SECONDS, BACK_SECONDS = 3.0, 5.0
PAGES = (
    "/", "/councils/", "/councils/luton/", "/about/", "/method/", "/england/changes/",
    "/councils/luton/?as_at=2019-05-06", "/embed/councils/luton/grades/",
    "/compare/?councils=luton", "/councils/luton/grades/?present=1", "/subscribe/", "/report/",
)  # fmt: skip
FILES = (
    "/councils.csv", "/councils/luton/grades.png?w=400", "/councils/luton/grades.svg?theme=dark",
    "/councils/luton.atom", "/councils/luton.ics", "/api/v1/councils?page_size=5",
    "/councils/luton/grades.xlsx",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    status: int
    text: str
    headers: dict[str, str]
    seconds: float


@dataclass
class Site:
    """One web server with one process, asked without the proxy and what it keeps."""

    native: Native
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        began = time.monotonic()
        asked = http.client.HTTPConnection("127.0.0.1", self.native.ports["web-a"], timeout=40)
        host = urlsplit(self.native.site_url).netloc
        asked.request(method, path, body or None, {"Host": host, **headers})
        answer = asked.getresponse()
        text = answer.read().decode(errors="replace")
        asked.close()
        return Answer(answer.status, text, dict(answer.headers), time.monotonic() - began)

    def until_it_is_back(self) -> float:
        """Seconds until a page is fresh again."""
        began = time.monotonic()
        while LINE in self.ask("/").text:
            assert time.monotonic() - began < 60
            time.sleep(0.1)
        return time.monotonic() - began


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running("database", "web-a", WORKERS="1") as native:
        yield Site(native)


def frozen(native: Native, to: str) -> None:
    main = str(native.pid("database"))
    subprocess.run(["kill", to, main, *faults.children_of(int(main))], check=False)


FAULTS: dict[str, tuple[Callable[[Native], None], Callable[[Native], None]]] = {
    "killed": (lambda native: native.kill("database"), lambda native: native.start("database")),
    "frozen": (lambda native: frozen(native, "-STOP"), lambda native: frozen(native, "-CONT")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_readers_never_see_it_die(site: Site, fault: str) -> None:
    breaks, mends = FAULTS[fault]
    assert LINE not in site.ask("/").text
    fresh = site.ask("/councils/luton/")
    breaks(site.native)
    try:
        for path in (*PAGES, *FILES, "/nothing/", "/councils/lutn/", "/healthz", "/readyz"):
            answer = site.ask(path)
            expected = {"/nothing/": 404, "/councils/lutn/": 404, "/readyz": 503}.get(path, 200)
            assert answer.status == expected, (path, answer.text[-2000:])
            assert answer.seconds < LONGEST_SECONDS, (path, answer.seconds)
            assert "no-store" in answer.headers["Cache-Control"], path
            assert "ETag" not in answer.headers, path
            if answer.headers["Content-Type"].startswith("text/html"):
                assert answer.text.count(LINE) == 1, path
        shared = f"/councils/luton/?as_at=2026-08-22&known={datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        pinned = site.ask(shared)
        assert pinned.status == 200, "nothing has changed since the link was made"
        assert pinned.seconds < LONGEST_SECONDS
        part = site.ask("/councils/?grade=good", **{"HX-Request": "true"})
        assert LINE in part.text
        # Who has the fresh page is not told that nothing has changed.
        again = site.ask("/councils/luton/", **{"If-None-Match": fresh.headers["ETag"]})
        assert again.status == 200
        signed_in = site.ask("/councils/luton/", Cookie="sessionid=" + "a" * 32)
        assert (signed_in.status, LINE in signed_in.text) == (200, True)
        staff = site.ask("/entry/", Cookie="sessionid=" + "a" * 32)
        assert staff.status == 503
        assert "Nothing can be entered or changed until it does" in staff.text
        assert staff.seconds < 8
        assert int(staff.headers["Retry-After"])
    finally:
        mends(site.native)
    assert site.until_it_is_back() < BACK_SECONDS
    back = site.ask("/councils/luton/")
    assert (back.status, back.headers["ETag"]) == (200, fresh.headers["ETag"])
    assert site.ask("/entry/").status == 302


def test_what_was_typed_is_given_back(site: Site) -> None:
    page = site.ask("/report/?about=/councils/luton/")
    cookie = page.headers["Set-Cookie"].split(";")[0]
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    typed = {
        "csrfmiddlewaretoken": token,
        "about": "/councils/luton/",
        "fact": "",
        "said": "It was <b>May</b>.",
    }
    site.native.kill("database")
    try:
        answer = site.ask("/report/?about=/councils/luton/", "POST", urlencode(typed),
                          **{"Content-Type": FORM, "Cookie": cookie})  # fmt: skip
    finally:
        site.native.start("database")
    site.until_it_is_back()
    assert answer.status == 503
    assert "It is not known whether what you sent was saved" in answer.text
    assert 'value="It was &lt;b&gt;May&lt;/b&gt;."' in answer.text
    password = site.ask("/admin/login/", "POST", urlencode({"username": "a", "password": "hidden"}),
                        **{"Content-Type": FORM})  # fmt: skip
    assert "hidden" not in password.text


def test_a_server_begun_meanwhile_goes_on_from_what_another_has_left(site: Site) -> None:
    fresh = site.ask("/councils/luton/")
    until((site.native.folder / "files/last-read").exists)
    site.native.kill("database")
    try:
        site.native.stop("web-a")
        site.native.spawn("web-a")
        until(lambda: is_up(site))
        for path in (*PAGES, *FILES):
            answer = site.ask(path)
            assert answer.status == 200, (path, answer.text[-2000:])
            assert answer.seconds < LONGEST_SECONDS, (path, answer.seconds)
        assert LINE in site.ask("/").text
    finally:
        site.native.start("database")
    assert site.until_it_is_back() < BACK_SECONDS
    assert site.ask("/councils/luton/").headers["ETag"] == fresh.headers["ETag"]


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def is_up(site: Site) -> bool:
    with contextlib.suppress(OSError):
        return site.ask("/healthz").status == 200
    return False


def test_no_request_fails_while_it_is_begun_anew(site: Site) -> None:
    statuses = set()
    for _ in range(3):
        site.ask("/")
        site.native.stop("database")
        statuses |= {site.ask(path).status for path in PAGES}
        site.native.start("database")
        statuses |= {site.ask(path).status for path in PAGES}
        site.until_it_is_back()
    assert statuses == {200}
