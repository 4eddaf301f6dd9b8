"""A good guest on another's site: its robots.txt, one request a second, bounds, no other hosts."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx

AGENT = "childrens-services-record"
PAUSE_SECONDS = 1.0
TRIES = 3
LONGEST_PAUSE_SECONDS = 60.0
SECONDS_A_REQUEST = 60.0
_AGAIN = frozenset({429, 500, 502, 503, 504})


class NotGivenError(Exception):
    """The site did not give a page or a document; `found` says what it did instead."""

    def __init__(self, url: str, found: str, *, is_down: bool = False) -> None:
        super().__init__(f"{url}: {found}")
        self.url = url
        self.found = found
        self.is_down = is_down


@dataclass(frozen=True)
class Stamp:
    """What the site said of a page's version, to be sent with the next request for it."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Given:
    """An answer: its bytes, or None where the page is the one of the stamp that was sent."""

    content: bytes | None
    stamp: Stamp

    @property
    def text(self) -> str:
        return (self.content or b"").decode("utf-8", "replace")


@dataclass
class Guest:
    """Asks a few hosts, politely; counts its requests. Raises NotGivenError.

    `contact` stands in the user agent. `pause` seconds lie between two requests; a host that is
    busy or fails is asked again after twice, four times as long, or when it says.
    """

    contact: str
    hosts: frozenset[str]
    pause: float = PAUSE_SECONDS
    seconds: float = SECONDS_A_REQUEST
    sleep: Callable[[float], None] = time.sleep
    requests: int = 0
    _asked_at: float = field(default=float("-inf"), init=False)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        agent = f"{AGENT} (+mailto:{self.contact})" if self.contact else AGENT
        self._client = httpx.Client(
            headers={"User-Agent": agent, "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(min(20.0, self.seconds)),
            follow_redirects=False,
        )

    def close(self) -> None:
        self._client.close()

    def get(self, url: str, *, most_bytes: int, stamp: Stamp | None = None) -> Given:
        """The page or document at `url`; redirects are followed on the same host only."""
        if not self._may_ask(url):
            raise NotGivenError(url, "its robots.txt asks not to read it")
        return self._get(url, most_bytes=most_bytes, stamp=stamp or Stamp())

    def _may_ask(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise NotGivenError(url, "no address") from error
        if parts.scheme not in ("http", "https") or parts.netloc not in self.hosts:
            raise NotGivenError(url, "an address on another host, which is not asked")
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            rules = RobotFileParser()
            try:
                given = self._get(f"{root}/robots.txt", most_bytes=500_000, stamp=Stamp())
                rules.parse(given.text.splitlines())
            except NotGivenError as error:
                if error.is_down:
                    raise
                rules.parse([])  # none: everything may be asked
            self._robots[root] = rules
        return self._robots[root].can_fetch(AGENT, url)

    def _get(self, url: str, *, most_bytes: int, stamp: Stamp) -> Given:
        found = ""
        for number in range(TRIES):
            wait = self.pause * 2**number
            try:
                answer = self._ask(url, most_bytes, stamp)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                found = f"{type(error).__name__}: {error}"[:200]
            except TimeoutError:
                found = f"no whole answer within {self.seconds:g} seconds"
            else:
                if isinstance(answer, Given):
                    return answer
                found, after = answer
                wait = max(wait, after)
            if number + 1 < TRIES:
                self.sleep(min(wait, LONGEST_PAUSE_SECONDS))
        raise NotGivenError(url, f"{found}, {TRIES} times", is_down=True)

    def _ask(self, url: str, most_bytes: int, stamp: Stamp) -> "Given | tuple[str, float]":
        """The answer; or, where it may be asked again, what came and the seconds to wait."""
        host = urlsplit(url).netloc
        for _ in range(4):
            self._wait_for_turn()
            with self._client.stream("GET", url, headers=stamp.headers) as answer:
                if answer.has_redirect_location:
                    url = str(httpx.URL(url).join(answer.headers["location"]))
                    if urlsplit(url).netloc != host:
                        raise NotGivenError(url, "a redirect to another host, not followed")
                    continue
                if answer.status_code == httpx.codes.NOT_MODIFIED:
                    return Given(None, stamp)
                if answer.status_code in _AGAIN:
                    return f"status {answer.status_code}", _seconds(answer)
                if answer.status_code != httpx.codes.OK:
                    raise NotGivenError(url, f"status {answer.status_code}")
                content = self._read(answer, most_bytes)
                names = ("etag", "last-modified")
                etag, modified = (answer.headers.get(name, "")[:300] for name in names)
                return Given(content, Stamp(etag, modified[:100]))
        raise NotGivenError(url, "redirects without an end")

    def _read(self, answer: httpx.Response, most_bytes: int) -> bytes:
        deadline = time.monotonic() + self.seconds
        content = bytearray()
        for part in answer.iter_bytes():
            content += part
            if len(content) > most_bytes:
                raise NotGivenError(str(answer.url), f"more than {most_bytes / 1e6:g} MB")
            if time.monotonic() > deadline:
                raise TimeoutError
        return bytes(content)

    def _wait_for_turn(self) -> None:
        remaining = self._asked_at + self.pause - time.monotonic()
        if remaining > 0:
            self.sleep(remaining)
        self._asked_at = time.monotonic()
        self.requests += 1


def _seconds(answer: httpx.Response) -> float:
    """How long the host asks to wait (`Retry-After` in seconds); 0 where it does not say."""
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isdigit() else 0.0
