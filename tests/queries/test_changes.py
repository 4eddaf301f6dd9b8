"""What changed between two days, against a plain recount from the shipped files."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from inspections.models import Council
from inspections.queries.changes import changes
from inspections.queries.frameworks import framework_book
from inspections.queries.held import Among
from inspections.queries.moved import ANY, Changes, Direction, Wanted
from inspections.rows import Clock
from tests.queries import plain

pytestmark = pytest.mark.django_db

SPANS = [
    (date(2025, 8, 22), date(2026, 8, 22)),
    (date(2015, 1, 1), date(2026, 8, 22)),
    (date(2018, 12, 31), date(2021, 12, 31)),
    (date(2022, 6, 1), date(2023, 6, 1)),
]


def asked(lane: str, earlier: date, later: date, **more: object) -> Changes:
    book = framework_book()
    clock = more.pop("clock", Clock(later))
    return changes(
        book, clock, lane=book.lane(lane), earlier=earlier, later=later,
        among=more.pop("among", Among()), **more,
    )  # fmt: skip


def plainly(lane: str, earlier: date, later: date) -> dict[str, tuple[str, str, str, int | None]]:
    """By council: direction, grade before, grade after, steps; by loops over the files."""
    record = plain.plain_record()
    existed = set(record.existing(earlier))
    found = {}
    for slug in record.existing(later):
        old = record.latest(slug, earlier) if slug in existed else None
        new = record.latest(slug, later)
        was, now = (row.shown(lane) or "" if row else "" for row in (old, new))
        if new is None:
            found[slug] = ("not_inspected", was, "", None)
        elif old is new:
            found[slug] = ("not_again", was, now, None)
        elif not now or (was and not old.comparable(new, lane)):
            found[slug] = ("not_comparable", was, now, None)
        elif not was:
            found[slug] = ("first", "", now, None)
        else:
            steps = plain.ORDER.index(was) - plain.ORDER.index(now)
            found[slug] = ("up" if steps > 0 else "down" if steps else "same", was, now, steps)
    return found


@pytest.mark.parametrize("lane", plain.LANES)
@pytest.mark.parametrize(("earlier", "later"), SPANS)
def test_every_sum_equals_a_plain_recount(lane: str, earlier: date, later: date) -> None:
    found, expected = asked(lane, earlier, later), plainly(lane, earlier, later)
    assert +found.directions == Counter(row[0] for row in expected.values())
    compared = [row for row in expected.values() if row[0] in {"up", "down", "same"}]
    assert found.matrix == Counter((row[1], row[2]) for row in compared)
    apart = [row[1] for row in expected.values() if row[0] == "not_comparable" and row[1]]
    assert found.not_comparable == Counter(apart)
    assert found.councils == len(expected)
    listed = {row.council_id: row for row in found.rows}
    for council in Council.objects.filter(slug__in=expected):
        direction, was, now, steps = expected[council.slug]
        if direction in {"not_again", "not_inspected"}:
            assert council.pk not in listed
            continue
        row = listed.pop(council.pk)
        assert (row.direction, *row.cell) == (direction, was, now)
        assert steps is None or row.change.steps == steps
    assert listed == {}


@pytest.mark.parametrize("lane", ["leaders", "care_leavers"])
@pytest.mark.parametrize(
    "wanted",
    [ANY, *(Wanted(direction=row.value) for row in Direction), Wanted(steps=2),
     Wanted(was="good"), Wanted(was="good", now="good"), Wanted("not_again", now="inadequate")],
)  # fmt: skip
def test_asked_of_the_kept_history_it_is_the_same(lane: str, wanted: Wanted) -> None:
    """Two ways to one answer: sums in the database, and every council by itself."""
    earlier, later = date(2021, 1, 1), date(2024, 1, 1)
    now = asked(lane, earlier, later, wanted=wanted)
    moment = datetime(2100, 1, 1, tzinfo=UTC)
    then = asked(lane, earlier, later, wanted=wanted, clock=Clock(later, moment))
    assert +now.directions == +then.directions
    assert (now.matrix, now.not_comparable, now.total) == (
        then.matrix, then.not_comparable, then.total,
    )  # fmt: skip
    assert sorted(now.rows, key=lambda row: row.council_id) == sorted(
        then.rows, key=lambda row: row.council_id
    )
    some = asked(lane, earlier, later, wanted=wanted, first=3, most=4)
    assert some.rows == now.rows[3:7]
    assert some.total == now.total == len(now.rows)


def test_filters_of_councils_leave_the_others_out() -> None:
    among = Among(region="north_east")
    found = asked("leaders", *SPANS[1], among=among)
    own = Council.objects.filter(ons_region="north_east", slug__in=plainly("leaders", *SPANS[1]))
    assert found.councils == own.count() == 12


def test_every_count_of_the_matrix_opens_so_many_councils(client: Client) -> None:
    found = asked("help_and_protection", *SPANS[1])
    assert len(found.matrix) > 8
    for (was, now), number in found.matrix.most_common()[::4]:
        query = f"was={was}&now={now}".replace("_", "-")
        given = f"from=2015-01-01&as_at=2026-08-22&area=help-and-protection&{query}"
        page = client.get(f"/england/changes/?{given}").content.decode()
        assert f'<h2 id="list">{number} council' in page
        assert page.split('<table class="councils')[1].count('<th scope="row">') == number
        text = client.get(f"/england/changes.csv?{given}").content.decode()
        lines = [
            line
            for line in text.splitlines()
            if line and not line.startswith(("\ufeff", "#", '"#'))
        ]
        assert len(lines) == number + 1
