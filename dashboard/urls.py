"""The public addresses."""

app_name = "dashboard"
urlpatterns = []
