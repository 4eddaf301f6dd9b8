"""Answers that depend on the record, their address and the day, and on nothing else.

Each is rendered once for one identity of the record and kept, with every header that it left
with. The address is read as its page reads it: what is unknown or ignored never reaches the
key, and an address with a notice is not kept at all. A reader who has the answer already is
told so (304) with the same headers, before anything is rendered. One query a request.
"""

import hashlib
import re
import time
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    QueryDict,
)
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from zlib_ng import zlib_ng

from config.client_address import client_address
from dashboard.http import kept
from dashboard.http.away import line
from dashboard.http.cost import Budget
from dashboard.http.rendering import wants_part
from dashboard.state.address import LOOK, Choices, LookState, ViewState, is_download
from inspections import store
from inspections.questions.backtest import backtest
from inspections.record import Record

API = "/api/"
METHODS = "GET, HEAD, OPTIONS"
SAME_CLIENT = (
    "REMOTE_ADDR", "HTTP_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO",
    "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme",
)  # fmt: skip
NEVER_KEPT = ("/admin/", "/entry/", "/static/")
PRIVATE_COOKIES = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
DRAWN = re.compile(r"\.(png|svg|zip|xlsx|ods|sqlite|ics|pdf|docx)$|/offline\.html$|^/data/.+\.")
"""Files that cost much to make. A budget of processor time bounds them, and every address with a
query: of those there are without number, such as a page as at each day."""
PACKED_TYPES = ("text/", "application/json", "application/atom+xml", "image/svg+xml")
SHORTEST_PACKED = 512  # bytes
INDENT = re.compile(rb"\n\s+(?=<)")
"""What templates leave before a tag: 3 kB of a council's page. What readers copy has none."""
BUSY = (
    "Too many different pictures, files, days and choices have been asked for from here in the "
    "last minute. Ask again in a minute; pages without a choice, and what others have opened "
    "already, can be read meanwhile."
)
GetResponse = Callable[[HttpRequest], HttpResponse]
AHEAD_AFTER_SECONDS = 3.0
"""How long after a change: the pages that everybody asks for anew come first."""
budget = Budget(client=settings.DRAWING_SECONDS, all_together=3 * settings.DRAWING_SECONDS)


def asks(kind: type[ViewState]) -> Callable[[Any], Any]:
    """Marks a view whose answer depends on nothing but the record and this state."""

    def mark(view: Any) -> Any:
        view.asks = kind
        return view

    return mark


@cache
def release() -> str:
    """Changes with the code and templates, so that a new release is asked for anew."""
    folders = ("dashboard", "inspections", "templates", "static/css", "static/js")
    times = (
        path.stat().st_mtime_ns
        for folder in folders
        for path in (Path(settings.BASE_DIR) / folder).rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js"}
    )
    return str(max(times, default=0))


@lru_cache(maxsize=4096)
def kind_of(path: str) -> type[ViewState] | None:
    """The state that a path's view reads; None where its answer is not kept."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    chart = found.kwargs.get("kind")
    kind: type[ViewState] | None = getattr(found.func, "asks", None)
    return kind or (chart.state if chart is not None else None)


def key_of(request: HttpRequest, now: Record) -> str | None:
    """What the answer depends on, as one text; None where it cannot be kept."""
    parts = [now.identity, release(), str(timezone.localdate()), settings.SITE_URL, request.path]
    if not is_download(request.path):
        parts.append(line())
    if request.path.startswith(API):
        # What it does not know, or is given twice, it refuses: nothing of that is kept.
        return _hashed([*parts, urlencode(sorted(request.GET.lists()), doseq=True)])
    kind = kind_of(request.path)
    if kind is None:
        return None
    state = look = ""
    if request.META.get("QUERY_STRING"):
        query = dict(request.GET.lists())
        choices = Choices.of(now, timezone.localdate())
        shape = {name: cells for name, cells in query.items() if name in LOOK}
        asked = {name: cells for name, cells in query.items() if name not in LOOK}
        read, notices = kind.read(asked, choices)
        if read.known is not None and not store.away_since():
            then = store.record_known_at(read.known, now)
            read, notices = kind.read(asked, Choices.of(then, timezone.localdate()))
        seen, unseen = LookState.read(shape, choices)
        if notices or unseen:
            return None
        state, look = read.query(), seen.query()
    return _hashed([*parts, state, look, "part" if wants_part(request) else "page"])


def _hashed(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


class KeptAnswersMiddleware:
    """The outermost: gives out what is kept, and keeps what was rendered with all its headers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.seen = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(NEVER_KEPT) or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        if request.method == "GET":
            return self._answer(request)
        request.method = "GET"
        response = self._answer(request)
        request.method = "HEAD"
        if response.status_code != 304 and not response.streaming:
            length = str(len(response.content))
            response.content = b""
            response.headers["Content-Length"] = length
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # refuses a foreign host, also where the answer is kept
        if not request.COOKIES.keys().isdisjoint(PRIVATE_COOKIES):
            return packed(request, self._drawn(request))
        if not (request.path.startswith(API) or kind_of(request.path)):
            return packed(request, self.get_response(request))
        now = store.current_record(for_reader=True)
        request.record_now = now  # type: ignore[attr-defined]
        if now.identity != self.seen:
            pause = AHEAD_AFTER_SECONDS if self.seen else 0
            self.seen = now.identity
            if settings.WORK_AHEAD:
                worker = Timer(pause, self._work_ahead, args=(now,))
                worker.daemon = True
                worker.start()
        key = key_of(request, now)
        if key is None:
            return packed(request, self._drawn(request))
        etag = f'W/"{key}"'
        held = kept.store.get(key)
        if held is None:
            response = self._drawn(request)
            if not _can_be_kept(response):
                return packed(request, response)
            response.headers["ETag"] = etag
            held = answer_of(response)
            kept.store.set(key, held)
        return _given(request, held, etag)

    def _work_ahead(self, record: Record) -> None:
        """What takes a second, unless the record has changed again meanwhile."""
        if record.identity == self.seen:
            backtest(record)

    def _drawn(self, request: HttpRequest) -> HttpResponse:
        """Renders the answer; one that costs much is counted against its reader's budget."""
        if not (DRAWN.search(request.path) or request.META.get("QUERY_STRING")):
            return self.get_response(request)
        client = client_address(request)
        if wait := budget.wait(client):
            request.refused = [BUSY], 429  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers["Retry-After"] = str(wait)
            return response
        started = time.thread_time()
        response = self.get_response(request)
        budget.spend(client, time.thread_time() - started)
        return response


def page_again(request: HttpRequest, address: str) -> bytes:
    """The page of this address as any reader gets it, to be looked at by another page; empty where
    there is none, or where drawing it would cost its reader more than is given. `request` is
    then answered of the same record."""
    path, _, query = address.partition("#")[0].partition("?")
    if not path.endswith("/") or kind_of(path) is None:
        return b""
    asked = HttpRequest()
    asked.method, asked.path, asked.path_info = "GET", path, path
    own = {name: request.META[name] for name in SAME_CLIENT if name in request.META}
    asked.META = {**own, "QUERY_STRING": query, "PATH_INFO": path}
    asked.GET = QueryDict(query)
    now = store.current_record(for_reader=True)
    for one in (asked, request):  # so that both cost one query
        one.record_now = now  # type: ignore[attr-defined]
    key = key_of(asked, now)
    if key and (held := kept.store.get(key)):
        return held.body
    client = client_address(request)
    if budget.wait(client):
        return b""
    started = time.thread_time()
    view, args, given = resolve(path)
    try:
        response = view(asked, *args, **given)
    except Http404:
        return b""
    finally:
        budget.spend(client, time.thread_time() - started)
    return bytes(response.content) if response.status_code == 200 else b""


def _can_be_kept(response: HttpResponse) -> bool:
    is_public = "no-store" not in response.headers.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and is_public
    )


def answer_of(response: HttpResponse) -> kept.KeptAnswer:
    if _is_text(response):
        patch_vary_headers(response, ["Accept-Encoding"])
    headers = tuple(
        (name, value) for name, value in response.headers.items() if name != "Content-Length"
    )
    body = bytes(response.content)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        body = INDENT.sub(b"\n", body)
    small = pack(body) if _is_text(response) else b""
    return kept.KeptAnswer(headers, body, small if 0 < len(small) < len(body) else b"")


def pack(body: bytes) -> bytes:
    """As gzip, without a date: equal bodies are equal packed."""
    return zlib_ng.compress(body, 5, wbits=31)  # 6 takes a third longer for 1 % less


def _given(request: HttpRequest, held: kept.KeptAnswer, etag: str) -> HttpResponse:
    asked = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    if etag in asked or etag.removeprefix("W/") in asked or "*" in asked:
        response: HttpResponse = HttpResponseNotModified()
        for name, value in held.headers:
            if name != "Content-Type":
                response.headers[name] = value
        return response
    is_packed = held.packed and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(held.packed if is_packed else held.body)
    for name, value in held.headers:
        response.headers[name] = value
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    return response


def packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A public page that is not kept, compressed where the reader takes that."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.streaming or not is_page or len(response.content) < SHORTEST_PACKED:
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = pack(bytes(response.content))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _is_text(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return kind.startswith(PACKED_TYPES) and len(response.content) >= SHORTEST_PACKED


class ApiMethodsMiddleware:
    """The API's open CORS header, and OPTIONS, which its views do not answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return self.get_response(request)
        is_asking = request.method == "OPTIONS"
        response = allowed() if is_asking else self.get_response(request)
        if response.status_code == 405:
            response.headers["Allow"] = METHODS
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        return response


def allowed() -> HttpResponse:
    """What other sites may ask, also with the header that spares them an unchanged answer."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
