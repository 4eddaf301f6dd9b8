"""A framework is data: an invented one of 2027 comes in by files or by hand, and all copes."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from icalendar import Calendar

from inspections.importers.shipped import loading, reading
from inspections.models import Council, Framework, Grade, GradeScale, Inspection, Lane
from inspections.questions.among import EVERY
from inspections.questions.changes import ANY, Wanted, changes
from inspections.questions.council import council_answer
from inspections.questions.inadequate import tracker
from inspections.questions.journeys import journeys
from inspections.questions.overview import held_series, next_outcomes
from inspections.questions.statistics import statistics
from inspections.questions.waits import waits, windows
from inspections.record import Record
from inspections.rules.position import PublishedBy
from inspections.store import current_record, record_known_at
from tests import factories as make
from tests import next_framework as invented
from tests.admin.forms import begin, change, opened, save
from tests.importers.shipped.invented import Rows, council, write
from tests.pages.addresses import addresses
from tests.questions import plain

pytestmark = pytest.mark.django_db
ADDRESSES = addresses({"slug": "exampleshire", "reference": "2028-03-06", "region": "south-east"})
API = (
    "/api/v1/councils", "/api/v1/councils/exampleshire", "/api/v1/inspections",
    "/api/v1/inspections/exampleshire/2028-03-06", "/api/v1/judgements",
    "/api/v1/judgements?lane=leaders&grade=exemplary", "/api/v1/judgement-areas",
    "/api/v1/openapi.json",
)  # fmt: skip
REFERENCE_TABLES = (
    "grade_scales", "grades", "lanes", "frameworks", "judgement_areas", "area_continuations",
    "inspection_pauses", "polling_days",
)  # fmt: skip


@pytest.fixture
def in_2028(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the site stands at noon on the day of the story."""
    noon = datetime.combine(invented.TODAY, datetime.min.time(), UTC) + timedelta(hours=12)
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def days_of(first: str) -> dict[str, str]:
    start = date.fromisoformat(first)
    return {
        "start_date": first,
        "end_date": str(start + timedelta(days=11)),
        "publication_date": str(start + timedelta(days=51)),
    }


def the_files(found: Rows) -> None:
    """The shipped frameworks with the invented one after them, and invented councils."""
    found.clear()
    found |= {table: plain.lines(table) for table in REFERENCE_TABLES}
    for row in found["frameworks"]:
        if row["code"] == invented.BEFORE:
            row["in_force_to"] = "2026-12-31"
    found["grade_scales"].append({"code": invented.SCALE, "name": "Five grades"})
    found["grades"] += invented.grade_rows()
    found["lanes"] += invented.lane_rows()
    found["frameworks"].append(invented.framework_row())
    found["judgement_areas"] += invented.area_rows()
    found["area_continuations"] += invented.link_rows()
    found["councils"] = [
        council(slug, slug.capitalize(), f"E9900000{n}", f"90{n}", f"9900{n}")
        for n, slug in enumerate(invented.COUNCILS)
    ]
    found["sources"] = [
        {"key": "a-report", "kind": "report", "title": "A report", "publisher": "Nobody"}
    ]
    found["inspections"], found["judgements"] = [], []
    for slug, first, framework, grades in invented.INSPECTIONS:
        found["inspections"].append(
            {"council": slug, "reference": first, "framework": framework, "kind": "standard",
             "has_two_periods": "false", "checked": "report", "sources": "a-report",
             **days_of(first)}
        )  # fmt: skip
        areas = [row["code"] for row in found["judgement_areas"] if row["framework"] == framework]
        found["judgements"] += [
            {"council": slug, "inspection": first, "area": area, "grade": grade}
            for area, grade in zip(areas, grades.split(), strict=True)
        ]


@pytest.fixture
def by_files(empty_record: None, in_2028: None, tmp_path: Path) -> None:
    folder = write(tmp_path, the_files, as_at="2028-06-30")
    call_command("load_record", folder=folder, stdout=io.StringIO())


def inline(prefix: str, rows: list[dict[str, object]]) -> dict[str, object]:
    """The rows of an inline table of the admin as a browser sends them."""
    found: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(rows)}
    for n, row in enumerate(rows):
        found |= {f"{prefix}-{n}-{name}": value for name, value in row.items() if value != "false"}
    return found


def typed(client: Client, address: str, **fields: object) -> None:
    status, page = save(client, address, **fields)
    assert status == 302, re.findall(r"errorlist.*?</ul>", page, re.S)


def add(model: str) -> str:
    return f"/admin/inspections/{model}/add/"


@pytest.fixture
def by_hand(empty_record: None, in_2028: None, client: Client) -> None:
    """The older frameworks and inspections are there; everything of 2027 is typed."""
    record = reading.read_record(reading.SHIPPED, today=date.max)
    loading.load_tables(record, REFERENCE_TABLES, reason="Invented")
    councils = {slug: make.make_council(slug.capitalize()) for slug in invented.COUNCILS}
    client.force_login(make.make_user("officer", is_staff=True, is_superuser=True))
    for slug, first, code, grades in invented.INSPECTIONS:
        if code != invented.FRAMEWORK:
            held = Framework.objects.get(code=code)
            areas = held.areas.order_by("order").values_list("code", flat=True)
            given = dict(zip(areas, grades.split(), strict=True))
            make.make_inspection(
                councils[slug], held, grades=given, start_date=date.fromisoformat(first)
            )
    rows = [
        {name: value for name, value in row.items() if name != "scale"}
        for row in invented.grade_rows()
    ]
    typed(client, add("gradescale"), code=invented.SCALE, name="Five grades",
          **inline("grades", rows))  # fmt: skip
    for row in invented.lane_rows():
        typed(client, add("lane"), **{k: v for k, v in row.items() if v != "false"})
    before = Framework.objects.get(code=invented.BEFORE)
    typed(client, change(before), in_force_to="2026-12-31", reason="A new framework follows")
    areas = [
        {name: value for name, value in row.items() if name != "framework"}
        | {"lanes": Lane.objects.get(code=row["lanes"]).pk}
        for row in invented.area_rows()
    ]
    scale = GradeScale.objects.get(code=invented.SCALE)
    framework = invented.framework_row() | {"scale": scale.pk, "is_whole_service": "on"}
    typed(client, add("framework"), **framework, **inline("areas", areas))
    after = Framework.objects.get(code=invented.FRAMEWORK)
    for old, new, kind, note in invented.LINKS:
        typed(client, add("areacontinuation"), earlier=before.areas.get(code=old).pk,
              later=after.areas.get(code=new).pk, kind=kind, note=note)  # fmt: skip
    for slug, first, code, grades in invented.INSPECTIONS:
        if code == invented.FRAMEWORK:
            form = opened(client, begin(councils[slug], first))
            given = {
                f"grade_{area.pk}": Grade.objects.get(scale=scale, code=grade).pk
                for area, grade in zip(after.areas.order_by("order"), grades.split(), strict=True)
            }
            typed(client, begin(councils[slug], first), form=form, **days_of(first), **given)
    client.logout()


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def lines_of(client: Client, address: str) -> list[dict[str, str]]:
    """The table of a CSV file."""
    return list(csv.DictReader(text_of(client, address).splitlines()))


def its_counts_are_right(client: Client) -> None:
    """Of leaders, on the day of the story: one exemplary, two with an inadequate of two scales."""
    leaders = {
        "exampleshire": "exemplary", "northbridge": "inadequate_five_grades", "southfield": "good",
    }  # fmt: skip
    row = next(
        row
        for row in lines_of(client, "/england/statistics.csv?area=leaders")
        if row["group"] == "leaders"
    )
    keys = ["outstanding", "good", "requires_improvement", "inadequate", "exemplary", "strong",
            "secure", "fragile", "inadequate_five_grades"]  # fmt: skip
    assert {key: int(row[key]) for key in keys if int(row[key])} == Counter(leaders.values())
    assert (row["with_a_grade"], row["good_or_better"]) == ("3", "2")
    assert row["not_yet_inspected"] == "1"
    page = text_of(client, "/england/statistics/?area=leaders")
    assert "Inadequate (Invented 2027)" in page
    earlier = lines_of(client, "/england/statistics.csv?area=leaders&as_at=2027-01-31")
    row = next(row for row in earlier if row["group"] == "leaders")
    assert (row["inadequate"], row["good"]) == ("1", "2")
    assert not any(key.endswith("five_grades") for key in row)


def it_says_what_is_not_comparable(client: Client) -> None:
    between = "from=2026-12-31&as_at=2027-12-31"
    said = {
        row["council_slug"]: (row["direction"], row["reason_not_compared"])
        for row in lines_of(client, f"/england/changes.csv?area=leaders&{between}")
    }
    assert said == dict.fromkeys(
        ("exampleshire", "northbridge"),
        ("not_comparable", "the two grades belong to different scales"),
    )
    said = lines_of(client, f"/england/changes.csv?area=childrens-voice&{between}")
    assert {row["direction"] for row in said} == {"first"}
    page = text_of(client, "/councils/northbridge/")
    assert "Not comparable with " in page
    assert "protection was part of one judgement" in page
    assert "Ofsted has given none since April 2026." in page
    event = text_of(client, "/councils/exampleshire/inspections/2027-02-01/")
    assert "ot comparable" in event
    within = lines_of(client, "/england/changes.csv?area=leaders&from=2027-12-31")
    assert [(row["council_slug"], row["direction"], row["steps"]) for row in within] == [
        ("exampleshire", "up", "1")
    ]
    opened_page = text_of(
        client, "/england/changes/?area=leaders&from=2027-12-31&was=strong&now=exemplary"
    )
    assert 'aria-label="1 council' in opened_page


def it_shows_five_grades(client: Client) -> None:
    page = text_of(client, "/?area=leaders")
    for letter, colour in (("E", "spare-1"), ("I", "inadequate"), ("G", "good")):
        assert re.search(rf'class="sq g-{colour}[^>]*>{letter}<', page), letter
    picture = text_of(client, "/councils/exampleshire/grades.svg")
    for words in ("E Exemplary", "S Strong", "SE Secure", "F Fragile"):
        assert words in picture
    listed = text_of(client, "/councils/?area=leaders&grade=exemplary")
    assert "1 council" in listed
    held = lines_of(client, "/england/grades-held.csv?area=leaders")
    assert held


def its_windows_journeys_and_feeds_go_on(client: Client) -> None:
    windows = {row["council"]: row for row in lines_of(client, "/england/upcoming.csv")}
    assert set(windows) == {"Exampleshire", "Northbridge", "Southfield"}
    page = text_of(client, "/england/journeys/?area=leaders&grade=inadequate-five-grades")
    assert "none of 1 case since 2027 was inspected again" in page
    assert "Northbridge" in page
    tracked = text_of(client, "/england/inadequate/")
    assert "1 council holds an inadequate judgement" in tracked
    for feed in ("/england/upcoming.ics", "/councils/northbridge.ics"):
        assert Calendar.from_ical(text_of(client, feed)).walk("VEVENT")


@pytest.mark.once
def test_entered_by_files_every_address_copes(by_files: None, client: Client) -> None:
    failed = {}
    for name, path in ADDRESSES.items():
        answer = client.get(path)
        if answer.status_code != 200:
            failed[name] = answer.status_code
    assert failed == {}
    for path in API:
        assert client.get(path).status_code == 200, path


CHECKS = (
    its_counts_are_right,
    it_says_what_is_not_comparable,
    it_shows_five_grades,
    its_windows_journeys_and_feeds_go_on,
)


@pytest.mark.parametrize("way", ["by_files", "by_hand"])
def test_entered_either_way_it_is_counted_compared_and_shown(
    way: str, request: pytest.FixtureRequest, client: Client
) -> None:
    request.getfixturevalue(way)
    assert Inspection.objects.filter(framework__code=invented.FRAMEWORK).count() == 3
    assert Council.objects.count() == 4
    for check in CHECKS:
        run: Callable[[Client], None] = check
        run(client)


def grades_held(record: Record, lane: str, day: date) -> dict[str, int]:
    found = statistics(
        record, by="area", lane=record.book.lane(lane), reading=PublishedBy(day), among=EVERY
    )
    return {key: number for key, number in found.total.by_grade.items() if number}


def directions(
    record: Record, lane: str, first: date, last: date, wanted: Wanted = ANY
) -> dict[str, tuple[str, int | None, str]]:
    asked = changes(
        record, lane=record.book.lane(lane), earlier=first, later=last, among=EVERY, wanted=wanted
    )
    return {
        row.council.slug: (row.direction.value, row.change.steps, row.change.reason)
        for row in asked.rows
        if row.change
    }


@pytest.mark.parametrize("way", ["by_files", "by_hand"])
def test_entered_either_way_every_question_copes_with_it(
    way: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(way)
    record, today = current_record(), invented.TODAY
    assert grades_held(record, "leaders", today) == {
        "exemplary": 1, "inadequate_five_grades": 1, "good": 1,
    }  # fmt: skip
    assert grades_held(record, "leaders", date(2027, 1, 31)) == {"inadequate": 1, "good": 2}
    apart = ("not_comparable", None, "the two grades belong to different scales")
    year = (date(2026, 12, 31), date(2027, 12, 31))
    assert directions(record, "leaders", *year) == {"exampleshire": apart, "northbridge": apart}
    assert {said[0] for said in directions(record, "childrens_voice", *year).values()} == {"first"}
    later = (date(2027, 12, 31), today)
    assert directions(record, "leaders", *later) == {"exampleshire": ("up", 1, "")}
    wanted = Wanted(was="strong", now="exemplary")
    assert set(directions(record, "leaders", *later, wanted)) == {"exampleshire"}
    assert not directions(record, "leaders", *later, Wanted(was="exemplary", now="strong"))
    leaders = record.book.lane("leaders")
    assert {grade.key for grade in held_series(record, today, leaders).grades} >= {
        "strong", "inadequate_five_grades", "good",
    }  # fmt: skip
    outcomes = {row.grade.key: row for row in next_outcomes(record, today, leaders)}
    assert outcomes["strong"].counts == {"exemplary": 1}
    assert (outcomes["good"].n, outcomes["good"].not_comparable) == (0, 1)
    after = journeys(record, today, lane=leaders, grade="inadequate_five_grades")
    assert [row.council.slug for row in after.rows] == ["northbridge"]
    assert after.grade.title == "Inadequate (Invented 2027)"
    assert [row.council.slug for row in tracker(record, today, among=EVERY).rows] == ["northbridge"]
    assert {row.council.slug for row in windows(record, today).values()} == {
        "exampleshire", "northbridge", "southfield",
    }  # fmt: skip
    assert len(waits(record, today)) == len(invented.INSPECTIONS)


@pytest.mark.parametrize("way", ["by_files", "by_hand"])
def test_entered_either_way_a_councils_pairs_say_what_is_not_comparable(
    way: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(way)
    record = current_record()
    council = record.council_by_slug["northbridge"]
    pairs = council_answer(record, council, invented.TODAY).position.pairs
    said = {
        pair.current.area.code: (
            pair.previous and pair.previous.area.code, pair.change.kind.value, pair.change.reason
        )
        for pair in pairs
    }  # fmt: skip
    scales = "the two grades belong to different scales"
    assert said == {
        "guiding_practice": ("leaders", "not_comparable", scales),
        "early_help": (
            "help_and_protection", "not_comparable", "early help was part of one judgement"
        ),
        "protection": (
            "help_and_protection", "not_comparable", "protection was part of one judgement"
        ),
        "in_care": ("in_care", "not_comparable", scales),
        "care_leavers": ("care_leavers", "not_comparable", scales),
        "childrens_voice": (None, "first", "not judged before"),
    }  # fmt: skip


def test_typed_in_by_hand_it_is_in_the_kept_history_too(by_hand: None) -> None:
    """Areas with their lanes, links, grades: as known after it all, the record of now."""
    now = current_record()
    after = record_known_at(datetime(2100, 1, 1, tzinfo=UTC), now)
    assert after.book == now.book
    assert after.inspections == now.inspections
