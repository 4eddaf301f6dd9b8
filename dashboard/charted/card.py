"""What a chat shows of a page that has no chart of its own: its title, sentence and lines.

A card is made from what the page itself has asked for, so that the picture of a shared link
shows that very view.
"""

from collections.abc import Callable
from dataclasses import dataclass

import plotly.graph_objects as go
from django.conf import settings

from dashboard.state.opening import Opening, Preview
from inspections.figure_rows import GradeSpan
from inspections.rows import Inspection, Judgement

PICTURE = ".preview.png"


@dataclass(frozen=True)
class Card:
    """`path` is the page's address without a query; `figure` is drawn for the picture alone."""

    title: str
    sentence: str
    path: str
    figure: Callable[[], go.Figure]

    @property
    def stem(self) -> str:
        return "-".join(part for part in self.path.split("/") if part)


def preview(card: Card, start: Opening) -> Preview:
    state = start.state
    return Preview(
        title=card.title,
        description=f"{card.sentence} {start.stands}.",
        image=settings.SITE_URL + state.url(card.path.rstrip("/") + PICTURE),
        alt=f"{card.title}. {card.sentence}",
        url=settings.SITE_URL + state.url(card.path),
    )


def spell(judged: Judgement, row: Inspection, *, is_together: bool) -> GradeSpan:
    return GradeSpan(
        "", judged.area.short_name, judged.grade, row.event_date, None, is_combined=is_together
    )
