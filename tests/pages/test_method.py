"""The method page."""

import re

import pytest
from django.test import Client

from inspections.models import Framework
from inspections.rules.themes.measured import measured

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_method_is_told_in_the_fields_words(client: Client) -> None:
    """No code of the record stands in its text."""
    page = re.sub(r"<code>.*?</code>|<[^>]+>", " ", client.get("/method/").content.decode())
    codes = Framework.objects.values_list("code", flat=True)
    assert [code for code in codes if re.search(rf"\b{code}\b", page)] == []


def test_the_words_for_themes_are_told_as_measured_theme_by_theme(client: Client) -> None:
    page = client.get("/method/").content.decode()
    held, chosen = measured()["held"], measured()["chosen"]
    assert f"on {held.points:,} points held out" in page
    assert f"On the {chosen.points:,} points on which" in " ".join(page.split())
    missed = sum(one.misses_goal for one in held.themes.values())
    assert page.count("(below the goal)") == missed
    rows = re.findall(r'data-label="Held out: n">(\d+)</td>', page)
    assert [int(row) for row in rows] == [one.labelled for one in held.themes.values()]
