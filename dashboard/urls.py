"""The public addresses."""

from django.urls import path

from dashboard.views import health

app_name = "dashboard"
urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
