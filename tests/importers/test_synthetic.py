from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from inspections.importers import synthetic
from inspections.models import Council, Framework, Inspection, Judgement, Statement, Visit, Wait
from inspections.queries.waits import tallies_differing, waits_differing

LAST_DAY = date(2026, 8, 22)


def test_invented_councils_have_codes_of_their_own():
    made = list(synthetic.councils(15_300))
    for name in ("slug", "ons_code", "dfe_code", "ofsted_urn"):
        assert len({getattr(row, name) for row in made}) == 15_300
    assert {row.name.split()[0] for row in made} == {"Exampleshire"}


def test_exactly_so_many_inspections_are_made_in_order():
    made = list(synthetic.inspections(1000, councils=306, last_day=LAST_DAY))
    assert len(made) == 1000
    assert set(Counter(row.council for row in made).values()) == {3, 4}
    assert all(row.start_date < row.end_date < row.publication_date <= LAST_DAY for row in made)
    days = [(row.council, row.start_date) for row in made]
    assert days == sorted(set(days))


def test_no_invented_inspection_begins_in_the_pause():
    made = synthetic.inspections(1000, councils=306, last_day=LAST_DAY)
    assert not [row for row in made if date(2020, 3, 17) <= row.start_date <= date(2021, 6, 27)]


def test_the_same_seed_gives_the_same_record():
    first = list(synthetic.inspections(100, councils=30, last_day=LAST_DAY))
    assert first == list(synthetic.inspections(100, councils=30, last_day=LAST_DAY))


def test_more_than_time_allows_is_refused():
    with pytest.raises(ValueError, match="expected at most"):
        list(synthetic.inspections(1000, councils=1, last_day=LAST_DAY))
    with pytest.raises(ValueError, match="visits: found 1451, expected at most 1450"):
        list(synthetic.visits(1451, councils=1, last_day=LAST_DAY))


def test_no_council_is_visited_twice_on_a_day():
    made = list(synthetic.visits(2000, councils=2, last_day=LAST_DAY))
    assert len({(row.council, row.start_date) for row in made}) == 2000


@pytest.mark.django_db
def test_an_invented_record_never_mixes_with_a_real_one():
    before = Council.objects.count()
    with pytest.raises(CommandError, match="found 158 councils, expected a database without any"):
        call_command("make_synthetic", councils=10, inspections=20, visits=5, stdout=StringIO())
    assert Council.objects.count() == before


def test_the_command_fills_an_empty_database(empty_record):
    call_command(
        "make_synthetic", councils=20, inspections=66, visits=15, statements=25, stdout=StringIO()
    )
    assert Statement.objects.count() == 25
    assert tallies_differing() == []
    assert Council.objects.count() == 20
    assert Inspection.objects.count() == Wait.objects.count() == 66
    assert Visit.objects.count() == 15
    assert waits_differing() == []
    for inspection in Inspection.objects.select_related("framework"):
        areas = {row.area.framework_id for row in Judgement.objects.filter(inspection=inspection)}
        assert areas == {inspection.framework_id}
    assert Framework.objects.count() == 7
