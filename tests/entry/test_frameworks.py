"""A new framework in one form: copied, looked at on an example page, written whole."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dashboard.charts.theme import _GRADES
from inspections.entry import scales
from inspections.models import (
    AreaContinuation,
    Correction,
    Framework,
    GradeScale,
    Inspection,
    JudgementArea,
    Lane,
)
from tests.entry.steps import entered, filled
from tests.people.conftest import person

pytestmark = pytest.mark.django_db

ADDRESS = "/entry/framework/"
DAY = timezone.localdate() + timedelta(days=150)
GIVEN = {
    "name": "Invented framework", "short": "Invented", "day": f"{DAY:%d/%m/%Y}",
    "source": "An invented page", "reason": "It is in force then",
}  # fmt: skip


def form(client: Client, **typed: str) -> dict[str, str]:
    """As a browser would send it: the copied areas, and what is typed."""
    copied = filled(client.get(ADDRESS).content.decode())
    renamed = {name.replace("_", "-"): value for name, value in typed.items()}
    return copied | GIVEN | renamed


def test_an_unchanged_copy_goes_on_in_every_area(staff: Client) -> None:
    last = Framework.objects.latest("in_force_from")
    given = form(staff)
    looked = staff.post(ADDRESS, given | {"check": "1"}).content.decode()
    assert "Example: the page of a council" in looked
    assert "Invented" in looked.split("Example: the page")[1]
    assert not Framework.objects.filter(code="invented").exists()
    assert not Inspection.objects.filter(publication_date__gt=timezone.localdate()).exists()
    assert staff.post(ADDRESS, given | {"save": "1"}).status_code == 302
    new = Framework.objects.get(code="invented")
    last.refresh_from_db()
    assert (last.in_force_to, new.in_force_from) == (DAY - timedelta(days=1), DAY)
    pairs = AreaContinuation.objects.filter(later__framework=new)
    assert set(pairs.values_list("kind", flat=True)) == {"same"}
    for link in pairs:
        assert set(link.earlier.lanes.all()) == set(link.later.lanes.all())
    assert Correction.objects.filter(kind="framework", field="in_force_to").exists()
    assert staff.post(ADDRESS, given | {"save": "1"}).status_code == 302  # a second press
    assert Framework.objects.filter(in_force_from=DAY).count() == 1


def test_areas_are_renamed_split_added_and_dropped(staff: Client) -> None:
    given = form(
        staff,
        short_0="How leaders guide",
        short_1="Early help", before_1="help_and_protection", lane_1="+",
        short_2="", official_2="",
        short_3="Protection", official_3="Children who are protected",
        before_3="help_and_protection", lane_3="",
    )  # fmt: skip
    told = staff.post(ADDRESS, given | {"check": "1"})
    page = told.content.decode()
    assert told.status_code == 400
    assert "Children in care is left out: say why it ends" in page
    assert "Care leavers is left out: say why it ends" in page
    given |= {"left-in_care": "It is judged elsewhere", "left-care_leavers": "The same"}
    given |= {"count": "5", "short-4": "Voice", "lane-4": "+"}
    looked = staff.post(ADDRESS, given | {"check": "1"}).content.decode()
    assert "Voice: new, judged for the first time." in looked
    assert "Children in care: ends. It is judged elsewhere." in looked
    assert staff.post(ADDRESS, given | {"save": "1"}).status_code == 302
    links = AreaContinuation.objects.filter(earlier__framework__code="ilacs_2026")
    kinds = {(row.earlier.code, row.later and row.later.short_name): row.kind for row in links}
    assert kinds == {
        ("leaders", "How leaders guide"): "renamed",
        ("help_and_protection", "Early help"): "split",
        ("help_and_protection", "Protection"): "split",
        ("in_care", None): "ended",
        ("care_leavers", None): "ended",
    }
    assert Lane.objects.get(code="early_help").is_practice
    assert not Lane.objects.get(code="voice").is_practice
    assert [row.order for row in JudgementArea.objects.filter(framework__code="invented")] == [
        1, 2, 3, 4,
    ]  # fmt: skip
    assert Client().get("/councils/luton/").status_code == 200


def test_a_scale_of_its_own_comes_with_the_framework(staff: Client) -> None:
    given = form(
        staff, scale="+", scale_name="Three <b>grades</b>", grade_0="Strong", letter_0="s",
        printed_0="Strong practice", grade_2="Weak", letter_2="W", stands_2="inadequate",
        grade_3="", colour_0="spare-1",
    )  # fmt: skip
    more = staff.post(ADDRESS, given | {"grade": "1"})
    assert "Grade 5" in more.content.decode()
    page = staff.post(ADDRESS, given | {"check": "1"}).content.decode()
    assert "Three &lt;b&gt;grades&lt;/b&gt;, best first: Strong, Good, Weak." in page
    assert not GradeScale.objects.filter(name__startswith="Three").exists()
    assert staff.post(ADDRESS, given | {"save": "1"}).status_code == 302
    assert staff.post(ADDRESS, given | {"save": "1"}).status_code == 302  # a second press
    scale = Framework.objects.get(code="invented").scale
    told = ("name", "official_name", "letter", "order", "colour", "is_good_or_better",
            "is_inadequate")  # fmt: skip
    assert list(scale.grades.order_by("order").values_list(*told)) == [
        ("Strong", "Strong practice", "S", 1, "spare-1", True, False),
        ("Good", "Good", "G", 2, "good", True, False),
        ("Weak", "Requires improvement to be good", "W", 3, "requires-improvement", False, True),
    ]
    assert scale.history.get().history_change_reason == GIVEN["reason"]
    assert tuple(token for token in _GRADES if token != "neutral") == scales.COLOURS


def test_grades_that_make_no_scale_are_refused_by_field(record: None) -> None:
    good = scales.copied(GradeScale.objects.get(code="four_grades")) | {"scale-name": "x"}
    told = {
        ("scale-name", "Four grades"): "is on record already",
        ("grades", "1"): "at least two grades",
        ("letter-1", "o"): "stands for another grade",
        ("letter-1", "LONG"): "one to three letters",
        ("colour-1", "outstanding"): "another grade has this colour",
        ("colour-1", "red;}"): "choose a colour",
        ("grade-1", "Outstanding"): "stands twice",
        ("grade-1", "!"): "has no letters",
        ("stands-0", "inadequate"): "better than one above it",
        ("stands-2", "good"): "",
        ("stands-1", ""): "",
    }
    for (name, text), expected in told.items():
        errors: dict[str, str] = {}
        scales.read(good | {name: text}, errors)
        assert expected in " ".join(errors.values()), (name, text, errors)
        assert bool(errors) == bool(expected), (name, text, errors)


def test_areas_are_merged_into_one_row_of_all_of_them(staff: Client) -> None:
    given = form(
        staff, short_2="Children looked after", official_2="All children looked after",
        also_2="care leavers", short_3="", official_3="",
    )  # fmt: skip
    page = staff.post(ADDRESS, given | {"check": "1"}).content.decode()
    assert "Children looked after: merged (Children in care and Care leavers were judged" in page
    assert staff.post(ADDRESS, given | {"save": "1"}).status_code == 302
    area = JudgementArea.objects.get(framework__code="invented", order=3)
    links = area.earlier_links.order_by("earlier__order")
    assert [(row.earlier.code, row.kind) for row in links] == [
        ("in_care", "merged"),
        ("care_leavers", "merged"),
    ]
    assert {row.code for row in area.lanes.all()} == {"in_care", "care_leavers"}
    assert Client().get("/councils/luton/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"day": "soon"}, "Expected a day"),
        ({"day": "1/1/2020"}, "expected a later day"),
        ({"scale": "none"}, "Choose one of the scales"),
        ({"reason": ""}, "This is needed"),
        ({"short": "ILACS 2026"}, "is on record already"),
        ({"lane_1": "leaders"}, "another area stands in this row"),
        ({"before_1": "", "left-help_and_protection": "x"}, "Say in which row"),
        ({"short_1": "Leaders"}, "stands twice"),
        ({"also_0": "Nothing known"}, "expected short names among"),
        ({"scale": "+"}, "Name the new scale"),
    ],
)
def test_what_is_impossible_is_refused_whole(
    staff: Client, typed: dict[str, str], told: str
) -> None:
    answer = staff.post(ADDRESS, form(staff, **typed) | {"save": "1"})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert Framework.objects.latest("in_force_from").code == "ilacs_2026"
    assert Framework.objects.get(code="ilacs_2026").in_force_to is None


def test_a_framework_ends_alone_but_not_before_what_began_under_it(staff: Client) -> None:
    draft = entered(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    last = Framework.objects.get(code="ilacs_2026")
    given = {"end": "1", "end_day": "2/4/2026", "end_source": "A page", "end_reason": "It ended"}
    refused = staff.post(ADDRESS, given)
    assert refused.status_code == 400
    assert "under it began on" in refused.content.decode()
    assert staff.post(ADDRESS, given | {"end_day": f"{DAY:%d/%m/%Y}"}).status_code == 302
    last.refresh_from_db()
    assert last.in_force_to == DAY


def test_only_administrators_enter_frameworks(record: None) -> None:
    reader = Client()
    reader.force_login(person("reader", "reader"))
    assert reader.post(ADDRESS, {"end": "1"}).status_code == 403
    assert "Administrators enter frameworks" in reader.get(ADDRESS).content.decode()


def test_that_another_is_due_is_said_from_the_record_until_it_is_there(staff: Client) -> None:
    pages = ("/councils/luton/", "/england/upcoming/", "/method/")
    reader, told = Client(), " framework is due in 2027"
    for path in pages:
        assert told in " ".join(reader.get(path).content.decode().split()), path
    assert "Ofsted, 27 November 2025" in reader.get("/method/").content.decode()
    assert staff.post(ADDRESS, form(staff) | {"save": "1"}).status_code == 302
    for path in pages:
        assert told not in " ".join(reader.get(path).content.decode().split()), path
