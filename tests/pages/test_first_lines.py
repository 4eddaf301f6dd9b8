"""What a reader asks first of a page is said near its top."""

import pytest
from django.test import Client

from tests.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/councils/luton/", "In January 2026 inspectors asked for : plans and reviews; "),
        ("/councils/hertfordshire/", "In January 2023 inspectors asked for : front door and "),
        ("/england/journeys/", "After Good : Good "),
        ("/england/journeys/?area=help-and-protection", "After Requires improvement : Good "),
        (
            "/england/inadequate/",
            "the next full inspection gave Requires improvement 32",
        ),
        ("/england/visits/", "▲ monitoring: after an inadequate judgement;"),
        (
            "/england/visits/",
            "The newest whose points are here, Middlesbrough, 9 to 10 December 2025, asked for: ",
        ),
        ("/england/expected/", "Expected and actual: Luton and Nottingham All inspections"),
        ("/", "Newest report Lancashire , 20 August 2026; 3 newer not read here yet"),
        ("/england/upcoming/", "No window 4"),
        ("/england/week/", "What is newer: Ofsted's own reports"),
        ("/england/findings/", "Rows: most raised in all of them first."),
        ("/corrections/", "The people who run this site look at it"),
        (
            "/england/figures/",
            "A figure does not explain a grade, and councils are not put in order by one.",
        ),
        ("/england/figures/", "Published by the Department for Education"),
        ("/england/upcoming/", "Ofsted announces no dates."),
        (
            "/councils/tameside/inspections/monitoring-visit-2025-12/",
            "What inspectors found is not on this site: read the source, Page of public",
        ),
        (
            "/councils/luton/inspections/2026-01-19/",
            "What inspectors asked for (3 points on 6 themes): plans and reviews; ",
        ),
        (
            "/councils/luton/inspections/2024-07-31/",
            "What inspectors asked for (4 points on 3 themes): care leavers' homes, ",
        ),
        ("/councils/trafford/inspections/2026-06-08/", "There is no overall grade: Ofsted has"),
        ("/councils/luton/briefing/", "To ask: How many plans did audits find"),
        (
            "/england/findings/",
            "most often ask for: supervision and management oversight (45%), plans and reviews",
        ),
    ],
)
def test_a_page_says_near_its_top(client: Client, path: str, said: str) -> None:
    text = " ".join(main_of(client.get(path).content.decode()).split())
    assert said in text
    assert text.index(said) < 3_000  # the words of the filters are among these


def test_the_longest_wait_for_a_report_has_a_name(client: Client) -> None:
    assert "Longest 203 days, Surrey, 2015" in main_of(
        client.get("/england/timing/").content.decode()
    )
