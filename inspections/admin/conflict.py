"""Differences between the shipped record and what people entered: read, and settled by name."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from inspections.admin.entering import person
from inspections.admin.lists import ReadOnlyAdmin
from inspections.importers.shipped.conflicts import settle
from inspections.models import Conflict

Outcome = Conflict.Outcome


class OpenFirst(admin.SimpleListFilter):
    """The open ones, unless others are asked for."""

    title = "settled"
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("all", "All"), *((row.value, row.label) for row in Outcome if row.value)]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield from ({**first, "display": "Open"}, *others)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(outcome=self.value() or Outcome.OPEN)


@admin.register(Conflict)
class ConflictAdmin(ReadOnlyAdmin):
    list_display = (
        "table", "key", "field", "held", "shipped", "release_date", "outcome", "settled_by",
    )  # fmt: skip
    list_display_links = ("key",)
    list_filter = (OpenFirst, "table")
    list_select_related = ("settled_by",)
    search_fields = ("key", "field", "held", "shipped")
    actions = ("keep", "take")
    list_per_page = 50

    @admin.action(description="Keep mine: leave the record as it is", permissions=["settle"])
    def keep(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.settle_all(request, queryset, Outcome.KEPT)

    @admin.action(description="Take what the shipped record says", permissions=["settle"])
    def take(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.settle_all(request, queryset, Outcome.TAKEN)

    def settle_all(self, request: HttpRequest, queryset: QuerySet, outcome: Outcome) -> None:
        """Each on its own: one that a rule refuses is named, and the others are settled."""
        done = 0
        for conflict in queryset.filter(outcome=Outcome.OPEN):
            try:
                settle(conflict, outcome, by=person(request))
            except ValidationError as refusal:
                said = f"{conflict}: {' '.join(refusal.messages)}"
                self.message_user(request, said, messages.ERROR)
            else:
                done += 1
        self.message_user(request, f"{outcome.label}: {done}.", messages.SUCCESS)

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("inspections.change_conflict")
