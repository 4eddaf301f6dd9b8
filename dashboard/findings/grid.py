"""What the charts of themes share: a grid as a picture, slides and a preview."""

from collections.abc import Callable
from dataclasses import replace

from dashboard.charted.entry import Entry
from dashboard.charts import theme_grid as drawing
from inspections.figure_rows import ThemeGrid

MOST_AT_A_GLANCE = 12  # themes that a preview can hold


def entry_of(*, slug: str, title: Callable[[ThemeGrid], str], note: str) -> Entry:
    """A chart whose rows are a grid of themes."""
    return Entry(
        slug=slug,
        title=title,
        sentence=lambda grid: grid.said,
        figure=drawing.figure,
        narrow=lambda grid: drawing.figure(grid, narrow=True),
        slide=drawing.slide,
        sheets=sheets,
        glance=glance,
        note=lambda grid: note,
    )


def sheets(grid: ThemeGrid) -> list[tuple[ThemeGrid, str]]:
    """Each slide says which themes of all it shows."""
    parts = drawing.sheets(grid)
    if len(parts) == 1:
        return [(grid, "")]
    found, first = [], 1
    for part in parts:
        last = first + len(part.rows) - 1
        found.append((part, f"Here: {first} to {last} of {len(grid.rows)} themes."))
        first = last + 1
    return found


def glance(grid: ThemeGrid) -> tuple[ThemeGrid, str]:
    """As many themes as a preview can hold, and how many that are."""
    if len(grid.rows) <= MOST_AT_A_GLANCE:
        return grid, ""
    shown = replace(
        grid,
        rows=grid.rows[:MOST_AT_A_GLANCE],
        cells=tuple(cell for cell in grid.cells if cell.row < MOST_AT_A_GLANCE),
    )
    return shown, f"Here: the first {MOST_AT_A_GLANCE} of {len(grid.rows)} themes."
