"""How often one client may send a form: counted in this process's memory alone."""

from threading import Lock

from cachetools import TTLCache
from django.http import HttpRequest

from config.client_address import client_address

AN_HOUR = 3600.0
MOST_CLIENTS = 10_000
BUSY = "Too many forms have been sent from here in the last hour. Try again later."


class Bound:
    """At most so many in an hour; nothing of it is kept anywhere."""

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, Lock()
        self.counts: TTLCache[str, int] = TTLCache(MOST_CLIENTS, AN_HOUR)

    def takes(self, request: HttpRequest) -> bool:
        client = client_address(request)
        with self.lock:
            held = self.counts.get(client, 0)
            if held >= self.most:
                return False
            self.counts[client] = held + 1
        return True
