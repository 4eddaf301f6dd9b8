"""A progress bar on a terminal; silence where nobody watches."""

import sys
from typing import TextIO

WIDTH = 30


def bar(stream: TextIO | None = None):
    """Gives a function (what, done, total) that draws the bar on the stream."""
    out = stream or sys.stderr

    def draw(what: str, done: int, total: int) -> None:
        if not out.isatty():
            return
        filled = WIDTH * done // total if total else WIDTH
        out.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total} {what:<26.26}")
        if done == total:
            out.write("\n")
        out.flush()

    return draw
