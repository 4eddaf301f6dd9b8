"""Which councils does a reader mean by a few letters, a name or a code?"""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from inspections.rows import Council
from inspections.vocabulary import AliasScheme


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Lower case, without accents, punctuation and doubled spaces; & is `and`."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("&", " and "))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", kept).strip()


def initials(name: str) -> str:
    """`Bournemouth, Christchurch and Poole` is also `bcp`."""
    small = {"and", "of", "the", "upon", "with", "on"}
    return "".join(word[0] for word in folded(name).split() if word not in small)


def matching(text: str, councils: Sequence[Council]) -> list[Council]:
    """Councils whose name, short name, alias, initials or code the text stands for.

    Every word of the text must begin a word of one name; a code must be whole or, from
    three characters on, its beginning. Blank text stands for every council, text without
    letters and digits for none. The order of `councils` is kept.
    """
    sought = folded(text)
    if not sought:
        return [] if text.strip() else list(councils)
    return [row for row in councils if _stands_for(sought, row)]


@lru_cache(maxsize=5_000)
def _called(council: Council) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """How a council is called: its codes, its names, and its initials and whole codes.

    A space stands before every word of a name and before every code, so that ` par` is found in
    it where a word begins so.
    """
    others = council.aliases
    names = [council.name, council.short_name]
    names += [value for scheme, value in others if scheme == AliasScheme.NAME]
    codes = [council.ons_code, council.dfe_code, council.ofsted_urn]
    codes += [value for scheme, value in others if scheme not in {AliasScheme.NAME, "slug"}]
    lower = [code.lower() for code in codes]
    return (
        "".join(f" {code}" for code in lower),
        tuple(f" {folded(name)}" for name in names),
        frozenset([*lower, *(found for name in names if len(found := initials(name)) >= 3)]),
    )


def _stands_for(sought: str, council: Council) -> bool:
    codes, names, whole = _called(council)
    if sought in whole or (len(sought) >= 3 and f" {sought}" in codes):
        return True
    wanted = [f" {part}" for part in sought.split()]
    return any(all(part in name for part in wanted) for name in names)


def near(text: str, councils: Sequence[Council], *, count: int = 5) -> list[Council]:
    """Councils whose name or address looks like the text, nearest first."""
    sought = folded(text)[:80]
    by_name: dict[str, Council] = {}
    for row in councils:
        by_name[folded(row.short_name)] = row
        by_name[folded(row.slug)] = row
    close = difflib.get_close_matches(sought, by_name, n=count * 2, cutoff=0.6)
    found = dict.fromkeys(by_name[name] for name in close)
    for row in matching(text, councils) if sought else []:
        found.setdefault(row)
    return list(found)[:count]
