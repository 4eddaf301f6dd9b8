"""How well the words for themes do, for the method page: `inspections.rules.themes.measured`."""

from collections.abc import Iterable
from typing import Any

from inspections.rows import Theme
from inspections.rules.themes.measured import Measured, Tally, measured, together


def theme_words(themes: Iterable[Theme]) -> dict[str, Any]:
    """Of all sets: points, right and found of 100, the themes' rows; and the set labelled last."""
    sets = list(measured().values())
    every = together(sets)
    names = {theme.code: theme.name for theme in themes}
    rows = [
        {"name": names[code], "labelled": tally.labelled, "misses_goal": tally.misses_goal}
        | _of_100(tally)
        for code, tally in every.themes.items()
        if code in names
    ]
    return _told(every) | {"rows": rows, "last": _told(sets[-1])}


def _told(found: Measured) -> dict[str, Any]:
    return {"points": found.points, "reached": found.reached} | _of_100(found.every)


def _of_100(tally: Tally) -> dict[str, str]:
    return {"right": _whole(tally.precision), "found": _whole(tally.recall)}


def _whole(share: float | None) -> str:
    """Whole numbers that never round up to a goal that is missed."""
    return "not known" if share is None else str(int(100 * share))
