"""A database of the release before with days that no record has: told by name, nothing lost."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from inspections.models import Visit
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]
bounds = import_module("inspections.migrations.0007_within_years")


@pytest.fixture
def unbounded() -> object:
    """The table of visits as the release before had it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            rule = "visit_lies_between_1990_and_2099"
            cursor.execute(f"ALTER TABLE inspections_visit DROP CONSTRAINT {rule}")
            yield


@pytest.mark.usefixtures("unbounded")
def test_rows_outside_the_bounds_are_named_and_the_upgrade_stops() -> None:
    visit = make.make_visit(make.make_council("Northbridge"))
    Visit.objects.filter(pk=visit.pk).update(start_date=date(26, 7, 6))
    with pytest.raises(bounds.DayOutOfBoundsError) as refusal:
        bounds.refuse_what_lies_outside(apps, None)
    assert f"Visit {visit.pk}: start_date 0026-07-06" in str(refusal.value)
    assert "correct them in the admin of the release that runs now" in str(refusal.value)


def test_a_record_within_the_bounds_is_upgraded() -> None:
    make.make_inspection()
    make.make_visit(make.make_council("Northbridge"))
    bounds.refuse_what_lies_outside(apps, None)
