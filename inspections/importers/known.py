"""The parsers' world out of the record: its frameworks and grades, and its councils."""

from datetime import date

from inspections.rules.matching import Directory
from inspections.store import current_record

from .rules import ReadingRules


def rules_from_database(today: date) -> ReadingRules:
    """The frameworks of the record and the printed words of their grades."""
    book = current_record().book
    return ReadingRules(book.in_order, tuple(book.grades.values()), today)


def directory_from_database() -> Directory:
    """Every council of the record with its names and codes."""
    return Directory(current_record().councils)
