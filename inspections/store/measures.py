"""Reads the measures with their series, now or as at a moment."""

from collections.abc import Mapping
from datetime import datetime

from inspections import models
from inspections.measure_rows import Measure, MeasureBook, MeasureYear, Where
from inspections.rows import Source
from inspections.store.history import as_known, lines


def measure_book(known: datetime | None, sources: Mapping[int, Source]) -> MeasureBook:
    """Every measure in its order, with the series as they ship: each is read when it is asked."""
    codes: dict[int, str] = {}
    found = []
    asked = as_known(models.Measure, known).order_by("order", "code")
    for pk, line in lines(Measure, asked, "source_id").items():
        codes[pk], cited = line["code"], sources[line.pop("source_id")]
        told = {"source": cited.title, "publisher": cited.publisher, "source_url": cited.url}
        found.append(Measure(**line | told))
    series: dict[str, dict[Where, str]] = {code: {} for code in codes.values()}
    notes: dict[tuple[str, Where], str] = {}
    for measure, council, place, cells, note in as_known(models.MeasureSeries, known).values_list(
        "measure_id", "council_id", "place", "cells", "note"
    ):
        where = council if council is not None else place
        series[codes[measure]][where] = cells
        if note:
            notes[codes[measure], where] = note
    years = {
        (codes[line.pop("measure_id")], line.pop("year")): MeasureYear(**line)
        for line in lines(
            MeasureYear, as_known(models.MeasureYear, known), "measure_id", "year"
        ).values()
    }
    return MeasureBook(tuple(found), years, series, notes)
