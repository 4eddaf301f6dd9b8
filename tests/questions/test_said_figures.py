"""Statements of a figure stand beside those published for the time, for any council's."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from dashboard.england.said import told
from inspections.questions.said_figures import said_figure, said_figures
from inspections.rows import Statement
from inspections.store import current_record
from tests.invented_rows import statement
from tests.pages.reading import main_of
from tests.questions.plain import lines

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2026, 9, 1)


def published(reference: str, day: date = DAY) -> tuple[str, ...]:
    record = current_record()
    found = said_figures(record, record.council_by_slug["luton"].id, day)
    [row] = [row for row in found if row.said.reference == reference]
    return told(row).published


def figures(measure: str, slug: str) -> dict[int, float]:
    """A council's figures as the file has them, read without the code under test."""
    [cells] = [
        row["cells"]
        for row in lines("measure_series")
        if row["measure"] == measure and row["council"] == slug
    ]
    pairs = (cell.split(":") for cell in cells.split())
    return {int(year): float(value) for year, value in pairs if value[0].isdigit()}


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("2020-011", ("31.1% on 30 September 2017 (England 15.8%).",)),
        (
            "2020-012",
            (
                "31.1% on 30 September 2017 (England 15.8%).",
                "31.3% on 30 September 2018 (England 15.4%).",
            ),
        ),
        (
            "2020-013",
            (
                "31.3% on 30 September 2018 (England 15.4%).",
                "36.6% on 30 September 2019 (England 15.8%).",
            ),
        ),
        (
            "2020-059",
            (
                "17.2 on 30 September 2019 (England 16.9).",
                "22.6 on 30 September 2020 (England 16.3).",
            ),
        ),
    ],
)
def test_lutons_own_figures_stand_beside_those_of_the_time(
    reference: str, said: tuple[str, ...]
) -> None:
    assert published(reference) == said


def test_children_in_care_and_the_rank_are_those_of_the_files() -> None:
    care = figures("children_in_care", "luton")
    told_care = published("2020-036")
    assert told_care[0].startswith(f"{care[2019]:.0f} on 31 March 2019")
    assert told_care[1].startswith(f"{care[2020]:.0f} on 31 March 2020")
    assert published("2020-037")[0].startswith("70th of 317 ")


def test_what_most_councils_keep_to_stands_beside_what_they_had() -> None:
    first, second = published("2020-015")
    councils = [row["slug"] for row in lines("councils")]
    held = {
        row["council"]: figures("agency_rate", row["council"])
        for row in lines("measure_series")
        if row["measure"] == "agency_rate" and row["council"] in councils
    }
    for year, sentence in ((2019, first), (2020, second)):
        values = [one[year] for one in held.values() if year in one]
        within = sum(25 <= value <= 30 for value in values)
        less = sum(value < 25 for value in values)
        assert sentence.startswith(
            f"On 30 September {year} {within} of {len(values)} councils had 25.0% to 30.0%, "
            f"{less} less and {len(values) - within - less} more; half "
        )


def test_only_what_was_over_by_the_day_is_told() -> None:
    assert published("2020-059", date(2020, 9, 29)) == (
        "17.2 on 30 September 2019 (England 16.9).",
    )


def made(**fields: str) -> Statement:
    record = current_record()
    base = replace(statement(), council_id=record.council_by_slug["slough"].id)
    return replace(base, stated_date=date(2021, 5, 1), **fields)


@pytest.mark.parametrize(
    ("what", "value", "unit", "measure"),
    [
        ("share of agency workers", "30", "percent", "agency_rate"),
        ("turnover of social workers", "18.5", "percent", "turnover_rate"),
        ("share of agency workers", "about a third", "percent", None),
        ("agency workers", "64", "people", None),
        ("share of families", "30", "percent", None),
    ],
)
def test_any_councils_statement_is_paired_by_unit_and_word_or_not_at_all(
    what: str, value: str, unit: str, measure: str | None
) -> None:
    found = said_figure(current_record(), made(what=what, value=value, unit=unit), DAY)
    assert (found.measure.code if found else None) == measure


def test_a_range_named_of_good_councils_is_set_beside_all() -> None:
    said = made(what="caseload in a good council", value="18-20", unit="cases per social worker")
    found = said_figure(current_record(), said, DAY)
    assert found and (found.low, found.high, found.own) == (18, 20, ())
    assert [one.year for one in found.spread] == [2020, 2021]


def test_page_and_file_tell_the_same(client: Client) -> None:
    page = main_of(client.get("/councils/luton/").content.decode())
    assert "Figures that were named, beside those published" in page
    text = client.get("/england/expected.csv?council=luton&everything=1").content.decode()
    for reference in ("2020-012", "2020-015", "2020-037"):
        for line in published(reference):
            assert line in page
            assert line in text
