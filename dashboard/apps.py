from django.apps import AppConfig
from django.core.checks import register

STARTING = "starting"
"""The checks that a server runs before it starts; a worker started anew later does not."""


class DashboardConfig(AppConfig):
    name = "dashboard"

    def ready(self) -> None:
        from dashboard.http.kept import check_redis

        register(check_redis, STARTING)
