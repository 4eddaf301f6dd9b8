"""Runs of the import and the disagreements they found, to be read; settled, never edited."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from inspections.admin.lists import ReadOnly, ReadOnlyAdmin, Working
from inspections.importers.comparing import KEPT
from inspections.importers.disagreements import disagreements, recorded_value
from inspections.models import ImportDocument, ImportProblem, ImportRun, Reading


class DocumentInline(ReadOnly, admin.TabularInline):
    model = ImportDocument
    fields = readonly_fields = ("outcome", "layout", "size_bytes", "hash_begins", "what")
    show_change_link = True
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportDocument]:
        return super().get_queryset(request).prefetch_related("problems")

    @admin.display(description="SHA-256 begins")
    def hash_begins(self, document: ImportDocument) -> str:
        return document.sha256[:12]

    @admin.display(description="what came of it")
    def what(self, document: ImportDocument) -> str:
        """The first problem, and how many more; else the number of changes."""
        problems = list(document.problems.all())
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            return f"{problems[0]}{more}"
        return f"{len(document.changes)} facts new or otherwise" if document.changes else ""


class ProblemInline(ReadOnly, admin.TabularInline):
    model = ImportProblem
    fields = ("severity", "place", "fact", "found", "expected", "advice")
    extra = 0


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "started_by", "is_saving", "state", "told")
    list_filter = ("state", "is_saving")
    fields = ("started_at", "finished_at", "started_by", "is_saving", "state", "told")
    inlines = (DocumentInline,)

    @admin.display(description="documents")
    def told(self, run: ImportRun) -> str:
        names = {
            "new": "new", "changed": "changed", "unchanged": "unchanged", "problem": "refused",
            "left_out": "rows left out", "disagreements": "disagreements",
        }  # fmt: skip
        return ", ".join(f"{run.counts.get(name, 0)} {words}" for name, words in names.items())


@admin.register(ImportDocument)
class ImportDocumentAdmin(Working):
    list_display = ("file_name", "outcome", "layout", "size_bytes", "run")
    list_filter = ("outcome", "layout")
    search_fields = ("file_name", "sha256")
    list_select_related = ("run",)
    fields = (
        "file_name", "run", "outcome", "layout", "size_bytes", "sha256", "source", "changes_told",
    )  # fmt: skip
    inlines = (ProblemInline,)

    @admin.display(description="facts told that the record did not hold so")
    def changes_told(self, document: ImportDocument) -> str:
        """A line a fact: the event, the fact, old → new, and whether the record was kept."""
        lines = [
            (
                f"{change['event']}: {change['fact']}: {change['old'] or 'nothing'} → "
                f"{change['new']}",
                " (the record was kept)" if change["action"] == KEPT else "",
            )
            for change in document.changes
        ]
        return format_html_join(mark_safe("<br>"), "{}{}", lines) if lines else "none"


class OpenDisagreements(admin.SimpleListFilter):
    title = "disagreement"
    parameter_name = "disagreement"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "With the record, open")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reading]) -> QuerySet[Reading]:
        if self.value() == "open":
            return queryset.filter(pk__in=[row.reading for row in disagreements()])
        return queryset


@admin.register(Reading)
class ReadingAdmin(Working):
    """Which source said what. The filter lists what differs from the record."""

    list_display = ("event", "fact", "value", "recorded", "source", "place", "settled_at")
    list_filter = (OpenDisagreements, "source__kind")
    search_fields = (
        "inspection__council__short_name",
        "visit__council__short_name",
        "fact",
        "source__title",
    )
    list_select_related = (
        "source",
        "inspection__council",
        "inspection__framework",
        "visit__council",
    )
    actions = ("settle",)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        found = super().get_queryset(request)
        return found.prefetch_related(
            "inspection__judgements__area", "inspection__judgements__grade"
        )

    @admin.display(description="inspection or visit")
    def event(self, reading: Reading) -> str:
        return str(reading.inspection or reading.visit)

    @admin.display(description="in the record")
    def recorded(self, reading: Reading) -> str:
        event = reading.inspection or reading.visit
        return recorded_value(event, reading.fact) if event else ""

    @admin.action(description="Settle: the record is right", permissions=["settle"])
    def settle(self, request: HttpRequest, queryset: QuerySet[Reading]) -> None:
        count = queryset.filter(settled_at__isnull=True).update(
            settled_at=timezone.now(), settled_by=request.user
        )
        self.message_user(request, f"{count} disagreements settled.", messages.SUCCESS)

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("inspections.change_reading")
