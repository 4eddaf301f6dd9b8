"""Councils, with their other names and former codes."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from inspections.admin.fact import FactAdmin
from inspections.admin.widgets import NamedFormSet
from inspections.models import Council, CouncilAlias, StatisticalNeighbour


class CouncilAliasInline(admin.TabularInline):
    model = CouncilAlias
    formset = NamedFormSet
    extra = 1
    fields = ("scheme", "value", "note", "source_text")
    verbose_name_plural = "Other names, former codes, districts and trusts"


@admin.register(Council)
class CouncilAdmin(FactAdmin):
    inlines = (CouncilAliasInline,)
    related_facts = ((CouncilAlias, "council"),)
    fixed_after_entry = ("slug",)
    prepopulated_fields: ClassVar = {"slug": ("short_name",)}
    autocomplete_fields = ("predecessors",)
    list_display = ("short_name", "kind", "ons_region", "ons_code", "dfe_code", "closed_date")
    list_filter = ("kind", "ons_region", "ofsted_region")
    search_fields = (
        "short_name", "name", "aliases__value", "ons_code", "dfe_code", "ofsted_urn", "slug",
    )  # fmt: skip
    search_help_text = "A name, another or former name, or a code of ONS, DfE or Ofsted."
    fieldsets = (
        (None, {"fields": ("short_name", "name", "slug", "kind", "website")}),
        ("Codes and regions", {
            "fields": ("ons_code", "dfe_code", "ofsted_urn", "ons_region", "ofsted_region"),
        }),
        ("Existence", {
            "fields": ("opened_date", "closed_date", "is_continuing_record", "predecessors"),
        }),
        ("Notes", {"fields": ("notes",)}),
    )  # fmt: skip

    def get_prepopulated_fields(self, request: HttpRequest, obj: Council | None = None) -> dict:
        """The address is made from the name of a new council, and stays."""
        return {} if obj else self.prepopulated_fields


@admin.register(StatisticalNeighbour)
class StatisticalNeighbourAdmin(FactAdmin):
    autocomplete_fields = ("council", "neighbour")
    list_display = ("council", "model_year", "rank", "neighbour")
    list_filter = ("model_year",)
    list_select_related = ("council", "neighbour")
    search_fields = ("council__short_name", "council__aliases__value")
