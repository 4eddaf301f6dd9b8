"""Tidying text for comparison. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"'})
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2500\u2501\uf02d]")


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """One line of single spaces, straight quotes and hyphens; case kept."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return re.sub(r"\s+", " ", _DASHES.sub("-", text)).strip()


def folded(text: str) -> str:
    """Lower-case letters and digits parted by single spaces; for comparing names."""
    text = plain(text).lower().replace("&", " and ").replace("'", "")
    return " ".join(re.findall(r"[a-z0-9à-ÿ]+", text))
