"""The product's WSGI application with the bench's addresses: same settings, same middleware.

A request with the header of NOTHING_KEPT is answered as if no answer had been kept, and keeps
none. What a Record has worked out and drawn stays, as it does between two pages of one visit.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from config.wsgi import application as product
from dashboard.http import kept

settings.ROOT_URLCONF = "tools.bench_urls"
NOTHING_KEPT = "X-Bench-Nothing-Kept"


class NothingKept:
    """A store of answers that holds none."""

    def get(self, key: str) -> None:
        return None

    def set(self, key: str, answer: kept.KeptAnswer) -> None:
        return None

    def clear(self) -> None:
        return None


KEEPING, NOTHING = kept.store, NothingKept()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """For sync workers, which answer one request at a time."""
    kept.store = NOTHING if "HTTP_X_BENCH_NOTHING_KEPT" in environ else KEEPING
    return product(environ, start_response)
