"""Ofsted's words for a grade → grade code. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .text import plain

Wordings = Mapping[str, tuple[str, ...]]
"""By code of a grade: the words for it, in lower case."""

GRADE_WORDINGS: Wordings = {
    "outstanding": ("outstanding",),
    "good": ("good",),
    "requires_improvement": (
        "requires improvement to be good",
        "require improvement to be good",
        "requires improvement",
        "require improvement",
    ),
    "adequate": ("adequate",),
    "inadequate": ("inadequate",),
}
"""Wordings met in reports and workbooks of 2009 to 2026, longest first within a grade."""

NOT_JUDGED = "not_judged"
_NOT_JUDGED_WORDINGS = ("not judged", "not applicable")


def grade_pattern(wordings: Wordings = GRADE_WORDINGS) -> str:
    """A regular expression for any grade's wording, spaces free, for lower-case text."""
    phrases = [phrase for group in wordings.values() for phrase in group]
    phrases += _NOT_JUDGED_WORDINGS
    phrases.sort(key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)


def read_grade(text: str, wordings: Wordings = GRADE_WORDINGS) -> str | None:
    """The code of the grade that is the whole text, :data:`NOT_JUDGED`, or ``None``.

    Only the exact wordings count, in any case and with a full stop: a typing error is ``None``.
    """
    phrase = plain(text).lower().rstrip(".").strip()
    if phrase in _NOT_JUDGED_WORDINGS:
        return NOT_JUDGED
    for code, group in wordings.items():
        if phrase in group:
            return code
    return None
