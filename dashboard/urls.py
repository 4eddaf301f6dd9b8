"""The public addresses. They are an API: none is ever broken."""

from django.urls import URLPattern, path

from dashboard.chart_pages import KINDS
from dashboard.views import charts, councils, embeds, events, health, overview, pages

app_name = "dashboard"


def chart_paths() -> list[URLPattern]:
    """Each chart's page, share panel, embed and files."""
    found = []
    for kind in KINDS:
        base = f"councils/<str:slug>/{kind.slug}" if kind.is_of_council else f"england/{kind.slug}"
        given = {"chart": kind.slug}
        found += [
            path(f"{base}/", charts.page, given, name=f"chart-{kind.slug}"),
            path(f"{base}/share/", charts.share_page, given, name=f"share-{kind.slug}"),
            path(f"embed/{base}/", embeds.chart, given, name=f"embed-{kind.slug}"),
        ]
        for suffix in charts.SUFFIXES:
            name = f"{kind.slug}-{suffix.replace('.', '-')}"
            given = {"chart": kind.slug, "suffix": suffix}
            found.append(path(f"{base}.{suffix}", charts.file, given, name=name))
    return found


urlpatterns = [
    *chart_paths(),
    path("", overview.england, name="england"),
    path("councils/", councils.councils, name="councils"),
    path("councils.csv", councils.councils_csv, name="councils-csv"),
    path("councils/<str:slug>/", councils.council, name="council"),
    path("councils/<str:slug>/inspections/<str:reference>/", events.event, name="event"),
    path("oembed", embeds.oembed, name="oembed"),
    path("method/", pages.method, name="method"),
    path("data/", pages.data, name="data"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("about/", pages.about, name="about"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
