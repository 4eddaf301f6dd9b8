"""What one CSV file of the shipped record is: its cells, its key, the rows it refers to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Ref:
    """A cell, or cells, that name a row of another file by its key.

    `file` is that file's name without its ending; `columns` the cells, in the order of
    its key. `many` means several keys of one column parted by |, `optional` that the
    last cell may be empty, which names no row.
    """

    field: str
    file: str
    columns: tuple[str, ...]
    many: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """One CSV file: its model, the columns of its key, its cells and its references.

    What a person has entered into any of them is kept, by field. `is_whole`: a row that the
    file does not have is removed. `is_log`: the site adds rows of its own. `goes_with`: a
    field that says how another is to be read, and that other. `proven_by_imports`: fields that
    an import moves forward and a load never back, the day itself first.
    """

    file: str
    model: str
    key: tuple[str, ...]
    columns: dict[str, Callable[[str], Any]]
    refs: tuple[Ref, ...] = ()
    is_whole: bool = False
    is_log: bool = False
    goes_with: tuple[tuple[str, str], ...] = ()
    proven_by_imports: tuple[str, ...] = ()

    @property
    def header(self) -> list[str]:
        named = [column for ref in self.refs for column in ref.columns]
        return sorted({*self.columns, *named})

    @cached_property
    def longest(self) -> dict[str, int]:
        """Column → how many characters the record keeps of it, where that is limited."""
        fields = apps.get_model("inspections", self.model)._meta
        lengths = {name: fields.get_field(name).max_length for name in self.columns}
        return {name: length for name, length in lengths.items() if length}
