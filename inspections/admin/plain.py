"""Facts whose pages need nothing of their own."""

from django.contrib import admin

from inspections.admin.fact import FactAdmin
from inspections.models import (
    CouncilComment,
    CountedLate,
    InspectionPause,
    Intervention,
    OfficialFigure,
    PollingDay,
    Source,
    Statement,
    UnreadReport,
)


@admin.register(Source)
class SourceAdmin(FactAdmin):
    fixed_after_entry = ("key",)
    list_display = ("title", "kind", "publisher", "published_date")
    list_filter = ("kind",)
    search_fields = ("title", "key", "publisher", "url")
    search_help_text = "A title, a publisher or an address."


@admin.register(Statement)
class StatementAdmin(FactAdmin):
    autocomplete_fields = ("council",)
    fixed_after_entry = ("council", "reference")
    list_display = ("council", "stated_date", "said_by", "what", "expected_event")
    list_filter = ("kind", "expected_event")
    list_select_related = ("council",)
    search_fields = ("council__short_name", "council__aliases__value", "said_by", "what")
    date_hierarchy = "stated_date"


@admin.register(CouncilComment)
class CouncilCommentAdmin(FactAdmin):
    autocomplete_fields = ("inspection",)
    fixed_after_entry = ("inspection",)
    list_display = ("inspection", "said_by", "said_date")
    list_select_related = ("inspection__council",)
    search_fields = ("inspection__council__short_name",)


@admin.register(Intervention)
class InterventionAdmin(FactAdmin):
    autocomplete_fields = ("council",)
    fixed_after_entry = ("council", "reference")
    list_display = ("council", "taken_date", "kind", "what")
    list_filter = ("kind",)
    list_select_related = ("council",)
    search_fields = ("council__short_name", "council__aliases__value", "what")
    date_hierarchy = "taken_date"


@admin.register(UnreadReport)
class UnreadReportAdmin(FactAdmin):
    autocomplete_fields = ("council",)
    fixed_after_entry = ("council", "start_date")
    list_display = ("council", "start_date", "kind", "publication_date")
    list_select_related = ("council",)
    search_fields = ("council__short_name", "council__aliases__value")


@admin.register(OfficialFigure)
class OfficialFigureAdmin(FactAdmin):
    autocomplete_fields = ("lane", "source")
    fixed_after_entry = ("key",)
    list_display = ("key", "measure", "as_at_date", "region", "value", "unit", "origin")
    list_filter = ("measure", "origin", "region")
    search_fields = ("key",)


@admin.register(CountedLate)
class CountedLateAdmin(FactAdmin):
    autocomplete_fields = ("inspection", "source")
    list_display = ("inspection", "as_at_date", "reason")
    list_select_related = ("inspection__council",)


@admin.register(InspectionPause)
class InspectionPauseAdmin(FactAdmin):
    list_display = ("name", "first_date", "last_date")


@admin.register(PollingDay)
class PollingDayAdmin(FactAdmin):
    list_display = ("name", "polling_date")
