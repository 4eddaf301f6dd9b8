"""What the record keeps about itself: to read, never to edit."""

from django.contrib import admin

from inspections.admin.fact import FactAdmin
from inspections.admin.lists import ReadOnlyAdmin
from inspections.models import (
    Correction,
    Coverage,
    RecordState,
    Release,
    RuleException,
)


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = (
        "corrected_at", "council", "kind", "event_reference", "field", "old", "new",
        "corrected_by", "was_ofsteds",
    )  # fmt: skip
    list_display_links = ("event_reference", "field")
    list_filter = ("kind", "was_ofsteds")
    list_select_related = ("council", "corrected_by")
    search_fields = ("council__short_name", "council__aliases__value", "event_reference", "reason")
    date_hierarchy = "corrected_at"


@admin.register(RuleException)
class RuleExceptionAdmin(ReadOnlyAdmin):
    list_display = ("rule", "subject", "reason")
    list_filter = ("rule",)
    search_fields = ("subject", "reason")


@admin.register(Coverage)
class CoverageAdmin(FactAdmin):
    """To which day the record is complete, kind by kind: moved here with a reason."""

    fixed_after_entry = ("kind",)
    list_display = ("kind", "complete_from_date", "complete_to_date", "note", "source_text")


@admin.register(RecordState)
class RecordStateAdmin(ReadOnlyAdmin):
    list_display = ("version", "changed_at", "as_at_date", "compiled_date")


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("as_at_date", "loaded_at")
