"""Visits: published letters, without any grade."""

from django.contrib import admin
from django.http import HttpRequest

from inspections.admin.fact import FactAdmin
from inspections.admin.forms import EventForm
from inspections.admin.inspection import CitationInline, warn_of_broken_rules
from inspections.admin.point import PointInline, remark_on_points
from inspections.admin.widgets import TopicsField
from inspections.models import Citation, ImprovementPoint, Visit


class VisitForm(EventForm):
    topic_codes = TopicsField(label="Topics", help_text="What the inspectors looked at.")


@admin.register(Visit)
class VisitAdmin(FactAdmin):
    form = VisitForm
    inlines = (PointInline, CitationInline)
    related_facts = ((Citation, "visit"), (ImprovementPoint, "visit"))
    autocomplete_fields = ("council",)
    fixed_after_entry = ("council", "reference")
    list_display = (
        "council", "kind", "start_date", "start_precision", "publication_date", "topic", "status",
    )  # fmt: skip
    list_display_links = ("council", "kind")
    list_filter = ("status", "kind", "confidence", "start_precision")
    list_select_related = ("council",)
    search_fields = (
        "council__short_name", "council__name", "council__aliases__value", "reference", "topic",
    )  # fmt: skip
    search_help_text = "A council's name, former name or code; a topic; an address."
    date_hierarchy = "start_date"
    ordering = ("-start_date", "council__short_name")

    def get_fieldsets(self, request: HttpRequest, obj: Visit | None = None) -> list:
        event = ["council", "kind", ("start_date", "start_precision"), "end_date"]
        letter = [
            "publication_date", "topic", "topic_codes", "priority_actions", "improvement_points",
            "sequence", "lead_inspector", "letter_url", "confidence", "notes",
        ]  # fmt: skip
        if obj:
            event.insert(1, "reference")
        why = super().get_fieldsets(request, obj)[1:]
        return [(None, {"fields": event}), ("Letter", {"fields": letter}), *why]

    def remark_on(self, request: HttpRequest, saved: Visit) -> None:
        warn_of_broken_rules(self, request, saved)
        remark_on_points(self, request, saved)
