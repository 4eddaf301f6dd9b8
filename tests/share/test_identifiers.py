"""Every CSV names councils by ONS code, and inspections and visits by their references."""

import csv
import io

import pytest
from django.test import Client

from dashboard.urls import ENGLAND, KINDS
from inspections.models import Council, Inspection, Statement, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REFERENCES = ("inspection", "later_inspection", "statement", "visit")
SOMETIMES = ("earlier_inspection", "next_inspection", "visits", "event_on_record")
QUERIES = {
    "/england/changes": "?from=2024-01-01",
    "/england/side-by-side": "?councils=luton~bedford",
    "/england/statistics": "?by=region",
}
STEMS = (
    "/councils",
    *(f"/england/{name}" for name in ENGLAND),
    *(f"/councils/luton/{kind.slug}" if kind.is_of_council else f"/england/{kind.slug}"
      for kind in KINDS),
)  # fmt: skip
COUNTS = {"statistics", "timing", "moves", "waiting", "reporting", "grades-held"}


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


@pytest.mark.parametrize("stem", STEMS)
def test_rows_are_named_for_good_or_are_counts_of_councils(
    client: Client, references: set[tuple[str, str]], stem: str
) -> None:
    """Every row of a council has its codes, and the reference of what the row tells."""
    rows = table(client, f"{stem}.csv{QUERIES.get(stem, '')}")
    assert rows
    if not {"council", "council_slug", "ons_code"} & set(rows[0]):
        assert next(iter(rows[0])) in {
            "by", "group", "day", "lane", "waited_days", "measure",
        }  # fmt: skip
        return
    assert stem.rsplit("/", 1)[1] not in COUNTS
    codes = set(Council.objects.values_list("short_name", "ons_code", "slug"))
    assert {(row["council"], row["ons_code"], row["council_slug"]) for row in rows} <= codes
    if "measure" not in rows[0]:  # a published figure is of a council and a year
        assert all(any(row.get(name) for name in REFERENCES) for row in rows)
    for column in {*REFERENCES, *SOMETIMES} & set(rows[0]):
        found = {(row["ons_code"], part) for row in rows for part in row[column].split("|") if part}
        assert found, column
        assert found <= references, column
