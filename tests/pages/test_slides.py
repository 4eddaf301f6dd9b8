"""Meeting mode: after the inspections, what was asked for, and the questions, one a slide."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from dashboard.council.pack.content import PackState, pack
from dashboard.state.opening import Opening
from inspections.store import current_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2020, 3, 1)


def slides(client: Client, day: date) -> list[str]:
    page = client.get(f"/councils/luton/grades/?present=1&as_at={day}").content.decode()
    parts = re.split('<div class="slide words[^"]*">', page)[1:]
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split()) for part in parts]


def test_what_the_newest_report_asked_for_comes_six_themes_a_slide(client: Client) -> None:
    shown = [
        row for row in slides(client, DAY) if row.startswith("What the report of January 2020")
    ]
    assert len(shown) == 3
    assert "13 points to improve" in shown[0]
    assert "raised before in January 2016" in shown[0]
    assert shown[0].startswith("What the report of January 2020 asked for, 1 of 3")


def test_what_was_raised_more_often_than_a_slide_names_is_said_to_have_been(client: Client) -> None:
    shown = " ".join(slides(client, date(2026, 8, 22)))
    assert (
        "Plans and reviews: 1 point; raised before in June 2018, January 2020, April 2021" in shown
    )
    assert "April 2021 and earlier" in shown


def test_each_question_has_a_slide_of_its_own_the_same_as_in_the_briefing(client: Client) -> None:
    shown = [row for row in slides(client, DAY) if row.startswith("Question ")]
    record = current_record()
    start = Opening(record, record, PackState(as_at=DAY), (), DAY, DAY, "/")
    made = pack(start, record.council_by_slug["luton"])
    assert len(shown) == len(made.questions) == 8
    for number, (row, text) in enumerate(zip(made.questions, shown, strict=True), start=1):
        assert text.startswith(f"Question {number} of 8 {row.text} {row.fact}")
        assert row.source in text


def test_before_anything_was_published_there_is_nothing_to_ask(client: Client) -> None:
    assert slides(client, date(2000, 1, 1)) == []


def test_an_inspection_s_slide_has_each_grade_that_its_sentence_names(client: Client) -> None:
    page = client.get("/councils/luton/grades/?present=1").content.decode()
    found = [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in page.split('class="slide')]
    first = next(text for text in found if "Luton, inspected in January 2016" in text)
    assert "care leavers Good" in first and "Care leavers G Good" in first
    assert "Without an arrow" not in first
    # One grade for two areas that held different ones before is set beside neither.
    merged = next(text for text in found if "Luton, inspected in January 2020" in text)
    assert "Children in care and care leavers RI Requires improvement" in merged
    assert "Without an arrow: not comparable with before" in merged
    newest = next(text for text in found if "Luton, inspected in January 2026" in text)
    assert (
        "Published by Ofsted on 10 March 2026. Without an arrow: not comparable with before"
        in newest
    )


def test_the_areas_stand_in_one_order_on_every_slide(client: Client) -> None:
    page = client.get("/councils/luton/grades/?present=1").content.decode()
    found = [re.findall(r"<li><span>([^<]+)", part) for part in page.split('class="big"')[1:]]
    assert len(found) == 4
    for areas in found:
        assert areas[0] == "Overall" and areas[1].startswith("Leader"), areas
        assert areas[2] == "Help and protection", areas


def test_each_slide_of_grades_names_ofsted(client: Client) -> None:
    page = client.get("/councils/luton/grades/?present=1").content.decode()
    shown = page.split('<div class="slide')[1:]
    graded = [part for part in shown if "<svg" in part or 'class="big"' in part or "qr" in part]
    assert len(graded) == 6
    assert all("Ofsted" in part for part in graded)


def test_a_newer_report_is_told_beside_the_newest_inspection_alone(client: Client) -> None:
    page = client.get("/councils/slough/grades/?present=1").content.decode()
    told = [part for part in page.split('class="slide') if "Slough, inspected in" in part]
    assert ["but not yet on this site" in part for part in told] == [False, False, False, True]
