"""The history of a fact with that of what is edited on the same page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin
from simple_history.utils import get_history_manager_for_model

KINDS = {"+": "Recorded", "~": "Corrected", "-": "Withdrawn"}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of history of a fact beside the page's own: what, when, who, why."""

    what: str
    kind: str
    at: datetime
    by: str
    reason: str
    changes: tuple[str, ...]


class WithHistory(SimpleHistoryAdmin):
    """simple_history's page, with the lines of related facts and without going back to one."""

    related_facts: Sequence[tuple[type[Model], str]] = ()

    def get_urls(self) -> list:
        """Without the page of one old state: it shows a form that would save it again."""
        return [
            url for url in super().get_urls() if not (url.name or "").endswith("_simple_history")
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        pk = unquote(object_id)
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            raise Http404
        lines = [
            line for model, name in self.related_facts for line in lines_of(model, name, int(pk))
        ]
        lines.sort(key=lambda line: line.at, reverse=True)
        context = {**(extra_context or {}), "related_lines": lines}
        return super().history_view(request, object_id, context)


def lines_of(model: type[Model], name: str, pk: int) -> Iterator[HistoryLine]:
    """Every line of history of the facts whose field `name` is `pk`."""
    last: dict[int, Any] = {}
    kept = get_history_manager_for_model(model)
    found = kept.filter(**{f"{name}_id": pk}).select_related("history_user")
    what = str(model._meta.verbose_name).capitalize()
    for line in found.order_by("history_id"):
        before = last.get(line.id)
        last[line.id] = line
        changes: tuple[str, ...] = ()
        if before is not None and line.history_type == "~":
            delta = line.diff_against(before, foreign_keys_are_objs=True)
            changes = tuple(f"{row.field}: {row.old} → {row.new}" for row in delta.changes)
        yield HistoryLine(
            what=f"{what}: {line.instance}",
            kind=KINDS[line.history_type],
            at=line.history_date,
            by=str(line.history_user or ""),
            reason=line.history_change_reason or "",
            changes=changes,
        )
