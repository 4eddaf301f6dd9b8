"""The public addresses. They are an API: none is ever broken."""

from django.urls import path

from dashboard.views import charts, councils, england, events, health, overview, pages

app_name = "dashboard"
urlpatterns = [
    path("", overview.england, name="england"),
    path("england/grades-held.figure.json", charts.held_figure, name="held-figure"),
    path("england/statistics/", england.statistics, name="statistics"),
    path("england/statistics.csv", england.statistics_csv, name="statistics-csv"),
    path("england/changes/", england.changes, name="changes"),
    path("england/changes.csv", england.changes_csv, name="changes-csv"),
    path("england/moves.figure.json", england.moves_figure, name="moves-figure"),
    path("england/journeys/", england.journeys, name="journeys"),
    path("england/journeys.csv", england.journeys_csv, name="journeys-csv"),
    path("england/waiting.figure.json", england.waiting_figure, name="waiting-figure"),
    path("england/timing/", england.timing, name="timing"),
    path("england/timing.csv", england.timing_csv, name="timing-csv"),
    path("england/reporting.figure.json", england.reporting_figure, name="reporting-figure"),
    path("england/upcoming/", england.upcoming, name="upcoming"),
    path("england/upcoming.csv", england.upcoming_csv, name="upcoming-csv"),
    path("england/upcoming.ics", england.upcoming_ics, name="upcoming-ics"),
    path("england/windows.figure.json", england.windows_figure, name="windows-figure"),
    path("england/inadequate/", england.inadequate, name="inadequate"),
    path("england/inadequate.csv", england.inadequate_csv, name="inadequate-csv"),
    path("england/expected/", england.expected, name="expected"),
    path("england/expected.csv", england.expected_csv, name="expected-csv"),
    path("councils/", councils.councils, name="councils"),
    path("councils.csv", councils.councils_csv, name="councils-csv"),
    path("councils/<str:slug>.ics", councils.council_ics, name="council-ics"),
    path("councils/<str:slug>/", councils.council, name="council"),
    path("councils/<str:slug>/grades.figure.json", charts.grades_figure, name="grades-figure"),
    path("councils/<str:slug>/inspections/<str:reference>/", events.event, name="event"),
    path("method/", pages.method, name="method"),
    path("data/", pages.data, name="data"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("about/", pages.about, name="about"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
