"""Every constraint of the database, broken by name, past every check in Python."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import product

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from inspections.models import (
    AreaContinuation,
    Citation,
    CollectedDocument,
    Conflict,
    Council,
    CouncilAlias,
    CouncilComment,
    CountedLate,
    Coverage,
    Draft,
    ErrorReport,
    Framework,
    Grade,
    Inspection,
    InspectionPause,
    Intervention,
    Judgement,
    JudgementArea,
    Lane,
    MeasureSeries,
    MeasureYear,
    News,
    OfficialFigure,
    PlannedAction,
    PollingDay,
    RecoveryCodes,
    RuleException,
    Statement,
    StatisticalNeighbour,
    Subscription,
    UnreadReport,
    UnsentForm,
    Visit,
)
from inspections.models.council import CODES
from tests import factories as make
from tests.models.import_cases import IMPORT_CASES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]

DAY = date(2021, 3, 1)
FAR = date(2100, 1, 1)


def constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    """Name → model and constraint, history tables left out."""
    return {
        constraint.name: (model, constraint)
        for model in apps.get_app_config("inspections").get_models()
        for constraint in model._meta.constraints
    }


def said_by_the_database(name: str) -> str:
    """What the database's refusal contains: the name, or on SQLite a unique rule's columns."""
    model, constraint = constraints()[name]
    if connection.vendor == "sqlite" and isinstance(constraint, models.UniqueConstraint):
        columns = [model._meta.get_field(field).column for field in constraint.fields]
        return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    return name


def copy_of(fact: models.Model, **changes: object) -> None:
    """Saves a second row like this one, with changes."""
    values = {
        field.attname: getattr(fact, field.attname)
        for field in fact._meta.concrete_fields
        if not field.primary_key
    }
    type(fact)(**{**values, **changes}).save()


def changed(fact: models.Model, **changes: object) -> None:
    type(fact)._default_manager.filter(pk=fact.pk).update(**changes)


def two_councils_of_one(code: str) -> None:
    first, second = make.make_council("Exampleshire"), make.make_council("Northbridge")
    changed(second, **{code: getattr(first, code)})


def two_of_one_overall_lane() -> None:
    copy_of(make.make_lane("overall"), code="another", order=99)


def two_overall_areas() -> None:
    framework = make.make_framework()
    copy_of(framework.areas.get(code="overall"), code="another", order=99)


def continuation(**fields: object) -> AreaContinuation:
    earlier = make.make_framework("earlier", in_force_to=date(2022, 12, 31))
    later = make.make_framework("later", in_force_from=date(2023, 1, 1))
    values = {"earlier": earlier.areas.first(), "later": later.areas.first(), "kind": "same"}
    return AreaContinuation.objects.create(**{**values, **fields})


def alias(scheme: str = "ons_code") -> CouncilAlias:
    return CouncilAlias.objects.create(
        council=make.make_council(), scheme=scheme, value="E99999999"
    )


def neighbour() -> StatisticalNeighbour:
    return StatisticalNeighbour.objects.create(
        council=make.make_council("Exampleshire"),
        neighbour=make.make_council("Northbridge"),
        rank=1,
        model_year=2025,
    )


def exception() -> RuleException:
    return RuleException.objects.create(rule="a", subject="b", reason="c", source_text="d")


def citation_of_neither() -> None:
    Citation.objects.create(source=make.make_source())


def cited_twice(**target: models.Model) -> None:
    copy_of(make.make_citation(make.make_source(), **target))


def graded_twice() -> None:
    judgement = make.make_judgement(make.make_inspection(), grade="good")
    other = judgement.grade.scale.grades.get(code="inadequate")
    copy_of(judgement, grade_id=other.pk)


def grade() -> Grade:
    return make.make_scale().grades.first()


def pause() -> InspectionPause:
    return InspectionPause.objects.create(first_date=DAY, name="a", source_text="b")


def statement() -> Statement:
    return Statement.objects.create(
        council=make.make_council(),
        reference="2021-001",
        kind="context",
        stated_date=DAY,
        said_by="an officer",
        what="something",
        source_text="a paper",
    )


def figure() -> OfficialFigure:
    return OfficialFigure.objects.create(
        key="a-figure",
        measure="held",
        as_at_date=DAY,
        value=1,
        unit="count",
        origin="press",
        source=make.make_source(),
    )


def counted_late() -> CountedLate:
    return CountedLate.objects.create(
        inspection=make.make_inspection(), as_at_date=DAY, reason="a", source=make.make_source()
    )


def coverage() -> Coverage:
    return Coverage.objects.create(kind="jtai", complete_to_date=DAY, source_text="a")


def unread_report(**fields: object) -> UnreadReport:
    given = {
        "start_date": DAY, "publication_date": DAY, "kind": "short", "source_text": "a",
        "report_url": "https://example.org/report", **fields,
    }  # fmt: skip
    council = Council.objects.first() or make.make_council()
    return UnreadReport.objects.create(council=council, **given)


def intervention(**fields: object) -> Intervention:
    given = {"reference": "a", "kind": "direction", "taken_date": DAY, "what": "a", **fields}
    council = Council.objects.first() or make.make_council()
    return Intervention.objects.create(council=council, source_text="a", **given)


def comment() -> CouncilComment:
    return CouncilComment.objects.create(
        inspection=make.make_inspection(), text="a", said_by="b", said_date=DAY
    )


def told(subscription: Subscription) -> News:
    return News.objects.create(
        subscription=subscription,
        key="a",
        heading="a",
        words="a",
        path="/",
        found_at=timezone.now(),
    )  # fmt: skip


def told_twice() -> list[News]:
    asked = Subscription.objects.create(email="a@example.org", asked_at=timezone.now())
    return [told(asked), told(asked)]


def planned(**fields: object) -> PlannedAction:
    given = {"event_reference": "2020-01-13", "number": 1, "owner_role": "partner",
             "updated_date": DAY, **fields}  # fmt: skip
    council = Council.objects.first() or make.make_council()
    return PlannedAction.objects.create(council=council, **given)


def draft(**fields: object) -> Draft:
    return Draft.objects.create(made_at=timezone.now(), changed_at=timezone.now(), **fields)


def draft_that_became_both() -> Draft:
    council = make.make_council()
    inspection, visit = make.make_inspection(council), make.make_visit(council)
    return draft(inspection=inspection, visit=visit)


def collected_document(day: date) -> CollectedDocument:
    return CollectedDocument.objects.create(
        url="https://example.org/v1/file/1", council=make.make_council(), kind_text="a",
        publication_date=day, first_seen_at=timezone.now(),
    )  # fmt: skip


def polling_day() -> PollingDay:
    return PollingDay.objects.create(polling_date=DAY, name="a", source_text="b")


def measure_year(**fields: object) -> MeasureYear:
    return MeasureYear.objects.create(
        measure=make.make_measure(), source_text="a", **{"year": 2019, **fields}
    )


def series_of_a_council() -> MeasureSeries:
    return make.make_series(make.make_measure(), make.make_council())


def conflict() -> Conflict:
    return Conflict.objects.create(
        table="lanes", key="a", field="name", release_date=DAY, found_at=timezone.now()
    )


def unbounded(make_fact: Callable[[], models.Model], first_year: int = 1990) -> None:
    """Every date of a fact is bounded at both ends: the last attempt leaves the refusal."""
    fact = make_fact()
    days = [row.name for row in fact._meta.concrete_fields if isinstance(row, models.DateField)]
    bounds = next(row for row in fact._meta.constraints if "_lies_between_" in row.name)
    assert all(f"('{day}__range'" in str(bounds.condition) for day in days)
    with pytest.raises(IntegrityError, match=bounds.name), transaction.atomic():
        changed(fact, **dict.fromkeys(days, date(first_year - 1, 12, 31)))
    changed(fact, **dict.fromkeys(days, FAR))


def unsent_form() -> UnsentForm:
    return UnsentForm.objects.create(
        person=make.make_user(), path="/entry/", typed="", kept_at=timezone.now()
    )


def recovery_codes() -> RecoveryCodes:
    return RecoveryCodes.objects.create(user=make.make_user(), salt="00", rounds=1)


CASES: dict[str, Callable[[], object]] = {
    **IMPORT_CASES,
    **{f"one_council_per_{code}": partial(two_councils_of_one, code) for code in CODES},
    "council_closes_after_it_opens": lambda: changed(
        make.make_council(opened_date=DAY), closed_date=date(2021, 2, 28)
    ),
    "one_alias_once_per_council": lambda: copy_of(alias("name")),
    "a_former_code_leads_to_one_council": lambda: copy_of(
        alias(), council_id=make.make_council("Northbridge").pk
    ),
    "one_neighbour_per_rank": lambda: copy_of(
        neighbour(), neighbour_id=make.make_council("Westmarsh").pk
    ),
    "a_council_is_not_its_own_neighbour": lambda: changed(
        row := neighbour(), neighbour_id=row.council_id
    ),
    "one_grade_code_per_scale": lambda: copy_of(grade(), order=9, letter="X"),
    "one_grade_per_step": lambda: copy_of(grade(), code="another", letter="X"),
    "one_letter_per_grade": lambda: copy_of(grade(), code="another", order=9),
    "grade_order_starts_at_1": lambda: changed(grade(), order=0),
    "one_overall_lane": two_of_one_overall_lane,
    "framework_ends_after_it_starts": lambda: changed(
        make.make_framework(in_force_from=DAY), in_force_to=date(2021, 2, 28)
    ),
    "one_area_per_code": lambda: copy_of(make.make_framework().areas.first(), order=99),
    "one_area_per_place": lambda: copy_of(make.make_framework().areas.first(), code="another"),
    "at_most_one_overall_area_per_framework": two_overall_areas,
    "one_link_per_pair_of_areas": lambda: copy_of(continuation(), kind="renamed"),
    "only_an_area_that_ended_has_no_later_one": lambda: continuation(later=None),
    "one_inspection_per_reference": lambda: copy_of(make.make_inspection()),
    "inspection_ends_after_it_starts": lambda: changed(
        make.make_inspection(start_date=DAY), end_date=date(2021, 2, 28)
    ),
    "inspection_published_after_last_day_on_site": lambda: changed(
        row := make.make_inspection(start_date=DAY), publication_date=row.start_date
    ),
    "inspection_published_after_first_day_on_site": lambda: changed(
        make.make_inspection(start_date=DAY, end_date=None), publication_date=date(2021, 2, 28)
    ),
    "inspection_with_an_end_has_a_start": lambda: changed(make.make_inspection(), start_date=None),
    "one_grade_per_area": graded_twice,
    "one_exception_per_subject": lambda: copy_of(exception()),
    "citation_is_of_an_inspection_or_a_visit": citation_of_neither,
    "one_citation_per_source_and_inspection": lambda: cited_twice(
        inspection=make.make_inspection()
    ),
    "one_citation_per_source_and_visit": lambda: cited_twice(visit=make.make_visit()),
    "one_visit_per_reference": lambda: copy_of(make.make_visit()),
    "visit_ends_after_it_starts": lambda: changed(
        make.make_visit(start_date=DAY), end_date=date(2021, 2, 28)
    ),
    "visit_published_after_it_starts": lambda: changed(
        make.make_visit(start_date=DAY), publication_date=date(2021, 2, 28)
    ),
    "a_grade_is_not_both_good_and_inadequate": lambda: changed(
        grade(), is_inadequate=True, is_good_or_better=True
    ),
    "pause_ends_after_it_starts": lambda: changed(pause(), last_date=date(2021, 2, 28)),
    "one_statement_per_reference": lambda: copy_of(statement()),
    "expected_span_ends_after_it_starts": lambda: changed(
        statement(), expected_from_date=DAY, expected_to_date=date(2021, 2, 28)
    ),
    "a_known_difference_has_its_reason": lambda: changed(figure(), our_value=2),
    "figure_span_ends_after_it_starts": lambda: changed(figure(), from_date=date(2021, 3, 2)),
    "counted_late_once_per_day": lambda: copy_of(counted_late()),
    "coverage_ends_after_it_starts": lambda: changed(
        coverage(), complete_from_date=date(2021, 3, 2)
    ),
    "one_open_conflict_per_field": lambda: copy_of(conflict()),
    "council_lies_between_1800_and_2099": lambda: unbounded(make.make_council, 1800),
    "framework_lies_between_1990_and_2099": lambda: unbounded(make.make_framework),
    "inspection_lies_between_1990_and_2099": lambda: unbounded(make.make_inspection),
    "visit_lies_between_1990_and_2099": lambda: unbounded(make.make_visit),
    "pause_lies_between_1990_and_2099": lambda: unbounded(pause),
    "polling_day_lies_between_1990_and_2099": lambda: unbounded(polling_day),
    "unread_report_lies_between_1990_and_2099": lambda: unbounded(unread_report),
    "unread_report_published_after_it_began": lambda: unread_report(start_date=date(2021, 5, 1)),
    "one_intervention_per_reference": lambda: [intervention(), intervention()],
    "intervention_lies_between_1990_and_2099": lambda: unbounded(intervention),
    "comment_lies_between_1990_and_2099": lambda: unbounded(comment),
    "nobody_is_told_the_same_twice": told_twice,
    "an_answer_has_a_reason": lambda: ErrorReport.objects.create(
        about="/", said="a", made_at=timezone.now(), state="declined"
    ),
    "one_set_of_recovery_codes_per_person": lambda: copy_of(recovery_codes()),
    "one_unsent_form_per_page": lambda: copy_of(unsent_form()),
    "one_action_per_point": lambda: [planned(), planned()],
    "planned_action_lies_between_1990_and_2099": lambda: unbounded(planned),
    "one_unread_report_per_first_day": lambda: [unread_report(), unread_report()],
    "draft_became_an_inspection_or_a_visit": draft_that_became_both,
    "one_waiting_draft_per_document": lambda: [
        draft(document_url="https://example.org/report") for _ in range(2)
    ],
    "collected_document_lies_between_1990_and_2099": lambda: collected_document(date(1989, 12, 31)),
    "source_lies_between_1990_and_2099": lambda: unbounded(make.make_source),
    "statement_lies_between_1990_and_2099": lambda: unbounded(statement),
    "figure_lies_between_1990_and_2099": lambda: unbounded(figure),
    "counted_late_lies_between_1990_and_2099": lambda: unbounded(counted_late),
    "coverage_lies_between_1990_and_2099": lambda: unbounded(coverage),
    "neighbour_model_lies_between_1990_and_2099": lambda: changed(neighbour(), model_year=26),
    "a_ratio_has_both_its_parts": lambda: make.make_measure(numerator="spend"),
    "a_measure_has_at_most_three_decimals": lambda: make.make_measure(decimals=4),
    "one_row_per_measure_year": lambda: copy_of(measure_year()),
    "a_measures_year_lies_between_1990_and_2099": lambda: measure_year(year=19),
    "a_series_is_of_a_council_or_a_place": lambda: changed(series_of_a_council(), place="england"),
    "one_series_per_measure_and_council": lambda: copy_of(series_of_a_council()),
    "one_series_per_measure_and_place": lambda: copy_of(make.make_series(make.make_measure())),
    "visit_precision_fits_its_date": lambda: changed(
        make.make_visit(start_date=DAY), start_precision="unknown"
    ),
}


def test_no_constraint_is_without_a_case() -> None:
    missing = set(constraints()) - set(CASES)
    assert not missing


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses_what_breaks(name: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        CASES[name]()
    assert said_by_the_database(name) in str(refusal.value)


def test_an_address_belongs_to_one_council() -> None:
    with pytest.raises(IntegrityError, match="slug"), transaction.atomic():
        two_councils_of_one("slug")


def test_a_citation_of_both_an_inspection_and_a_visit_is_refused() -> None:
    council = make.make_council()
    inspection, visit = make.make_inspection(council), make.make_visit(council)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Citation.objects.create(source=make.make_source(), inspection=inspection, visit=visit)
    assert "citation_is_of_an_inspection_or_a_visit" in str(refusal.value)


def test_a_link_that_ended_cannot_name_a_later_area() -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        continuation(kind="ended")
    assert "only_an_area_that_ended_has_no_later_one" in str(refusal.value)


def test_one_name_may_lead_to_two_councils_but_a_former_code_to_one() -> None:
    first, second = make.make_council("Exampleshire"), make.make_council("Northbridge")
    for council, scheme in product((first, second), ("name", "trust")):
        CouncilAlias.objects.create(council=council, scheme=scheme, value="The Shire")
    assert CouncilAlias.objects.filter(value="The Shire").count() == 4


def test_no_relation_lets_a_visit_hold_a_judgement_or_a_grade() -> None:
    related = {field.related_model for field in Visit._meta.get_fields() if field.is_relation}
    assert not related & {Judgement, Grade, JudgementArea, Framework, Lane}
    assert Judgement._meta.get_field("inspection").related_model is Inspection


def test_what_is_judged_or_cited_cannot_be_deleted_from_under_it() -> None:
    judgement = make.make_judgement(make.make_inspection())
    for kept in (judgement.grade, judgement.area, judgement.inspection.framework):
        with pytest.raises(models.ProtectedError):
            kept.delete()
    with pytest.raises(models.ProtectedError):
        Council.objects.get().delete()
