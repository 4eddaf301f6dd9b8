"""What a citation says of its day, and an event of its source."""

import re

import pytest
from django.test import Client

from inspections.models import Council

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("query", ["", "?as_at=2025-01-31"])
def test_the_month_of_a_citation_has_its_capital(
    client: Client, exampleshire: Council, query: str
) -> None:
    page = client.get(f"/councils/exampleshire/grades/share/{query}").content.decode()
    said = re.findall(r"\b(?:as at|to) \d+ (\w+) \d{4}", page)
    assert len(said) >= 2
    assert all(month.istitle() for month in said)
    assert "as at 31 January 2025" in page or not query


def test_no_source_is_not_said_beside_a_reports_own_address(
    client: Client, exampleshire: Council
) -> None:
    page = client.get("/councils/exampleshire/inspections/2024-03-04/").content.decode()
    assert "https://files.ofsted.gov.uk/v1/file/invented" in page
    assert "No source is recorded" not in page
