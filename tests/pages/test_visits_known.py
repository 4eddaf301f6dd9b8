"""What rests on no visit having been found says to which day visits are complete."""

import csv
import io
from datetime import date

import pytest
from django.test import Client

from dashboard.england.inadequate import spacing
from dashboard.words.coverage import complete
from inspections.country_rows import Coverage
from inspections.questions.inadequate import Tracked, tracked_of
from inspections.rows import Visit
from tests.invented_rows import council, inspection, visit
from tests.pages.reading import main_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LISTS = "visits are complete to 31 March 2025, joint targeted area inspections to 28 February 2025"
FIRST, LAST = date(2021, 4, 1), date(2025, 3, 31)


def covering(*kinds: str, first: date | None = FIRST, last: date = LAST) -> dict[str, Coverage]:
    return {kind: Coverage(kind, first, last, "", "Lists") for kind in kinds}


MONITORED = covering("focused_visit", "monitoring_visit", "assurance_visit")


def after(begun: date, *visits: Visit) -> Tracked:
    latest = inspection(begun, grades={"overall": "inadequate", "leaders": "inadequate"})
    found = tracked_of(council(), latest, visits, None, MONITORED)
    assert found is not None
    return found


def page(client: Client, path: str) -> str:
    return text_of(main_of(client.get(path).content.decode()))


def test_kinds_that_are_complete_to_one_day_are_told_together() -> None:
    held = MONITORED | covering("jtai", first=None, last=date(2025, 2, 28))
    assert complete(held, date(2023, 1, 9), date(2026, 1, 1)) == LISTS
    assert complete(held, date(2019, 1, 9), date(2025, 1, 1)) == (
        "visits are complete from 1 April 2021"
    )
    assert complete(held, date(2019, 1, 9), date(2021, 3, 31)) == (
        "visits are complete only from 1 April 2021"
    )
    assert complete(held, date(2026, 1, 9), date(2026, 2, 1), ["jtai"]) == (
        "joint targeted area inspections are complete to 28 February 2025"
    )


def test_nothing_is_told_where_every_day_is_covered_or_coverage_is_not_known() -> None:
    assert complete(MONITORED, date(2023, 1, 9), date(2025, 3, 31)) == ""
    assert complete({}, date(2023, 1, 9), date(2026, 3, 31)) == ""


def test_no_visit_on_record_says_to_which_day(client: Client) -> None:
    assert f"No visit since the report is on record; {LISTS}." in page(
        client, "/councils/trafford/"
    )
    assert f"On record: 2 focused visits; {LISTS}." in page(client, "/england/inadequate/")


def test_the_table_of_visits_says_to_which_day(client: Client) -> None:
    said = page(client, "/england/inadequate/")
    assert f"Visits are those on record since each report: {LISTS}." in said
    assert "none on record" in said


def test_the_time_without_a_visit_ends_where_the_lists_end() -> None:
    waiting = after(date(2024, 3, 4))
    out = waiting.inspection.publication_date
    months = f"{(LAST - out).days / 30.4375:.0f} months"
    said = spacing(waiting, date(2026, 11, 28))
    assert f"On 31 March 2025 the report had been out for {months};" in said


@pytest.mark.parametrize("begun", [date(2019, 3, 4), date(2025, 9, 1)])
def test_no_time_without_a_visit_is_told_where_the_lists_do_not_reach(begun: date) -> None:
    said = spacing(after(begun), date(2026, 11, 28))
    assert "had been out for" not in said
    assert "visits are complete" in said


def test_the_months_between_visits_are_those_of_the_lists() -> None:
    begun = date(2023, 1, 9)
    days = (date(2024, 3, 5), date(2024, 6, 4), date(2026, 6, 2))
    visits = [visit(day, kind="monitoring_visit") for day in days]
    found = after(begun, *visits)
    assert found.gap_days == 91
    assert "then about one every 3 months (usual: 4)." in spacing(found, date(2026, 11, 28))
    assert after(begun, visits[0], visits[2]).gap_days is None


def test_the_file_says_to_which_day_visits_are_complete(client: Client) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/england/inadequate.csv").content.decode()))
    assert {row["visits_complete_to_date"] for row in rows} == {"2025-02-28"}


def test_a_visit_s_place_among_others_says_to_which_day(client: Client) -> None:
    said = page(client, "/councils/slough/inspections/2025-11-19/")
    assert "2nd focused visit of 2 on record since the inspection of January 2023; focused" in said
    early = page(client, "/councils/slough/inspections/2024-04-30/?as_at=2024-12-01")
    assert "on record since the inspection of January 2023." in early


def test_visits_between_two_inspections_say_to_which_day(client: Client) -> None:
    said = page(client, "/england/journeys/")
    assert "Visits in between are those on record: visits are complete from 1 April 2021" in said


def test_the_latest_visits_and_those_of_a_chart_say_to_which_day(client: Client) -> None:
    assert LISTS in page(client, "/").replace("Visits are", "visits are")
    chart = page(client, "/embed/councils/slough/grades/")
    assert "visits are complete from 1 April 2021 to 31 March 2025" in chart


def test_what_has_not_come_is_told_to_the_day_of_its_kind(client: Client) -> None:
    said = page(client, "/england/expected/?everything=1")
    assert "no report on one by 22 August 2026" in said
