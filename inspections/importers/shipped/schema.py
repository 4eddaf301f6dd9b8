"""The files of the shipped record, in the order in which they are loaded."""

from inspections import models
from inspections.importers.shipped.cells import figures, number, required, several_of, text
from inspections.importers.shipped.table import Ref, Table
from inspections.vocabulary import VisitTopic

CITATIONS = Ref("citations", "sources", ("sources",), many=True)
INSPECTION = ("council", "inspection")

TABLES = (
    Table("grade_scales", models.GradeScale, ("code",)),
    Table("grades", models.Grade, ("scale", "code")),
    Table("lanes", models.Lane, ("code",)),
    Table("frameworks", models.Framework, ("code",)),
    Table("judgement_areas", models.JudgementArea, ("framework", "code")),
    Table(
        "area_continuations",
        models.AreaContinuation,
        ("earlier_framework", "earlier_area", "later_framework", "later_area"),
        (
            Ref("earlier", "judgement_areas", ("earlier_framework", "earlier_area")),
            Ref("later", "judgement_areas", ("later_framework", "later_area"), optional=True),
        ),
    ),
    Table("councils", models.Council, ("slug",)),
    Table("council_aliases", models.CouncilAlias, ("council", "scheme", "value")),
    Table("statistical_neighbours", models.StatisticalNeighbour, ("council", "model_year", "rank")),
    Table("sources", models.Source, ("key",), lacks=frozenset({"notes"})),
    Table(
        "measures",
        models.Measure,
        ("code",),
        reads={"numerator": text, "denominator": text},
    ),
    Table("measure_years", models.MeasureYear, ("measure", "year")),
    Table(
        "measure_series",
        models.MeasureSeries,
        ("measure", "council", "place"),
        reads={"cells": figures},
    ),
    Table("inspections", models.Inspection, ("council", "reference"), (CITATIONS,)),
    Table(
        "judgements",
        models.Judgement,
        ("council", "inspection", "area"),
        (
            Ref("inspection", "inspections", INSPECTION),
            Ref("area", "judgement_areas", ("area",)),
            Ref("grade", "grades", ("grade",)),
        ),
    ),
    Table(
        "visits",
        models.Visit,
        ("council", "reference"),
        (CITATIONS,),
        reads={"topic_codes": several_of([*VisitTopic])},
        goes_with=(("start_precision", "start_date"),),
    ),
    Table("themes", models.Theme, ("code",)),
    Table(
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
    Table(
        "counted_late",
        models.CountedLate,
        ("council", "inspection", "as_at_date"),
        (Ref("inspection", "inspections", INSPECTION),),
    ),
    Table("official_figures", models.OfficialFigure, ("key",)),
    Table("inspection_pauses", models.InspectionPause, ("first_date",)),
    Table("polling_days", models.PollingDay, ("polling_date",)),
    Table("unread_reports", models.UnreadReport, ("council", "start_date")),
    Table(
        "coverage",
        models.Coverage,
        ("kind",),
        proven_by_imports=("complete_to_date", "note", "source_text"),
    ),
    Table(
        "statements",
        models.Statement,
        ("council", "reference"),
        goes_with=(("stated_precision", "stated_date"),),
    ),
    Table(
        "interventions",
        models.Intervention,
        ("council", "reference"),
        goes_with=(("taken_precision", "taken_date"),),
    ),
    Table("rule_exceptions", models.RuleException, ("rule", "subject"), is_whole=True),
    Table(
        "corrections",
        models.Correction,
        ("council", "kind", "event_reference", "area", "field", "corrected_at"),
        lacks=frozenset({"corrected_by"}),
        reads={"source_text": required},
        is_log=True,
    ),
)
