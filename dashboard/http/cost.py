"""How much drawing one reader, and all together, may ask of a process in a minute.

Counted is what an answer costs to make, in seconds of processor time, never how many are
asked for: an answer that is kept costs nothing, so that a room of people behind one address
reads a shared link freely, and one client that asks for a thousand different pictures waits.
"""

import time
from collections.abc import Callable
from threading import Lock

from cachetools import TTLCache

A_MINUTE = 60.0
MOST_CLIENTS = 10_000


class Budget:
    """Seconds of processor time spent in the last minute, by client and in all."""

    def __init__(
        self,
        *,
        client: float,
        all_together: float,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self.client, self.all_together, self.timer = client, all_together, timer
        self.lock = Lock()
        self.spent: TTLCache[tuple[str, int], float] = TTLCache(
            MOST_CLIENTS, A_MINUTE * 2, timer=timer
        )

    def wait(self, client: str) -> int:
        """Seconds until this client may ask again; 0: it may now."""
        with self.lock:
            now = self.timer()
            for name, most in ((client, self.client), ("", self.all_together)):
                if self._of(name, now) >= most:
                    return max(1, round(A_MINUTE - now % A_MINUTE))
        return 0

    def spend(self, client: str, seconds: float) -> None:
        with self.lock:
            minute = self._minute(self.timer())
            for name in (client, ""):
                held = self.spent.get((name, minute), 0.0)
                self.spent[name, minute] = held + seconds

    def _of(self, name: str, now: float) -> float:
        return float(self.spent.get((name, self._minute(now)), 0.0))

    @staticmethod
    def _minute(now: float) -> int:
        return int(now // A_MINUTE)
