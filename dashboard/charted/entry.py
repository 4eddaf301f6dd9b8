"""Every chart once: its question, figure, table, sentence and source joined.

A page, a picture and a download of the same chart all come from the same entry.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import plotly.graph_objects as go
from django.utils.safestring import SafeString, mark_safe

from dashboard.charts import slide as canvas
from dashboard.charts.svg import inline_svg
from dashboard.data.document import SOURCE as FILE_SOURCE
from dashboard.data.html import PageTable
from dashboard.state.controls import Filters

NARROW = "narrow"  # asks for the phone's figure

SOURCE = "Ofsted inspection reports and workbooks (Open Government Licence v3.0)"


Draw = Callable[[str, Callable[[], SafeString]], SafeString]
"""Gives a piece of a chart by its name, made now or before."""


def drawn_anew(name: str, make: Callable[[], SafeString]) -> SafeString:
    return make()


@dataclass(frozen=True)
class Chart:
    """A chart on a page; its pictures are drawn where a page shows them."""

    slug: str
    title: str
    sentence: str
    note: str
    source: str
    offers: str
    figure_url: str
    figure: Callable[[], go.Figure]
    narrow_figure: Callable[[], go.Figure] | None
    page_table: PageTable | None = None  # None on a slide, which shows the picture alone
    draw: Draw = drawn_anew
    choose: Callable[[], Filters] | None = None
    """What readers may choose of it, asked for where a page shows that."""

    tall_figure: Callable[[], go.Figure] | None = None
    """Of a slide: the same for a screen that is nearer to a square."""

    choose_at: str = ""
    """The page that shows the choice."""

    @cached_property
    def filters(self) -> Filters | None:
        return self.choose() if self.choose else None

    @property
    def has_narrow(self) -> bool:
        return self.narrow_figure is not None

    @cached_property
    def svg(self) -> SafeString:
        flat = "chart-flat" if self.tall_figure else ""
        wide = "chart-wide" if self.narrow_figure else ""
        return self._drawn(self.figure, "", f"{wide} {flat}".strip())

    @cached_property
    def tall(self) -> SafeString | None:
        """The picture for a screen that is nearer to a square, in meeting mode."""
        if self.tall_figure is None:
            return None
        return self._drawn(self.tall_figure, "-tall", "chart-tall")

    @cached_property
    def narrow(self) -> SafeString | None:
        """The picture for a phone, where it differs."""
        if self.narrow_figure is None:
            return None
        return self._drawn(self.narrow_figure, "-narrow", "chart-narrow")

    def _drawn(self, figure: Callable[[], go.Figure], suffix: str, css_class: str) -> SafeString:
        def made() -> SafeString:
            # The renderer escapes every text that it writes.
            return mark_safe(  # noqa: S308
                inline_svg(
                    figure(),
                    id_prefix=f"{self.slug}{suffix}",
                    title=self.title,
                    description=self.sentence,
                    css_class=css_class,
                )
            )

        return self.draw(suffix, made)

    @cached_property
    def table(self) -> SafeString:
        """The body of the table, written where a page shows it."""
        table = self.page_table
        return self.draw("table", table.body) if table else SafeString()

    @property
    def narrow_figure_url(self) -> str:
        """The address of the phone's figure, which the same question answers."""
        return f"{self.figure_url}{'&' if '?' in self.figure_url else '?'}{NARROW}=1"


@dataclass(frozen=True)
class Entry:
    """One kind of chart: what turns its rows into each of its parts."""

    slug: str
    title: Callable[[Any], str]
    sentence: Callable[[Any], str]
    figure: Callable[[Any], go.Figure]
    narrow: Callable[[Any], go.Figure] | None
    note: Callable[[Any], str]
    slide: Callable[[Any, int], go.Figure]
    """The figure for meeting mode, on the canvas of `charts.slide` of this height."""

    explored: Callable[[Any], go.Figure] | None = None
    """The interactive chart, where it is not the picture."""

    offers: str = ""
    """What exploring shows that the picture does not, for its button."""

    source: str = SOURCE
    file_source: str = FILE_SOURCE
    cites: str = ""
    """Whose figures a citation names, where they are not Ofsted's."""

    glance: Callable[[Any], tuple[Any, str]] | None = None
    """Fewer rows, and what is left out in a sentence, for the preview in a chat."""

    sheets: Callable[[Any], list[tuple[Any, str]]] | None = None
    """The rows of each slide, and what it shows of all; without: all rows on one slide."""

    def at_a_glance(self, rows: Any) -> tuple[Any, str]:
        return self.glance(rows) if self.glance else (rows, "")

    def drawn(self, rows: Any, *, narrow: bool = False) -> go.Figure:
        """The figure; ``narrow``: the phone's, where it has one of its own."""
        return self.narrow(rows) if narrow and self.narrow else self.figure(rows)

    def slides(self, rows: Any) -> list[tuple[Chart, str]]:
        """The chart for meeting mode: each slide, and what it shows of all rows."""
        sheets = self.sheets(rows) if self.sheets else [(rows, "")]
        return [
            (
                replace(
                    replace(self, slug=f"{self.slug}{place}").chart(part, figure_url=""),
                    figure=partial(self.slide, part, canvas.HEIGHT),
                    tall_figure=partial(self.slide, part, canvas.TALL),
                ),
                said,
            )
            for place, (part, said) in enumerate(sheets)
        ]

    def interactive(self, rows: Any, *, narrow: bool = False) -> go.Figure:
        """The figure for exploring."""
        return self.explored(rows) if self.explored else self.drawn(rows, narrow=narrow)

    def chart(
        self,
        rows: Any,
        *,
        figure_url: str,
        table: PageTable | None = None,
        draw: Draw = drawn_anew,
        choose: Callable[[], Filters] | None = None,
    ) -> Chart:
        """The chart for a page. `draw` may give a picture that was drawn before."""
        return Chart(
            slug=self.slug,
            title=self.title(rows),
            sentence=self.sentence(rows),
            note=self.note(rows),
            source=self.source,
            offers=self.offers,
            figure_url=figure_url,
            figure=partial(self.figure, rows),
            narrow_figure=partial(self.narrow, rows) if self.narrow else None,
            page_table=table,
            draw=draw,
            choose=choose,
        )


def in_sheets(
    rows: Any, every: Sequence[Any], most: int, only: Callable[[Any, Sequence[Any]], Any]
) -> list[tuple[Any, str]]:
    """As many of `every` panel a slide as it holds; each slide says which of all it shows. `only`
    gives the rows with some of the panels."""
    parts = [every[first : first + most] for first in range(0, len(every), most)]
    if len(parts) < 2:
        return [(rows, "")]
    found = []
    for place, part in enumerate(parts):
        first = place * most + 1
        said = f"Here: {first} to {first + len(part) - 1} of {len(every)} measures."
        found.append((only(rows, part), said))
    return found
