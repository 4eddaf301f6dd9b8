"""Names of inspectors as printed → plain names. Pure."""

from __future__ import annotations

import re

from .text import plain

_BEFORE = r"(?:(?<![,\s])[,\s]+)"  # from its first comma or space on: never begun in its midst
_STYLE = re.compile(
    rf"(?i){_BEFORE}?\(?\b(?:senior\s+)?(?:h(?:er|is)\s+majesty\s*=?\s*'?\s*s?\s+(?:senior\s+)?"
    r"inspectors?|s?hmi|ofsted\s+inspectors?|o\.?i\.?)(?:\b|$)[\s,)]*"
    r"(?:\((?:hmi|shmi)\)\s*)?(?:,?\s*(?:social\s+care|designate|regulatory\s+inspector)\b)?"
)
_LEAD = re.compile(rf"(?i){_BEFORE}?\(\s*lead(?:\s+inspector)?\s*\)|{_BEFORE}lead\s+inspector\b")
_ROLES = re.compile(
    r"(?i)\b(?:inspectors?|inspection|manager|director|regulatory|social|care|schools?|officer|"
    r"senior|majesty|hmi|services?|team)\b"
)
_NAME = re.compile(r"^[^\W\d_][^\W\d_.'’-]*(?:[\s.'’-]+[^\W\d_][^\W\d_.'’]*){1,4}")


def read_names(text: str) -> tuple[str, ...] | None:
    """Names parted by "and", commas or strokes, without "HMI", "(Lead Inspector)" and the like;
    ``None`` if not names.

    "Rebecca Example, His Majesty's Inspector, and Jo Sample HMI" → two names.
    """
    bare = _STYLE.sub(" ; ", _LEAD.sub("", plain(text))).strip()
    bare = re.sub(r"(?i)\s+and\s+", " ; ", bare)
    names = [part.strip(" .,") for part in re.split(r"[;/,]|(?i:\band\b)", bare)]
    names = [re.sub(r"\s+", " ", name) for name in names if name]
    if not names or any(_ROLES.search(name) or not _NAME.fullmatch(name) for name in names):
        return None
    return tuple(names)
