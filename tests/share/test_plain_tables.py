"""Every CSV is one plain table; what it is stands beside it, as CSV on the Web."""

import csv
import io

import pytest
from django.test import Client

from tests.test_published_urls import PUBLISHED

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESSES = [address for _, address in PUBLISHED if address.split("?")[0].endswith(".csv")]
SITE = "http://127.0.0.1:8000"


def read(client: Client, address: str) -> tuple[list[str], list[dict[str, str]], dict]:
    """The head, the rows and what describes them."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8")))
    link, rel, kind = answer.headers["Link"].split("; ")
    assert (rel, kind) == ('rel="describedby"', 'type="application/csvm+json"')
    beside = client.get(link.strip("<>").removeprefix(SITE))
    assert beside.headers["Content-Type"] == "application/csvm+json"
    return list(rows.fieldnames or ()), list(rows), beside.json()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_heads_stand_in_line_1_and_are_the_declared_columns(
    client: Client, address: str
) -> None:
    heads, rows, told = read(client, address)
    columns = told["tableSchema"]["columns"]
    assert heads == [row["name"] for row in columns]
    assert all(row["dc:description"] for row in columns)
    assert all(None not in row and None not in row.values() for row in rows)
    assert told["@context"][0] == "http://www.w3.org/ns/csvw"
    assert told["url"] == SITE + address
    assert told["dc:title"]
    assert told["dc:source"].startswith(("Ofsted", "Department for Education"))
    assert "open-government-licence" in told["dc:license"]["@id"]
    assert told["schema:version"] == "now"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("clock", ["as_at=1995-01-01", "as_at=2020-02-23"])
def test_the_columns_are_the_same_on_an_earlier_or_empty_day(
    client: Client, address: str, clock: str
) -> None:
    pinned = f"{address}{'&' if '?' in address else '?'}{clock}"
    heads, _, told = read(client, pinned)
    assert heads == read(client, address)[0]
    assert told["dc:valid"] == clock.split("=")[1]
