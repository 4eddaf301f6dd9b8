"""Reads one cell of the shipped record, or says what was expected in it."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from inspections import vocabulary as words
from inspections.measure_rows import read_figures


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


def optional_day(cell: str) -> date | None:
    return day(cell) if cell else None


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


def optional_decimal(cell: str) -> Decimal | None:
    return decimal(cell) if cell else None


def number(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit() or len(cell) > 5 or int(cell) > 32767:
        raise CellError("a whole number from 0 to 32767")
    return int(cell)


def optional_number(cell: str) -> int | None:
    return number(cell) if cell else None


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


def one_of(kind: type[words.Word]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in kind._value2member_map_:
            raise CellError("one of " + ", ".join(kind))
        return cell

    return read


def optional_one_of(kind: type[words.Word]) -> Callable[[str], str]:
    read = one_of(kind)
    return lambda cell: read(cell) if cell else ""


def several_of(kind: type[words.Word]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        for part in filter(None, cell.split("|")):
            one_of(kind)(part)
        return cell

    return read


def web_address(cell: str) -> str:
    if cell and not cell.startswith(("https://", "http://")):
        raise CellError("an address beginning https:// or http://, or nothing")
    return cell


def slug(cell: str) -> str:
    if not cell or not cell.isascii() or not cell.replace("-", "").replace("_", "").isalnum():
        raise CellError("lower-case letters, digits and hyphens")
    return cell
