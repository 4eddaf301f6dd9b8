"""What the log says of requests and queries: an identity for each request, and nobody's data.

A request is named by its route (`councils/<slug>/`), never by its address or query string; a query
by its text with places for values, never by the values.
"""

import json
import logging
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

LONGEST_SQL = 1000

logger = logging.getLogger("dashboard.requests")
query_logger = logging.getLogger("dashboard.queries")
_identity: ContextVar[str] = ContextVar("request", default="-")


class RequestFilter(logging.Filter):
    """Gives each line of the log `request`: the identity, `-` outside of one. An address that
    holds a secret, such as a link that was mailed, is told as its route."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_identity = _identity.get()
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            named = without_secret(request.path)
            record.args = tuple(named if part == request.path else part for part in record.args)
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `at` (UTC), `level`, `logger`, `request`, `said`, and what was given
    as `extra={"told": {…}}`."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": _identity.get(),
            "said": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[0]:
            told["traceback"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(told, ensure_ascii=False, default=str)


class RequestLogMiddleware:
    """Names each request, counts and times it, and logs one line of it at the level INFO.

    Behind a proxy that can be trusted the identity is the proxy's; an answer of 500 and more tells
    it to the reader, who can name it to the operator.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.PROXY_COUNT else ""
        is_sound = len(given) == 32 and given.isascii() and given.isalnum()
        token = _identity.set(given if is_sound else uuid.uuid4().hex)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            if response.status_code >= 500:
                response.headers["X-Request-ID"] = _identity.get()
            self.tell(request, response.status_code, seconds)
            return response
        finally:
            _identity.reset(token)

    def tell(self, request: HttpRequest, status: int, seconds: float) -> None:
        route = route_of(request)
        if settings.METRICS_TOKEN:
            from config.metrics import count_request

            count_request(route, request.method or "", status, seconds)
        told: dict[str, object] = {"method": request.method, "route": route, "status": status}
        told["ms"] = round(seconds * 1000, 1)
        logger.info("%s %s %s", request.method, route, status, extra={"told": told})


def without_secret(path: str) -> str:
    """The path, or its route where that has a place for a secret."""
    try:
        route = resolve(path).route
    except Resolver404:
        return path
    return f"/{route}" if "token>" in route else path


def route_of(request: HttpRequest) -> str:
    """The route that answered; `kept` where a kept answer did, `none` where no route is known."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return match.route or "/"
    return "kept" if request.method in ("GET", "HEAD") else "none"


def watch_queries(sender: object, connection: BaseDatabaseWrapper, **sent: object) -> None:
    """For Django's signal `connection_created`: this connection's slow queries are logged."""
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = time.perf_counter() - began
        if seconds * 1000 >= settings.SLOW_QUERY_MS:
            told = {"ms": round(seconds * 1000, 1), "sql": str(sql)[:LONGEST_SQL]}
            query_logger.warning(
                "A query took %s ms: %s", told["ms"], told["sql"], extra={"told": told}
            )
