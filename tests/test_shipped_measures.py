"""The shipped figures: as published, every charted measure with a source, England beside it."""

import csv

import pytest

from inspections.measure_rows import MeasureBook
from inspections.store import current_record
from inspections.vocabulary import MeasureGroup, Place
from tools import context_figures
from tools.points import RECORD

needs_published = pytest.mark.skipif(
    not (context_figures.PUBLISHED / "context.csv").is_file(),
    reason="needs the published figures beside the project",
)


@pytest.fixture
def book(db: None) -> MeasureBook:
    return current_record().measures


@pytest.mark.shared
@needs_published
def test_every_figure_is_the_published_one() -> None:
    with (RECORD / "measure_series.csv").open(encoding="utf-8", newline="") as file:
        header, *shipped = (tuple(row) for row in csv.reader(file))
    assert header == context_figures.HEADER
    assert shipped == context_figures.series()


@pytest.mark.shared
@needs_published
def test_what_was_not_published_is_never_a_figure() -> None:
    rows = context_figures.rows_of(context_figures.PUBLISHED / "context.csv")
    gone = {(row["measure"], row["slug"], row["period"]) for row in rows if row["symbol"]}
    assert gone and all(row["symbol"] == "-" and not row["value"] for row in rows if row["symbol"])
    shipped = {row[:3]: row[3] for row in context_figures.series()}
    for measure, slug, period in gone:
        cells = shipped.get((measure, slug, ""), "").split()
        year = context_figures.year_of(period)
        assert not [cell for cell in cells if cell.startswith(f"{year}:") and cell[5:] != "-"]


def test_each_charted_measure_says_what_it_is_and_where_it_is_published(book: MeasureBook) -> None:
    assert len(book.charted) == 17
    for row in book.measures:
        assert row.definition.endswith(".") and row.source and row.source_url, row.code
        assert row.group in list(MeasureGroup), row.code
        parts = {row.numerator, row.denominator} - {""}
        assert all(book.measure(code) for code in parts), row.code


def test_england_stands_beside_every_measure_but_those_of_an_index(book: MeasureBook) -> None:
    without = {row.code for row in book.measures if not book.figures(row, Place.ENGLAND)}
    assert without == {"deprivation_rank", "deprivation_score"}


def test_a_rank_says_of_how_many(book: MeasureBook) -> None:
    for row in (row for row in book.measures if row.is_rank):
        years = {one.year for where in book.places(row) for one in book.figures(row, where)}
        assert all(book.out_of(row, year) for year in years)
