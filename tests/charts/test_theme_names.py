"""A theme is called by its whole name wherever it is shown, on a phone in more lines."""

from dataclasses import replace

import pytest
from django.test import Client

from dashboard.charts import theme_grid
from dashboard.charts.measure import text_width
from tests.charts import more_samples as more
from tests.pages.reading import text_of
from tests.rules.shipped import rows

pytestmark = pytest.mark.once
NAMES = tuple(row["name"] for row in rows("themes"))


@pytest.mark.parametrize("narrow", [False, True])
def test_the_grid_draws_every_name_whole(narrow: bool) -> None:
    drawn = theme_grid.figure(replace(more.theme_shares(6), rows=NAMES), narrow=narrow)
    sides = [row for row in drawn.layout.annotations if row.align == "left"]
    assert tuple(row.text.replace("<br>", " ") for row in sides) == NAMES
    cells = min(min(bar.base) for bar in drawn.data)
    for side in sides:
        lines = side.text.split("<br>")
        assert all(text_width(line, side.font.size) < cells for line in lines)
        assert len(lines) * side.font.size * theme_grid.LINE <= drawn.data[0].width


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "column"), [("/england/findings/", "Themes"), ("/england/visits/", "Themes")]
)
def test_lists_and_filters_have_the_names_whole(client: Client, address: str, column: str) -> None:
    page = client.get(address).content.decode()
    cells = [
        text_of(part.partition("</td>")[0].partition(">")[2])
        for part in page.split(f'data-label="{column}"')[1:]
    ]
    told = [name for cell in cells for name in cell.split("; ") if not name.startswith("plan ")]
    assert len(told) > 40
    assert set(told) <= {*NAMES, "of none", "not on record", "none raised"}
    offered = [name.replace("'", "&#x27;") for name in NAMES]
    assert all(f">{name}</option>" in page for name in offered)
