"""Proposes the themes of one point, each with the words it goes by."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from inspections.rules.themes.phrases import rules
from inspections.rules.themes.text import plain_words
from inspections.vocabulary import ThemeBasis

VERSION: Final = 4
"""Of the themes for which the words were chosen."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A theme that a point seems to raise.

    `theme`: its code. `reason`: the words that say so, as `plain_words` gives them.
    `is_sure`: False where those words often mean something else, so a person should look.
    """

    theme: str
    reason: str
    is_sure: bool


def propose(text: str) -> tuple[Proposal, ...]:
    """The themes that a point raises, in the order of the themes; empty where none is found.

    A theme found by several rules is proposed once, with the reason of a sure one if any.
    """
    words = plain_words(text)
    found: dict[str, Proposal] = {}
    for rule in rules():
        known = found.get(rule.theme)
        if known and (known.is_sure or not rule.is_sure):
            continue
        reason = rule.find(words)
        if reason:
            found[rule.theme] = Proposal(rule.theme, reason, rule.is_sure)
    return tuple(found.values())


def is_unsure(proposals: tuple[Proposal, ...]) -> bool:
    """Whether a person must decide: no theme was found, or one that rests on weak words."""
    return not proposals or not all(proposal.is_sure for proposal in proposals)


def sorted_under(text: str, known: Iterable[str]) -> tuple[str, ThemeBasis]:
    """The codes of a point's themes as a fact keeps them, parted by |, and on what basis.

    `known`: the record's themes; a proposal that is none of them is left out.
    """
    proposals, codes = propose(text), set(known)
    found = "|".join(proposal.theme for proposal in proposals if proposal.theme in codes)
    return found, ThemeBasis.UNSURE if is_unsure(proposals) else ThemeBasis.RULE
