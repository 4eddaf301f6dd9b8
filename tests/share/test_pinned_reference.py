"""What a pinned link shows beside inspections: frameworks, figures, neighbours, polling days."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from inspections import actions
from inspections.models import (
    Council,
    CountedLate,
    Coverage,
    Framework,
    Grade,
    Inspection,
    JudgementArea,
    Lane,
    OfficialFigure,
    PollingDay,
    StatisticalNeighbour,
)
from tests import factories as make
from tests.share.conftest import pin_now
from tests.share.test_two_clocks import body, text

pytestmark = pytest.mark.django_db
TOLD = "Recorded or corrected since, and not shown here: "
PAGES = (
    "/",
    "/councils/",
    "/councils/exampleshire/",
    "/councils/exampleshire/inspections/2024-03-04/",
    "/councils/exampleshire/grades/",
    "/councils/exampleshire/offline.html",
    "/england/statistics/",
    "/england/grades-held/",
    "/england/journeys/",
    "/england/inadequate/",
)


def edited(fact: object, **changes: object) -> None:
    for name, value in changes.items():
        setattr(fact, name, value)
    fact.save()
    actions.raise_version()


def check(client: Client, pin: str, *paths: str, told: str, change: object) -> None:
    """The change shows on the latest page and not on the pinned one, which tells of it."""
    before = [body(text(client, path, pin)) for path in paths]
    change()
    for path, was in zip(paths, before, strict=True):
        page = text(client, path, pin)
        assert f"{TOLD}{told}." in page, path
        assert body(page) == was, path


def test_names_of_frameworks_areas_and_grades_stay(
    client: Client, exampleshire: Council, pin: str
) -> None:
    def change() -> None:
        edited(Framework.objects.get(), short_name="Renamed rules", notes="Renamed.")
        edited(JudgementArea.objects.get(code="leaders"), short_name="Renamed area")
        edited(Lane.objects.get(code="leaders"), name="Renamed lane", short_name="Renamed lane")
        edited(Grade.objects.get(code="good"), name="Renamed grade", letter="N")

    check(client, pin, *PAGES, told="frameworks, areas or grades", change=change)
    assert "Renamed" in text(client, "/councils/exampleshire/grades/", "")


def test_a_framework_added_since_changes_nothing(
    client: Client, exampleshire: Council, pin: str
) -> None:
    def change() -> None:
        new = make.make_lane("a_new_area")
        edited(new, is_core=True)
        later = make.make_framework("later_rules", in_force_from=date(2024, 1, 1))
        area = JudgementArea.objects.filter(framework=later).first()
        area.lanes.set([new])
        actions.raise_version()

    check(client, pin, *PAGES, told="frameworks, areas or grades", change=change)


def test_an_area_that_was_not_known_then_is_named_as_unknown(
    client: Client, exampleshire: Council, pin: str
) -> None:
    edited(make.make_lane("a_new_area"), is_core=True)
    area = JudgementArea.objects.filter(code="leaders").first()
    area.lanes.add(Lane.objects.get(code="a_new_area"))
    page = text(client, "/england/grades-held/", f"{pin}&area=a-new-area")
    assert "there is no such judgement area" in page
    assert "was ignored" not in text(client, "/england/grades-held/", "area=a-new-area")


def test_a_view_links_areas_as_it_did(client: Client, exampleshire: Council, pin: str) -> None:
    """Which lanes an area fills is kept too: here one leaves its lane."""
    area = JudgementArea.objects.get(code="care_leavers")
    check(
        client, pin, "/councils/exampleshire/grades/", "/councils/",
        told="frameworks, areas or grades",
        change=lambda: actions.relate(area, name="lanes", others=[], reason="For a test", by=None),
    )  # fmt: skip


def test_neighbours_stay_who_and_as_named_they_were(client: Client, exampleshire: Council) -> None:
    near, far = make.make_council("Northbridge"), make.make_council("Southford")
    make.saved(StatisticalNeighbour(council=exampleshire, neighbour=near, rank=1, model_year=2021))
    actions.raise_version()
    pin = pin_now()

    def change() -> None:
        actions.correct(near, changes={"short_name": "Northbury"}, reason="Renamed.", by=None)
        edited(StatisticalNeighbour.objects.get(), neighbour=far)

    check(client, pin, "/councils/exampleshire/", told="statistical neighbours", change=change)
    assert "Northbridge" in text(client, "/councils/exampleshire/", pin)
    assert "Southford" in text(client, "/councils/exampleshire/", "")


@pytest.mark.once
def test_official_figures_stay_as_they_were_held(client: Client, record: None) -> None:
    figure = OfficialFigure.objects.filter(measure="held", frameworks="", region="").last()
    pin = f"{pin_now(figure.as_at_date)}&reading={figure.reading}"

    def change() -> None:
        edited(figure, value=figure.value + 1)

    check(client, pin, "/england/statistics/", told="official figures", change=change)


@pytest.mark.once
def test_an_inspection_counted_late_stays_counted(client: Client, record: None) -> None:
    late = CountedLate.objects.first()
    pin = f"{pin_now(late.as_at_date)}&reading=ofsted"
    day = f"as_at={late.as_at_date}&reading=ofsted"
    latest = body(text(client, "/england/statistics/", day))
    assert "counted late" in latest

    def change() -> None:
        late.delete()
        actions.raise_version()

    check(client, pin, "/england/statistics/", told="official figures", change=change)
    assert "counted late" not in text(client, "/england/statistics/", day)


@pytest.mark.once
def test_polling_days_stay_as_they_were_held(client: Client, record: None) -> None:
    def change() -> None:
        for day in PollingDay.objects.all():
            edited(day, name="Renamed poll")

    check(client, pin_now(), "/england/timing/", told="polling days", change=change)
    assert "Renamed poll" in text(client, "/england/timing/", "")


def test_points_of_a_report_imported_since_do_not_show(
    client: Client, exampleshire: Council, pin: str
) -> None:
    path = "/councils/exampleshire/inspections/2024-03-04/"
    before = body(text(client, path, pin))
    inspection = Inspection.objects.get(reference="2024-03-04")
    make.make_point(inspection, text="Invented point.")
    actions.raise_version()
    assert "Invented point" in text(client, path, "")
    assert body(text(client, path, pin)) == before


def test_corrections_made_since_are_counted_on_the_latest_page_alone(
    client: Client, exampleshire: Council, pin: str
) -> None:
    paths = ("/councils/exampleshire/", "/councils/exampleshire/inspections/2024-03-04/")
    before = [body(text(client, path, pin)) for path in paths]
    fact = Inspection.objects.get(reference="2024-03-04")
    actions.correct(fact, changes={"notes": "Another."}, reason="Misread.", by=None)
    for path, was in zip(paths, before, strict=True):
        assert body(text(client, path, pin)) == was
    assert re.search(r"Corrections\s+\(1\)", text(client, paths[0], ""))


def test_a_predecessor_is_named_as_it_was(client: Client, exampleshire: Council) -> None:
    old = make.make_council("Oldshire")
    exampleshire.predecessors.add(old)
    actions.raise_version()
    pin = pin_now()
    before = body(text(client, "/councils/exampleshire/", pin))
    actions.correct(old, changes={"short_name": "Elderland"}, reason="Renamed.", by=None)
    assert body(text(client, "/councils/exampleshire/", pin)) == before
    assert "Elderland" in text(client, "/councils/exampleshire/", "")


@pytest.mark.once
def test_a_pinned_calendar_holds_what_it_held(client: Client, record: None) -> None:
    pin = pin_now()
    paths = ("/councils/luton.ics", "/england/upcoming.ics")
    names = ("SUMMARY", "DTSTART", "DTEND", "UID", "DESCRIPTION", "URL")

    def lines(path: str) -> list[str]:
        unfolded = text(client, path, pin).replace("\r\n ", "")
        return [line for line in unfolded.splitlines() if line.startswith(names)]

    before = [lines(path) for path in paths]
    fact = Inspection.objects.filter(council__slug="luton").order_by("publication_date").last()
    actions.correct(
        fact,
        changes={"start_date": fact.start_date - timedelta(days=1)},
        reason="Misread.",
        by=None,
    )
    assert [lines(path) for path in paths] == before


@pytest.mark.once
def test_a_calendar_of_an_earlier_day_has_the_window_of_that_day(
    client: Client, record: None
) -> None:
    """The inspection of 2022 had not been published: the window rests on the one before it."""
    found = text(client, "/councils/luton.ics", "as_at=2021-06-30").replace("\r\n ", "")
    uids = [line for line in found.splitlines() if line.startswith("UID:window-")]
    assert all("2022" not in line for line in uids)
    assert uids


def test_the_foot_names_the_day_to_which_the_record_then_was_complete(
    client: Client, exampleshire: Council
) -> None:
    covered = Coverage(
        kind="full_inspections", complete_to_date=date(2024, 8, 1), source_text="Invented"
    )
    actions.record(covered, by=None)
    pin = pin_now()
    later = {"complete_to_date": date(2024, 11, 1)}
    actions.correct(covered, changes=later, reason="A test", by=None)
    for path in ("/", "/councils/exampleshire/", "/england/changes/"):
        now = client.get(path).content.decode()
        assert "The record is complete: full inspections to 1 November 2024." in now
        page = text(client, path, pin)
        assert "The record is complete: full inspections to 1 August 2024." in page
        assert "complete: full inspections to 1 November 2024" not in page
    assert "The record is complete" not in text(client, "/", "known=20010101T000000Z")
