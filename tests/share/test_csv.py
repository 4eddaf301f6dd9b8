"""What a CSV writes for each kind of cell, also where a column holds several."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from dashboard.data.document import Column, Table
from dashboard.data.text import csv_table


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ([1, 1.0, 2.5], ["1", "1.0", "2.5"]),
        ([True, False, None], ["true", "false", ""]),
        # Equal numbers stay as each was given, also beside texts.
        (["c", 1, 1.0, "c"], ["c", "1", "1.0", "c"]),
        (["=1+1", "@x", "-", "-1", -1], ["'=1+1", "'@x", "-", "'-1", "-1"]),
        ([True, "=1+1", 3], ["true", "'=1+1", "3"]),
        ([date(2025, 3, 31), "", "two\nlines"], ["2025-03-31", "", "two\nlines"]),
    ],
)
def test_each_cell_is_written_as_it_is_meant(column: list[Any], written: list[str]) -> None:
    told = Column("told", "Told", "What is told.", at="")
    table = Table("cells", (told,), column)
    lines = list(csv.reader(io.StringIO(csv_table(table), newline="")))
    assert lines == [["told"], *([cell] for cell in written)]
