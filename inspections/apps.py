from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = "Inspections"

    def ready(self) -> None:
        from inspections.people import roles, sessions, watching

        post_migrate.connect(roles.write_groups, sender=self)
        watching.begin()
        sessions.begin()
