"""Figures about children's services: what is measured, and each council's series."""

from django.contrib import admin

from inspections.admin.fact import FactAdmin
from inspections.models import Measure, MeasureSeries, MeasureYear


@admin.register(Measure)
class MeasureAdmin(FactAdmin):
    autocomplete_fields = ("source",)
    fixed_after_entry = ("code",)
    list_display = ("name", "group", "unit", "period", "charted", "order")
    list_filter = ("group", "period")
    search_fields = ("code", "name")


@admin.register(MeasureYear)
class MeasureYearAdmin(FactAdmin):
    autocomplete_fields = ("measure",)
    fixed_after_entry = ("measure", "year")
    list_display = ("measure", "year", "is_break", "out_of", "note")
    list_filter = ("is_break",)
    list_select_related = ("measure",)


@admin.register(MeasureSeries)
class MeasureSeriesAdmin(FactAdmin):
    autocomplete_fields = ("measure", "council")
    fixed_after_entry = ("measure", "council", "place")
    list_display = ("measure", "council", "place", "cells", "note")
    list_filter = ("measure__group", "measure")
    list_select_related = ("measure", "council")
    search_fields = ("council__short_name", "council__aliases__value", "measure__name")
