"""What was said about a council's services, in our own words."""

from django.contrib import admin

from inspections.admin.fact import FactAdmin
from inspections.models import Statement


@admin.register(Statement)
class StatementAdmin(FactAdmin):
    autocomplete_fields = ("council",)
    fixed_after_entry = ("council", "reference")
    list_display = ("council", "stated_date", "said_by", "what", "expected_event")
    list_filter = ("kind", "expected_event")
    list_select_related = ("council",)
    search_fields = ("council__short_name", "council__aliases__value", "said_by", "what")
    date_hierarchy = "stated_date"
