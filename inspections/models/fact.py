"""What every fact of the record has: the history of its changes."""

from functools import cache

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class FactHistory(HistoryManager):
    """The class that reads a table's history is made once, not each time it is asked for."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type, class_name: str | None = None) -> type:
        made: type = super().from_queryset(queryset_class, class_name)
        return made


class Fact(models.Model):
    """A row that `actions` alone writes, each change kept with who, when and why."""

    history = HistoricalRecords(inherit=True, history_manager=FactHistory)

    class Meta:
        abstract = True
