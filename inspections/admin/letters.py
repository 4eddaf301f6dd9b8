"""Mail to readers: what went, what waits, of what nobody knows whether it went."""

from django.contrib import admin

from inspections.admin.lists import ReadOnlyAdmin
from inspections.models import Letter


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ("subject", "subscription", "state", "tries", "made_at", "told")
    list_filter = ("state",)
    list_select_related = ("subscription",)
    fields = ("subscription", "subject", "body", "state", "tries", "told", "made_at", "tried_at")
