"""Words that are markup, in every place where a person's words are shown."""

import json
from datetime import date

import pytest
from django.test import Client

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]

HOSTILE = '<img src=x onerror="alert(1)"></script><b>{{7*7}}</b>'


@pytest.fixture
def paths() -> list[str]:
    """The pages of a council whose every word is hostile."""
    council = factories.make_council()
    type(council).objects.update(short_name=HOSTILE, name=HOSTILE)
    council.refresh_from_db()
    inspection = factories.make_inspection(
        council, grades={"leaders": "good"}, lead_inspector=HOSTILE, notes=HOSTILE
    )
    factories.make_citation(factories.make_source(title=HOSTILE), inspection=inspection)
    visit = factories.make_visit(
        council, topic=HOSTILE, notes=HOSTILE, publication_date=date(2022, 7, 1)
    )
    events = [f"/councils/exampleshire/inspections/{row.reference}/" for row in (inspection, visit)]
    return ["/", "/councils/", "/councils/exampleshire/", "/councils/exampleshir/", *events]


def test_hostile_words_are_shown_as_words_on_every_page(client: Client, paths: list[str]) -> None:
    for path in paths:
        page = client.get(path).content.decode()
        assert "&lt;img src=x onerror=" in page, path
        assert "<img" not in page and "<b>{{" not in page, path


def test_hostile_words_reach_plotly_as_words(client: Client, paths: list[str]) -> None:
    """plotly reads some tags in texts; a name with a link must not become one."""
    figure = client.get("/councils/exampleshire/grades.figure.json").content.decode()
    assert "&lt;img src=x" in figure
    assert "<img" not in json.dumps(json.loads(figure))


@pytest.mark.parametrize("path", ["/councils/?q={}", "/?area={}", "/councils/{}/", "/{}"])
def test_hostile_addresses_are_shown_as_words(client: Client, path: str) -> None:
    page = client.get(path.format("%3Cimg src=x onerror=alert(1)%3E")).content.decode()
    assert "<img" not in page
