"""What inspectors asked for: before, again and not since, against plain loops over the files."""

from datetime import date
from itertools import pairwise

import pytest

from inspections.questions.asked_for import asked_for, history, raised_again
from inspections.rules.recurrence import Repeated
from inspections.store import current_record
from tests import invented_rows as invented
from tests.questions import plain_points as plain
from tools import themes

DAY = date(2026, 11, 22)
NEVER = date(2035, 1, 1)
THEMES = tuple(invented.theme(code, order) for order, code in enumerate(("plans", "health"), 1))
FIRST = invented.inspection(date(2018, 3, 5))
LETTER = invented.visit(date(2020, 6, 9))
UNREAD = invented.visit(date(2021, 6, 9), kind="monitoring_visit")
LAST = invented.inspection(date(2022, 3, 7))
NOTHING = invented.visit(date(2023, 6, 6), improvement_points=0)
RECORD = invented.record(
    FIRST, LETTER, UNREAD, LAST, NOTHING, themes=THEMES,
    points={
        ("inspection", FIRST.id): (invented.point(1, "plans"), invented.point(2)),
        ("visit", LETTER.id): (invented.point(1, "health"),),
        ("inspection", LAST.id): (
            invented.point(1, "plans", "health"), invented.point(2, "health"),
        ),
    },
)  # fmt: skip


def told(event: object) -> dict[str, tuple[list[int], list[object], list[object]]]:
    found = asked_for(RECORD, event, DAY)
    assert found is not None
    return {
        row.theme.code: ([point.number for point in row.points], [*row.before], [*row.after])
        for row in found.themes
    }


def test_a_theme_has_its_points_and_the_other_events_that_raise_it() -> None:
    assert told(FIRST) == {"plans": ([1], [], [LAST])}
    assert told(LETTER) == {"health": ([1], [], [LAST])}
    assert told(LAST) == {"plans": ([1], [FIRST], []), "health": ([1, 2], [LETTER], [])}


def test_points_repeat_what_the_full_report_before_had_raised() -> None:
    found = asked_for(RECORD, LAST, DAY)
    assert (found.previous, found.repeated) == (FIRST, Repeated(1, 2))
    assert asked_for(RECORD, FIRST, DAY).repeated is None
    letter = asked_for(RECORD, LETTER, DAY)
    assert (letter.previous, letter.repeated) == (FIRST, Repeated(0, 1))


def test_what_was_not_raised_since_needs_a_later_event_to_ask() -> None:
    found = asked_for(RECORD, LETTER, date(2021, 1, 1))
    assert (found.later, found.not_since) == ((), ())
    found = asked_for(RECORD, LAST, DAY)
    assert found.later == (NOTHING,)
    assert [row.theme.code for row in found.not_since] == ["plans", "health"]
    assert asked_for(RECORD, FIRST, DAY).unread_later == (UNREAD,)


def test_a_point_of_no_theme_is_told_and_an_event_without_points_is_not_asked() -> None:
    assert [point.number for point in asked_for(RECORD, FIRST, DAY).of_none] == [2]
    assert asked_for(RECORD, UNREAD, DAY) is None
    assert asked_for(RECORD, NOTHING, DAY).points == ()


def test_a_later_event_counts_from_its_publication_on() -> None:
    seen = asked_for(RECORD, FIRST, LAST.publication_date.replace(day=1))
    assert seen.themes[0].after == ()
    assert history(RECORD, 1, date(2019, 1, 1)).events == (FIRST,)
    assert list(history(RECORD, 1, DAY).raised["health"]) == [
        ("visit", LETTER.id), ("inspection", LAST.id),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.once
def test_every_event_of_the_shipped_record_equals_a_plain_recount() -> None:
    record = current_record()
    asked = 0
    for slug in plain.councils():
        council, own = record.council_by_slug[slug], plain.events_of(slug)
        events = record.events_of(council.id, NEVER)
        assert [row.reference for row in events] == [row.reference for row in own]
        for place, (event, meant) in enumerate(zip(events, own, strict=True)):
            found = asked_for(record, event, NEVER)
            if meant.points is None:
                assert found is None
                continue
            before, after = own[:place], own[place + 1 :]
            assert {row.theme.code for row in found.themes} == meant.themes
            for row in found.themes:
                code = row.theme.code
                assert len(row.points) == sum(code in point for point in meant.points)
                assert [one.reference for one in row.before] == [
                    one.reference for one in before if code in one.themes
                ]
                assert [one.reference for one in row.after] == [
                    one.reference for one in after if code in one.themes
                ]
            full = [one for one in before if one.is_full and one.points is not None]
            if full and meant.points:
                raised = full[-1].themes
                repeated = sum(bool(point & raised) for point in meant.points)
                assert found.repeated == Repeated(repeated, len(meant.points))
            asked += len(meant.points)
    assert asked == 4863


@pytest.mark.django_db
@pytest.mark.once
def test_the_share_raised_again_equals_a_plain_recount_and_that_of_the_command() -> None:
    found = raised_again(current_record(), NEVER)
    pairs = []
    for slug in plain.councils():
        own = [row for row in plain.events_of(slug) if row.is_full and row.points]
        own.sort(key=lambda row: row.published or date.min)
        pairs += [(slug, after, before) for before, after in pairwise(own)]
    repeated = [sum(bool(p & before.themes) for p in after.points) for _, after, before in pairs]
    points = sum(len(after.points) for _, after, _ in pairs)
    assert (found.own, found.reports) == (Repeated(sum(repeated), points), len(pairs))
    by_chance = [
        bool(point & before.themes)
        for slug, after, _ in pairs
        for other, _, before in pairs
        if other != slug
        for point in after.points
    ]
    assert found.others == Repeated(sum(by_chance), len(by_chance))
    assert themes.repeated_of(themes.full_reports()) == (found.own, found.others, found.reports)
