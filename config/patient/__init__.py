"""A database backend for PostgreSQL that waits only so long for an answer.

The server's own time-outs end a query that takes too long; they are of no use where the server is
frozen or its machine is gone.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

PATIENCE: ContextVar[float | None] = ContextVar("patience", default=None)
"""Seconds that a query may take; None: as long as it takes."""
GAVE_UP: ContextVar[bool] = ContextVar("gave_up", default=False)
"""Has this request waited in vain already? It then does not connect anew."""


@contextlib.contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Whatever is asked inside is waited for so long, and in vain only once."""
    tokens = PATIENCE.set(seconds), GAVE_UP.set(False)
    try:
        yield
    finally:
        PATIENCE.reset(tokens[0])
        GAVE_UP.reset(tokens[1])
