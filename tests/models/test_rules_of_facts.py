"""What the models refuse where the database cannot: each complaint stands at its field."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from inspections.models import (
    AreaContinuation,
    Council,
    CouncilAlias,
    Framework,
    Grade,
    Inspection,
    Judgement,
    JudgementArea,
    Visit,
)
from inspections.vocabulary import Region
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]


def complaints(fact: models.Model) -> dict[str, str]:
    """Field → what is said about it; fails where nothing is refused."""
    with pytest.raises(ValidationError) as refusal:
        fact.full_clean()
    return {field: " ".join(said) for field, said in refusal.value.message_dict.items()}


def changed(fact: models.Model, **changes: object) -> models.Model:
    for name, value in changes.items():
        setattr(fact, name, value)
    return fact


def test_an_inspection_ends_after_it_starts() -> None:
    inspection = make.make_inspection(start_date=date(2021, 3, 1))
    said = complaints(changed(inspection, end_date=date(2021, 2, 26)))
    assert "2021-02-26, is before the first, 2021-03-01" in said["end_date"]


def test_an_inspection_with_an_end_has_a_start() -> None:
    assert (
        "needs a first day"
        in complaints(changed(make.make_inspection(), start_date=None))["start_date"]
    )


@pytest.mark.parametrize("end_date", [date(2021, 3, 12), None])
def test_an_inspection_is_not_published_before_its_last_known_day(end_date: date | None) -> None:
    inspection = make.make_inspection(start_date=date(2021, 3, 1), end_date=end_date)
    said = complaints(changed(inspection, publication_date=date(2021, 2, 28)))
    assert "2021-02-28, is before the last day on site" in said["publication_date"]


def test_nothing_is_published_in_the_future() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    inspection = changed(make.make_inspection(), publication_date=tomorrow)
    assert "is in the future" in complaints(inspection)["publication_date"]
    visit = changed(make.make_visit(inspection.council), publication_date=tomorrow)
    assert "is in the future" in complaints(visit)["publication_date"]


def test_an_inspection_published_on_its_last_day_and_one_without_days_are_accepted() -> None:
    day = date(2021, 3, 1)
    make.make_inspection(start_date=day, end_date=day, publication_date=day)
    make.make_inspection(make.make_council("Northbridge"), start_date=None)


@pytest.mark.parametrize("start_date", [date(2017, 12, 31), date(2023, 1, 1)])
def test_an_inspection_begins_while_its_framework_is_in_force(start_date: date) -> None:
    framework = make.make_framework(
        in_force_from=date(2018, 1, 1), in_force_to=date(2022, 12, 31), short_name="Old rules"
    )
    inspection = make.make_inspection(framework=framework, start_date=date(2018, 1, 1))
    changed(inspection, start_date=start_date, end_date=start_date)
    changed(inspection, publication_date=start_date + timedelta(days=30))
    said = complaints(inspection)["framework"]
    assert "Old rules was in force from 2018-01-01 to 2022-12-31" in said
    assert f"began on {start_date}" in said


def test_a_judgements_area_belongs_to_the_inspections_framework() -> None:
    inspection = make.make_inspection()
    other = make.make_framework("other_rules")
    judgement = make.make_judgement(inspection)
    said = complaints(changed(judgement, area=other.areas.get(code="help_and_protection")))
    assert "is an area of the framework other_rules" in said["area"]
    assert "under example_rules" in said["area"]


def test_a_grade_is_one_of_the_frameworks_scale() -> None:
    judgement = make.make_judgement(make.make_inspection())
    older = make.make_scale("older_grades", [("good", "Good", "G"), ("adequate", "Adequate", "A")])
    said = complaints(changed(judgement, grade=older.grades.get(code="adequate")))
    assert "Adequate is a grade of the scale older_grades" in said["grade"]
    assert "uses four_grades" in said["grade"]


def test_a_wrong_area_and_a_wrong_grade_are_both_told() -> None:
    judgement = make.make_judgement(make.make_inspection())
    other = make.make_framework("other_rules", scale=make.make_scale("older", [("a", "A", "A")]))
    changed(judgement, area=other.areas.first(), grade=other.scale.grades.first())
    assert set(complaints(judgement)) == {"area", "grade"}


def test_an_area_has_one_grade_in_one_inspection() -> None:
    first = make.make_judgement(make.make_inspection(), grade="good")
    second = Judgement(
        inspection=first.inspection,
        area=first.area,
        grade=first.grade.scale.grades.get(code="inadequate"),
    )
    assert "already has a grade" in complaints(second)["__all__"]


def test_a_framework_without_an_overall_area_cannot_carry_an_overall_grade() -> None:
    earlier = make.make_framework("with_overall", in_force_to=date(2026, 3, 31))
    make.make_framework("without_overall", areas=make.FOUR_AREAS, in_force_from=date(2026, 4, 1))
    framework = Framework.objects.get(code="without_overall")
    inspection = make.make_inspection(framework=framework, start_date=date(2026, 4, 27))
    overall = earlier.areas.get(is_overall=True)
    judgement = Judgement(inspection=inspection, area=overall, grade=framework.scale.grades.first())
    assert "area of the framework with_overall" in complaints(judgement)["area"]
    assert not framework.areas.filter(is_overall=True).exists()


def test_a_framework_is_not_changed_under_its_judgements() -> None:
    inspection = make.make_inspection(grades={"leaders": "good"})
    said = complaints(changed(inspection, framework=make.make_framework("other_rules")))
    assert "Leaders was judged under example_rules; withdraw" in said["framework"]


def test_an_inspection_and_a_visit_of_one_council_never_share_an_address() -> None:
    inspection = make.make_inspection(reference="2021-03-01")
    visit = make.make_visit(inspection.council, reference="2022-06-07")
    assert "of an inspection" in complaints(changed(visit, reference="2021-03-01"))["reference"]
    assert "of a visit" in complaints(changed(inspection, reference="2022-06-07"))["reference"]
    make.make_visit(make.make_council("Northbridge"), reference="2021-03-01")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end_date": date(2022, 6, 6)}, "end_date"),
        ({"publication_date": date(2022, 6, 7)}, "publication_date"),
        ({"start_date": None}, "start_date"),
        ({"topic_codes": "front_door|back_door"}, "topic_codes"),
        ({"kind": "graded_visit"}, "kind"),
    ],
)
def test_a_visit_is_refused_at_the_field_that_is_wrong(changes: dict, field: str) -> None:
    assert field in complaints(changed(make.make_visit(start_date=date(2022, 6, 7)), **changes))


@pytest.mark.parametrize(
    ("start_date", "precision"),
    [(None, "day"), (None, "month"), (date(2022, 6, 1), "unknown")],
)
def test_a_visits_precision_fits_its_date(start_date: date | None, precision: str) -> None:
    visit = changed(make.make_visit(end_date=None), start_date=start_date)
    said = complaints(changed(visit, start_precision=precision))
    assert "known, or give it to the day or month" in said["__all__"]


def test_a_visit_known_to_the_month_or_not_at_all_is_accepted() -> None:
    council = make.make_council()
    make.make_visit(council, start_date=date(2022, 6, 1), start_precision="month", end_date=None)
    make.make_visit(council, start_date=None)
    assert Visit.objects.count() == 2


def test_each_region_is_one_of_its_own_list() -> None:
    council = make.make_council()
    said = complaints(changed(council, ons_region=Region.NORTH_EAST_YORKSHIRE))
    assert "not one of ONS's nine regions" in said["ons_region"]
    council = changed(council, ons_region=Region.YORKSHIRE, ofsted_region=Region.YORKSHIRE)
    assert "not one of Ofsted's eight regions" in complaints(council)["ofsted_region"]
    changed(council, ofsted_region=Region.NORTH_EAST_YORKSHIRE).full_clean()


@pytest.mark.parametrize("field", ["ons_region", "ofsted_region", "kind"])
def test_an_unknown_region_or_kind_is_refused(field: str) -> None:
    assert field in complaints(changed(make.make_council(), **{field: "atlantis"}))


@pytest.mark.parametrize("scheme", ["ons_code", "dfe_code", "ofsted_urn", "slug"])
def test_a_former_code_is_not_another_councils_code_of_today(scheme: str) -> None:
    first, second = make.make_council("Exampleshire"), make.make_council("Northbridge")
    taken = getattr(second, scheme)
    said = complaints(CouncilAlias(council=first, scheme=scheme, value=taken))
    assert f"{taken} is Northbridge's today" in said["value"]


def test_a_councils_other_name_may_be_another_councils_name() -> None:
    first, second = make.make_council("Exampleshire"), make.make_council("Northbridge")
    CouncilAlias(council=first, scheme="name", value=second.short_name).full_clean()


def test_frameworks_areas_and_grades_in_use_cannot_slip_away() -> None:
    inspection = make.make_inspection(start_date=date(2021, 3, 1), grades={"leaders": "good"})
    framework = inspection.framework
    other = make.make_framework("other_rules", scale=make.make_scale("older", [("a", "A", "A")]))
    assert (
        "began on 2021-03-01"
        in complaints(changed(framework, in_force_from=date(2021, 3, 2)))["in_force_from"]
    )
    framework.refresh_from_db()
    assert (
        "began on 2021-03-01"
        in complaints(changed(framework, in_force_to=date(2021, 2, 28)))["in_force_to"]
    )
    framework.refresh_from_db()
    assert "scale" in complaints(changed(framework, scale=other.scale))
    area = JudgementArea.objects.get(framework__code="example_rules", code="leaders")
    assert "framework" in complaints(changed(area, framework=other, order=99, code="x"))
    grade = Grade.objects.get(scale__code="four_grades", code="good")
    assert "scale" in complaints(changed(grade, scale=other.scale, order=99, letter="Z"))


def test_a_continuation_leads_to_a_later_framework() -> None:
    earlier = make.make_framework("earlier", in_force_to=date(2022, 12, 31))
    later = make.make_framework("later", in_force_from=date(2023, 1, 1))
    link = AreaContinuation(earlier=later.areas.first(), later=earlier.areas.first(), kind="same")
    assert "must belong to a later framework" in complaints(link)["__all__"]


def test_a_withdrawn_inspection_is_not_among_the_public_ones() -> None:
    inspection = make.make_inspection()
    assert list(Inspection.objects.public()) == [inspection]
    changed(inspection, status="withdrawn").save()
    assert not Inspection.objects.public().exists()


def test_a_council_exists_from_its_first_day_to_its_last() -> None:
    gone = make.make_council("Northbridge", closed_date=date(2021, 3, 31))
    new = make.make_council("Westmarsh", opened_date=date(2021, 4, 1))
    going_on = make.make_council(
        "Exampleshire", opened_date=date(2021, 4, 1), is_continuing_record=True
    )
    assert set(Council.objects.existing_on(date(2021, 3, 31))) == {gone, going_on}
    assert set(Council.objects.existing_on(date(2021, 4, 1))) == {new, going_on}


def test_a_series_that_cannot_be_read_is_refused_beside_its_field() -> None:
    series = make.make_series(make.make_measure())
    said = complaints(changed(series, cells="2019:36,6"))
    assert "found '2019:36,6', expected a number or one of" in said["cells"]


def test_a_ratio_names_two_measures_that_have_figures() -> None:
    make.make_measure("children")
    ratio = make.make_measure("each", numerator="spend", denominator="children")
    assert "no measure spend" in complaints(ratio)["numerator"]
    make.make_measure("spend")
    ratio.full_clean()


def test_what_reads_a_history_is_made_once() -> None:
    assert type(Council.history) is type(Council.history)
    assert Council.history.model is not Inspection.history.model
