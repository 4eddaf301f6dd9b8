"""What is said of visits after an inadequate judgement: counted, named, with norms where due."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from dashboard.england.inadequate import grade_key, spacing, visit_words
from dashboard.england.inadequate_chart import of_these
from inspections.questions.inadequate import Tracked, Tracker, tracked_of
from inspections.questions.waits import PastCases
from inspections.rows import Visit
from tests.invented_rows import NEW, book, council, inspection, visit
from tests.pages.reading import main_of, text_of

DAY = date(2024, 3, 1)
LEADERS_ALONE = {"overall": "requires_improvement", "leaders": "inadequate"}
OVERALL = {"overall": "inadequate", "leaders": "inadequate"}


def after(grades: dict[str, str], *visits: Visit) -> Tracked:
    latest = inspection(date(2023, 1, 9), grades=grades)
    found = tracked_of(council(), latest, visits, None, {})
    assert found is not None
    return found


def test_visits_of_every_kind_are_named_and_norms_left_out_where_nothing_was_monitored() -> None:
    focused = [visit(date(2023, month, 5), publication_date=None) for month in (6, 9)]
    said = spacing(after(LEADERS_ALONE, *focused), DAY)
    assert said.startswith("On record: 2 focused visits. Until 31 March 2026 only an inadequate")
    assert "8 to 13" not in said


@pytest.mark.parametrize(
    ("shown", "letters"),
    [((), ""), ((OVERALL,), ["I"]), ((OVERALL, LEADERS_ALONE), ["RI", "I"])],
)
def test_the_key_tells_the_letters_of_the_list_and_no_other(shown, letters) -> None:
    rows = tuple(after(grades) for grades in shown)
    lanes = [row for row in book().lanes if row.code in ("overall", "leaders")]
    key = grade_key(Tracker(rows, len(rows), PastCases(Counter())), lanes)
    assert [part.split()[0] for part in key.split(", ") if part] == list(letters)


def test_norms_of_monitoring_stand_after_an_inadequate_overall_grade() -> None:
    assert "8 to 13 months" in spacing(after(OVERALL), DAY)
    held = visit(date(2023, 12, 5), kind="monitoring_visit")
    said = spacing(after(OVERALL, held), DAY)
    assert said.startswith("On record: 1 monitoring visit. The first came")


def test_without_an_overall_grade_no_rule_is_known() -> None:
    new = inspection(date(2026, 5, 4), NEW, grades={"leaders": "inadequate"})
    found = tracked_of(council(), new, (), None, {})
    assert found is not None
    said = spacing(found, date(2026, 9, 1))
    assert "in use since April 2026, there is no overall grade, and no rule is known" in said
    assert "8 to 13" not in said


def test_months_to_a_visit_known_to_the_month_only_are_whole() -> None:
    out = after(OVERALL).inspection.publication_date
    seen = visit((out + timedelta(days=160)).replace(day=1), kind="monitoring_visit")
    known = replace(seen, start_precision="month")
    found = after(OVERALL, known)
    months = visit_words(known, found)["months"]
    assert months.startswith("about ")
    assert "." not in months
    assert months in spacing(found, DAY)


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "13 councils hold an inadequate judgement: 11 overall, 2 in some areas only (Slough "
         "and Trafford); 9 of the 13 for help and protection. Of 70 past waits after such a "
         "judgement, in any area, half were over within 38 months; 58 of the 69 whose next report "
         "is here then had no Inadequate grade left. "
         "The oldest is that of Nottingham: 4 years 1 month since its inspection began, to 22 "
         "August 2026. A newer report of Slough is published, but not yet on this site. After "
         "Inadequate overall alone (62 waits that are over) the next full inspection gave "),
        ("?as_at=2016-01-01&region=london", "1 council (London) holds an inadequate judgement "
         "from a full inspection. The oldest is that of Lambeth: 10 months since its inspection "
         "began, to 1 January 2016."),
        ("?as_at=2016-06-30", "After such a judgement in the past, the one council was "
         "inspected again after 24 months and then had an Inadequate grade left."),
        ("?as_at=2020-01-01", "Of 35 past waits after such a judgement, in any area, half were "
         "over within 33 months; 28 of 35 then had no Inadequate grade left. The oldest "
         "is that of Southampton"),
    ],
)  # fmt: skip
def test_the_first_sentence_tells_how_many_for_how_long_and_what_came_of_it(
    client: Client, query: str, said: str
) -> None:
    page = client.get(f"/england/inadequate/{query}").content.decode()
    before = '<div role="status" class="halves"><p class="sentence">'
    first = text_of(page.split(before)[1].split("</div>")[0])
    assert said in first, first
    assert '<span class="short">Past cases</span>' in page  # on a sheet words stand for the dots


@pytest.mark.parametrize(
    ("total", "alone", "helped", "said"),
    [
        (0, (), 0, ""),
        (1, (), 0, ": 1 overall"),
        (2, ("A", "B"), 0, ": 2 in some areas only (A and B); none of the 2"),
        (13, ("A",), 9, ": 12 overall, 1 in some areas only (A); 9 of the 13"),
        (5, tuple("ABCD"), 1, ": 1 overall, 4 in some areas only; 1 of the 5"),
    ],
)  # fmt: skip
def test_those_inadequate_overall_are_told_from_those_in_some_areas_only(
    total: int, alone: tuple[str, ...], helped: int, said: str
) -> None:
    named = tuple(replace(council(), short_name=name) for name in alone)
    expected = said + " for help and protection" * (total > 1)
    assert of_these(Tracker((), total, PastCases(Counter()), named, helped)) == expected


@pytest.mark.django_db
@pytest.mark.once
def test_the_file_counts_visits_of_every_kind(client: Client) -> None:
    page = text_of(main_of(client.get("/councils/slough/").content.decode()))
    assert "On record: 2 focused visits; visits are complete to 31 March 2025" in page
    lines = client.get("/england/inadequate.csv").content.decode("utf-8-sig").splitlines()
    head = next(row for row in lines if row.startswith("council,")).split(",")
    slough = next(row for row in lines if row.startswith("Slough,")).split(",")
    assert slough[head.index("visits_on_record")] == "2"


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("council", "letters"),
    [("peterborough", "I, RI, RI, RI, I"), ("trafford", "–, I, I, G, RI")],
)
def test_the_overall_grade_stands_before_the_areas(
    client: Client, council: str, letters: str
) -> None:
    """Who is inadequate overall alone would else look out of place."""
    page = client.get("/england/inadequate/?as_at=2026-08-22").content.decode()
    row = page.partition(f'<a href="/councils/{council}/')[2].partition("</td>")[0]
    assert text_of(row).replace(" ,", ",").endswith(letters)
    assert "Ov overall, L leaders" in page
