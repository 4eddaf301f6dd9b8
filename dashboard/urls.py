"""The public addresses. They are an API: none is ever broken."""

from django.urls import path

from dashboard.views import charts, councils, events, health, overview, pages

app_name = "dashboard"
urlpatterns = [
    path("", overview.england, name="england"),
    path("england/grades-held.figure.json", charts.held_figure, name="held-figure"),
    path("councils/", councils.councils, name="councils"),
    path("councils.csv", councils.councils_csv, name="councils-csv"),
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
