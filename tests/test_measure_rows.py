"""Series of figures: how their cells are read, ratios of two, and where a series breaks."""

from dataclasses import replace
from datetime import date

import pytest

from inspections.measure_rows import Figure, Measure, MeasureBook, MeasureYear, read_figures

AGENCY = Measure(
    code="agency", name="Agency workers", short_name="Agency", group="workforce",
    unit="percent of workers", decimals=1, period="30_september",
    is_comparable=True, definition="Invented.", numerator="", denominator="", charted=2, order=1,
    source="A census", publisher="Nobody", source_url="",
)  # fmt: skip
SPEND = replace(AGENCY, code="spend", unit="pounds", period="financial_year", charted=None)
CHILDREN = replace(AGENCY, code="children", unit="children", period="31_march", charted=None)
EACH = replace(SPEND, code="each", numerator="spend", denominator="children", charted=1)


def test_a_series_is_read_year_by_year() -> None:
    assert read_figures("2017:31.1 2019:c 2025:-0.5") == (
        Figure(2017, 31.1), Figure(2019, None, "c"), Figure(2025, -0.5),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("", "expected each once"),
        ("31.1", "expected a year and a number"),
        ("17:31.1", "expected a year and a number"),
        ("1817:31.1", "expected a year and a number"),
        ("2017:", "expected a year and a number"),
        ("2017:31,1", "one of -, c, k, u, x, z"),
        ("2017:n/a", "one of -, c, k, u, x, z"),
        ("2017:1 2017:2", "expected each once"),
        ("2018:1 2017:2", "the oldest first"),
        ("2017:1e9", "one of -"),
    ],
)
def test_what_is_no_series_is_refused_with_what_was_expected(cells: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_figures(cells)


def book(**series: dict[int | str, str]) -> MeasureBook:
    return MeasureBook((AGENCY, SPEND, CHILDREN, EACH), series=series)


def test_a_ratio_is_worked_out_where_both_figures_were_published() -> None:
    held = book(
        spend={1: "2017:600 2018:- 2019:900 2020:100", "england": "2019:10"},
        children={1: "2016:7 2017:30 2018:40 2019:- 2020:0"},
    )
    assert held.figures(EACH, 1) == (
        Figure(2017, 20.0), Figure(2018, None, "-"), Figure(2019, None), Figure(2020, None),
    )  # fmt: skip
    assert held.figures(EACH, "england") == ()
    assert held.places(EACH) == (1, "england")


def test_a_ratio_of_a_measure_that_is_not_there_has_no_figures() -> None:
    held = MeasureBook((EACH, SPEND), series={"spend": {1: "2017:600"}})
    assert held.figures(EACH, 1) == ()


def test_a_place_without_a_series_has_no_figures() -> None:
    assert book(agency={1: "2017:3"}).figures(AGENCY, 2) == ()


def test_the_charted_measures_stand_in_their_own_order() -> None:
    assert [row.code for row in book().charted] == ["each", "agency"]


def test_a_series_breaks_where_the_record_says_so() -> None:
    years = {("agency", 2019): MeasureYear(True, None, "Others were asked.", "A census")}
    held = replace(book(), years=years)
    assert [held.is_break(AGENCY, year) for year in (2018, 2019, 2020)] == [False, True, False]


@pytest.mark.parametrize(
    ("period", "day", "said", "head"),
    [
        ("31_march", date(2017, 3, 31), "on 31 March 2017", "2017"),
        ("year_to_31_march", date(2017, 3, 31), "in the year to 31 March 2017", "2017"),
        ("financial_year", date(2017, 3, 31), "in the financial year 2016-17", "2016-17"),
        ("30_september", date(2017, 9, 30), "on 30 September 2017", "2017"),
        ("index", date(2017, 12, 31), "in the index of 2017", "2017"),
    ],
)
def test_a_period_is_named_and_has_a_last_day(period: str, day: date, said: str, head: str) -> None:
    row = replace(AGENCY, period=period)
    assert (row.day_of(2017), row.period_of(2017), row.year_name(2017)) == (day, said, head)
