"""Documents, lists and pages that facts were read from."""

from django.contrib import admin

from inspections.admin.fact import FactAdmin
from inspections.models import Source


@admin.register(Source)
class SourceAdmin(FactAdmin):
    fixed_after_entry = ("key",)
    list_display = ("title", "kind", "publisher", "published_date")
    list_filter = ("kind",)
    search_fields = ("title", "key", "publisher", "url")
    search_help_text = "A title, a publisher or an address."
