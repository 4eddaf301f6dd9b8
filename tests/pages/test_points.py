"""The points of an imported report on its inspection's page."""

import pytest
from django.test import Client

from inspections.models import ImprovementPoint

pytestmark = pytest.mark.django_db
PAGE = "/councils/luton/inspections/2020-01-13/"


def test_without_an_imported_report_only_the_number_shows(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert "What inspectors asked for" not in page
    assert "<dt>Improvement points</dt><dd>13</dd>" in page


def test_an_imported_point_shows_with_its_page(client: Client) -> None:
    point = ImprovementPoint.objects.get(
        inspection__council__slug="luton", inspection__reference="2020-01-13", number=1
    )
    point.text, point.page = "An invented point & its <detail>.", 3
    point.save()
    page = client.get(PAGE).content.decode()
    assert "An invented point &amp; its &lt;detail&gt;." in page
    assert "page 3" in page
