"""What one CSV file of the shipped record is: its key, its cells, the rows it refers to.

A file has a column for each field of its model, read as the field asks for. What the file names
otherwise, or lacks, is said in the schema.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from inspections.importers.shipped.cells import Read, reader_of

FILES: dict[Any, str] = {}
"""Model → the file of its rows."""


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
class ShippedTable:
    """One CSV file: its model, the columns of its key, its cells and its references.

    `lacks`: fields of the model that the file does not have. `own_refs`: references by more
    than one cell, or kept in rows of their own. `reads`: cells read otherwise than their field.

    What a person has entered into any of them is kept, by field. `is_whole`: a row that the
    file does not have is removed. `is_log`: the site adds rows of its own. `goes_with`: a
    field that says how another is to be read, and that other. `proven_by_imports`: fields that
    an import moves forward and a load never back, the day itself first.
    """

    file: str
    model: type[models.Model]
    key: tuple[str, ...]
    own_refs: tuple[Ref, ...] = ()
    lacks: frozenset[str] = frozenset()
    reads: Mapping[str, Read] = field(default_factory=dict)
    is_whole: bool = False
    is_log: bool = False
    goes_with: tuple[tuple[str, str], ...] = ()
    proven_by_imports: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        FILES[self.model] = self.file

    @cached_property
    def columns(self) -> dict[str, Callable[[str], Any]]:
        """Column → how its cell is read."""
        return {
            one.name: self.reads.get(one.name) or reader_of(one)
            for one in self.model._meta.concrete_fields
            if one.editable and not one.is_relation and not one.primary_key
            if one.name not in self.lacks
        }

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """The references: those of one cell bear their field's name, the others are its own."""
        own = {ref.field for ref in self.own_refs} | self.lacks
        plain = [
            Ref(
                one.name,
                FILES[one.related_model],
                (one.name,),
                many=one.many_to_many or False,
                optional=getattr(one, "null", False),
            )
            for one in (*self.model._meta.fields, *self.model._meta.many_to_many)
            if isinstance(one, models.ForeignKey | models.ManyToManyField) and one.name not in own
        ]
        return (*plain, *self.own_refs)

    @property
    def header(self) -> list[str]:
        named = [column for ref in self.refs for column in ref.columns]
        return sorted({*self.columns, *named})

    @cached_property
    def longest(self) -> dict[str, int]:
        """Column → how many characters the record keeps of it, where that is limited."""
        fields = self.model._meta.concrete_fields
        limits = {one.name: one.max_length for one in fields if one.name in self.columns}
        return {name: limit for name, limit in limits.items() if limit}
