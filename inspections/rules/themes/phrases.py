"""Reads `phrases.toml`: which words stand for which theme.

A phrase is words in lower case. `*` at the end of a word stands for any ending (`assess*`),
`/` parts words of which one must stand there (`meeting/meetings`), `...` stands for up to
five other words of the same sentence. Nothing in a phrase can repeat without a bound, so the
time to read a point grows with its length alone.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("phrases.toml")
GAP = "..."
UP_TO_FIVE_WORDS = r"(?:[a-z0-9]+ ){0,5}?"
KEYS = {"words", "weak", "unless", "only_with", "not_with"}


class PhraseError(ValueError):
    """A line of phrases.toml that cannot be used: where, found, expected."""


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """Words that stand for a theme.

    `unless`: longer phrases in which the words mean something else; they are struck out
    first. `only_with`, `not_with`: the rule holds only where one of these, or none of these,
    stands anywhere in the point; None where there is no such condition.
    """

    theme: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    only_with: re.Pattern[str] | None
    not_with: re.Pattern[str] | None
    is_sure: bool

    def find(self, text: str) -> str:
        """The words found in a point given as `plain_words`; empty where the rule is silent."""
        left = self.unless.sub(lambda found: "#" * len(found[0]), text) if self.unless else text
        found = self.words.search(left)
        if not found:
            return ""
        if self.only_with and not self.only_with.search(text):
            return ""
        if self.not_with and self.not_with.search(text):
            return ""
        return found[0]


def phrase_pattern(phrase: str) -> str:
    """A phrase as a regular expression without unbounded repeats between words."""
    parts = []
    for word in phrase.split():
        if word == GAP:
            parts.append(UP_TO_FIVE_WORDS)
            continue
        if not re.fullmatch(r"[a-z0-9]+\*?(?:/[a-z0-9]+\*?)*", word):
            raise PhraseError(
                f"phrases.toml: found {word!r} in {phrase!r}, "
                "expected words in lower case, with * / or ..."
            )
        choices = "|".join(choice.replace("*", "[a-z0-9]*") for choice in word.split("/"))
        parts.append(f"(?:{choices}) ")
    return "".join(parts).removesuffix(" ")


def any_of(phrases: list[str]) -> re.Pattern[str] | None:
    """Finds any of the phrases as whole words; None for an empty list."""
    if not phrases:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(phrase_pattern, phrases))})\b")


def read_rules(text: str) -> tuple[PhraseRule, ...]:
    """Every rule of the file, in its order; the weak words of an entry are a rule of their own.

    Raises PhraseError for what it cannot use.
    """
    rules = []
    for theme, entries in tomllib.loads(text).items():
        for entry in entries:
            if entry.keys() - KEYS or not entry.keys() & {"words", "weak"}:
                raise PhraseError(
                    f"phrases.toml, {theme}: found {sorted(entry)}, "
                    f"expected words or weak, and none but {sorted(KEYS)}"
                )
            unless, only_with, not_with = (
                any_of(entry.get(key, [])) for key in ("unless", "only_with", "not_with")
            )
            for key in ("words", "weak"):
                words = any_of(entry.get(key, []))
                if words is not None:
                    rules.append(
                        PhraseRule(theme, words, unless, only_with, not_with, key == "words")
                    )
    return tuple(rules)


@cache
def rules() -> tuple[PhraseRule, ...]:
    """Those of the file, made when first asked for: a site that only shows points needs none."""
    return read_rules(FILE.read_text(encoding="utf-8"))
