"""Which councils does a reader mean by a few letters, a name, a code, a district or a trust?"""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from inspections.rows import Council, OtherBody
from inspections.vocabulary import AliasScheme

MOST_SPELLINGS = 9  # of a misspelt text


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Lower case, without accents, punctuation and doubled spaces; & is `and`."""
    spelt = re.sub("['\u2018\u2019]", "", text.lower().replace("&", " and "))
    plain = unicodedata.normalize("NFKD", spelt)
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
    wanted = [f" {part}" for part in sought.split()]
    return [row for row in councils if _stands_for(sought, wanted, row)]


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


def _stands_for(sought: str, wanted: list[str], council: Council) -> bool:
    codes, names, whole = _called(council)
    if sought in whole or (len(sought) >= 3 and f" {sought}" in codes):
        return True
    first, others = wanted[0], wanted[1:]
    return any(first in name and all(part in name for part in others) for name in names)


class Led(NamedTuple):
    """A district or a trust that the text stands for, and the councils that answer for it: one
    after the other where a new one is to take over."""

    body: OtherBody
    councils: list[Council]
    sources: list[str]


def led(text: str, councils: Sequence[Council]) -> list[Led]:
    """By name; every word of the text must begin a word of it; from three letters on."""
    sought = folded(text)
    wanted = [f" {part}" for part in sought.split()]
    found: dict[str, Led] = {}
    for row in sorted(councils, key=lambda row: row.opened_date or date.min):
        for body in row.bodies if len(sought) >= 3 else ():
            if all(part in f" {folded(body.name)}" for part in wanted):
                one = found.setdefault(body.name, Led(body, [], []))
                one.councils.append(row)
                if body.source_text not in one.sources:
                    one.sources.append(body.source_text)
    return [found[name] for name in sorted(found)]


class Near(NamedTuple):
    """A council that may be meant; `name` is that of its district or trust where that is near."""

    council: Council
    name: str = ""


def _nearest(word: str, known: Sequence[str]) -> list[str]:
    """The known words that are nearest to this one, all as near as each other; else itself."""
    close = difflib.get_close_matches(word, known, n=3, cutoff=0.75)
    ratios = [difflib.SequenceMatcher(None, one, word).ratio() for one in close]
    return [one for one, ratio in zip(close, ratios, strict=True) if ratio == ratios[0]] or [word]


def near(text: str, councils: Sequence[Council], *, count: int = 5) -> list[Near]:
    """Councils whose name, district or trust the text stands for once every word is spelt as a
    nearest known one; without any, those whose name or address looks like it, nearest first."""
    sought = folded(text)[:80]
    by_name: dict[str, list[Near]] = defaultdict(list)
    for row in councils:
        for name in {folded(row.short_name), folded(row.slug)}:
            by_name[name].append(Near(row))
        for body in row.bodies:
            by_name[folded(body.name)].append(Near(row, body.name))
    known = sorted({word for name in by_name for word in name.split()})
    as_near = product(*(_nearest(word, known) for word in sought.split()))
    spelt = [" ".join(parts) for parts in islice(as_near, MOST_SPELLINGS)] if sought else []
    found = [Near(row) for text in spelt for row in matching(text, councils)]
    for body, answer, _ in (one for text in spelt for one in led(text, councils)):
        found += [Near(row, body.name) for row in answer]
    if not found:
        close = difflib.get_close_matches(sought, by_name, n=count * 2, cutoff=0.6)
        found = [one for name in close for one in by_name[name]]
    first: dict[int, Near] = {}
    for one in found:
        first.setdefault(one.council.id, one)
    return list(first.values())[:count]
