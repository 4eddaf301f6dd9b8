"""The themes of a draft's points: proposed by their words, decided by a person, published."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from inspections.entry.themes import chosen_for, key_of
from inspections.models import Draft, ImprovementPoint, User
from tests.entry.steps import entered, filled, report, upload
from tests.people.conftest import person

pytestmark = pytest.mark.django_db
SURE = "The quality of assessments for children."
WEAK = "The planning of work."
NONE = "One."


@pytest.fixture
def draft(staff: Client) -> Draft:
    return entered(staff, points="\n".join([SURE, WEAK, NONE]))


def address(draft: Draft) -> str:
    return f"/entry/{draft.pk}/"


def told(page: str) -> list[str]:
    """What the form says of each point, its own text and its choices left out."""
    rows = LexborHTMLParser(page).css("#themes li > p")
    return [" ".join(row.text(separator=" ").split()) for row in rows]


def send(client: Client, draft: Draft, page: str = "", **more: Any) -> str:
    """The form as it stands in a browser, with what a person changed in it."""
    typed = filled(page or client.get(address(draft)).content.decode())
    answer = client.post(address(draft), {**typed, "save": "1", **more})
    assert answer.status_code == 200, answer.status_code
    draft.refresh_from_db()
    return answer.content.decode()


def test_each_point_has_its_proposed_themes_with_the_words_that_say_so(
    staff: Client, draft: Draft
) -> None:
    page = staff.get(address(draft)).content.decode()
    sure, weak, none = told(page)
    assert sure == "Assessments (“assessments”) . By its words."
    assert "Plans (“planning”, which may mean something else)" in weak
    assert "Unsure: a person decides." in weak
    assert none.startswith("No theme . Unsure: a person decides. It has none of the themes")
    assert page.count("<details><summary>Change the themes of point") == 3
    assert "<details open" not in page.split('id="themes"')[1].split("</ol>")[0]


def test_a_report_that_was_read_has_them_at_once(staff: Client, tmp_path: Path) -> None:
    page = staff.get(address(upload(staff, report(tmp_path)))).content.decode()
    assert len(told(page)) == 3
    assert "Page " in page.split('id="themes"')[1]


def test_sending_the_form_as_it_is_decides_nothing(staff: Client, draft: Draft) -> None:
    send(staff, draft)
    assert not any("themes" in point for point in draft.points)


def test_what_a_person_chose_is_kept_shown_and_published(
    staff: Client, draft: Draft, officer: User
) -> None:
    sure, weak, none = map(key_of, (SURE, WEAK, NONE))
    page = send(staff, draft, **{
        f"theme-{sure}": ["front_door", "assessments"], f"right-{weak}": "on",
        f"right-{none}": "on",
    })  # fmt: skip
    assert told(page)[0].startswith("Front door , Assessments (“assessments”) . Chosen by a person")
    assert all("Chosen by a person." in row for row in told(page))
    looked = staff.get(f"{address(draft)}check/").content.decode()
    assert "Themes of the points: 3 chosen by a person." in looked
    staff.post(f"{address(draft)}check/", {"publish": "1"})
    rows = ImprovementPoint.objects.filter(inspection__council=draft.council).order_by("number")
    kept = list(rows.values_list("themes", "basis"))
    assert kept == [("front_door|assessments", "person"), ("plans", "person"), ("", "person")]
    first = rows[0].history.get()
    assert (first.history_user, first.history_change_reason) == (officer, "Entered")


def test_what_nobody_chose_is_published_by_its_words(staff: Client, draft: Draft) -> None:
    looked = staff.get(f"{address(draft)}check/").content.decode()
    assert "1 by their words, 2 unsure (point 2, 3), for a person to decide." in looked
    assert f'href="{address(draft)}#themes"' in looked
    staff.post(f"{address(draft)}check/", {"publish": "1"})
    rows = ImprovementPoint.objects.filter(inspection__council=draft.council).order_by("number")
    assert list(rows.values_list("basis", flat=True)) == ["rule", "unsure", "unsure"]


def test_what_is_left_open_waits_on_the_first_page_until_a_person_decides(
    staff: Client, draft: Draft
) -> None:
    staff.post(f"{address(draft)}check/", {"publish": "1"})
    weak = ImprovementPoint.objects.get(text=WEAK)
    home = staff.get("/entry/").content.decode()
    assert "Themes for a person to decide" in home
    assert home.count('href="/entry/correct-fact/point/') == 2
    where = f"/entry/correct-fact/point/{weak.pk}/"
    form = staff.get(where).content.decode()
    assert "Its words say: Plans (“planning”, which may mean something else)." in form
    typed = {**filled(form), "basis": "person", "reason": "They are right."}
    assert staff.post(where, typed).status_code == 302
    weak.refresh_from_db()
    assert (weak.themes, weak.basis) == ("plans", "person")
    assert staff.get("/entry/").content.decode().count('href="/entry/correct-fact/point/') == 1


def test_a_changed_sentence_is_proposed_for_anew_unless_a_person_chose(
    staff: Client, draft: Draft
) -> None:
    send(staff, draft, **{f"theme-{key_of(WEAK)}": "caseloads"})
    lines = ["The quality of supervision for children.", "Better planning of the work.", NONE]
    page = send(staff, draft, points="\n".join(lines))
    assert told(page)[0] == "Supervision (“supervision”) . By its words."
    assert told(page)[1].startswith("Caseloads . Chosen by a person.")


def test_it_can_go_by_its_words_again(staff: Client, draft: Draft) -> None:
    send(staff, draft, **{f"theme-{key_of(SURE)}": "caseloads"})
    page = send(staff, draft, **{f"anew-{key_of(SURE)}": "on"})
    assert told(page)[0] == "Assessments (“assessments”) . By its words."


def test_all_ticks_taken_away_is_a_decision(staff: Client, draft: Draft) -> None:
    typed = filled(staff.get(address(draft)).content.decode())
    del typed[f"theme-{key_of(SURE)}"]
    staff.post(address(draft), {**typed, "save": "1"})
    draft.refresh_from_db()
    assert draft.points[0]["themes"] == []


def test_what_is_kept_by_itself_shows_the_choice(staff: Client, draft: Draft) -> None:
    typed = filled(staff.get(address(draft)).content.decode())
    typed |= {f"theme-{key_of(SURE)}": "caseloads", "keep": "1"}
    kept = staff.post(address(draft), typed).content.decode()
    assert '<p id="t-1" hx-swap-oob="true">' in kept
    assert "<b>Caseloads</b>" in kept
    assert 'id="themes"' not in kept  # what is open stays open
    other = typed | {"points": "Something else.", "seen": kept.split('"seen" value="')[1][:32]}
    again = staff.post(address(draft), other).content.decode()
    assert '<div id="themes" class="themed" hx-swap-oob="true">' in again
    assert again.count("hx-swap-oob") == 3  # none within another


def test_unknown_points_and_themes_do_no_harm(staff: Client, draft: Draft) -> None:
    key = key_of(SURE)
    page = send(staff, draft, **{f"theme-{key}": ["caseloads", "<b>"], "themed": [key, "?"]})
    assert draft.points[0]["themes"] == ["caseloads"]
    assert told(page)[1].startswith("Plans")


def test_a_sentence_said_twice_has_the_same_themes(staff: Client, draft: Draft) -> None:
    send(staff, draft, points=f"{SURE}\n{SURE}")
    send(staff, draft, **{f"theme-{key_of(SURE)}": "caseloads"})
    assert [point["themes"] for point in draft.points] == [["caseloads"], ["caseloads"]]


def test_who_may_only_look_sees_them(draft: Draft, client: Client) -> None:
    client.force_login(person("looker", "reader"))
    assert len(told(client.get(address(draft)).content.decode())) == 3


def test_many_points_ask_the_database_no_more_often(staff: Client, draft: Draft) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            staff.get(address(draft))
        return len(queries)

    few = asked()
    send(staff, draft, points="\n".join(f"Assessments, {number}." for number in range(40)))
    assert asked() == few


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["The care plans of children."], {"The care plans of children.": ["plans"]}),
        (["The care plans of our children."], {"The care plans of our children.": ["plans"]}),
        (["Recruitment."], {}),
        (["Recruitment.", "The plans of children."], {"The plans of children.": ["plans"]}),
        ([], {}),
    ],
)  # fmt: skip
def test_a_choice_follows_its_sentence(texts: list[str], found: dict[str, list[str]]) -> None:
    before = [{"text": "The care plans of children.", "themes": ["plans"]}, {"text": "Other."}]
    assert chosen_for(texts, before) == found
