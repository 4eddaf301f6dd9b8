"""What was found on Ofsted's site, to be read; never edited."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from inspections.admin.lists import ReadOnlyAdmin, Working
from inspections.models import CollectedDocument, CollectRun


@admin.register(CollectRun)
class CollectRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "state", "saw_whole_list", "told")
    list_filter = ("state",)
    fields = ("started_at", "finished_at", "state", "saw_whole_list", "told", "what_was_found")

    @admin.display(description="documents")
    def told(self, run: CollectRun) -> str:
        return ", ".join(f"{count} {name}" for name, count in sorted(run.counts.items()))

    @admin.display(description="for a person")
    def what_was_found(self, run: CollectRun) -> SafeString:
        rows = ((p["place"], p["found"], p["expected"], p["advice"]) for p in run.problems[:200])
        lines = format_html_join("", "<li>{}: found {}; expected {}. {}</li>", rows)
        return format_html("<ul>{}</ul>", lines)


@admin.register(CollectedDocument)
class CollectedDocumentAdmin(Working):
    list_display = ("council", "kind_text", "publication_date", "outcome", "gone_at")
    list_filter = ("outcome", "kind")
    list_select_related = ("council",)
    search_fields = ("council__short_name", "url")
