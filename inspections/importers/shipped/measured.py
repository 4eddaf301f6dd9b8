"""The columns of the shipped figures about children's services, measure by measure."""

from inspections import vocabulary as words
from inspections.importers.shipped.cells import (
    figures,
    flag,
    number,
    one_of,
    optional_number,
    optional_one_of,
    required,
    slug,
    text,
)
from inspections.importers.shipped.table import Ref, Table

MEASURED = (
    Table(
        "measures",
        "Measure",
        ("code",),
        {
            "code": slug,
            "name": required,
            "short_name": required,
            "group": one_of(words.MeasureGroup),
            "unit": required,
            "decimals": number,
            "period": one_of(words.PeriodKind),
            "is_comparable": flag,
            "definition": required,
            "code_in_source": text,
            "numerator": text,
            "denominator": text,
            "charted": optional_number,
            "order": number,
        },
        (Ref("source", "sources", ("source",)),),
    ),
    Table(
        "measure_years",
        "MeasureYear",
        ("measure", "year"),
        {
            "year": number,
            "is_break": flag,
            "out_of": optional_number,
            "note": text,
            "source_text": required,
        },
        (Ref("measure", "measures", ("measure",)),),
    ),
    Table(
        "measure_series",
        "MeasureSeries",
        ("measure", "council", "place"),
        {"place": optional_one_of(words.Place), "cells": figures, "note": text},
        (
            Ref("measure", "measures", ("measure",)),
            Ref("council", "councils", ("council",), optional=True),
        ),
    ),
)
