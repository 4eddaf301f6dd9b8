"""What a chat shows of a shared link: title, sentence and a picture of that very view."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from dashboard.address import HELP, KIND, LANE, REGION, ViewState, param, to_slug
from inspections.rows import Council


@dataclass(frozen=True)
class Preview:
    """Open Graph's words; addresses are whole ones. `oembed` is empty where there is none."""

    title: str
    description: str
    image: str
    alt: str
    url: str
    oembed: str = ""


@dataclass(frozen=True, kw_only=True)
class PicturedState(ViewState):
    """The parameters that a page hands on to the chart of grades held, its picture."""

    area: str = param(LANE, default=HELP, write=to_slug)
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)


def preview(
    title: str,
    description: str,
    url: str,
    *,
    state: ViewState,
    council: Council | None = None,
) -> Preview:
    """The preview of a page without a chart of its own: the council's or England's chart."""
    names = () if council else ("area", "region", "kind")
    shared: dict[str, Any] = {"as_at": state.as_at, "known": state.known}
    shared |= {name: value for name in names if (value := getattr(state, name, None))}
    stem = f"/councils/{council.slug}/grades" if council else "/england/grades-held"
    return Preview(
        title=title,
        description=" ".join(description.split()),
        image=settings.SITE_URL + PicturedState(**shared).url(f"{stem}.preview.png"),
        alt=f"{title}: a chart of the grades",
        url=settings.SITE_URL + url,
    )
