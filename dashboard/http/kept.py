"""Where rendered answers are kept: in this process, or in Redis where several share them.

An answer is bytes and headers and nothing else: no pickle, and signed, so that a poisoned store can
at worst give a miss. What fails, or takes too long, is a miss too.
"""

import hashlib
import hmac
import json
import logging
import time
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

from cachetools import LRUCache
from django.conf import settings
from django.core.checks import Error

logger = logging.getLogger(__name__)

KEPT_BYTES = 64 * 1024 * 1024
"""Answers that one process keeps by itself, in bytes of bodies."""
LARGEST_BYTES = 2 * 1024 * 1024
KEPT_SECONDS = 24 * 3600
REDIS_SECONDS = 0.25
"""How long Redis may take to connect or to answer."""
AWAY_SECONDS = 10.0


SIGNATURE_BYTES = 32


def _signature(told: bytes) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), told, hashlib.sha256)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A rendered answer with the headers that readers got. `packed`: gzip, where it is text."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    packed: bytes

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed) + 1024

    def to_bytes(self) -> bytes:
        head = json.dumps({"headers": self.headers, "body": len(self.body)}).encode()
        told = b"\n".join((head, self.body + self.packed))
        return _signature(told) + told

    @classmethod
    def from_bytes(cls, given: bytes) -> "KeptAnswer":
        """Raises ValueError, KeyError or TypeError for what is no answer."""
        signature, told = given[:SIGNATURE_BYTES], given[SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, _signature(told)):
            raise ValueError("not signed by this site")
        head, rest = told.split(b"\n", 1)
        found = json.loads(head)
        headers = tuple((str(name), str(value)) for name, value in found["headers"])
        length = int(found["body"])
        return cls(headers, rest[:length], rest[length:])


class Store(Protocol):
    def get(self, key: str) -> KeptAnswer | None: ...
    def set(self, key: str, answer: KeptAnswer) -> None: ...
    def clear(self) -> None: ...


class ProcessStore:
    """The answers asked for last, up to a number of bytes."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self.lock = Lock()
        self.held: LRUCache[str, KeptAnswer] = LRUCache(most_bytes, getsizeof=lambda one: one.size)

    def get(self, key: str) -> KeptAnswer | None:
        with self.lock:
            return self.held.get(key)

    def set(self, key: str, answer: KeptAnswer) -> None:
        if answer.size <= LARGEST_BYTES:
            with self.lock:
                self.held[key] = answer

    def clear(self) -> None:
        with self.lock:
            self.held.clear()


class RedisStore:
    """Answers shared by several processes; Redis itself bounds its memory.

    While Redis is away this process keeps its answers by itself, and asks Redis again after
    AWAY_SECONDS, so that no request waits for it twice.
    """

    def __init__(self, url: str) -> None:
        import redis

        self.failures: tuple[type[Exception], ...] = (redis.RedisError, OSError)
        self.client = redis.Redis.from_url(
            url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS, retry=None
        )
        self.own = ProcessStore()
        self.away_until = 0.0

    def get(self, key: str) -> KeptAnswer | None:
        if self._is_away():
            return self.own.get(key)
        try:
            found = self.client.get(f"answer:{key}")
        except self.failures:
            self._went_away()
            return self.own.get(key)
        try:
            return KeptAnswer.from_bytes(found) if isinstance(found, bytes) else None
        except (ValueError, KeyError, TypeError):
            logger.warning("Redis holds something that is no answer; it is rendered anew.")
            return None

    def set(self, key: str, answer: KeptAnswer) -> None:
        if answer.size > LARGEST_BYTES:
            return
        if not self._is_away():
            try:
                self.client.set(f"answer:{key}", answer.to_bytes(), ex=KEPT_SECONDS)
                return
            except self.failures:
                self._went_away()
        self.own.set(key, answer)

    def clear(self) -> None:
        self.own.clear()
        try:
            for key in self.client.scan_iter("answer:*"):
                self.client.delete(key)
        except self.failures:
            self._went_away()

    def problem(self) -> str:
        """Why Redis cannot be used; empty where it answers."""
        try:
            self.client.ping()
        except self.failures as error:
            return str(error)
        return ""

    def _is_away(self) -> bool:
        return time.monotonic() < self.away_until

    def _went_away(self) -> None:
        self.away_until = time.monotonic() + AWAY_SECONDS
        logger.warning("Redis does not answer; this process keeps its answers by itself.")


def made() -> Store:
    return RedisStore(settings.REDIS_URL) if settings.REDIS_URL else ProcessStore()


store: Store = made()


def check_redis(**asked: Any) -> list[Error]:
    """A system check: a start with a Redis that does not answer is refused."""
    problem = store.problem() if isinstance(store, RedisStore) else ""
    if not problem:
        return []
    return [Error(f"REDIS_URL: {problem}", hint="Expected a Redis that answers, or no REDIS_URL.")]
