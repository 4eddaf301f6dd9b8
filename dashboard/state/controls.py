"""What readers choose with, the same on every page: fields, chips, sortable heads."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dashboard import words
from dashboard.state.address import ViewState, to_slug

Choice = tuple[str, str]  # as the address has it, as readers read it
SELECTED = SafeString(" selected")


@dataclass(frozen=True, slots=True)
class Field:
    """One control of a row of filters. `any` is what the empty choice is called; without it
    there is none, and the first of `values` is usual. `kind`: select, search, date or several,
    whose `current` are the ticks. `usual`: the day that a date's boxes hold while none is
    chosen; sent unchanged, it chooses none."""

    name: str
    label: str
    values: Sequence[Choice] = ()
    any: str = ""
    kind: str = "select"
    current: Any = ""
    usual: date | None = None

    @property
    def options(self) -> SafeString:
        """Of a select; not by a template, which takes ten times as long over 150 of them."""
        rows = (("", self.any), *self.values) if self.any else tuple(self.values)
        return _options(rows, str(self.current or ""))


@lru_cache(maxsize=256)
def _options(rows: tuple[Choice, ...], current: str) -> SafeString:
    """Most pages offer the same choices with the same one chosen."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, SELECTED if code == current else "", text) for code, text in rows),
    )


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that differs from the usual; `href` is the same view without it."""

    label: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class Filters:
    """A page's filters: what stands in the row, what stands behind it, and what is chosen.
    `kept`: what else the view's address says, for the form to send along."""

    action: str
    row: tuple[Field, ...]
    more: tuple[Field, ...]
    chips: tuple[Chip, ...]
    clear: str
    kept: tuple[tuple[str, str], ...]

    @property
    def is_open(self) -> bool:
        """On a phone too: is the page's day chosen here, or is there one box alone?"""
        return any(field.usual for field in self.row) or len(self.row) + len(self.more) == 1

    @property
    def named(self) -> str:
        """What the row chooses first, for a phone, where it stands behind a line."""
        return " · ".join(field.label for field in self.row[:2]).lower()

    @property
    def is_more_chosen(self) -> bool:
        """Is something chosen that stands behind the row?"""
        behind = {field.label for field in self.more}
        return any(chip.label in behind for chip in self.chips)


def filters(
    state: ViewState, path: str, row: Sequence[Field], more: Sequence[Field] = ()
) -> Filters:
    """The fields with what the state has chosen, and a chip for each choice."""
    usual = {spec.metadata["name"] or spec.name: spec for spec in fields(state)}
    chips = []

    def filled(field: Field) -> Field:
        spec = usual[field.name]
        value = getattr(state, spec.name)
        named = dict(field.values)
        texts = [to_slug(str(one)) for one in (value if isinstance(value, tuple) else (value,))]
        text = "" if value is None else texts[0] if texts else ""
        if value not in (None, "", spec.default):
            said = words.listing([named.get(one, one) for one in texts])
            said = words.day(value) if isinstance(value, date) else said
            changes: dict[str, Any] = {spec.name: spec.default}
            if "page" in usual:
                changes["page"] = 1
            chips.append(Chip(field.label, said, state.but(**changes).url(path)))
        return replace(
            field, current=field.current or (value or field.usual if field.kind == "date" else text)
        )

    shown, behind = tuple(map(filled, row)), tuple(map(filled, more))
    offered = [usual[name] for name in (*(field.name for field in (*row, *more)), "page")
               if name in usual]  # fmt: skip
    rest = state.but(**{spec.name: spec.default for spec in offered})
    kept = tuple(parse_qsl(rest.query()))
    return Filters(path, shown, behind, tuple(chips), rest.url(path), kept)


@dataclass(frozen=True, slots=True)
class Head:
    """One column's head. `sorted` is ascending, descending or empty; `short` stands for the
    words on a phone; `css` is "number" over numbers and "lane" over letters."""

    words: str
    href: str = ""
    sorted: str = ""
    css: str = ""
    short: str = ""


def sorting_head(
    words: str,
    state: ViewState,
    path: str,
    *,
    ascending: dict[str, Any] | None = None,
    descending: dict[str, Any] | None = None,
    **look: Any,
) -> Head:
    """A head that is a plain link to the list in its order, and then to the other way round.

    `ascending` and `descending` are what of the state gives each order.
    """
    ways = {"ascending": ascending, "descending": descending}
    offered = {way: changes for way, changes in ways.items() if changes is not None}
    now = next(
        (
            way
            for way, changes in offered.items()
            if all(getattr(state, name) == value for name, value in changes.items())
        ),
        "",
    )
    to = next((way for way in offered if way != now), now)
    changes = dict(offered[to])
    if hasattr(state, "page"):
        changes["page"] = 1
    return Head(words, state.but(**changes).url(path), now, **look)
