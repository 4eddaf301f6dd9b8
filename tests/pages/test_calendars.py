"""Calendar feeds: valid, with lasting names, and told anew when something changes."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar, Event

from inspections import actions
from inspections.models import Inspection, InspectionPause, Statement, Visit
from tests.pages import ics_grammar

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = timedelta(days=1)
DUTIES = ("action-plan", "publication")
ALL, ONE = "/england/upcoming.ics", "/councils/luton.ics"


def read(client: Client, path: str) -> dict[str, Event]:
    """Events by UID."""
    answer = client.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found), "a UID is there twice"
    return by_uid


@pytest.mark.parametrize("path", [ALL, ONE, "/councils/trafford.ics"])
def test_a_feed_is_one_that_the_standard_allows(client: Client, path: str) -> None:
    text = client.get(path).content
    lines = text.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    calendar = Calendar.from_ical(text)
    assert calendar.errors == []
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar["PRODID"]
    for event in calendar.walk("VEVENT"):
        assert event.errors == []
        for name in ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "URL"):
            assert name in event
        # Permanent identifiers: the council's ONS code, the reference of the event.
        assert str(event["X-ONS-CODE"]).startswith("E")
        assert str(event["X-REFERENCE"])
        first, end = event["DTSTART"].dt, event["DTEND"].dt
        assert type(first) is type(end) is date, "whole days"
        assert first < end
        assert event["TRANSP"] == "TRANSPARENT"
    assert client.get(path).content == text, "an unchanged record gives the same file"


@pytest.mark.parametrize("path", [ALL, ONE, "/councils/bradford.ics", "/councils/poole.ics"])
def test_a_feed_is_one_that_a_plain_reader_of_the_standard_takes(client: Client, path: str) -> None:
    """Read by the grammar, and the same as the library reads; ends of spans are exclusive."""
    text = client.get(path).content
    found = {part.properties["UID"]: part.properties for part in ics_grammar.parse(text).parts}
    by_library = read(client, path)
    assert found.keys() == by_library.keys()
    for uid, event in found.items():
        first, end = (date.fromisoformat(event[name]) for name in ("DTSTART", "DTEND"))
        assert first < end
        assert (first, end) == (by_library[uid]["DTSTART"].dt, by_library[uid]["DTEND"].dt)
        plain = re.sub(r"\\([\\;,])", r"\1", event["SUMMARY"])
        assert plain == str(by_library[uid]["SUMMARY"])


@pytest.mark.parametrize(
    "broken",
    [
        lambda text: text.replace(b"\r\n", b"\n"),
        lambda text: text.replace(b"\r\n ", b"", 1),
        lambda text: text.replace(b"\\,", b",", 1),
        lambda text: text.replace(b"DTSTAMP:", b"DTSTAMPED:", 1),
        lambda text: text.replace(b"END:VEVENT\r\n", b"", 1),
        lambda text: text.replace(b";VALUE=DATE", b"", 1),
    ],
)
def test_the_plain_reader_refuses_what_the_standard_does(client: Client, broken) -> None:
    text = client.get(ONE).content
    with pytest.raises((AssertionError, KeyError)):
        ics_grammar.parse(broken(text))


def test_every_window_is_a_tentative_span(client: Client) -> None:
    found = read(client, ALL)
    assert len(found) > 100
    assert {event["STATUS"] for event in found.values()} == {"TENTATIVE"}
    assert all("History, not a schedule" in event["DESCRIPTION"] for event in found.values())


def test_a_councils_feed_has_events_duties_expectations_and_its_window(client: Client) -> None:
    found = read(client, ONE)
    kinds = {uid.split("-luton")[0] for uid in found}
    assert kinds == {"inspection", "action-plan", "publication", "visit", "expected", "window"}
    for uid, event in found.items():
        is_tentative = uid.startswith(("window-", "expected-"))
        assert event["STATUS"] == ("TENTATIVE" if is_tentative else "CONFIRMED")
    plan = next(event for uid, event in found.items() if uid.startswith("action-plan-luton-2020"))
    assert plan["DTSTART"].dt == date(2020, 6, 5)
    assert plan["DTEND"].dt - DAY == date(2020, 6, 8), "the doubt of one working day"
    inspection = found["inspection-luton-2026-01-19@childrens-services-inspections"]
    assert (inspection["DTSTART"].dt, inspection["DTEND"].dt - DAY) == (
        date(2026, 1, 19), date(2026, 1, 30),
    )  # fmt: skip


def sequences(client: Client, path: str) -> dict[str, int]:
    return {uid: int(event["SEQUENCE"]) for uid, event in read(client, path).items()}


@pytest.mark.parametrize(
    ("fact", "changes", "uid"),
    [
        (lambda: Inspection.objects.get(council__slug="luton", reference="2026-01-19"),
         {"end_date": date(2026, 1, 29)}, "inspection-luton-2026-01-19"),
        (lambda: Visit.objects.get(council__slug="luton", reference="2021-12-08"),
         {"start_date": date(2021, 12, 7)}, "visit-luton-2021-12-08"),
        (lambda: Statement.objects.filter(
            council__slug="luton", expected_event="full_inspection").earliest("reference"),
         {"expected_to_date": date(2022, 12, 31)}, "expected-luton-"),
    ],
)  # fmt: skip
def test_a_corrected_fact_keeps_its_uid_and_raises_its_sequence(
    client: Client, fact, changes: dict, uid: str
) -> None:
    before = sequences(client, ONE)
    actions.correct(fact(), changes=changes, reason="Invented for a test", by=None)
    after = sequences(client, ONE)
    assert after.keys() == before.keys()
    risen = {name for name in after if after[name] > before[name]}
    assert len(risen) >= 1
    own = (uid, "window-luton", *(uid.replace("inspection-", f"{duty}-") for duty in DUTIES))
    assert all(name.startswith(own) for name in risen)
    assert all(after[name] == before[name] for name in after.keys() - risen)


def test_windows_that_move_raise_their_sequence(client: Client) -> None:
    before = read(client, ALL)
    pause = InspectionPause(
        first_date=date(2024, 1, 1), last_date=date(2024, 6, 30), name="Invented",
        source_text="Invented",
    )  # fmt: skip
    actions.record(pause, by=None)
    after = read(client, ALL)
    both = before.keys() & after.keys()
    assert len(both) > 100
    for uid in both:
        has_moved = any(
            before[uid][name].dt != after[uid][name].dt for name in ("DTSTART", "DTEND")
        )
        if has_moved:
            assert int(after[uid]["SEQUENCE"]) == int(before[uid]["SEQUENCE"]) + 1
    assert sum(before[uid]["DTSTART"].dt != after[uid]["DTSTART"].dt for uid in both) > 50


def test_the_duties_after_every_report_stand_in_the_calendar_good_ones_too(client: Client) -> None:
    found = read(client, ONE)
    plan = found["action-plan-luton-2026-01-19@childrens-services-inspections"]
    own = found["publication-luton-2026-01-19@childrens-services-inspections"]
    assert (plan["DTSTART"].dt, own["DTSTART"].dt) == (date(2026, 6, 22), date(2026, 4, 23))
    full = [uid for uid in found if re.match(r"inspection-luton-20(1[6-9]|2)", uid)]
    assert sum(uid.startswith("action-plan-") for uid in found) >= len(full) >= 4


@pytest.mark.parametrize("day", ["2026-08-24", "2026-11-30"])
def test_the_duties_after_a_report_that_is_not_read_here_stand_there_from_its_day(
    client: Client, day: str
) -> None:
    found = read(client, f"/councils/slough.ics?as_at={day}")
    keys = [f"{code}-slough-2026-07-06@childrens-services-inspections"
            for code in ("action-plan", "publication")]  # fmt: skip
    days = [found[key]["DTSTART"].dt for key in keys if key in found]
    assert days == ([date(2026, 12, 2), date(2026, 10, 7)] if day > "2026-08-25" else [])


@pytest.mark.parametrize(
    ("slug", "key", "said"),
    [
        (
            "slough",
            "inspection-slough-pub-2011-06-01@",
            "The days on site are not recorded; this is the day of publication.",
        ),
        (
            "cumbria",
            "inspection-cumbria-2022-09-20@",
            "Published 15 November 2022. The last day on site is not recorded.",
        ),
        (
            "slough",
            "inspection-slough-2026-07-06@",
            "Published 25 August 2026. What it judged is not yet on this site",
        ),
    ],
)
def test_a_calendar_says_what_is_not_known_of_an_inspection(
    client: Client, slug: str, key: str, said: str
) -> None:
    found = read(client, f"/councils/{slug}.ics")
    event = next(event for uid, event in found.items() if uid.startswith(key))
    assert said in str(event["DESCRIPTION"])
