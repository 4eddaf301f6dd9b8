"""The tables' rows as they are, or as the site held them at a moment."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Model, QuerySet


def as_known(model: type[Model], known: datetime | None) -> QuerySet[Any]:
    """The model's rows now, or of an earlier moment the newest line of history of each.

    A line is newer than another by its number, which grows as one action writes at a time: two
    lines may bear the same moment. Lines of history have the fields of the row; `id` is the row's.
    """
    if known is None:
        return model._default_manager.all()
    history: Any = model.history  # type: ignore[attr-defined]
    written = history.filter(history_date__lte=known).order_by()
    newest = written.values("id").annotate(line=Max("history_id")).values("line")
    found: QuerySet[Any] = history.filter(history_id__in=newest).exclude(history_type="-")
    return found.order_by("id")
