"""A chart's title is its finding, made from the rows and no name."""

from dataclasses import replace

import pytest

from dashboard.council.side_by_side import ENTRY as SIDE_BY_SIDE
from dashboard.england.findings_chart import ENTRY as THEMES
from dashboard.findings.over_time import ENTRY as ASKED_FOR
from dashboard.urls import KINDS
from inspections.figure_rows import CompareChart, ThemeGrid
from tests.charts import more_samples as more
from tests.charts import shipped

NAMED = {"grades"}  # whose finding is the first line of its page


def without_cells(grid: ThemeGrid) -> ThemeGrid:
    return replace(grid, cells=(), rows=())


def only(rows: CompareChart, lane: str) -> CompareChart:
    """The lane alone; one that no inspection graded has no finding."""
    return replace(
        rows, councils=tuple(replace(row, lanes=((lane, lane),)) for row in rows.councils)
    )


CASES = [
    (SIDE_BY_SIDE, more.compare(2), "Overall effectiveness: Good in Exampleshire"),
    (SIDE_BY_SIDE, more.compare(6), "Overall effectiveness: 2 Good"),
    (SIDE_BY_SIDE, only(more.compare(2), "nothing"), "Grades side by side"),
    (SIDE_BY_SIDE, replace(more.compare(2), councils=()), "Grades side by side"),
    (THEMES, more.theme_shares(), "Inspectors raise most often: front door; plans"),
    (THEMES, without_cells(more.theme_shares()), "What inspectors ask for"),
    (
        ASKED_FOR,
        more.asked_for(),
        "Front door and 3 more themes raised by 2 of 4 reports and letters",
    ),
    (
        ASKED_FOR,
        more.asked_for(1),
        "Front door and 3 more themes raised by 1 of 1 report or letter",
    ),
    (ASKED_FOR, without_cells(more.asked_for()), "What inspectors asked for"),
]


@pytest.mark.parametrize(("entry", "rows", "title"), CASES)
def test_a_title_says_what_the_rows_hold(entry, rows, title: str) -> None:
    assert entry.title(rows) == title


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("kind", [k for k in KINDS if k.slug not in NAMED], ids=lambda k: k.slug)
def test_titles_of_the_record_are_findings(kind) -> None:
    """One that is the same whatever the rows are is a name."""
    titles = {kind.entry.title(rows) for rows in shipped.cases_of(kind).values()}
    assert len(titles) > 1 or any(letter.isdigit() for letter in titles.pop())
