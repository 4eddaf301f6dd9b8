"""Reports published and not read here yet."""

from django.contrib import admin

from inspections.admin.fact import FactAdmin
from inspections.models import UnreadReport


@admin.register(UnreadReport)
class UnreadReportAdmin(FactAdmin):
    autocomplete_fields = ("council",)
    fixed_after_entry = ("council", "start_date")
    list_display = ("council", "start_date", "kind", "publication_date")
    list_select_related = ("council",)
    search_fields = ("council__short_name", "council__aliases__value")
