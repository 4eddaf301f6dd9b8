"""The corrections log lists every change of a published fact, whatever its kind."""

import contextlib
from datetime import date

import pytest
from django.apps import apps
from django.db.models import ProtectedError

from inspections import actions, corrections_log
from inspections.models import (
    ActionPlan,
    Correction,
    CouncilAlias,
    CountedLate,
    Coverage,
    Grade,
    InspectionPause,
    Judgement,
    MeasureYear,
    OfficialFigure,
    PlannedAction,
    PollingDay,
    StatisticalNeighbour,
    User,
)
from inspections.store import current_record
from tests import factories as make
from tests.test_actions import REASON, new_inspection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]


@pytest.fixture
def officer(empty_record: None) -> User:
    return make.make_user()


FACTS = {
    # kind in the log: a fact, a field, its new value, the key that names the row
    "grade_scale": (lambda: make.make_scale(), "name", "New", "four_grades"),
    "grade": (lambda: make.make_scale().grades.get(code="good"), "name", "New", "four_grades good"),
    "lane": (lambda: make.make_lane("leaders"), "name", "New", "leaders"),
    "framework": (make.make_framework, "in_force_to", date(2030, 1, 1), "example_rules"),
    "area": (
        lambda: make.make_framework().areas.get(code="leaders"),
        "official_name", "New", "example_rules leaders",
    ),
    "alias": (
        lambda: CouncilAlias.objects.create(
            council=make.make_council(), scheme="name", value="The Shire"
        ),
        "value", "The County", "name The Shire",
    ),
    "neighbour": (
        lambda: StatisticalNeighbour.objects.create(
            council=make.make_council(), neighbour=make.make_council("Northbridge"), rank=1,
            model_year=2025,
        ),
        "rank", 2, "2025 1",
    ),
    "citation": (
        lambda: make.make_citation(make.make_source(), inspection=make.make_inspection()),
        "place", "page 2", "2021-03-01",
    ),
    "polling_day": (
        lambda: PollingDay.objects.create(
            polling_date=date(2021, 5, 6), name="Local", source_text="An order"
        ),
        "name", "New", "2021-05-06",
    ),
    "pause": (
        lambda: InspectionPause.objects.create(
            first_date=date(2020, 3, 17), name="Covid", source_text="Ofsted"
        ),
        "last_date", date(2021, 6, 27), "2020-03-17",
    ),
    "coverage": (
        lambda: Coverage.objects.create(
            kind="jtai", complete_to_date=date(2025, 2, 28), source_text="A list"
        ),
        "complete_to_date", date(2025, 3, 31), "jtai",
    ),
    "theme": (make.make_theme, "definition", "Another meaning.", "plans"),
    "improvement_point": (
        lambda: make.make_point(make.make_inspection(), make.make_theme().code),
        "themes", "", "2021-03-01",
    ),
    "official_figure": (
        lambda: OfficialFigure.objects.create(
            key="a-figure", measure="held", as_at_date=date(2021, 3, 31), value=1, unit="count",
            origin="ofsted_text", source=make.make_source(),
        ),
        "value", 2, "a-figure",
    ),
    "counted_late": (
        lambda: CountedLate.objects.create(
            inspection=make.make_inspection(), as_at_date=date(2021, 3, 31), reason="Late",
            source=make.make_source(),
        ),
        "reason", "New", "2021-03-01",
    ),
    "measure": (make.make_measure, "definition", "New.", "agency_rate"),
    "measure_year": (
        lambda: MeasureYear.objects.create(
            measure=make.make_measure(), year=2019, source_text="A census"
        ),
        "is_break", True, "agency_rate 2019",
    ),
    "measure_series": (
        lambda: make.make_series(make.make_measure()), "cells", "2019:36.7", "agency_rate england",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FACTS)
def test_a_change_and_a_withdrawal_of_every_kind_of_fact_is_logged(
    kind: str, officer: User
) -> None:
    made, field, value, key = FACTS[kind]
    fact = made()
    actions.correct(fact, changes={field: value}, reason=REASON, by=officer)
    entry = Correction.objects.get()
    assert (entry.kind, entry.event_reference, entry.field) == (kind, key, field)
    assert entry.old != entry.new
    with contextlib.suppress(ProtectedError):
        actions.withdraw(fact, reason=REASON, by=officer)
        last = Correction.objects.first()
        assert (last.kind, last.new) == (kind, "not recorded")
        assert Correction.objects.count() == 2


def test_of_a_series_the_figures_that_differ_are_told(officer: User) -> None:
    cells = "2017:31.1 2018:- 2019:36.6"
    series = make.make_series(make.make_measure(), make.make_council(), cells)
    changes = {"cells": "2017:31.1 2018:31.3 2019:c 2020:30"}
    actions.correct(series, changes=changes, reason=REASON, by=officer)
    entry = Correction.objects.get()
    assert (entry.council, entry.old) == (series.council, "2018: -, 2019: 36.6")
    assert entry.new == "2018: 31.3, 2019: c, 2020: 30"


def test_every_fact_with_a_history_can_be_logged() -> None:
    kept = {
        model
        for model in apps.get_app_config("inspections").get_models()
        if hasattr(model, "history") and not model.__name__.startswith("Historical")
    }
    own_register = {ActionPlan, PlannedAction}  # what a council says of itself, no record's fact
    assert kept - own_register == set(corrections_log.SUBJECTS)


def test_a_judgement_recorded_later_is_logged_and_one_that_comes_with_it_is_not(
    officer: User,
) -> None:
    framework = make.make_framework()
    good = Grade.objects.get(code="good")
    leaders, in_care = (framework.areas.get(code=code) for code in ("leaders", "in_care"))
    inspection = actions.record_inspection(
        new_inspection(framework=framework), judgements={leaders: good}, by=officer
    )
    assert not Correction.objects.exists()
    later = Judgement(inspection=inspection, area=in_care, grade=good)
    actions.record(later, by=officer, reason="On page 2")
    entry = Correction.objects.get()
    assert (entry.kind, entry.area, entry.field) == ("judgement", "in_care", "grade")
    assert (entry.old, entry.new, entry.reason) == ("not recorded", "Good", "On page 2")


def test_a_withdrawn_council_leaves_its_entry(officer: User) -> None:
    actions.withdraw(make.make_council(), reason=REASON, by=officer)
    entry = Correction.objects.get()
    assert (entry.kind, entry.council, entry.event_reference, entry.old) == (
        "council", None, "exampleshire", "Exampleshire County Council",
    )  # fmt: skip


def test_a_reason_of_a_former_release_is_read_in_plain_words(officer: User) -> None:
    council = make.make_council()
    for reason in ("Shipped record as at 2026-08-22", REASON):
        changes = {"short_name": f"After {reason}"}
        actions.correct(council, changes=changes, reason=reason, by=officer)
    told = [row.reason for row in current_record().corrections if row.field == "short_name"]
    assert told == [REASON, "The record that comes with this site, as it stood on 2026-08-22"]
    assert Correction.objects.filter(reason="Shipped record as at 2026-08-22").exists()
