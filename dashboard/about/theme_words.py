"""How well the words for themes do, for the method page: `inspections.rules.themes.measured`."""

from collections.abc import Iterable
from typing import Any

from inspections.rows import Theme
from inspections.rules.themes.measured import LabelledSet, ThemeTally, measured


def theme_words(themes: Iterable[Theme]) -> dict[str, Any]:
    """Of the set held out, by all words, by the sure ones and with a person; of the one they were
    chosen on; rows."""
    sets = measured()
    names = {theme.code: theme.name for theme in themes}
    rows = [
        {
            "name": names[code],
            "misses_goal": tally.misses_goal,
            "held": _told_of(tally),
            "sure": _told_of(sets["held_sure"].themes[code]),
            "decided": _told_of(sets["held_decided"].themes[code]),
        }
        for code, tally in sets["held"].themes.items()
        if code in names
    ]
    return {"rows": rows} | {name: _told(found) for name, found in sets.items()}


def _told(found: LabelledSet) -> dict[str, Any]:
    seen = [tally for tally in found.themes.values() if tally.labelled]
    reached = sum(not tally.misses_goal for tally in seen)
    return _told_of(found.every) | {
        "points": f"{found.points:,}",
        "themes": len(seen),
        "reached": reached,
    }


def _told_of(tally: ThemeTally) -> dict[str, Any]:
    return {
        "labelled": tally.labelled,
        "right": _whole(tally.precision),
        "found": _whole(tally.recall),
    }


def _whole(share: float | None) -> str:
    """Whole numbers that never round up to a goal that is missed."""
    return "not known" if share is None else str(int(100 * share))
