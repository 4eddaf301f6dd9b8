"""Which council a printed name means on a given day. Pure: rows in, an answer or a reason out.

A name matches only by equality, after the words that every council's name carries ("Borough
Council", "London Borough of") are taken away; never by likeness.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspections.rows import Council
from inspections.vocabulary import AliasScheme

LONGEST = 300  # characters: longer text is no council's name
_SUFFIX = re.compile(
    r"(?: (?:local authority|unitary authority|la|mbc|mdc|"
    r"(?:children and )?young peoples services|childrens services|"
    r"children and families trust|children first|"
    r"childrens (?:and families )?(?:services )?trust|"
    r"childrens (?:social care )?services|childrens social care|"
    r"(?:city|county|district|metropolitan) council|corporation|city|county|trust|"
    r"(?:(?:city|county|london|royal) )?(?:metropolitan )?(?:borough|district)(?: metropolitan)?"
    r"(?: council)?|council|"
    r"(?:london borough|royal borough|metropolitan borough|borough|city|county) of))$"
)
_PREFIX = re.compile(
    r"^(?:the |london borough of |royal borough of |metropolitan borough of |city and county of |"
    r"city of |county of |borough of |council of the |county |corporation of )"
)

_PROVIDER = re.compile(r"^(.+?\bcouncil)\s*(?:\(|,|/|&|\band\b)\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Match:
    """The council, or why there is none: ``reason`` is empty exactly when ``slug`` is not."""

    slug: str = ""
    reason: str = ""


class Directory:
    """Councils by every name and code they are known by."""

    def __init__(self, councils: Iterable[Council]) -> None:
        self.councils = {council.slug: council for council in councils}
        self._exact: dict[str, set[str]] = {}
        self._bare: dict[str, set[str]] = {}
        self._codes: dict[str, set[str]] = {}
        for council in self.councils.values():
            for name in (council.name, council.short_name, *_aliases(council, AliasScheme.NAME)):
                self._exact.setdefault(folded_name(name), set()).add(council.slug)
                own = folded_name(council.short_name)
                # "City of London" is never shortened past its own short name, to "London".
                bare = own if _PREFIX.match(own) else bare_name(name)
                self._bare.setdefault(bare, set()).add(council.slug)
            for code in (council.ons_code, *_aliases(council, AliasScheme.ONS_CODE)):
                self._codes.setdefault(code, set()).add(council.slug)

    def find(self, name: str, day: date | None = None, code: str = "") -> Match:
        """The one council of this name that existed on the day.

        A printed code must belong to the same council as the name, else there is no match.
        """
        slugs = self._exact.get(folded_name(name)) or set()
        slugs = self._existing(slugs, day) or slugs
        if not self._existing(slugs, day) and not self._may_be_its_county(name):
            slugs = slugs.union(*(self._bare.get(step, ()) for step in shorter_names(name)))
        if not slugs:
            slugs = self._with_its_provider(name)
        if not slugs:
            return Match(reason=f'no council is called "{name}"')
        existing = self._existing(slugs, day)
        if not existing:
            told = ", ".join(sorted(slugs))
            return Match(reason=f'"{name}" ({told}) did not exist on {day}')
        if len(existing) > 1:
            # The shortest way to tell them apart: the one whose own name this is.
            own = {s for s in existing if folded_name(name) in self._own_names(s)}
            existing = own if len(own) == 1 else existing
        if len(existing) > 1:
            names = ", ".join(sorted(existing))
            return Match(reason=f'"{name}" may mean {names}')
        slug = next(iter(existing))
        by_code = self._codes.get(code, set()) if code else set()
        if by_code and slug not in by_code:
            return Match(reason=f'"{name}" and the code {code} belong to different councils')
        return Match(slug=slug)

    def _may_be_its_county(self, name: str) -> bool:
        """Is a county said where another council is the county around the one of this name?

        "Nottingham County Council" is a slip for Nottingham or for Nottinghamshire: nobody knows.
        """
        is_county = "county" in folded_name(name).split()
        return is_county and f"{bare_name(name)}shire" in self._bare

    def _with_its_provider(self, name: str) -> set[str]:
        """The council of "… Council and …", where a company runs its services for it.

        None where what follows names any other council: then either may be meant.
        """
        parts = _PROVIDER.match(name)
        if not parts:
            return set()
        council, provider = parts[1], parts[2]
        found = set().union(*(self._bare.get(step, ()) for step in shorter_names(council)))
        return set() if self.names_any(provider) - found else found

    def names_any(self, text: str) -> set[str]:
        """Councils whose bare name stands anywhere in the text, in whole words."""
        folded = f" {folded_name(text)} "
        return {
            slug
            for known, slugs in self._bare.items()
            if known and f" {known} " in folded
            for slug in slugs
        }

    def _existing(self, slugs: set[str], day: date | None) -> set[str]:
        return {s for s in slugs if day is None or self.councils[s].existed_on(day)}

    def _own_names(self, slug: str) -> set[str]:
        council = self.councils[slug]
        return {folded_name(council.name), folded_name(council.short_name)}


def folded_name(name: str) -> str:
    """Lower-case words without punctuation; "&" is "and"."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"['’.]", "", text if text else name.lower()).replace("&", " and ")
    return " ".join(re.findall(r"[a-z0-9]+", text))


def bare_name(name: str) -> str:
    """A folded name without the words that only say what kind of council it is."""
    return shorter_names(name)[-1]


def shorter_names(name: str) -> list[str]:
    """The folded name, and what is left as one word of kind after the other is taken away."""
    steps = [folded_name(name)]
    while len(steps[0]) <= LONGEST:
        shorter = _SUFFIX.sub("", steps[-1]).strip()
        if shorter == steps[-1]:
            shorter = _PREFIX.sub("", steps[-1]).strip()
        if not shorter or shorter == steps[-1]:
            break
        steps.append(shorter)
    return steps


def _aliases(council: Council, wanted: AliasScheme) -> list[str]:
    return [value for scheme, value in council.aliases if scheme == wanted]
