"""Values of statements in words, and notes that are meant for readers."""

from dataclasses import replace

import pytest

from dashboard.england.expected import value_words
from tests.invented_rows import statement
from tests.questions.plain import lines


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("2020-01-13", "date", "13 January 2020"),
        ("2017-04", "date", "April 2017"),
        ("70", "rank", "70th"),
        ("70", "rank of 317", "70th of 317"),
        ("124", "million GBP, about", "about £124 million"),
        ("600", "million GBP a year", "£600 million a year"),
        ("hundreds of millions", "GBP", "hundreds of millions of pounds"),
        ("26", "percent", "26%"),
        ("18", "cases per social worker, about", "about 18 cases per social worker"),
        ("2022", "year", "2022"),
        ("7", "people", "7 people"),
        ("", "", ""),
    ],
)
def test_a_value_is_told_in_words(value: str, unit: str, said: str) -> None:
    assert value_words(replace(statement(), value=value, unit=unit)) == said


def test_no_statement_carries_a_note_to_ourselves() -> None:
    for row in lines("statements"):
        text = " ".join(row.values())
        for own in (
            "of five read",
            "this machine",
            "not checked",
            "in the sources",
            "by its number",
        ):
            assert own not in text, (row["reference"], own)
