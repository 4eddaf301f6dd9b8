"""Frozen rows with plainly invented names, and whole Records of them, without a database."""

import itertools
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from inspections.framework_rows import Area, Framework, FrameworkBook, Grade, Lane, Links
from inspections.record import Record
from inspections.rows import (
    Correction,
    Council,
    Inspection,
    Judgement,
    Point,
    Statement,
    Theme,
    Visit,
)

LANES = {
    code: Lane(
        code,
        code,
        code,
        order,
        is_overall=code == "overall",
        is_core=code != "overall",
        is_leaders=code == "leaders",
        is_practice=code not in {"overall", "leaders"},
    )
    for order, code in enumerate(
        ("overall", "leaders", "help_and_protection", "in_care", "care_leavers")
    )
}
FOUR = ("outstanding", "good", "requires_improvement", "inadequate")
GRADES = {
    code: Grade(
        code,
        code.capitalize(),
        letter,
        order,
        code,
        "four",
        is_inadequate=code == "inadequate",
        is_good_or_better=order <= 2,
        place=order,
    )
    for order, (code, letter) in enumerate(zip(FOUR, ("O", "G", "RI", "I"), strict=True), start=1)
}


def framework(code: str, first: date, last: date | None, areas: str, **fields: Any) -> Framework:
    """A framework whose areas fill the lane of the same name; `both=in_care+care_leavers` two."""
    made = []
    for order, asked in enumerate(areas.split(), start=1):
        area, _, lanes = asked.partition("=")
        filled = tuple(LANES[lane] for lane in (lanes or area).split("+"))
        made.append(Area(code, area, area, area, order, area == "overall", False, filled))
    values = {"name": code, "short_name": code, "scale": "four", "notes": "", **fields}
    return Framework(
        code=code, in_force_from=first, in_force_to=last,
        **{"is_whole_service": True, **values}, areas=tuple(made),
    )  # fmt: skip


OLD = framework(
    "old",
    date(2018, 1, 1),
    date(2026, 3, 31),
    "leaders help_and_protection in_care care_leavers overall",
)
NEW = framework("new", date(2026, 4, 1), None, "leaders help_and_protection in_care care_leavers")
CONTINUED = [
    *(("old", area.code, "new", area.code, "same", "") for area in NEW.areas),
    ("old", "overall", None, None, "ended", "no overall grade is given any more"),
]


def council(pk: int = 1, slug: str = "exampleshire", **fields: Any) -> Council:
    values = {
        "name": slug, "short_name": slug, "ons_code": "", "dfe_code": "", "ofsted_urn": "",
        "kind": "county", "ons_region": "south_east", "ofsted_region": "south_east",
        "opened_date": None, "closed_date": None, "is_continuing_record": False,
        "website": "", "notes": "",
    }  # fmt: skip
    return Council(pk, slug, **{**values, **fields})


def judgements(of: Framework, **grades: str) -> tuple[Judgement, ...]:
    """Good in every area, unless told."""
    return tuple(Judgement(area, GRADES[grades.get(area.code, "good")]) for area in of.areas)


numbers = itertools.count(1)


def inspection(
    start: date | None = date(2021, 3, 1),
    of: Framework = OLD,
    *,
    council_id: int = 1,
    grades: dict[str, str] | None = None,
    **fields: Any,
) -> Inspection:
    end = start + timedelta(days=11) if start else None
    values = {
        "id": next(numbers),
        "kind": "standard",
        "end_date": end,
        "has_two_periods": False,
        "publication_date": end + timedelta(days=40) if end else date(2012, 3, 1),
        "lead_inspector": "",
        "improvement_points": None,
        "report_url": f"https://example.org/{next(numbers)}",
        "checked": "both",
        "notes": "",
        "judgements": judgements(of, **(grades or {})),
        "reference": start.isoformat() if start else "pub-2012-03-01",
        **fields,
    }
    return Inspection(council_id=council_id, framework=of, start_date=start, **values)


def visit(start: date | None = date(2022, 6, 7), **fields: Any) -> Visit:
    values = {
        "id": next(numbers),
        "council_id": 1,
        "reference": start.isoformat() if start else "unknown",
        "kind": "focused_visit",
        "start_precision": "day" if start else "unknown",
        "end_date": None,
        "publication_date": start + timedelta(days=30) if start else None,
        "topic": "",
        "topic_codes": "",
        "priority_actions": None,
        "improvement_points": None,
        "sequence": None,
        "lead_inspector": "",
        "letter_url": "",
        "confidence": "letter",
        "notes": "",
        **fields,
    }
    return Visit(start_date=start, **values)


def theme(code: str = "plans", order: int = 1, **fields: Any) -> Theme:
    values = {
        "name": code.capitalize(), "short_name": code.capitalize(), "definition": "", "version": 1,
        "belongs_elsewhere": "", "question_1": "What of it?", "question_2": "And then?",
    }  # fmt: skip
    return Theme(code=code, order=order, **{**values, **fields})


def point(number: int = 1, *themes: str, **fields: Any) -> Point:
    """On page 3, of these themes."""
    values = {
        "kind": "improvement_point", "page": 3, "basis": "rule", "themes_version": 1, "text": "",
    }  # fmt: skip
    return Point(number=number, themes=themes, **{**values, **fields})


def statement(stated: date = date(2025, 3, 3), **fields: Any) -> Statement:
    values = {
        "council_id": 1,
        "reference": f"{stated}-said",
        "kind": "expectation",
        "stated_date": stated,
        "stated_precision": "day",
        "said_by": "The council",
        "what": "An inspection is expected.",
        "value": "",
        "unit": "",
        "expected_event": "",
        "expected_from_date": None,
        "expected_to_date": None,
        "outcome": "",
        "source_text": "Minutes",
        "source_url": "",
        "notes": "",
        **fields,
    }
    return Statement(**values)


def correction(kind: str, field: str, **fields: Any) -> Correction:
    """An entry of the log about the first inspection of council 1, unless told."""
    values = {
        "id": next(numbers),
        "council_id": 1,
        "reference": "" if kind == "council" else "2021-03-01",
        "area": "",
        "subject_date": None,
        "old": "old",
        "new": "new",
        "reason": "As printed",
        "source": "The report",
        "corrected_at": datetime(2026, 11, 10, 9, tzinfo=UTC),
        "was_ofsteds": False,
        **fields,
    }
    return Correction(kind=kind, field=field, **values)


def book(
    frameworks: Iterable[Framework] = (OLD, NEW),
    links: Iterable[tuple[Any, ...]] = CONTINUED,
    grades: Mapping[str, Grade] = GRADES,
) -> FrameworkBook:
    listed = list(frameworks)
    areas = [area for row in listed for area in row.areas]
    return FrameworkBook(
        frameworks=dict(enumerate(listed, start=1)),
        areas=dict(enumerate(areas, start=1)),
        grades=dict(enumerate(grades.values(), start=1)),
        lanes=tuple(LANES.values()),
        links=Links.of(links),
        area_lanes={area.key: area.lane_codes for area in areas},
    )


def record(*events: Inspection | Visit, **fields: Any) -> Record:
    """A Record of these events, with one council unless told."""
    values = {
        "identity": "invented", "version": 1, "known": None, "changed_at": None,
        "as_at_date": None, "compiled_date": None, "book": book(), "councils": (council(),),
        "inspections": tuple(row for row in events if isinstance(row, Inspection)),
        "visits": tuple(row for row in events if isinstance(row, Visit)),
    }  # fmt: skip
    return Record(**{**values, **fields})
