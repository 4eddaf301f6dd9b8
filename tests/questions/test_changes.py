"""What changed between two days, against a plain recount from the shipped files."""

import csv
import io
import re
from collections import Counter
from datetime import date

import pytest
from django.test import Client

from inspections.questions.among import EVERY, Among
from inspections.questions.changes import (
    ANY,
    NEWEST,
    Changes,
    Direction,
    Wanted,
    changes,
    in_any_area,
)
from inspections.store import current_record
from tests.questions import plain

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SPANS = [
    (date(2025, 8, 22), date(2026, 8, 22)),
    (date(2015, 1, 1), date(2026, 8, 22)),
    (date(2018, 12, 31), date(2021, 12, 31)),
    (date(2022, 6, 1), date(2023, 6, 1)),
    *plain.any_spans(4),
]


def asked(lane: str, earlier: date, later: date, **more: object) -> Changes:
    record = current_record()
    return changes(
        record, lane=record.book.lane(lane), earlier=earlier, later=later,
        among=more.pop("among", EVERY), **more,
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
    listed = {row.council.slug: row for row in found.rows}
    for slug, (direction, was, now, steps) in expected.items():
        if direction in {"not_again", "not_inspected"}:
            assert slug not in listed
            continue
        row = listed.pop(slug)
        assert (row.direction, *row.cell) == (direction, was, now)
        assert steps is None or row.change.steps == steps
    assert listed == {}


def wanted_plainly(wanted: Wanted, row: tuple[str, str, str, int | None]) -> bool:
    direction, was, now, steps = row
    fits = (
        direction == wanted.direction
        if wanted.direction
        else direction not in {"not_again", "not_inspected"}
    )
    fits = fits and (not wanted.steps or (steps is not None and abs(steps) == wanted.steps))
    fits = fits and wanted.was in {"", was} and wanted.now in {"", now}
    is_pair = bool(wanted.was and wanted.now)
    return fits and not (is_pair and direction not in {"up", "down", "same"})


@pytest.mark.parametrize("lane", ["leaders", "care_leavers"])
@pytest.mark.parametrize(
    "wanted",
    [ANY, *(Wanted(direction=row.value) for row in Direction), Wanted(steps=2), Wanted(steps=1),
     Wanted(was="good"), Wanted(was="good", now="good"), Wanted("not_again", now="inadequate"),
     Wanted("up", steps=1, was="good")],
)  # fmt: skip
def test_the_wanted_councils_are_those_of_a_plain_recount(lane: str, wanted: Wanted) -> None:
    """By name; the sums are over every council asked about; a page is a part of the list."""
    earlier, later = date(2021, 1, 1), date(2024, 1, 1)
    expected = plainly(lane, earlier, later)
    found = asked(lane, earlier, later, wanted=wanted)
    every = asked(lane, earlier, later)
    assert (found.directions, found.matrix, found.not_comparable) == (
        every.directions, every.matrix, every.not_comparable,
    )  # fmt: skip
    assert {row.council.slug for row in found.rows} == {
        slug for slug, row in expected.items() if wanted_plainly(wanted, row)
    }
    names = [row.council.short_name for row in found.rows]
    assert names == sorted(names)
    some = asked(lane, earlier, later, wanted=wanted, first=3, most=4)
    assert some.rows == found.rows[3:7]
    assert some.total == found.total == len(found.rows)
    assert found.inspected_again == sum(
        row[0] not in {"not_again", "not_inspected"} for row in expected.values()
    )


@pytest.mark.parametrize(("earlier", "later"), SPANS)
def test_the_newest_change_stands_first_and_what_did_not_move_last(
    earlier: date, later: date
) -> None:
    found = asked("leaders", earlier, later, order=NEWEST)
    moved = [row for row in found.rows if row.direction in {"up", "down"}]
    for part in (moved, found.rows[len(moved) :]):
        order = [(-row.published.toordinal(), row.council.short_name) for row in part]
        assert order == sorted(order)
    assert list(found.newest) == moved == list(found.rows[: len(moved)])
    by_name = asked("leaders", earlier, later, wanted=Wanted("same"))
    assert by_name.newest == found.newest, "whatever a list is narrowed to"


@pytest.mark.parametrize(
    ("query", "newest", "counted"),
    [
        ("area=help-and-protection",
         "Newest changes for help and protection: Isle of Wight down to Requires improvement (15 "
         "December 2023), Hounslow up to Good (1 December 2023) and Sheffield up to Good (3 "
         "November 2023).",
         "43 of 153 councils had a report of a new full inspection between 1 January 2023 and 1 "
         "January 2024: 18 up, 16 the same and 9 down."),
        ("area=any&direction=down",
         "Newest changes in any area: Isle of Wight down (15 December 2023), Wiltshire up (12 "
         "December 2023) and Hounslow up (1 December 2023).",
         "between 1 January 2023 and 1 January 2024: 21 rose in an area, 13 fell in one."),
        ("from=2023-11-20&region=london",
         "Newest change for help and protection: Hounslow up to Good (1 December 2023).",
         "1 of 33 councils (London) had a report of a new full inspection between 20 November 2023 "
         "and 1 January 2024: 1 up."),
        ("from=2023-12-20&region=london",
         "No council (London) went up or down for help and protection between 20 December 2023 and "
         "1 January 2024.",
         "No council (London) had a report of a new full inspection between"),
        ("as_at=2014-06-01&area=overall",
         "No council went up or down for overall effectiveness between 1 June 2013 and 1 June "
         "2014.", ": 17 with no full inspection "
         "that graded it before."),
        ("as_at=2026-08-22&area=overall", "Newest changes for overall effectiveness: Bradford up",
         "3 down and 11 not comparable (inspections that began on or after 1 April 2026 have no "
         "overall grade)."),
    ],
)  # fmt: skip
def test_a_page_of_changes_names_the_newest_first(
    client: Client, query: str, newest: str, counted: str
) -> None:
    clock = "" if "as_at" in query else "as_at=2024-01-01&"
    page = client.get(f"/england/changes/?{clock}{query}").content.decode()
    said = page.split('<div role="status"><p class="sentence">')[1].split("</div>")[0]
    assert said.startswith(newest)
    assert counted in said


def test_what_moved_stands_apart_where_the_newest_stand_first(client: Client) -> None:
    def groups(query: str) -> list[str]:
        page = client.get(f"/england/changes/{query}").content.decode()
        return re.findall('scope="rowgroup">([^<]*)', page)

    assert groups("") == groups("?area=any") == ["Up or down", "Neither up nor down"]
    assert groups("?direction=up") == groups("?sort=name") == groups("?sort=change") == []
    text = client.get("/england/changes.csv").content.decode()
    days = [row["later_publication_date"] for row in csv.DictReader(io.StringIO(text))]
    assert days[0] == max(days[:18]), "the file has the page's order"


@pytest.mark.parametrize(("earlier", "later"), SPANS[:3])
def test_any_area_is_what_the_areas_say_together(earlier: date, later: date) -> None:
    record = current_record()
    lanes = [lane for lane in record.book.lanes if lane.is_core]
    found = in_any_area(record, lanes=lanes, earlier=earlier, later=later, among=EVERY)
    expected = {lane.code: plainly(lane.code, earlier, later) for lane in lanes}
    assert [row.council.slug for row in found] == [row.slug for row in record.councils_on(later)]
    for row in found:
        went = {by_council[row.council.slug][0] for by_council in expected.values()}
        assert row.directions == frozenset(went & {"up", "down"} or went & {"same"} or went)


def test_the_page_of_any_area_lists_who_rose_or_fell_somewhere(client: Client) -> None:
    page = client.get("/england/changes/?area=any").content.decode()
    assert "25 rose in an area, 6 fell in one." in page
    assert "<b>25</b> up" in page and "<b>114</b> not re-inspected" in page
    kent = page.split(">Kent</a>")[1].split("</tr>")[0]
    assert ">O</span>, <span" in kent and "Down: leaders; not comparable" in kent
    fell = client.get("/england/changes/?area=any&direction=down").content.decode()
    assert 'aria-label="6 councils"' in fell and ">Blackpool<" not in fell
    text = client.get("/england/changes.csv?area=any&direction=down").content.decode()
    assert len(text.splitlines()) == 1 + 6 * 4
    two = client.get("/england/changes/?area=any&steps=2").content.decode()
    assert ">Herefordshire<" in two and ">Coventry<" not in two
    none = client.get("/england/changes/?area=any&from=2026-08-20").content.decode()
    assert "No council had a report of a new full inspection" in none
    assert client.get("/england/changes.preview.png?area=any&direction=down").status_code == 200


def test_the_chart_is_of_one_area(client: Client) -> None:
    page = client.get("/england/moves/?area=any").content.decode()
    assert "area=any" in page and "was ignored: there is no such judgement area" in page


def test_filters_of_councils_leave_the_others_out() -> None:
    among = Among(region="north_east")
    found = asked("leaders", *SPANS[1], among=among)
    councils = plain.plain_record().councils
    own = [
        slug for slug in plainly("leaders", *SPANS[1])
        if councils[slug]["ons_region"] == "north_east"
    ]  # fmt: skip
    assert found.councils == len(own) == 12


def test_every_count_of_the_matrix_opens_so_many_councils(client: Client) -> None:
    found = asked("help_and_protection", *SPANS[1])
    assert len(found.matrix) > 8
    for (was, now), number in found.matrix.most_common()[::4]:
        query = f"was={was}&now={now}".replace("_", "-")
        given = f"from=2015-01-01&as_at=2026-08-22&area=help-and-protection&{query}"
        page = client.get(f"/england/changes/?{given}").content.decode()
        assert f'aria-label="{number} council' in page
        assert page.split('id="list">')[1].split("</table>")[0].count('<th scope="row">') == number
        text = client.get(f"/england/changes.csv?{given}").content.decode()
        assert len(text.splitlines()) == number + 1
