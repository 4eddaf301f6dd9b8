"""Ofsted's own figures, which ours are held against, and what interrupts inspections."""

from django.contrib import admin

from inspections.admin.fact import FactAdmin
from inspections.models import CountedLate, InspectionPause, OfficialFigure, PollingDay


@admin.register(OfficialFigure)
class OfficialFigureAdmin(FactAdmin):
    autocomplete_fields = ("lane", "source")
    fixed_after_entry = ("key",)
    list_display = ("key", "measure", "as_at_date", "region", "value", "unit", "origin")
    list_filter = ("measure", "origin", "region")
    search_fields = ("key",)


@admin.register(CountedLate)
class CountedLateAdmin(FactAdmin):
    autocomplete_fields = ("inspection", "source")
    list_display = ("inspection", "as_at_date", "reason")
    list_select_related = ("inspection__council",)


@admin.register(InspectionPause)
class InspectionPauseAdmin(FactAdmin):
    list_display = ("name", "first_date", "last_date")


@admin.register(PollingDay)
class PollingDayAdmin(FactAdmin):
    list_display = ("name", "polling_date")
