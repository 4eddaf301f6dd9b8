"""The public addresses. They are an API: none is ever broken."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from dashboard.about import corrections, errors, pages
from dashboard.alerts import views as alerts
from dashboard.api import docs
from dashboard.charted import embeds, views
from dashboard.charted.card import PICTURE
from dashboard.charted.kind import ChartKind
from dashboard.council import (
    by_area_chart,
    compare,
    context,
    council,
    event,
    grades,
    listed,
    offline,
    plan,
    side_by_side,
)
from dashboard.council.pack import views as pack
from dashboard.data import downloads, package
from dashboard.data.described import METADATA
from dashboard.data.tables import TABLES
from dashboard.england import (
    changes,
    changes_chart,
    expected,
    expected_chart,
    figures,
    findings,
    findings_chart,
    held,
    inadequate,
    inadequate_chart,
    journeys,
    journeys_chart,
    overview,
    spreads,
    statistics,
    timing,
    timing_chart,
    upcoming,
    upcoming_chart,
    visits,
    visits_chart,
)
from dashboard.feeds import calendars, feeds, own, sitemap, week
from dashboard.findings import over_time
from dashboard.http import health

app_name = "dashboard"
KINDS: tuple[ChartKind, ...] = (
    grades.OF_A_COUNCIL,
    over_time.OF_A_COUNCIL,
    context.OF_A_COUNCIL,
    held.OF_ENGLAND,
    changes_chart.KIND_OF_CHART,
    journeys_chart.KIND_OF_CHART,
    timing_chart.KIND_OF_CHART,
    upcoming_chart.KIND_OF_CHART,
    side_by_side.SIDE_BY_SIDE,
    findings_chart.KIND_OF_CHART,
    spreads.KIND_OF_CHART,
    by_area_chart.KIND_OF_CHART,
    visits_chart.KIND_OF_CHART,
    inadequate_chart.KIND_OF_CHART,
    expected_chart.KIND_OF_CHART,
)
ENGLAND = {
    "statistics": statistics,
    "changes": changes,
    "journeys": journeys,
    "timing": timing,
    "upcoming": upcoming,
    "inadequate": inadequate,
    "expected": expected,
    "findings": findings,
    "visits": visits,
    "figures": figures,
}
PICTURED = {
    "councils": listed.picture,
    "england/statistics": statistics.picture,
    "england/changes": changes.picture,
    "england/inadequate": inadequate.picture,
    "england/expected": expected.picture,
    "corrections": corrections.picture,
}


def chart_paths() -> list[URLPattern]:
    """Each chart's page, share panel, embed and files."""
    found = []
    for kind in KINDS:
        base = f"councils/<str:slug>/{kind.slug}" if kind.is_of_council else f"england/{kind.slug}"
        given = {"kind": kind}
        found += [
            path(f"{base}/", views.page, given, name=f"chart-{kind.slug}"),
            path(f"{base}/share/", views.share_page, given, name=f"share-{kind.slug}"),
            path(f"embed/{base}/", embeds.chart, given, name=f"embed-{kind.slug}"),
        ]
        for suffix in views.SUFFIXES:
            name = f"{kind.slug}-{suffix.replace('.', '-')}"
            file = {"kind": kind, "suffix": suffix}
            found.append(path(f"{base}.{suffix}", views.file, file, name=name))
    return found


def csv_paths(
    base: str, view: Callable[..., Any], name: str, given: dict[str, str] | None = None
) -> list[URLPattern]:
    """A CSV and, beside it, what describes it."""
    return [
        path(f"{base}.csv", view, given, name=name),
        path(f"{base}.csv{METADATA}", view, given, name=f"{name}-metadata"),
    ]


def england_paths() -> list[URLPattern]:
    """Each page about England and its file."""
    found = []
    for name, page in ENGLAND.items():
        found.append(path(f"england/{name}/", page.page, name=name))
        found += csv_paths(f"england/{name}", page.csv, name=f"{name}-csv")
    return found


# The pages that most readers ask for stand first: an address is looked for from the top.
urlpatterns = [
    path("", overview.england, name="england"),
    *england_paths(),
    path("england/week/", week.page, name="week"),
    path("england/upcoming.ics", calendars.england, name="upcoming-ics"),
    path("councils/", listed.page, name="councils"),
    path("councils/find/", listed.find, name="councils-find"),
    *csv_paths("councils", listed.csv_file, name="councils-csv"),
    path("councils/<str:slug>.ics", calendars.council, name="council-ics"),
    path("councils/<str:slug>/", council.page, name="council"),
    path("councils/<str:slug>/inspections/<str:reference>/", event.page, name="event"),
    path("councils/<str:slug>.atom", feeds.council, name="council-feed"),
    path("councils/<str:slug>/briefing/", pack.page, name="pack"),
    path("councils/<str:slug>/briefing.pdf", pack.pdf_file, name="pack-pdf"),
    path("councils/<str:slug>/briefing.docx", pack.word_file, name="pack-docx"),
    path("councils/<str:slug>/plan/", plan.page, name="plan"),
    *csv_paths("councils/<str:slug>/plan", plan.csv, "plan-csv"),
    path("councils/<str:slug>/offline.html", offline.offline, name="offline"),
    path("england.atom", feeds.england, name="england-feed"),
    path("england/findings.atom", feeds.findings, name="findings-feed"),
    path("england/visits.atom", feeds.visits, name="visits-feed"),
    path("england/<str:region>.atom", feeds.region, name="region-feed"),
    *(
        path(f"{name}{PICTURE}", view, name=name.replace("/", "-") + "-card")
        for name, view in PICTURED.items()
    ),
    path(
        f"councils/<str:slug>/inspections/<str:reference>{PICTURE}",
        event.picture,
        name="event-card",
    ),
    path("corrections/", corrections.log, name="corrections"),
    path("corrections.atom", feeds.corrections, name="corrections-feed"),
    path("feeds/", own.page, name="feeds"),
    path("feeds.atom", own.atom_file, name="feeds-atom"),
    path("feeds.ics", own.ics_file, name="feeds-ics"),
    path("report/", errors.report, name="report"),
    path("report/sent/", errors.sent, name="report-sent"),
    path("subscribe/", alerts.subscribe, name="subscribe"),
    path("subscribe/sent/", alerts.sent, name="subscribe-sent"),
    path("subscribe/<str:token>/", alerts.one, name="subscription"),
    path("subscribe/<str:token>/end/", alerts.end, name="subscription-end"),
    path("compare/", compare.page, name="compare"),
    *csv_paths("compare/figures", compare.figures_csv, name="compare-figures-csv"),
    path("compare/add/", compare.add, name="compare-add"),
    *(
        path(f"data/record.{suffix}", downloads.record, {"suffix": suffix}, name=f"record-{suffix}")
        for suffix in downloads.RECORD_SUFFIXES
    ),
    *(
        found
        for name in TABLES
        for found in csv_paths(f"data/{name}", downloads.table, f"table-{name}", {"name": name})
    ),
    path("data/dictionary/", downloads.dictionary, name="dictionary"),
    path("api/v1/", docs.docs, name="api"),
    path("oembed", embeds.oembed, name="oembed"),
    path("method/", pages.method, name="method"),
    path("data/", pages.data, name="data"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("about/", pages.about, name="about"),
    path(".well-known/security.txt", sitemap.security, name="security"),
    path("datapackage.json", package.datapackage, name="datapackage"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    *chart_paths(),
]
