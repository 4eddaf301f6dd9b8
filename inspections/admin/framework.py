"""Frameworks, areas, lanes and grades: the rows that a new framework needs."""

from django.contrib import admin

from inspections.admin.fact import FactAdmin
from inspections.admin.widgets import NamedFormSet
from inspections.models import (
    AreaContinuation,
    Framework,
    Grade,
    GradeScale,
    JudgementArea,
    Lane,
)


class GradeInline(admin.TabularInline):
    model = Grade
    formset = NamedFormSet
    extra = 0
    fields = (
        "order", "code", "name", "official_name", "letter", "colour", "is_inadequate",
        "is_good_or_better",
    )  # fmt: skip


@admin.register(GradeScale)
class GradeScaleAdmin(FactAdmin):
    inlines = (GradeInline,)
    related_facts = ((Grade, "scale"),)
    fixed_after_entry = ("code",)
    list_display = ("name", "code")
    search_fields = ("name", "code")


class JudgementAreaInline(admin.TabularInline):
    model = JudgementArea
    formset = NamedFormSet
    extra = 0
    fields = ("order", "code", "official_name", "short_name", "is_overall", "is_part", "lanes")


@admin.register(Framework)
class FrameworkAdmin(FactAdmin):
    inlines = (JudgementAreaInline,)
    related_facts = ((JudgementArea, "framework"),)
    fixed_after_entry = ("code",)
    list_display = ("short_name", "in_force_from", "in_force_to", "is_whole_service", "scale")
    list_select_related = ("scale",)
    search_fields = ("name", "short_name", "code")


@admin.register(JudgementArea)
class JudgementAreaAdmin(FactAdmin):
    """Reached by search boxes; areas are edited with their framework."""

    autocomplete_fields = ("framework", "lanes")
    fixed_after_entry = ("framework", "code")
    list_display = ("short_name", "framework", "order", "is_overall", "is_part")
    list_filter = ("framework",)
    list_select_related = ("framework",)
    search_fields = ("short_name", "official_name", "code", "framework__short_name")


@admin.register(Lane)
class LaneAdmin(FactAdmin):
    fixed_after_entry = ("code",)
    list_display = ("name", "order", "is_overall", "is_core")
    search_fields = ("name", "code")


@admin.register(AreaContinuation)
class AreaContinuationAdmin(FactAdmin):
    autocomplete_fields = ("earlier", "later")
    list_display = ("earlier", "kind", "later", "note")
    list_filter = ("kind",)
    list_select_related = ("earlier__framework", "later__framework")
