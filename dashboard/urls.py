"""The public addresses. They are an API: none is ever broken."""

from django.urls import URLPattern, path

from dashboard.cards import PICTURE
from dashboard.chart_index import KINDS
from dashboard.record_tables import TABLES
from dashboard.views import (
    api_docs,
    cards,
    charts,
    compare,
    corrections,
    councils,
    downloads,
    embeds,
    england,
    events,
    feeds,
    health,
    overview,
    pages,
)

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
    path("england/statistics/", england.statistics, name="statistics"),
    path("england/statistics.csv", england.statistics_csv, name="statistics-csv"),
    path("england/changes/", england.changes, name="changes"),
    path("england/changes.csv", england.changes_csv, name="changes-csv"),
    path("england/journeys/", england.journeys, name="journeys"),
    path("england/journeys.csv", england.journeys_csv, name="journeys-csv"),
    path("england/timing/", england.timing, name="timing"),
    path("england/timing.csv", england.timing_csv, name="timing-csv"),
    path("england/upcoming/", england.upcoming, name="upcoming"),
    path("england/upcoming.csv", england.upcoming_csv, name="upcoming-csv"),
    path("england/upcoming.ics", england.upcoming_ics, name="upcoming-ics"),
    path("england/inadequate/", england.inadequate, name="inadequate"),
    path("england/inadequate.csv", england.inadequate_csv, name="inadequate-csv"),
    path("england/expected/", england.expected, name="expected"),
    path("england/expected.csv", england.expected_csv, name="expected-csv"),
    path("councils/", councils.councils, name="councils"),
    path("councils.csv", councils.councils_csv, name="councils-csv"),
    path("councils/<str:slug>.ics", councils.council_ics, name="council-ics"),
    path("councils/<str:slug>/", councils.council, name="council"),
    path("councils/<str:slug>/inspections/<str:reference>/", events.event, name="event"),
    path("councils/<str:slug>.atom", feeds.council, name="council-feed"),
    path("councils/<str:slug>/offline.html", downloads.offline, name="offline"),
    path("england.atom", feeds.england, name="england-feed"),
    path("england/<str:region>.atom", feeds.region, name="region-feed"),
    *(
        path(f"{name}{PICTURE}", cards.page, {"name": name}, name=name.replace("/", "-") + "-card")
        for name in cards.PAGES
    ),
    path(
        f"councils/<str:slug>/inspections/<str:reference>{PICTURE}",
        cards.event,
        name="event-card",
    ),
    path("corrections/", corrections.log, name="corrections"),
    path("corrections.atom", feeds.corrections, name="corrections-feed"),
    path("compare/", compare.compare, name="compare"),
    path("compare/add/", compare.add, name="compare-add"),
    *(
        path(f"data/record.{suffix}", downloads.record, {"suffix": suffix}, name=f"record-{suffix}")
        for suffix in downloads.RECORD_SUFFIXES
    ),
    *(
        path(f"data/{name}.csv", downloads.table, {"name": name}, name=f"table-{name}")
        for name in TABLES
    ),
    path("data/dictionary/", downloads.dictionary, name="dictionary"),
    path("api/v1/", api_docs.docs, name="api"),
    path("oembed", embeds.oembed, name="oembed"),
    path("method/", pages.method, name="method"),
    path("data/", pages.data, name="data"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("about/", pages.about, name="about"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
