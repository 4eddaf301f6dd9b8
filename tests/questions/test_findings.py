"""What inspectors ask for in England, and the list of visits, against loops over the files."""

from collections import Counter
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
from django.test import Client

from inspections.questions.among import Among
from inspections.questions.findings import (
    By,
    Narrowed,
    documents,
    findings,
    groups,
    latest_raising,
    told,
    whole,
)
from inspections.questions.visits import WhichVisits, visits
from inspections.store import current_record
from tests import invented_rows as invented
from tests.questions import plain_points as plain
from tests.questions.plain import AREAS

DAY = date(2026, 11, 22)
NEVER = date(2035, 1, 1)


def rows(name: str) -> list[dict[str, str]]:
    return plain.rows(name)


@pytest.mark.django_db
@pytest.mark.once
def test_documents_and_themes_by_year_equal_a_plain_recount() -> None:
    record = current_record()
    meant = [row for row in plain.plain_events() if row.points is not None]
    sizes = Counter((row.published or row.begun).year for row in meant)
    raised = Counter(
        ((row.published or row.begun).year, theme) for row in meant for theme in row.themes
    )
    found = groups(record, documents(record, NEVER), By.YEAR, None)
    assert {int(group.key): group.documents for group in found} == sizes
    assert {
        (int(group.key), theme): n for group in found for theme, n in group.raised.items()
    } == raised
    assert [group.key for group in found] == sorted((g.key for g in found), reverse=True)


@pytest.mark.django_db
@pytest.mark.once
def test_themes_by_region_and_by_grade_equal_a_plain_recount() -> None:
    record = current_record()
    regions = {row["slug"]: row["ons_region"] for row in rows("councils")}
    grades = {
        (row["council"], row["inspection"], row["area"]): row["grade"] for row in rows("judgements")
    }
    meant = [row for row in plain.plain_events() if row.points is not None]
    by_region: Counter[tuple[str, str]] = Counter()
    by_grade: Counter[tuple[str, str]] = Counter()
    for row in meant:
        area = AREAS.get(row.framework, {}).get("leaders", "")
        grade = grades.get((row.council, row.reference, area))
        for theme in row.themes:
            by_region[regions[row.council], theme] += 1
            if grade:
                by_grade[grade, theme] += 1
    asked = documents(record, NEVER)
    for by, expected in ((By.REGION, by_region), (By.GRADE, by_grade)):
        found = groups(record, asked, by, record.book.lane("leaders"))
        assert {(g.key, theme): n for g in found for theme, n in g.raised.items()} == expected


@pytest.mark.django_db
@pytest.mark.once
def test_what_councils_that_rose_had_been_told_equals_a_plain_recount() -> None:
    record = current_record()
    grades = {
        (row["council"], row["inspection"]): row["grade"]
        for row in rows("judgements")
        if row["area"] == "overall"
    }
    order = ["outstanding", "good", "requires_improvement", "inadequate"]
    rose: Counter[str] = Counter()
    number = 0
    for slug in plain.councils():
        own = sorted(
            (row for row in plain.events_of(slug) if row.is_full), key=lambda row: row.published
        )
        for one, after in pairwise(own):
            before, now = grades.get((slug, one.reference)), grades.get((slug, after.reference))
            if before != "inadequate" or not now or one.points is None or not one.begun:
                continue
            if order.index(now) < order.index(before):
                number += 1
                rose.update(one.themes)
    found = told(record, DAY, record.book.lane("overall"))
    assert (found.rose.documents, found.rose.raised) == (number, rose)
    assert len(found.risen) == number


@pytest.mark.django_db
@pytest.mark.once
def test_the_list_of_visits_equals_a_plain_recount() -> None:
    record = current_record()
    everyone = {row["slug"]: row for row in rows("councils")}
    meant = [
        row
        for row in rows("visits")
        if "front_door" in row["topic_codes"].split("|")
        and everyone[row["council"]]["ons_region"] == "london"
        and row["priority_actions"] not in {"", "0"}
    ]
    which = WhichVisits(Among("", "london"), topic="front_door", has_priority=True)
    found = visits(record, NEVER, which)
    assert sorted((row.council.slug, row.visit.reference) for row in found) == sorted(
        (row["council"], row["reference"]) for row in meant
    )
    assert len(visits(record, NEVER, WhichVisits())) == len(rows("visits"))


FIRST = invented.inspection(date(2018, 3, 5))
LAST = invented.inspection(date(2022, 3, 7), grades={"leaders": "inadequate"})
LETTER = invented.visit(date(2023, 6, 9))
OTHER = invented.visit(date(2020, 6, 9), council_id=2)
RECORD = invented.record(
    FIRST, LAST, LETTER, OTHER,
    councils=(invented.council(), invented.council(2, "northbridge", ons_region="london")),
    themes=(invented.theme("plans", 1), invented.theme("health", 2)),
    points={
        ("inspection", FIRST.id): (invented.point(1, "plans", text="Care plans are late."),),
        ("inspection", LAST.id): (
            invented.point(1, "plans", kind="priority_action"), invented.point(2, "health"),
        ),
        ("visit", LETTER.id): (invented.point(1, "health"),),
        ("visit", OTHER.id): (invented.point(1, "health"),),
    },
)  # fmt: skip


def kept(**which: object) -> list[object]:
    return [row.event for row in documents(RECORD, DAY) if Narrowed(**which).has(row)]


def test_documents_are_narrowed_by_place_kind_grade_and_days() -> None:
    assert kept() == [LETTER, LAST, OTHER, FIRST]
    assert kept(among=Among("", "london")) == [OTHER]
    assert kept(council="exampleshire", kind="focused_visit") == [LETTER]
    assert kept(lane="leaders", grade="inadequate") == [LAST]
    assert kept(first=date(2020, 1, 1), last=date(2022, 12, 31)) == [LAST, OTHER]


def test_findings_are_those_of_a_theme_a_kind_or_with_words_of_a_held_sentence() -> None:
    asked = documents(RECORD, DAY)

    def numbers(**which: object) -> list[tuple[object, int]]:
        return [(row.asked.event, row.point.number) for row in findings(asked, **which)]

    assert numbers(theme="plans") == [(LAST, 1), (FIRST, 1)]
    assert numbers(is_priority_only=True) == [(LAST, 1)]
    assert numbers(said="PLAN late") == [(FIRST, 1)]
    assert numbers(said="lans") == numbers(said="!!") == []


def test_a_council_counts_by_its_newest_document_alone() -> None:
    raising, councils = latest_raising(documents(RECORD, DAY), "plans")
    assert (raising, councils) == ([], 2)
    raising, _ = latest_raising(documents(RECORD, date(2022, 12, 31)), "plans")
    assert [row.event for row in raising] == [LAST]


def test_areas_below_good_are_told_and_shares_are_of_documents() -> None:
    asked = documents(RECORD, DAY)
    [area] = groups(RECORD, asked, By.AREA, None)
    assert (area.key, area.documents, area.share("health")) == ("leaders", 1, 1.0)
    assert whole(asked).share("health") == 0.75
    assert whole([]).share("health") is None


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "/england/findings/",
            "reports and letters of the twelve months to 22 August 2026 most often ask for: ",
        ),
        (
            "/england/findings/",
            "Inspection reports ask for fewer points than they did: half had 17 or more in 2014, "
            "3 in 2026.",
        ),
        (
            "/england/findings/?council=Luton",
            "Luton, standard inspection, January 2026: asked for plans and reviews; "
            "pre-proceedings, court and coming into care; private fostering, kinship and going "
            "home; pathway plans, transitions and personal advisers; care leavers' homes, health, "
            "money and work; supervision and management oversight. 9 reports and letters on "
            "record, most often assessments and chronologies (in 5), plans and reviews (in 5) and "
            "pathway plans, transitions and personal advisers (in 5).",
        ),
        (
            "/england/findings/?region=london",
            "reports and letters (London) of the twelve months to 22 August 2026 most often ask",
        ),
        (
            "/england/findings/?as_at=2026-04-30",
            "What 74 reports and letters of the twelve months to 30 April 2026 most often ask",
        ),
        (
            "/england/statistics/?region=north-east",
            "10 of 12 councils (North East) with a grade for help and protection were Good or",
        ),
        (
            "/england/findings/?from=2016-01-01&to=2016-12-31",
            "Of 39 reports and letters whose points are on record, most often raised: ",
        ),
        ("/england/findings/", "Focused visits are complete to 31 March 2025."),
        ("/england/findings/", "What councils that rose from Inadequate had been told"),
        ("/england/findings/", "This site holds no sentences of Ofsted's"),
        ("/england/findings/?asked=caseloads", "What is the average caseload in each team"),
        ("/england/findings/?asked=health", "; health and emotional wellbeing: "),
        ("/england/findings/?by=grade", "Themes by grade for help and protection"),
        ("/england/findings/?by=grade&area=leaders", ">Grade for impact of leaders</th>"),
        ("/england/themes/?by=grade", "By grade for help and protection."),
        (
            "/england/findings/?grade=inadequate",
            "What 1 report or letter that gave Inadequate for help and protection of the twelve "
            "months to 22 August 2026 asks for: ",
        ),
        (
            "/england/themes/?grade=inadequate&area=leaders&region=london",
            "reports and letters (London) that gave Inadequate for impact of leaders whose points",
        ),
        ("/england/findings/?council=nowhere", "there is no council of this name"),
        ("/england/findings/?page=999", "the list ends with page"),
        ("/england/findings/?q=zzz", "No point fits these choices."),
        ("/england/visits/", "616 visits on record: 332 focused visits"),
        (
            "/england/visits/",
            "Of 435 whose letters were counted, 30 found areas for priority action.",
        ),
        (
            "/england/visits/",
            "Visits are complete from 1 April 2021 to 31 March 2025, joint targeted area "
            "inspections to 28 February 2025; others are here where they were found.",
        ),
        ("/england/visits/?type=jtai&priority=some", "are complete to 28 February 2025"),
        ("/england/visits/?asked=allegations", "Allegations"),
        ("/england/visits/?council=nowhere", "there is no council of this name"),
        ("/england/visits/?from=2026-08-01", "No visit fits these choices."),
        ("/england/findings.atom?asked=caseloads", "Points on:"),
        ("/england/visits.atom?type=focused-visit", "Points on:"),
    ],
)
def test_a_page_says(client: Client, address: str, said: str) -> None:
    page = client.get(address, follow=True).content.decode()
    assert said in " ".join(unescape(page).split())
