"""A clean record in rows, with invented councils, and what is planted in it."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

from inspections.queries.check_rules import Rows
from inspections.rows import (
    AreaRow,
    CouncilRow,
    FrameworkRow,
    GradeMark,
    InspectionRow,
    JudgementRow,
    LaneRow,
    VisitRow,
)

TODAY = date(2026, 10, 1)
LANES = {
    code: LaneRow(
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
GRADES = {
    code: GradeMark(
        code,
        code.capitalize(),
        letter,
        order,
        code,
        "four",
        is_inadequate=code == "inadequate",
        is_good_or_better=order <= 2,
    )
    for order, (code, letter) in enumerate(
        [("outstanding", "O"), ("good", "G"), ("requires_improvement", "RI"), ("inadequate", "I")],
        start=1,
    )
}


def framework(code: str, first: date, last: date | None, areas: str) -> FrameworkRow:
    made = tuple(
        AreaRow(code, area, area, area, order, area == "overall", False, (LANES[area],))
        for order, area in enumerate(areas.split(), start=1)
    )
    return FrameworkRow(code, code, code, "four", first, last, True, "", made)


OLD = framework(
    "old",
    date(2018, 1, 1),
    date(2026, 3, 31),
    "leaders help_and_protection in_care care_leavers overall",
)
NEW = framework("new", date(2026, 4, 1), None, "leaders help_and_protection in_care care_leavers")


def council(pk: int, slug: str, **fields: object) -> CouncilRow:
    values = {"opened_date": None, "closed_date": None, "is_continuing_record": False, **fields}
    return CouncilRow(
        pk, slug, slug, slug, "", "", "", "county", "south_east", "south_east",
        values["opened_date"], values["closed_date"], values["is_continuing_record"], "", "",
    )  # fmt: skip


def judgements(of: FrameworkRow, **grades: str) -> tuple[JudgementRow, ...]:
    """Good in every area, unless told."""
    return tuple(JudgementRow(area, GRADES[grades.get(area.code, "good")]) for area in of.areas)


numbers = itertools.count(1)


def inspection(
    start: date | None = date(2021, 3, 1),
    of: FrameworkRow = OLD,
    *,
    council_id: int = 1,
    grades: dict[str, str] | None = None,
    **fields: object,
) -> InspectionRow:
    end = start + timedelta(days=11) if start else None
    values = {
        "end_date": end,
        "has_two_periods": False,
        "publication_date": end + timedelta(days=40) if end else date(2012, 3, 1),
        "report_url": f"https://example.org/{next(numbers)}",
        "judgements": judgements(of, **(grades or {})),
        "reference": start.isoformat() if start else "pub-2012-03-01",
        **fields,
    }
    return InspectionRow(
        id=next(numbers), council_id=council_id, framework=of, kind="standard", start_date=start,
        lead_inspector="", improvement_points=None, checked="both", notes="", **values,
    )  # fmt: skip


def visit(start: date | None = date(2022, 6, 7), **fields: object) -> VisitRow:
    values = {
        "id": next(numbers),
        "council_id": 1,
        "reference": start.isoformat() if start else "unknown",
        "kind": "focused_visit",
        "start_precision": "day" if start else "unknown",
        "end_date": None,
        "publication_date": start + timedelta(days=30) if start else None,
        "letter_url": "",
        **fields,
    }
    return VisitRow(
        start_date=start, topic="", topic_codes="", priority_actions=None,
        improvement_points=None, sequence=None, lead_inspector="", confidence="letter", notes="",
        **values,
    )  # fmt: skip


CLEAN = Rows(
    councils=(council(1, "exampleshire"), council(2, "northbridge", closed_date=date(2020, 3, 31))),
    frameworks=(OLD, NEW),
    inspections=(
        inspection(None),
        inspection(date(2021, 3, 1), grades={"leaders": "inadequate", "overall": "inadequate"}),
        inspection(date(2024, 6, 3)),
        inspection(date(2026, 5, 11), NEW),
        inspection(date(2019, 7, 1), council_id=2, grades={"leaders": "outstanding"}),
    ),
    visits=(
        visit(date(2022, 6, 7), kind="monitoring_visit"),
        visit(date(2022, 10, 1), start_precision="month", reference="m", kind="monitoring_visit"),
        visit(date(2022, 10, 4)),
        visit(None),
    ),
    predecessors={},
    today=TODAY,
    as_at=TODAY,
)


def planted(*events: InspectionRow | VisitRow, instead: bool = False, councils: tuple = ()) -> Rows:
    """The clean record with more events, or with these alone."""
    inspections = [row for row in events if isinstance(row, InspectionRow)]
    visits = [row for row in events if isinstance(row, VisitRow)]
    return replace(
        CLEAN,
        councils=(*CLEAN.councils, *councils),
        inspections=(*(() if instead else CLEAN.inspections), *inspections),
        visits=(*(() if instead else CLEAN.visits), *visits),
    )
