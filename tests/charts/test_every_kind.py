"""Every kind of chart, from the shipped record, is the picture that plotly draws."""

import re
from html import unescape
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.urls import KINDS
from tests.charts import shipped
from tests.charts.both_ways import ChartPages, differences, look

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_entry_has_rows_of_the_record_to_be_drawn_with() -> None:
    assert set(shipped.CASES) <= {kind.slug for kind in KINDS}
    for kind in KINDS:
        assert shipped.cases_of(kind), kind.slug


def test_every_picture_of_the_record_is_one_that_plotly_accepts() -> None:
    for name, figure in shipped.figures().items():
        drawn = figure.to_dict()
        assert go.Figure(drawn).to_dict()["data"] == drawn["data"], name


@pytest.mark.parametrize("query", ["", "?as_at=2024-03-31"])
@pytest.mark.parametrize(("path", "width"), [("/councils/luton/", 880), ("/", 960)])
def test_a_phone_is_offered_the_figure_of_its_own_picture(
    client: Any, path: str, width: int, query: str
) -> None:
    page = client.get(path + query, follow=True).content.decode()
    first = re.findall(r'data-(?:figure|figure-narrow)="([^"]+)"', page)[:2]
    wide, narrow = (client.get(unescape(url)).json() for url in first)
    assert wide["layout"]["width"] == width
    assert narrow["layout"]["width"] == 340


@pytest.mark.browser
def test_every_picture_of_the_record_is_plotlys_picture(chromium: Any, site: ChartPages) -> None:
    figures = shipped.figures()
    page = chromium.new_page(viewport={"width": 1000, "height": 800})
    looks = look(page, site.add_figures("every-kind", figures), figures)
    page.close()
    assert {name: found for name in figures if (found := differences(looks[name]))} == {}
    assert [name for name in figures if not looks[name].ours.marks] == []
    one = next(iter(looks.values()))
    assert one.complaints == []
    assert one.foreign_requests == []
