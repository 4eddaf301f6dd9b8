"""The smallest valid things of the record, with plainly invented names.

Every factory checks the rules before it saves. They expect an empty record (the fixture
`empty_record`): lanes, scales and frameworks would meet the shipped ones otherwise.
"""

import itertools
import string
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify
from simple_history.utils import bulk_create_with_history

from inspections.models import (
    Citation,
    Council,
    Framework,
    Grade,
    GradeScale,
    ImprovementPoint,
    Inspection,
    Judgement,
    JudgementArea,
    Lane,
    Measure,
    MeasureSeries,
    Source,
    Theme,
    User,
    Visit,
)
from inspections.vocabulary import (
    CouncilKind,
    InspectionKind,
    MeasureGroup,
    PeriodKind,
    Place,
    Region,
    SourceKind,
    VisitKind,
)

FOUR_GRADES = (
    ("outstanding", "Outstanding", "O"),
    ("good", "Good", "G"),
    ("requires_improvement", "Requires improvement", "RI"),
    ("inadequate", "Inadequate", "I"),
)
LANES = ("overall", "leaders", "help_and_protection", "in_care", "care_leavers")
# Area code → the lanes that it fills; an area judged for two groups together fills two.
FIVE_AREAS = {
    "leaders": ("leaders",),
    "help_and_protection": ("help_and_protection",),
    "in_care": ("in_care",),
    "care_leavers": ("care_leavers",),
    "overall": ("overall",),
}
FOUR_AREAS = {code: lanes for code, lanes in FIVE_AREAS.items() if code != "overall"}

_numbers = itertools.count(1)


def saved(fact: Any) -> Any:
    """The fact, saved as it is: the database's own constraints hold for the tests too."""
    fact.save()
    return fact


def make_user(username: str = "officer", **fields: Any) -> User:
    return User.objects.create_user(username=username, **fields)


def make_scale(
    code: str = "four_grades", grades: Sequence[tuple[str, str, str]] = FOUR_GRADES
) -> GradeScale:
    """A scale with grades (code, name, letter), best first.

    The first two are good or better, the last one is inadequate.
    """
    scale = saved(GradeScale(code=code, name=code.replace("_", " ").capitalize()))
    for order, (grade, name, letter) in enumerate(grades, start=1):
        saved(
            Grade(
                scale=scale,
                code=grade,
                name=name,
                official_name=name,
                letter=letter,
                order=order,
                colour=grade.replace("_", "-"),
                is_inadequate=order == len(grades),
                is_good_or_better=order <= 2 and order < len(grades),
            )
        )
    return scale


def make_lane(code: str) -> Lane:
    """The lane of this code, made where it is missing."""
    found = Lane.objects.filter(code=code).first()
    name = code.replace("_", " ").capitalize()
    order = LANES.index(code) + 1 if code in LANES else next(_numbers) + 100
    return found or saved(
        Lane(
            code=code,
            name=name,
            short_name=name,
            order=order,
            is_overall=code == "overall",
            is_core=code in FOUR_AREAS,
            is_leaders=code == "leaders",
            is_practice=code in FOUR_AREAS and code != "leaders",
        )
    )


def make_framework(
    code: str = "example_rules",
    *,
    scale: GradeScale | None = None,
    areas: Mapping[str, Sequence[str]] = FIVE_AREAS,
    **fields: Any,
) -> Framework:
    """A whole-service framework, in force from 2018 on unless told, with areas and lanes."""
    framework = saved(
        Framework(
            code=code,
            scale=scale or GradeScale.objects.filter(code="four_grades").first() or make_scale(),
            **{
                "name": f"Framework {code}",
                "short_name": code,
                "in_force_from": date(2018, 1, 1),
                "is_whole_service": True,
                **fields,
            },
        )
    )
    held = {lane.code: lane for lane in Lane.objects.all()}
    for order, (area, lanes) in enumerate(areas.items(), start=1):
        name = area.replace("_", " ").capitalize()
        made = saved(
            JudgementArea(
                framework=framework,
                code=area,
                official_name=name,
                short_name=name,
                order=order,
                is_overall=area == "overall",
            )
        )
        for lane in lanes:
            held[lane] = held.get(lane) or make_lane(lane)
        made.lanes.add(*(held[lane] for lane in lanes))
    return framework


SIGNS = string.digits + string.ascii_uppercase


def make_council(name: str = "Exampleshire", **fields: Any) -> Council:
    """A county of the South East with codes that no council has."""
    number = next(_numbers)
    return saved(
        Council(
            **{
                "slug": slugify(name),
                "name": f"{name} County Council",
                "short_name": name,
                "ons_code": f"E99{number:06}",
                "dfe_code": f"X{SIGNS[number // 36 % 36]}{SIGNS[number % 36]}",
                "ofsted_urn": f"99{number:05}",
                "kind": CouncilKind.COUNTY,
                "ons_region": Region.SOUTH_EAST,
                "ofsted_region": Region.SOUTH_EAST,
                **fields,
            }
        )
    )


def make_inspection(
    council: Council | None = None,
    framework: Framework | None = None,
    *,
    grades: Mapping[str, str] | None = None,
    **fields: Any,
) -> Inspection:
    """An inspection with judgements (area code → grade code); two weeks in March 2021.

    Given another first day, the others follow: on site for 12 days, published 40 days later.
    """
    start = fields.get("start_date", date(2021, 3, 1))
    usual = (
        {
            "start_date": start,
            "end_date": start + timedelta(days=11),
            "publication_date": start + timedelta(days=51),
            "reference": start.isoformat(),
        }
        if start
        else {"publication_date": date(2012, 3, 1), "reference": "pub-2012-03-01"}
    )
    inspection = saved(
        Inspection(
            council=council or make_council(),
            framework=framework
            or Framework.objects.filter(code="example_rules").first()
            or make_framework(),
            **{"kind": InspectionKind.STANDARD, **usual, **fields},
        )
    )
    areas = {row.code: row for row in inspection.framework.areas.all()} if grades else {}
    held = {row.code: row for row in inspection.framework.scale.grades.all()} if grades else {}
    given = [
        Judgement(inspection=inspection, area=areas[area], grade=held[grade])
        for area, grade in (grades or {}).items()
    ]
    bulk_create_with_history(given, Judgement)
    return inspection


def make_judgement(
    inspection: Inspection, area: str = "help_and_protection", grade: str = "good", **fields: Any
) -> Judgement:
    framework = inspection.framework
    return saved(
        Judgement(
            inspection=inspection,
            area=framework.areas.get(code=area),
            grade=framework.scale.grades.get(code=grade),
            **fields,
        )
    )


def make_visit(council: Council | None = None, **fields: Any) -> Visit:
    """A focused visit of two days in June 2022; without grades, as every visit."""
    start = fields.get("start_date", date(2022, 6, 7))
    return saved(
        Visit(
            council=council or make_council(),
            **{
                "reference": start.isoformat() if start else "focused-visit-pub-unknown",
                "kind": VisitKind.FOCUSED,
                "start_date": start,
                "end_date": start and start + timedelta(days=1),
                "start_precision": "day" if start else "unknown",
                **fields,
            },
        )
    )


def make_source(key: str = "example-list", **fields: Any) -> Source:
    return saved(
        Source(
            key=key,
            **{
                "kind": SourceKind.LISTING,
                "title": f"Invented source {key}",
                "publisher": "Nobody",
                **fields,
            },
        )
    )


def make_citation(
    source: Source, *, inspection: Inspection | None = None, visit: Visit | None = None
) -> Citation:
    return saved(Citation(source=source, inspection=inspection, visit=visit))


def make_theme(code: str = "plans", **fields: Any) -> Theme:
    """A theme with an invented definition; the next in order, unless told."""
    name = code.replace("_", " ").capitalize()
    return saved(
        Theme(
            code=code,
            **{
                "name": name,
                "short_name": name,
                "order": Theme.objects.count() + 1,
                "definition": f"Whatever has to do with {name.lower()}.",
                "question_1": f"What of {name.lower()}?",
                "question_2": f"And what else of {name.lower()}?",
                **fields,
            },
        )
    )


def make_measure(code: str = "agency_rate", **fields: Any) -> Measure:
    """A charted percentage on 30 September, from an invented census."""
    number = next(_numbers)
    return saved(
        Measure(
            code=code,
            **{
                "name": code.replace("_", " ").capitalize(),
                "short_name": code.replace("_", " ").capitalize(),
                "group": MeasureGroup.WORKFORCE,
                "unit": "percent of social workers",
                "decimals": 1,
                "period": PeriodKind.SEPTEMBER,
                "definition": "Invented.",
                "charted": number,
                "order": number,
                "source": Source.objects.filter(key="a-census").first() or make_source("a-census"),
                **fields,
            },
        )
    )


def make_point(event: Inspection | Visit, themes: str = "", **fields: Any) -> ImprovementPoint:
    """The event's next point, on page 3, sorted by a person under themes (codes parted by |)."""
    number = event.points.count() + 1
    usual = {"number": number, "page": 3, "basis": "person", event._meta.model_name: event}
    return saved(ImprovementPoint(themes=themes, **{**usual, **fields}))


def make_series(
    measure: Measure, council: Council | None = None, cells: str = "2019:36.6", **fields: Any
) -> MeasureSeries:
    """A council's figures, or those of England."""
    place = {} if council else {"place": Place.ENGLAND}
    return saved(MeasureSeries(measure=measure, council=council, cells=cells, **place, **fields))
