"""What is set up once Django is: queries are watched."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class WatchingConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config.request_log import watch_queries

        connection_created.connect(watch_queries)
