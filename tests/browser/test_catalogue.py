"""Every chart of the catalogue with real rows: our picture and plotly's show the same."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser

from tests.browser.catalogue_figures import NAMES
from tests.charts.both_ways import ChartPages, Looks, differences, look
from tools.server import BASE_DIR, clean_environment, database_copy


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, go.Figure]:
    database: Path = database_copy(tmp_path_factory.mktemp("catalogue"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.catalogue_figures"],
        env=clean_environment() | {"DATABASE_URL": f"sqlite:///{database}"},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name: go.Figure(raw) for name, raw in json.loads(done.stdout).items()}


@pytest.fixture(scope="module")
def looks(chromium: Browser, figures: dict[str, go.Figure]) -> Iterator[dict[str, Looks]]:
    """Both pictures of every figure, from one page."""
    with ChartPages() as pages:
        page = chromium.new_page(viewport={"width": 1000, "height": 800})
        yield look(page, pages.add_figures("catalogue", figures), figures)
        page.close()


@pytest.mark.parametrize("name", NAMES)
def test_our_picture_and_plotlys_show_the_same_marks_and_labels(
    looks: dict[str, Looks], name: str
) -> None:
    assert differences(looks[name]) == []
    assert looks[name].ours.marks and looks[name].ours.labels
    assert looks[name].complaints == [] and looks[name].foreign_requests == []
