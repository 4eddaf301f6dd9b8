"""The first line of a council's page and chart: the finding, with before and after."""

import re
from datetime import date

import pytest
from django.test import Client

from dashboard.council.finding import NOTHING, finding
from inspections.questions.positions import position_of
from inspections.questions.timeline import grades_over_time
from inspections.store import current_record
from tests.invented_rows import NEW, OLD, book, inspection
from tests.questions.plain import plain_record

FIRST, THEN, NOW, LATER = (date(year, 6, 1) for year in (2018, 2020, 2023, 2026))
RI, I, O = "requires_improvement", "inadequate", "outstanding"  # noqa: E741 - as the letters


def said(*rows, areas: tuple[str, ...] = (), since: int | None = None) -> str:
    """Of inspections given as (day, framework, grades that are not Good)."""
    found = [inspection(day, of, grades=grades) for day, of, grades in rows]
    return finding(
        grades_over_time(
            book(), council_name="Exampleshire", inspections=found, visits=(), as_at=LATER,
            lanes=areas, first_year=since,
        )
    )  # fmt: skip


CASES = [
    ([], NOTHING),
    ([(NOW, OLD, {})], "Good overall in June 2023."),
    ([(NOW, OLD, {"leaders": RI})], "Good overall in June 2023; leaders Requires_improvement."),
    ([(THEN, OLD, {}), (NOW, OLD, {})], "Good overall in 2023, as in 2020."),
    (
        [(THEN, OLD, {"leaders": O}), (NOW, OLD, {"leaders": O})],
        "Good overall in 2023, as in 2020; leaders still Outstanding.",
    ),
    (
        [(THEN, OLD, {"overall": I}), (NOW, OLD, {})],
        "Up from Inadequate overall in 2020 to Good in 2023.",
    ),
    (
        [(THEN, OLD, {"overall": O}), (NOW, OLD, {"care_leavers": RI})],
        "Down from Outstanding overall in 2020 to Good in 2023; care_leavers down to "
        "Requires_improvement.",
    ),
    # The run of moves in one direction begins where it turned.
    (
        [(FIRST, OLD, {"overall": RI}), (THEN, OLD, {"overall": I}), (NOW, OLD, {"overall": RI}),
         (date(2025, 6, 1), OLD, {})],
        "Up from Inadequate overall in 2020 to Requires_improvement in 2023 and Good in 2025.",
    ),
    # Twice in one year: the months tell them apart.
    (
        [(date(2023, 1, 9), OLD, {"overall": I}), (date(2023, 11, 6), OLD, {})],
        "Up from Inadequate overall in January 2023 to Good in November 2023.",
    ),
    # Each step of the run is told, as the boxes below tell the last one.
    (
        [(FIRST, OLD, {"overall": I}), (THEN, OLD, {"overall": RI}), (NOW, OLD, {})],
        "Up from Inadequate overall in 2018 to Requires_improvement in 2020 and Good in 2023.",
    ),
    # What is inadequate or went down stands first, the rest after it.
    (
        [(THEN, OLD, {"leaders": RI}), (NOW, OLD, {"leaders": I, "care_leavers": O})],
        "Leaders down to Inadequate; Good overall in 2023, as in 2020, with care_leavers "
        "up to Outstanding.",
    ),
    (
        [(THEN, OLD, {"overall": RI}), (NOW, OLD, {"leaders": I})],
        "Leaders down to Inadequate; up from Requires_improvement overall in 2020 to Good in "
        "2023.",
    ),
    (
        [(THEN, OLD, {}), (NOW, OLD, {"overall": I, "leaders": I, "in_care": RI})],
        "Down from Good overall in 2020 to Inadequate in 2023; in_care down to "
        "Requires_improvement, help_and_protection and care_leavers still Good.",
    ),
    # What went down to the overall grade itself is told too, unless that went down with it.
    (
        [(THEN, OLD, {"leaders": O}), (NOW, OLD, {})],
        "Leaders down to Good; Good overall in 2023, as in 2020.",
    ),
    (
        [(THEN, OLD, {"overall": I, "leaders": RI}), (NOW, OLD, {"overall": I, "leaders": I})],
        "Inadequate overall in 2023, as in 2020; leaders down to Inadequate, help_and_protection, "
        "in_care and care_leavers still Good.",
    ),
    (
        [(THEN, OLD, {"overall": O, "leaders": O}), (NOW, OLD, {})],
        "Down from Outstanding overall in 2020 to Good in 2023.",
    ),
    # No overall grade any more: by areas, and what they moved from.
    ([(LATER, NEW, {})], "June 2026: Good in all four areas."),
    (
        [(LATER, NEW, {"leaders": O, "care_leavers": RI})],
        "June 2026: Outstanding for leaders; Good for help_and_protection and in_care, "
        "Requires_improvement for care_leavers.",
    ),
    (
        [(NOW, OLD, {"leaders": RI}), (LATER, NEW, {"care_leavers": RI})],
        "June 2026: Requires_improvement for care_leavers, down from Good in June 2023; Good for "
        "help_and_protection and in_care, Good for leaders, up from Requires_improvement.",
    ),
    (
        [(NOW, OLD, {"leaders": RI, "care_leavers": RI}),
         (LATER, NEW, {"leaders": I, "care_leavers": O})],
        "June 2026: Inadequate for leaders, down from Requires_improvement in June 2023; Good for "
        "help_and_protection and in_care, Outstanding for care_leavers, up from "
        "Requires_improvement.",
    ),
    (
        [(NOW, OLD, {"leaders": RI}), (LATER, NEW, {"care_leavers": O, "leaders": O})],
        "June 2026: Outstanding for leaders, up from Requires_improvement in June 2023, and "
        "Outstanding for care_leavers, up from Good; Good for help_and_protection and in_care.",
    ),
    (
        [(NOW, OLD, {"leaders": I}), (LATER, NEW, {"leaders": I})],
        "June 2026: Good for help_and_protection, in_care and care_leavers; Inadequate for "
        "leaders, the same as in June 2023.",
    ),
    (
        [(NOW, OLD, {"leaders": RI}), (LATER, NEW, {})],
        "June 2026: Good in all four areas; up from Requires_improvement for leaders, since June "
        "2023.",
    ),
    (
        [(NOW, OLD, {}), (LATER, NEW, {})],
        "June 2026: Good in all four areas, the same as in June 2023.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "sentence"), CASES)
def test_the_finding_of_a_council(rows, sentence) -> None:
    assert said(*rows) == sentence


def test_what_is_chosen_of_the_chart_has_a_finding_of_its_own() -> None:
    rows = [(THEN, OLD, {"overall": I, "leaders": I}), (NOW, OLD, {})]
    assert said(*rows, areas=("leaders",)) == (
        "June 2023: Good for leaders, up from Inadequate in June 2020."
    )
    assert said(*rows, since=2023) == "Up from Inadequate overall in 2020 to Good in 2023."
    assert said(*rows, since=2024) == "Up from Inadequate overall to Good in 2023."


@pytest.mark.django_db
@pytest.mark.once
def test_no_council_is_said_to_hold_an_overall_grade_that_it_was_not_given(client: Client) -> None:
    record, names = plain_record(), {"outstanding": "Outstanding", "good": "Good",
        "requires_improvement": "Requires improvement", "inadequate": "Inadequate"}  # fmt: skip
    checked = 0
    for slug, row in sorted(record.councils.items())[::6]:
        latest = record.latest(slug, date(2026, 9, 1))
        if row["closed_date"] or latest is None:
            continue
        page = client.get(f"/councils/{slug}/?as_at=2026-09-01").content.decode()
        line = page.split('<p class="sentence">')[1].split("</p>")[0]
        grade = names.get(latest.grades.get("overall"))
        assert ("overall" in line) == bool(grade), slug
        if grade:
            ways = (f"to {grade} in", f"and {grade} in", f"{grade} overall in")
            assert any(way in line for way in ways), slug
        checked += 1
    assert checked > 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "line"),
    [
        ("redbridge", "Up from Good overall in 2016 to Outstanding in 2019; children in care and "
         "care leavers Good."),
        ("suffolk", "Up from Good overall in 2015 to Outstanding in 2019; children in care and "
         "care leavers Good."),
    ],
)  # fmt: skip
def test_areas_judged_together_are_named_once(client: Client, slug: str, line: str) -> None:
    page = client.get(f"/councils/{slug}/?as_at=2024-06-30").content.decode()
    assert page.split('<p class="sentence">')[1].split("</p>")[0] == line


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2023, 12, 31), date(2026, 9, 1)])
def test_a_headline_compares_no_more_than_the_cards(day: date) -> None:
    """`still`, `up to` and `down to` stand only before a grade that its card compares."""
    record, moves, wrong = current_record(), {"up", "down", "same"}, []
    for council in record.councils_on(day):
        own = record.inspections_of(council.id, day)
        rows = grades_over_time(
            record.book, council_name=council.short_name, inspections=own, visits=(), as_at=day
        )
        told = finding(rows).lower()
        for pair in position_of(record, council, day, with_pairs=True).pairs:
            if pair.current and pair.change.kind not in moves:
                name, grade = pair.current.area.short_name.lower(), pair.current.grade.name.lower()
                moved = rf"{name}[^;:]*? (still|up to|down to) {grade}"
                wrong += [(council.slug, told)] if re.search(moved, told) else []
    assert not wrong
