"""What every fact of the record has: the history of its changes."""

from django.db import models
from simple_history.models import HistoricalRecords


class Fact(models.Model):
    """A row that `actions` alone writes, each change kept with who, when and why."""

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
