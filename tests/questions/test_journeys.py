"""How councils went on from a grade, against plain loops over the shipped files."""

from collections import Counter
from datetime import date

import pytest
from django.test import Client

from inspections.questions.among import Among
from inspections.questions.journeys import Journeys, journeys, visits_between
from inspections.store import current_record
from tests.questions import plain

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = date(2026, 8, 22)


def asked(lane: str = "overall", grade: str = "inadequate", day: date = TODAY, **more) -> Journeys:
    record = current_record()
    return journeys(record, day, lane=record.book.lane(lane), grade=grade, **more)


def plainly(lane: str, grade: str, day: date) -> list[tuple]:
    """(council, first day, days, next grade or None, is over) of every wait after the grade."""
    record = plain.plain_record()
    found = []
    for slug, row in record.councils.items():
        closed = plain.day_of(row["closed_date"])
        held = sorted(
            (one for one in record.inspections
             if one.council == slug and one.framework in plain.WHOLE_SERVICE
             and one.published <= day),
            key=lambda one: one.published,
        )  # fmt: skip
        for place, one in enumerate(held):
            after = held[place + 1] if place + 1 < len(held) else None
            if one.shown(lane) != grade or one.start is None or one.start >= day:
                continue
            if after is None:
                found.append((slug, one.start, (min(day, closed or day) - one.start).days, "", 0))
            elif after.start:
                days = (after.start - one.start).days
                found.append((slug, one.start, days, after.shown(lane) or "", 1))
    return found


@pytest.mark.parametrize("lane", plain.LANES)
@pytest.mark.parametrize("grade", ["inadequate", "good"])
@pytest.mark.parametrize("day", [TODAY, date(2020, 3, 1), *plain.any_days(3, seed=2)])
def test_every_wait_and_what_came_after_equals_a_plain_recount(
    lane: str, grade: str, day: date
) -> None:
    found, expected = asked(lane, grade, day), plainly(lane, grade, day)
    assert found.finished == Counter(row[2] for row in expected if row[4])
    assert found.lasting == Counter(row[2] for row in expected if not row[4])
    outcomes = {grade.code if grade else "": n for grade, n in found.outcomes.items()}
    assert outcomes == Counter(row[3] for row in expected if row[4])
    rows = [(r.council.slug, r.start_date, r.days, int(r.is_over)) for r in found.rows]
    assert sorted(rows) == sorted((*row[:3], row[4]) for row in expected)
    for days in (0, 365, 1000, 2000):
        assert found.at_risk(days) == sum(row[2] >= days for row in expected)


def test_the_curve_is_the_product_of_the_shares_that_were_left() -> None:
    expected = plainly("overall", "inadequate", TODAY)
    left = 1.0
    for step in asked().curve.steps:
        watched = [row for row in expected if row[2] >= step.days]
        ended = [row for row in watched if row[2] == step.days and row[4]]
        left *= 1 - len(ended) / len(watched)
        assert (step.at_risk, step.events) == (len(watched), len(ended))
        assert step.share_waiting == pytest.approx(left)


def test_a_page_of_waits_is_a_part_of_all() -> None:
    assert asked(first=10, most=5).rows == asked().rows[10:15]
    assert asked(first=10, most=5).total == asked().total


def test_luton_came_back_after_thirty_months_the_shortest_of_its_kind() -> None:
    """Of the waits after inadequate under ILACS until the next full inspection."""
    found = asked(council="luton")
    wait = next(row for row in found.own if row.inspection.framework.code == "ilacs_2018")
    assert wait.days == 910  # 13 January 2020 to 11 July 2022
    same = [
        row
        for row in plainly("overall", "inadequate", TODAY)
        if row[4] and row[1] >= date(2018, 1, 1) and row[0] not in {"birmingham"}
    ]
    place, number = found.place_of(wait)
    assert (place, number) == (1, sum(found.finished_under["ilacs_2018"].values()))
    assert min(same, key=lambda row: row[2])[0] == "luton"


def test_a_region_and_a_framework_narrow_the_waits() -> None:
    found = asked(framework="sif", among=Among(region="london"))
    assert 0 < found.total < asked(framework="sif").total < asked().total
    assert {row.inspection.framework.code for row in found.rows} == {"sif"}


def test_visits_between_two_inspections_are_counted_by_kind() -> None:
    found = asked(council="luton")
    between = visits_between(current_record(), found.own, TODAY)
    wait = next(row for row in found.own if row.inspection.framework.code == "ilacs_2018")
    expected = Counter(
        row["kind"]
        for row in plain.plain_record().visits
        if row["council"] == "luton" and "2020-01-13" < row["start_date"] < "2022-07-11"
    )
    assert between[wait.council.id, wait.start_date] == expected
    assert expected["monitoring_visit"] == 2


def test_the_page_says_luton_is_the_shortest_with_n_and_shows_n_at_risk(client: Client) -> None:
    page = client.get("/england/journeys/?council=luton").content.decode()
    assert "29.8973" not in page
    assert "Luton, inspected in January 2020, was inspected again after 30 months" in page
    assert "the shortest of the" in page
    assert "At risk (n)" in page


def test_waits_that_began_in_some_years_are_counted_alone(client: Client) -> None:
    every = asked()
    wanted = [row for row in every.rows if 2018 <= row.start_date.year <= 2020]
    found = asked(years=(2018, 2020))
    assert list(found.rows) == wanted
    assert 0 < found.total == len(wanted) < every.total
    page = client.get(f"/england/journeys/?from=2018&to=2020&as_at={TODAY}").content.decode()
    assert f"({len(wanted)} cases, inspected from 2018 to 2020" in page
    title = "After Inadequate (inspected from 2018 to 2020), half of councils"
    assert title in page
    assert title in client.get("/england/waiting/?from=2018&to=2020").content.decode()
    lines = client.get(f"/england/journeys.csv?from=2018&to=2020&as_at={TODAY}").content.decode()
    assert len(lines.strip().splitlines()) == len(wanted) + 1


@pytest.mark.parametrize("lane", plain.LANES)
@pytest.mark.parametrize("grade", ["inadequate", "good"])
def test_every_full_inspection_with_the_grade_is_a_wait_or_told_as_left_out(
    lane: str, grade: str
) -> None:
    """Those that had not begun before the day are no waits yet."""
    judged = [
        one
        for one in plain.plain_record().inspections
        if one.framework in plain.WHOLE_SERVICE
        and one.published <= TODAY
        and one.shown(lane) == grade
    ]
    found = asked(lane, grade)
    assert found.total + found.undated == len(judged)


@pytest.mark.parametrize(
    ("query", "says", "never"),
    [
        ("", "(74 cases since 2013: 62 inspected again, 11 not by 22 August 2026 and 1 council was "
         "abolished first)", "12 not"),
        ("", "Left out, as a first day is not on record: 1.", "Left out, as a first day is not on "
         "record: 0."),
        ("", "<dt>Abolished before</dt><dd>1</dd>", "<dd>12</dd>"),
        ("council=northamptonshire", "Northamptonshire, inspected in June 2019, was abolished "
         "after 21 months, on 31 March 2021, without another full inspection.", "had waited"),
        ("grade=good", "the wait of an abolished council ends on its last day. After inadequate",
         "Left out, as"),
        ("framework=ilacs-2023", "Rules of 2023: ILACS 2023 (care leavers separate)</option>",
         ">ILACS"),
        ("framework=sif", "Rules of 2013: Single framework (SIF)</option>", "any framework"),
    ],
)  # fmt: skip
def test_the_page_says_what_is_counted_and_what_is_left_out(
    client: Client, query: str, says: str, never: str
) -> None:
    page = client.get(f"/england/journeys/?as_at=2026-08-22&{query}").content.decode()
    page = " ".join(page.split())
    assert says in page
    assert never not in page
