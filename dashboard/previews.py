"""What a chat shows of a shared link: title, sentence and a picture of that very view."""

from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings

from dashboard.chart_pages import OF_A_COUNCIL, OF_ENGLAND, Shown
from dashboard.state import ViewState
from inspections.rows import CouncilRow


@dataclass(frozen=True)
class Preview:
    """Open Graph's words; addresses are whole ones. `oembed` is empty where there is none."""

    title: str
    description: str
    image: str
    alt: str
    url: str
    oembed: str = ""


def preview_of(shown: Shown, *, page: str = "") -> Preview:
    """The preview of a chart's own page, or of the `page` that shows it by the same query."""
    return Preview(
        title=shown.title,
        description=f"{shown.sentence} {shown.as_at}.",
        image=settings.SITE_URL + shown.path(".preview.png"),
        alt=f"{shown.title}. {shown.sentence}",
        url=settings.SITE_URL + shown.start.state.url(page) if page else shown.address,
        oembed="" if page else shown.address,
    )


def preview(
    title: str,
    description: str,
    url: str,
    *,
    state: ViewState,
    council: CouncilRow | None = None,
) -> Preview:
    """The preview of another page: its picture is that of the council's or England's chart.

    The parameters that the page shares with the chart are handed on.
    """
    kind = OF_A_COUNCIL if council else OF_ENGLAND
    shared: dict[str, Any] = {"as_at": state.as_at, "known": state.known}
    names = {spec.name for spec in fields(kind.state)}
    for name in names & {"area", "region", "kind"}:
        if value := getattr(state, name, None):
            shared[name] = value
    image = kind.state(**shared).url(f"{kind.stem(council)}.preview.png")
    return Preview(
        title=title,
        description=" ".join(description.split()),
        image=settings.SITE_URL + image,
        alt=f"{title}: a chart of the grades",
        url=settings.SITE_URL + url,
    )
