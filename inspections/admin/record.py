"""What the record keeps about itself: to read, never to edit."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from inspections.admin.lists import WithCheckedAddress
from inspections.models import (
    BacktestScore,
    Correction,
    ImprovementPoint,
    LaneWait,
    RecordState,
    Release,
    RuleException,
    Tally,
    Wait,
)


class ReadOnlyAdmin(WithCheckedAddress, admin.ModelAdmin):
    """Written by actions and by loading alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = (
        "corrected_at", "council", "subject", "field", "old", "new", "corrected_by", "was_ofsteds",
    )  # fmt: skip
    list_display_links = ("subject",)
    list_filter = ("was_ofsteds",)
    list_select_related = ("council", "corrected_by")
    search_fields = ("council__short_name", "council__aliases__value", "subject", "reason")
    date_hierarchy = "corrected_at"


@admin.register(RuleException)
class RuleExceptionAdmin(ReadOnlyAdmin):
    list_display = ("rule", "subject", "reason")
    list_filter = ("rule",)
    search_fields = ("subject", "reason")


@admin.register(ImprovementPoint)
class ImprovementPointAdmin(ReadOnlyAdmin):
    """Read by the import from reports and letters."""

    list_display = ("__str__", "inspection", "visit", "order", "is_priority_action")
    list_filter = ("is_priority_action",)
    list_select_related = ("inspection__council", "visit__council")
    search_fields = ("inspection__council__short_name", "visit__council__short_name", "text")


@admin.register(RecordState)
class RecordStateAdmin(ReadOnlyAdmin):
    list_display = ("version", "changed_at", "as_at_date", "compiled_date")


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("as_at_date", "loaded_at")


@admin.register(Wait)
class WaitAdmin(ReadOnlyAdmin):
    """Worked out from the facts whenever one changes."""

    list_display = (
        "council", "start_date", "publication_date", "next_start_date", "likeliest_date",
    )  # fmt: skip
    list_select_related = ("council",)
    search_fields = ("council__short_name", "council__aliases__value")


@admin.register(LaneWait)
class LaneWaitAdmin(ReadOnlyAdmin):
    """Worked out from the facts whenever one changes."""

    list_display = ("council_name", "start_date", "lane", "grade", "next_grade")
    list_select_related = ("lane", "grade", "next_grade")
    search_fields = ("council_name",)


@admin.register(Tally)
class TallyAdmin(ReadOnlyAdmin):
    """Counted whenever a fact changes."""

    list_display = ("day", "ofsted_region", "council_kind", "area", "grade", "councils")
    list_filter = ("day",)
    list_select_related = ("area__framework", "grade")


@admin.register(BacktestScore)
class BacktestScoreAdmin(ReadOnlyAdmin):
    list_display = ("question", "method", "decided", "inside_share", "made_at")
