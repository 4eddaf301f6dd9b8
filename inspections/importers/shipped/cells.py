"""Reads one cell of the shipped record, or says what was expected in it."""

from collections.abc import Callable, Collection
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from inspections.measure_rows import read_figures

Read = Callable[[str], Any]


class CellError(ValueError):
    """What was expected in a cell that cannot be read."""


def text(cell: str) -> str:
    return cell


def required(cell: str) -> str:
    if not cell.strip():
        raise CellError("a value, not an empty cell")
    return cell


def day(cell: str) -> date:
    try:
        if len(cell) != 10 or not cell.isascii():
            raise ValueError
        return date.fromisoformat(cell)
    except ValueError:
        raise CellError("a date as YYYY-MM-DD") from None


def midnight(cell: str) -> datetime:
    """The moment at which a day begins in England."""
    return datetime.combine(day(cell), time(), tzinfo=ZoneInfo("Europe/London"))


def decimal(cell: str) -> Decimal:
    whole, _, part = cell.partition(".")
    if not (cell.isascii() and whole.isdigit() and len(whole) <= 6):
        raise CellError("a number with at most one decimal")
    if "." in cell and not (part.isdigit() and len(part) == 1):
        raise CellError("a number with at most one decimal")
    return Decimal(cell)


def number(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit() or len(cell) > 5 or int(cell) > 32767:
        raise CellError("a whole number from 0 to 32767")
    return int(cell)


def figures(cell: str) -> str:
    try:
        read_figures(cell)
    except ValueError as error:
        raise CellError(str(error).partition("expected ")[2]) from None
    return cell


def flag(cell: str) -> bool:
    if cell not in {"true", "false"}:
        raise CellError("true or false")
    return cell == "true"


def web_address(cell: str) -> str:
    if cell and not cell.startswith(("https://", "http://")):
        raise CellError("an address beginning https:// or http://, or nothing")
    return cell


def slug(cell: str) -> str:
    if not cell or not cell.isascii() or not cell.replace("-", "").replace("_", "").isalnum():
        raise CellError("lower-case letters, digits and hyphens")
    return cell


def one_of(codes: Collection[str]) -> Read:
    def read(cell: str) -> str:
        if cell not in codes:
            raise CellError("one of " + ", ".join(codes))
        return cell

    return read


def several_of(codes: Collection[str]) -> Read:
    """Codes parted by |; none in an empty cell."""
    one = one_of(codes)
    return lambda cell: "|".join(one(part) if part else part for part in cell.split("|"))


def or_else(empty: Any, read: Read) -> Read:
    return lambda cell: read(cell) if cell else empty


KINDS: dict[type[models.Field], Read] = {
    models.DateField: day,
    models.DateTimeField: midnight,
    models.DecimalField: decimal,
    models.PositiveSmallIntegerField: number,
    models.BooleanField: flag,
    models.URLField: web_address,
    models.SlugField: slug,
}


def reader_of(field: models.Field) -> Read:
    """How a cell of the field is read: by its choices, else by its kind."""
    if field.choices:
        read = one_of([str(code) for code, _ in field.flatchoices])
        return or_else("", read) if field.blank else read
    for kind in type(field).__mro__:
        if kind in KINDS:
            return or_else(None, KINDS[kind]) if field.null else KINDS[kind]
    return text if field.blank else required
