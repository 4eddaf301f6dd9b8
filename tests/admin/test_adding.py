"""A new inspection: two steps, no JavaScript, every complaint beside its field."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from inspections.models import (
    Citation,
    Correction,
    Council,
    Framework,
    Inspection,
    Judgement,
    JudgementArea,
    User,
)
from tests import factories as make
from tests.admin.forms import ADD, Form, begin, errors, grade, grade_of, opened, save

pytestmark = pytest.mark.django_db

Both = tuple[Framework, Framework]


def test_a_new_inspection_begins_with_what_decides_its_areas(
    admin: Client, frameworks: Both
) -> None:
    make.make_council("Northbridge")
    form = opened(admin, ADD)
    assert set(form.options) == {"council", "kind", "framework"}
    assert "Northbridge" in form.options["council"]
    assert not any(name.startswith("grade_") for name in form.options)


@pytest.mark.parametrize(
    ("day", "areas"),
    [
        ("2026-03-31", ["Leaders", "Help and protection", "In care", "Care leavers", "Overall"]),
        ("2026-04-01", ["Leaders", "Help and protection", "In care", "Care leavers"]),
    ],
)
def test_the_form_offers_the_areas_of_the_days_framework_in_order(
    admin: Client, frameworks: Both, day: str, areas: list[str]
) -> None:
    form = opened(admin, begin(make.make_council(), day))
    offered = [name for name in form.options if name.startswith("grade_")]
    found = [JudgementArea.objects.get(pk=name.removeprefix("grade_")) for name in offered]
    assert [area.short_name for area in found] == areas
    assert [label for label in form.labels if label in areas] == areas
    grades = ["Not judged", "Outstanding", "Good", "Requires improvement", "Inadequate"]
    assert all(form.options[name] == grades for name in offered)
    assert form.values["start_date"] == [day]


def test_the_grades_offered_are_those_of_the_frameworks_scale(
    admin: Client, frameworks: Both
) -> None:
    scale = make.make_scale("three", [("a", "Strong", "S"), ("b", "Fair", "F"), ("c", "Weak", "W")])
    later = make.make_framework("later", scale=scale, in_force_from=date(2030, 1, 1))
    form = opened(admin, f"{ADD}?framework={later.pk}")
    assert form.options[grade_of("leaders", later)] == ["Not judged", "Strong", "Fair", "Weak"]


def test_where_two_frameworks_were_in_force_the_kind_decides_or_the_person(
    admin: Client, officer: User
) -> None:
    council = make.make_council()
    first = make.make_framework("first", in_force_to=date(2018, 8, 31))
    second = make.make_framework("second", in_force_from=date(2018, 1, 1))
    answer = admin.get(begin(council, "2018-05-14", "standard")).content.decode()
    assert "first and second were in force on 2018-05-14: choose" in answer
    form = opened(admin, f"{begin(council, '2018-05-14')}&framework={first.pk}")
    assert grade_of("leaders", first) in form.options
    make.make_inspection(council, second, start_date=date(2018, 6, 4), kind="standard")
    form = opened(admin, begin(council, "2018-05-14", "standard"))
    assert grade_of("leaders", second) in form.options


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("council=&kind=standard&start_date=", "Give the first day on site"),
        ("start_date=1999-01-01", "No framework was in force on 1999-01-01"),
        ("start_date=yesterday", "Enter a valid date"),
        ("council=99999&start_date=2021-03-01", "Select a valid choice"),
        ("framework=abc", "Select a valid choice"),
        ("kind=graded&start_date=2021-03-01", "Select a valid choice"),
        ("start_date=%00", "Enter a valid date"),
    ],
)
def test_a_mangled_beginning_is_told(
    admin: Client, frameworks: Both, query: str, said: str
) -> None:
    answer = admin.get(f"{ADD}?{query}")
    assert answer.status_code == 200
    assert said in answer.content.decode()


def fields(**changes: object) -> dict[str, object]:
    """What is typed for an inspection of 27 April 2026."""
    return {
        "end_date": "2026-05-01",
        "publication_date": "2026-06-17",
        "lead_inspector": "Nobody at All",
        "improvement_points": "4",
        **changes,
    }


def grades(framework: Framework, code: str = "good") -> dict[str, object]:
    return {f"grade_{area.pk}": grade(code) for area in framework.areas.all()}


def test_an_inspection_is_entered_whole_and_shown_at_once(
    admin: Client, officer: User, frameworks: Both
) -> None:
    council, source = make.make_council(), make.make_source()
    typed = fields(**grades(frameworks[1])) | {
        grade_of("care_leavers", frameworks[1]): grade("requires_improvement"),
        "citations-0-source": source.pk,
        "citations-0-place": "page 2",
        "reason": "Read in the report",
    }
    status, page = save(admin, begin(council, "2026-04-27"), **typed)
    assert status == 302, page
    inspection = Inspection.objects.get()
    assert (inspection.framework, inspection.reference) == (frameworks[1], "2026-04-27")
    judged = {row.area.code: row.grade.code for row in inspection.judgements.all()}
    assert judged == dict.fromkeys(make.FOUR_AREAS, "good") | {
        "care_leavers": "requires_improvement"
    }
    for model in (Inspection, Judgement, Citation):
        lines = model.history.all()
        assert {line.history_user for line in lines} == {officer}
        assert {line.history_change_reason for line in lines} == {"Read in the report"}
    assert not Correction.objects.exists()
    public = Client().get("/councils/exampleshire/").content.decode()
    assert "27 April 2026" in public
    assert "Requires improvement" in public
    event = Client().get("/councils/exampleshire/inspections/2026-04-27/").content.decode()
    assert "Nobody at All" in event


def test_an_area_that_was_not_judged_gets_no_row(admin: Client, frameworks: Both) -> None:
    typed = fields(**{grade_of("leaders", frameworks[1]): grade("good")})
    assert save(admin, begin(make.make_council(), "2026-04-27"), **typed)[0] == 302
    assert [row.area.code for row in Judgement.objects.all()] == ["leaders"]


def test_a_day_as_written_in_england_is_read_so(admin: Client, frameworks: Both) -> None:
    typed = fields(
        start_date="05/03/2026",
        end_date="06/03/2026",
        publication_date="07/04/2026",
        **grades(frameworks[0]),
    )
    assert save(admin, begin(make.make_council(), "2026-03-05"), **typed)[0] == 302
    inspection = Inspection.objects.get()
    assert inspection.start_date == date(2026, 3, 5)
    assert inspection.end_date == date(2026, 3, 6)
    assert inspection.publication_date == date(2026, 4, 7)


BAD: list[tuple[dict[str, object], str, str]] = [
    ({"end_date": "2026-04-24"}, "end_date", "is before the first"),
    ({"publication_date": "2026-04-30"}, "publication_date", "is before the last day on site"),
    ({"publication_date": ""}, "publication_date", "This field is required"),
    ({"publication_date": "31/02/2026"}, "publication_date", "Enter a valid date"),
    ({"start_date": ""}, "start_date", "needs a first day"),
    ({"improvement_points": "-1"}, "improvement_points", "greater than or equal to 0"),
    ({"report_url": "javascript:alert(1)"}, "report_url", "Enter a valid URL"),
    ({"kind": "graded_visit"}, "kind", "Select a valid choice"),
    ({"council": ""}, "council", "This field is required"),
    ({"notes": "x" * 2001}, "notes", "at most 2000 characters"),
    (
        {"publication_date": (timezone.localdate() + timedelta(days=2)).isoformat()},
        "publication_date",
        "is in the future",
    ),
]


@pytest.mark.parametrize(("changes", "field", "said"), BAD)
def test_what_a_rule_forbids_is_told_beside_its_field_and_nothing_is_lost(
    admin: Client, frameworks: Both, changes: dict, field: str, said: str
) -> None:
    typed = fields(**grades(frameworks[1])) | {"lead_inspector": "Kept", **changes}
    status, page = save(admin, begin(make.make_council(), "2026-04-27"), **typed)
    assert status == 200
    assert said in errors(page, field)
    assert not Inspection.objects.exists()
    again = Form(page)
    assert again.values["lead_inspector"] == ["Kept"]
    assert again.values[grade_of("leaders", frameworks[1])] == [str(grade("good"))]


def test_a_first_day_outside_the_framework_is_told(admin: Client, frameworks: Both) -> None:
    typed = fields(start_date="2026-03-30", **grades(frameworks[1]))
    status, page = save(admin, begin(make.make_council(), "2026-04-27"), **typed)
    assert status == 200
    assert "without_overall was in force from 2026-04-01" in page
    assert not Inspection.objects.exists()


def test_an_inspection_without_any_grade_is_refused(admin: Client, frameworks: Both) -> None:
    status, page = save(admin, begin(make.make_council(), "2026-04-27"), **fields())
    assert status == 200
    assert "an event without grades is a visit" in page


def test_a_grade_or_area_that_was_not_offered_is_refused(admin: Client, frameworks: Both) -> None:
    scale = make.make_scale("other", [("a", "Strong", "S")])
    leaders = grade_of("leaders", frameworks[1])
    typed = fields(**grades(frameworks[1])) | {leaders: scale.grades.get().pk}
    address = begin(make.make_council(), "2026-04-27")
    status, page = save(admin, address, **typed)
    assert status == 200
    assert "Select a valid choice" in errors(page, leaders)
    overall = {grade_of("overall", frameworks[0]): grade("good")}
    assert save(admin, address, **fields(**grades(frameworks[1]), **overall))[0] == 302
    assert not Judgement.objects.filter(area__is_overall=True).exists()


def test_a_source_cited_twice_is_told_and_nothing_written(admin: Client, frameworks: Both) -> None:
    source = make.make_source()
    address = begin(make.make_council(), "2026-04-27")
    form = opened(admin, address)
    form.values["citations-TOTAL_FORMS"] = ["2"]
    twice = {f"citations-{n}-source": source.pk for n in range(2)}
    status, page = save(admin, address, form=form, **fields(**grades(frameworks[1]), **twice))
    assert status == 200
    assert "Cite a source once" in page
    assert not Inspection.objects.exists()


def test_what_breaks_a_measured_rule_is_saved_with_a_second_look(
    admin: Client, frameworks: Both
) -> None:
    old = frameworks[0]
    typed = fields(
        end_date="2026-02-13",
        publication_date="2026-03-24",
        **grades(old) | {grade_of("in_care", old): grade("inadequate")},
    )
    answer = admin.post(
        begin(make.make_council(), "2026-02-02"),
        {**opened(admin, begin(Council.objects.get(), "2026-02-02")).values, **typed},
        follow=True,
    )
    assert Inspection.objects.exists()
    said = answer.content.decode()
    assert "Worth a second look: inadequate for in care, but overall good" in said
