"""A small server for pages of charts."""

from collections.abc import Iterator

import pytest

from tests.charts.both_ways import ChartPages


@pytest.fixture(scope="package")
def site() -> Iterator[ChartPages]:
    with ChartPages() as pages:
        yield pages
