"""How each constraint of the imports' tables is broken."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import models

from inspections.models import ImprovementPoint, Reading
from tests import factories as make

READ_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def reading(**target: models.Model) -> Reading:
    return Reading.objects.create(
        source=make.make_source(), fact="kind", value="short", read_at=READ_AT, **target
    )


def point(**target: models.Model) -> ImprovementPoint:
    return ImprovementPoint.objects.create(number=1, page=2, **target)


def again(row: models.Model) -> None:
    """Saves the row a second time under another key."""
    row.pk = None
    row._state.adding = True
    row.save()


IMPORT_CASES: dict[str, Callable[[], object]] = {
    "reading_is_of_an_inspection_or_a_visit": reading,
    "one_reading_per_source_inspection_and_fact": lambda: again(
        reading(inspection=make.make_inspection())
    ),
    "one_reading_per_source_visit_and_fact": lambda: again(reading(visit=make.make_visit())),
    "point_is_of_an_inspection_or_a_visit": point,
    "one_point_per_inspection_and_number": lambda: again(point(inspection=make.make_inspection())),
    "one_point_per_visit_and_number": lambda: again(point(visit=make.make_visit())),
}
