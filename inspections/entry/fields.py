"""One line of a draft's form, and what the reader's words for facts stand for in it."""

import re
from dataclasses import dataclass
from datetime import date

from inspections.importers.wording.dates import spelt

GRADE = "grade:"
DAYS = {
    "start_date": "First day on site",
    "end_date": "Last day on site",
    "publication_date": "Published",
}
NUMBERS = {
    "sequence": "Number in the sequence of visits",
    "improvement_points": "Number of improvement points",
    "priority_actions": "Number of areas for priority action",
}
WORDS = {
    "report_url": "Address of Ofsted's document",
    "letter_url": "Address of Ofsted's document",
    "url": "Address",
    "published_date": "Published",
    "opened_date": "First day",
    "closed_date": "Last day",
    "topic_codes": "What inspectors looked at",
    "ons_code": "ONS code",
    "dfe_code": "DfE code",
    "ofsted_urn": "Ofsted number",
}
CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)+")  # `\b`: no search begins within a word
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NEEDED = ("council", "kind", *DAYS)
DOUBTS = {
    "dates on site": ("start_date", "end_date"),
    "dates of the visit": ("start_date", "end_date"),
    "publication date": ("publication_date",),
    "lead inspector": ("lead_inspector",),
    "council": ("council",),
    "kind": ("kind",),
    "kind of visit": ("kind",),
    "framework": ("framework",),
    "topic": ("topic_codes",),
}
"""What a reader calls a fact: the fields that stay empty where it is in doubt."""


def is_day(name: str) -> bool:
    """Is the fact of this name a day?"""
    return name in DAYS or name.endswith(("_date", "_from", "_to"))


def as_typed(text: str) -> str:
    """A day as people write it; other text as it is."""
    try:
        return spelt(date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else text
    except ValueError:
        return text


def with_days_spelt(told: object) -> str:
    """What is told, with each day in it as people write it."""
    return ISO_DAY.sub(lambda found: as_typed(found[0]), str(told))


def as_read(text: str) -> str:
    """A value as a person reads it: a day spelt, a code such as requires_improvement in words."""
    return text.replace("_", " ") if CODE.fullmatch(text) else as_typed(text)


def words_of(name: str) -> str:
    """What people call a fact of the record."""
    known = DAYS | NUMBERS | WORDS
    return known.get(name) or name.removeprefix(GRADE).replace("_", " ").capitalize()


@dataclass(frozen=True)
class EntryField:
    """One line of the form: its value as text, what it was read from, what is wrong with it."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    place: str = ""
    hint: str = ""
    before: str = ""
    error: str = ""
    doubt: str = ""
    rows: int = 0
    """Lines of a box for longer text."""

    @property
    def shown(self) -> str:
        """The value as people write it."""
        return as_typed(self.value) if is_day(self.name) else self.value

    @property
    def where(self) -> str:
        """The page, or the list, that the value was read from."""
        return self.place.partition(": ")[0]

    @property
    def said(self) -> str:
        """The page's own words."""
        return self.place.partition(": ")[2]

    @property
    def page(self) -> str:
        """The page as a fragment of the document's address."""
        match = re.fullmatch(r"page (\d+)", self.where)
        return f"#page={match[1]}" if match else ""

    @property
    def is_open(self) -> bool:
        """Does it wait for a person: wrong, in doubt, or needed and empty?"""
        is_needed = self.name in NEEDED or self.name.startswith(GRADE)
        return bool(self.error or self.doubt or (is_needed and not self.value))
