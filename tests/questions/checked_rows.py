"""A clean record in rows, with invented councils, and what is planted in it."""

from dataclasses import replace
from datetime import date

from inspections.rows import Inspection, Visit
from inspections.rules.of_record import Rows
from tests.invented_rows import NEW, OLD, council, inspection, visit

TODAY = date(2026, 10, 1)
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


def planted(*events: Inspection | Visit, instead: bool = False, councils: tuple = ()) -> Rows:
    """The clean record with more events, or with these alone."""
    inspections = [row for row in events if isinstance(row, Inspection)]
    visits = [row for row in events if isinstance(row, Visit)]
    return replace(
        CLEAN,
        councils=(*CLEAN.councils, *councils),
        inspections=(*(() if instead else CLEAN.inspections), *inspections),
        visits=(*(() if instead else CLEAN.visits), *visits),
    )
