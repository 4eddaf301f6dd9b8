"""The list of visits, its file and the API tell the same of every visit, plan dates among it."""

import csv
import io

import pytest
from django.test import Client

from tests.pages.reading import rows_of, text_of
from tests.questions.plain import lines

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIRST_NAMED = "2023-05-09"  # the first letter that named the days of the plan
NAMES = {
    "council_slug", "ons_region", "visit_kind", "topic", "start_date", "end_date",
    "publication_date", "priority_actions", "themes", "action_plan_due_date",
}  # fmt: skip


def file_rows(client: Client, query: str) -> list[dict[str, str]]:
    text = client.get(f"/england/visits.csv?{query}").content.decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_file_and_api_tell_the_same_facts_of_each_visit(client: Client) -> None:
    query = "region=london&topic=front-door"
    listed = file_rows(client, query)
    assert len(listed) > 10
    answer = client.get("/api/v1/visits?region=london&topic=front_door&page_size=100").json()
    given = {(row["council_slug"], row["visit"]): row for row in answer["results"]}
    assert len(given) == len(listed)
    for row in listed:
        other = given[row["council_slug"], row["visit"]]
        for name in NAMES:
            said = "" if other[name] is None else str(other[name])
            assert row[name] == said, (name, row["council_slug"], row["visit"])


def test_a_plan_is_due_after_exactly_those_letters_that_name_one(client: Client) -> None:
    due = {
        (row["council_slug"], row["visit"])
        for row in file_rows(client, "")
        if row["action_plan_due_date"]
    }
    wanted = {
        (row["council"], row["reference"])
        for row in lines("visits")
        if row["kind"] == "focused_visit"
        and row["priority_actions"] not in {"", "0"}
        and row["publication_date"] >= FIRST_NAMED
    }
    assert due == wanted != set()


def test_the_page_names_the_day_beside_the_priority_actions(client: Client) -> None:
    page = client.get("/england/visits/?priority=some&from=2023-05-01").content.decode()
    cells = [text_of(row[4]) for row in rows_of(page, "rows") if "plan was due" in row[4]]
    assert cells
    assert all("70 working days after the letter" in cell for cell in cells)


def test_a_misspelt_council_is_met_with_those_it_may_be(client: Client) -> None:
    for path in ("visits", "upcoming", "timing", "findings"):
        page = client.get(f"/england/{path}/?council=lutn&region=london").content.decode()
        asked = page.split("Did you mean")[1].split("</p>")[0]
        assert f'href="/england/{path}/?' in asked, path
        assert "council=luton" in asked, path


def test_one_council_can_be_asked_for_by_its_name(client: Client) -> None:
    page = client.get("/england/visits/?council=Milton+Keynes").content.decode()
    assert '<input id="council" name="council" type="search" value="Milton Keynes"' in page
    assert {text_of(row[0]) for row in rows_of(page, "rows")} == {"Milton Keynes"}


def test_a_visit_in_the_list_is_named_in_one_word(client: Client) -> None:
    page = client.get("/england/visits/").content.decode()
    table = page.partition('<table class="rows stack visited">')[2].partition("</table>")[0]
    assert '<span class="quiet">Focused</span>' in table
    assert '<span class="quiet">Joint</span>' in table
    assert "Focused visit" not in table
