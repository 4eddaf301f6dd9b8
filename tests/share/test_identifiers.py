"""Every CSV names councils by ONS code, and inspections and visits by their references."""

import csv
import io

import pytest
from django.test import Client

from dashboard.urls import KINDS
from inspections.models import Council, Inspection, Statement, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ALWAYS = {  # by file: the columns of references that every row fills
    "/councils.csv": {"inspection"},
    "/england/changes.csv?from=2024-01-01": {"later_inspection"},
    "/england/journeys.csv": {"inspection"},
    "/england/upcoming.csv": {"inspection"},
    "/england/inadequate.csv": {"inspection"},
    "/england/expected.csv": {"statement"},
    "/england/windows.csv": {"inspection"},
    "/england/side-by-side.csv?councils=luton~bedford": {"inspection"},
    "/councils/luton/grades.csv": {"inspection"},
}
SOMETIMES = {"earlier_inspection", "next_inspection", "visits", "event_on_record"}
COUNTS = (  # their rows are groups of councils or reports
    "/england/statistics.csv",
    "/england/statistics.csv?by=region",
    "/england/timing.csv",
    "/england/moves.csv",
    "/england/waiting.csv",
    "/england/reporting.csv",
    "/england/grades-held.csv",
)


def table(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode())))


@pytest.fixture
def references() -> set[tuple[str, str]]:
    """(ONS code, reference) of everything on record that has a reference."""
    return {
        row
        for model in (Inspection, Visit, Statement)
        for row in model.objects.values_list("council__ons_code", "reference")
    }


@pytest.mark.parametrize("path", ALWAYS)
def test_rows_of_councils_are_named_for_good(
    client: Client, references: set[tuple[str, str]], path: str
) -> None:
    rows, codes = table(client, path), set(Council.objects.values_list("slug", "ons_code"))
    assert rows
    assert {(row["council_slug"], row["ons_code"]) for row in rows} <= codes
    for column in ALWAYS[path]:
        assert all(row[column] for row in rows), column
    for column in (ALWAYS[path] | SOMETIMES) & set(rows[0]):
        found = {(row["ons_code"], part) for row in rows for part in row[column].split("|") if part}
        assert found, column
        assert found <= references, column


@pytest.mark.parametrize("path", COUNTS)
def test_rows_of_counts_name_no_council(client: Client, path: str) -> None:
    rows = table(client, path)
    assert rows
    assert not {"council", "council_slug", "ons_code"} & set(rows[0])


def test_no_chart_is_left_out() -> None:
    asked = {
        path.split("?")[0].rsplit("/", 1)[1].removesuffix(".csv") for path in (*ALWAYS, *COUNTS)
    }
    assert {kind.slug for kind in KINDS} <= asked
