"""The columns of the shipped record's CSV files, in the order in which they are loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps

from inspections import vocabulary as words
from inspections.importers.shipped.cells import (
    day,
    decimal,
    flag,
    midnight,
    number,
    one_of,
    optional_day,
    optional_decimal,
    optional_number,
    optional_one_of,
    required,
    several_of,
    slug,
    text,
    web_address,
)


@dataclass(frozen=True)
class Ref:
    """A cell, or cells, that name a row of another file by its key.

    `file` is that file's name without its ending; `columns` the cells, in the order of
    its key. `many` means several keys of one column parted by |, `optional` that the
    cell may be empty.
    """

    field: str
    file: str
    columns: tuple[str, ...]
    many: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """One CSV file: its model, the columns of its key, its cells and its references.

    `is_fact`: a change is logged, and what a person has corrected is kept. `is_whole`: a
    row that the file does not have is removed. `is_log`: the site adds rows of its own.
    """

    file: str
    model: str
    key: tuple[str, ...]
    columns: dict[str, Callable[[str], Any]]
    refs: tuple[Ref, ...] = ()
    is_fact: bool = False
    is_whole: bool = False
    is_log: bool = False

    @property
    def header(self) -> list[str]:
        named = [column for ref in self.refs for column in ref.columns]
        return sorted({*self.columns, *named})

    @cached_property
    def longest(self) -> dict[str, int]:
        """Column → how many characters the record keeps of it, where that is limited."""
        fields = apps.get_model("inspections", self.model)._meta
        lengths = {name: fields.get_field(name).max_length for name in self.columns}
        return {name: length for name, length in lengths.items() if length}


def council_ref(field: str = "council", column: str = "council") -> Ref:
    return Ref(field, "councils", (column,))


TABLES = (
    Table("grade_scales", "GradeScale", ("code",), {"code": slug, "name": required}),
    Table(
        "grades",
        "Grade",
        ("scale", "code"),
        {
            "code": slug,
            "name": required,
            "official_name": required,
            "letter": required,
            "order": number,
            "colour": slug,
            "is_inadequate": flag,
            "is_good_or_better": flag,
        },
        (Ref("scale", "grade_scales", ("scale",)),),
    ),
    Table(
        "lanes",
        "Lane",
        ("code",),
        {
            "code": slug,
            "name": required,
            "short_name": required,
            "order": number,
            "is_overall": flag,
            "is_core": flag,
            "is_leaders": flag,
            "is_practice": flag,
        },
    ),
    Table(
        "frameworks",
        "Framework",
        ("code",),
        {
            "code": slug,
            "name": required,
            "short_name": required,
            "in_force_from": day,
            "in_force_to": optional_day,
            "is_whole_service": flag,
            "notes": text,
        },
        (Ref("scale", "grade_scales", ("scale",)),),
    ),
    Table(
        "judgement_areas",
        "JudgementArea",
        ("framework", "code"),
        {
            "code": slug,
            "official_name": required,
            "short_name": required,
            "order": number,
            "is_overall": flag,
            "is_part": flag,
        },
        (
            Ref("framework", "frameworks", ("framework",)),
            Ref("lanes", "lanes", ("lanes",), many=True),
        ),
    ),
    Table(
        "area_continuations",
        "AreaContinuation",
        ("earlier_framework", "earlier_area", "later_framework", "later_area"),
        {"kind": one_of(words.Continuation), "note": text},
        (
            Ref("earlier", "judgement_areas", ("earlier_framework", "earlier_area")),
            Ref("later", "judgement_areas", ("later_framework", "later_area"), optional=True),
        ),
    ),
    Table(
        "councils",
        "Council",
        ("slug",),
        {
            "slug": slug,
            "name": required,
            "short_name": required,
            "ons_code": required,
            "dfe_code": required,
            "ofsted_urn": required,
            "kind": one_of(words.CouncilKind),
            "ons_region": one_of(words.Region),
            "ofsted_region": one_of(words.Region),
            "opened_date": optional_day,
            "closed_date": optional_day,
            "is_continuing_record": flag,
            "website": web_address,
            "notes": text,
        },
        (Ref("predecessors", "councils", ("predecessors",), many=True),),
        is_fact=True,
    ),
    Table(
        "council_aliases",
        "CouncilAlias",
        ("council", "scheme", "value"),
        {"scheme": one_of(words.AliasScheme), "value": required},
        (council_ref(),),
    ),
    Table(
        "statistical_neighbours",
        "StatisticalNeighbour",
        ("council", "model_year", "rank"),
        {"model_year": number, "rank": number},
        (council_ref(), council_ref("neighbour", "neighbour")),
    ),
    Table(
        "sources",
        "Source",
        ("key",),
        {
            "key": slug,
            "kind": one_of(words.SourceKind),
            "title": required,
            "publisher": required,
            "url": web_address,
            "published_date": optional_day,
            "licence": text,
        },
    ),
    Table(
        "inspections",
        "Inspection",
        ("council", "reference"),
        {
            "reference": slug,
            "kind": one_of(words.InspectionKind),
            "start_date": optional_day,
            "end_date": optional_day,
            "has_two_periods": flag,
            "publication_date": day,
            "lead_inspector": text,
            "improvement_points": optional_number,
            "report_url": web_address,
            "checked": one_of(words.Checked),
            "notes": text,
        },
        (
            council_ref(),
            Ref("framework", "frameworks", ("framework",)),
            Ref("citations", "sources", ("sources",), many=True),
        ),
        is_fact=True,
    ),
    Table(
        "judgements",
        "Judgement",
        ("council", "inspection", "area"),
        {"note": text},
        (
            Ref("inspection", "inspections", ("council", "inspection")),
            Ref("area", "judgement_areas", ("area",)),
            Ref("grade", "grades", ("grade",)),
        ),
        is_fact=True,
    ),
    Table(
        "visits",
        "Visit",
        ("council", "reference"),
        {
            "reference": slug,
            "kind": one_of(words.VisitKind),
            "start_date": optional_day,
            "start_precision": one_of(words.DatePrecision),
            "end_date": optional_day,
            "publication_date": optional_day,
            "topic": text,
            "topic_codes": several_of(words.VisitTopic),
            "priority_actions": optional_number,
            "improvement_points": optional_number,
            "sequence": optional_number,
            "lead_inspector": text,
            "letter_url": web_address,
            "confidence": one_of(words.Confidence),
            "notes": text,
        },
        (council_ref(), Ref("citations", "sources", ("sources",), many=True)),
        is_fact=True,
    ),
    Table(
        "counted_late",
        "CountedLate",
        ("council", "inspection", "as_at_date"),
        {"as_at_date": day, "reason": required},
        (
            Ref("inspection", "inspections", ("council", "inspection")),
            Ref("source", "sources", ("source",)),
        ),
    ),
    Table(
        "official_figures",
        "OfficialFigure",
        ("key",),
        {
            "key": slug,
            "measure": one_of(words.FigureMeasure),
            "as_at_date": day,
            "from_date": optional_day,
            "cut_off_date": optional_day,
            "earlier_cut_off_date": optional_day,
            "reading": one_of(words.FigureReading),
            "region_scheme": optional_one_of(words.RegionScheme),
            "region": optional_one_of(words.Region),
            "frameworks": text,
            "kinds": text,
            "grades": text,
            "movement": optional_one_of(words.Movement),
            "value": decimal,
            "unit": one_of(words.FigureUnit),
            "origin": one_of(words.FigureOrigin),
            "our_value": optional_decimal,
            "difference": text,
        },
        (
            Ref("lane", "lanes", ("lane",), optional=True),
            Ref("source", "sources", ("source",)),
        ),
    ),
    Table(
        "inspection_pauses",
        "InspectionPause",
        ("first_date",),
        {
            "first_date": day,
            "last_date": optional_day,
            "name": required,
            "source_text": required,
            "source_url": web_address,
        },
    ),
    Table(
        "polling_days",
        "PollingDay",
        ("polling_date",),
        {
            "polling_date": day,
            "name": required,
            "source_text": required,
            "source_url": web_address,
        },
    ),
    Table(
        "statements",
        "Statement",
        ("council", "reference"),
        {
            "reference": slug,
            "kind": one_of(words.StatementKind),
            "stated_date": day,
            "stated_precision": one_of(words.StatedPrecision),
            "said_by": required,
            "what": required,
            "value": text,
            "unit": text,
            "expected_event": optional_one_of(words.ExpectedEvent),
            "expected_from_date": optional_day,
            "expected_to_date": optional_day,
            "outcome": text,
            "source_text": required,
            "source_url": web_address,
            "notes": text,
        },
        (council_ref(),),
        is_fact=True,
    ),
    Table(
        "rule_exceptions",
        "RuleException",
        ("rule", "subject"),
        {"rule": required, "subject": required, "reason": required, "source_text": required},
        is_whole=True,
    ),
    Table(
        "corrections",
        "Correction",
        ("council", "event_reference", "subject", "field", "corrected_at"),
        {
            "event_reference": text,
            "subject": required,
            "field": required,
            "old": text,
            "new": text,
            "reason": required,
            "source_text": required,
            "corrected_at": midnight,
            "was_ofsteds": flag,
        },
        (council_ref(),),
        is_log=True,
    ),
)
