"""The files of the shipped record, in the order in which they are loaded."""

from inspections import models
from inspections.importers.shipped.cells import figures, number, required, several_of, text
from inspections.importers.shipped.table import Ref, ShippedTable
from inspections.vocabulary import VisitTopic

CITATIONS = Ref("citations", "sources", ("sources",), many=True)
INSPECTION = ("council", "inspection")

TABLES = (
    ShippedTable("grade_scales", models.GradeScale, ("code",)),
    ShippedTable("grades", models.Grade, ("scale", "code")),
    ShippedTable("lanes", models.Lane, ("code",)),
    ShippedTable("frameworks", models.Framework, ("code",)),
    ShippedTable("judgement_areas", models.JudgementArea, ("framework", "code")),
    ShippedTable(
        "area_continuations",
        models.AreaContinuation,
        ("earlier_framework", "earlier_area", "later_framework", "later_area"),
        (
            Ref("earlier", "judgement_areas", ("earlier_framework", "earlier_area")),
            Ref("later", "judgement_areas", ("later_framework", "later_area"), optional=True),
        ),
    ),
    ShippedTable("councils", models.Council, ("slug",)),
    ShippedTable("council_aliases", models.CouncilAlias, ("council", "scheme", "value")),
    ShippedTable(
        "statistical_neighbours", models.StatisticalNeighbour, ("council", "model_year", "rank")
    ),
    ShippedTable("sources", models.Source, ("key",), lacks=frozenset({"notes"})),
    ShippedTable(
        "measures",
        models.Measure,
        ("code",),
        reads={"numerator": text, "denominator": text},
    ),
    ShippedTable("measure_years", models.MeasureYear, ("measure", "year")),
    ShippedTable(
        "measure_series",
        models.MeasureSeries,
        ("measure", "council", "place"),
        reads={"cells": figures},
    ),
    ShippedTable("inspections", models.Inspection, ("council", "reference"), (CITATIONS,)),
    ShippedTable(
        "judgements",
        models.Judgement,
        ("council", "inspection", "area"),
        (
            Ref("inspection", "inspections", INSPECTION),
            Ref("area", "judgement_areas", ("area",)),
            Ref("grade", "grades", ("grade",)),
        ),
    ),
    ShippedTable(
        "visits",
        models.Visit,
        ("council", "reference"),
        (CITATIONS,),
        reads={"topic_codes": several_of([*VisitTopic])},
        goes_with=(("start_precision", "start_date"),),
    ),
    ShippedTable("themes", models.Theme, ("code",)),
    ShippedTable(
        "improvement_points",
        models.ImprovementPoint,
        ("council", "inspection", "visit", "number"),
        (
            Ref("inspection", "inspections", INSPECTION, optional=True),
            Ref("visit", "visits", ("council", "visit"), optional=True),
        ),
        lacks=frozenset({"text", "source"}),
        reads={"page": number},
        goes_with=(("basis", "themes"), ("themes_version", "themes")),
    ),
    ShippedTable(
        "counted_late",
        models.CountedLate,
        ("council", "inspection", "as_at_date"),
        (Ref("inspection", "inspections", INSPECTION),),
    ),
    ShippedTable("official_figures", models.OfficialFigure, ("key",)),
    ShippedTable("inspection_pauses", models.InspectionPause, ("first_date",)),
    ShippedTable("polling_days", models.PollingDay, ("polling_date",)),
    ShippedTable("unread_reports", models.UnreadReport, ("council", "start_date")),
    ShippedTable(
        "coverage",
        models.Coverage,
        ("kind",),
        proven_by_imports=("complete_to_date", "note", "source_text"),
    ),
    ShippedTable(
        "statements",
        models.Statement,
        ("council", "reference"),
        goes_with=(("stated_precision", "stated_date"),),
    ),
    ShippedTable(
        "interventions",
        models.Intervention,
        ("council", "reference"),
        goes_with=(("taken_precision", "taken_date"),),
    ),
    ShippedTable("rule_exceptions", models.RuleException, ("rule", "subject"), is_whole=True),
    ShippedTable(
        "corrections",
        models.Correction,
        ("council", "kind", "event_reference", "area", "field", "corrected_at"),
        lacks=frozenset({"corrected_by"}),
        reads={"source_text": required},
        is_log=True,
    ),
)
