"""Every address of the site; an address once published is never broken."""

from django.contrib import admin
from django.urls import include, path

from config.metrics import metrics
from dashboard.api.record import api
from inspections.people.getting_in import forgotten

urlpatterns = [
    path("entry/forgotten/", forgotten, name="admin_password_reset"),  # as the sign-in page asks
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("entry/passkeys/", include("django_otp_webauthn.urls", namespace="otp_webauthn")),
    path("entry/", include("inspections.entry.urls")),
    path("", include("dashboard.urls")),
    path("api/v1/", api.urls),
]

handler404 = "dashboard.about.pages.not_found"
handler500 = "dashboard.http.away.failed"
