"""What people asked when Luton was judged inadequate, and the page that answers each."""

import html
import os
import re
from pathlib import Path

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record"), pytest.mark.once]
ASKED = Path(
    os.environ.get("SHARED_DIR", Path(__file__).resolve().parents[2].parent / "shared"), "needs.md"
)
REPORT = "/councils/luton/inspections/2020-01-13/"
THEN = "/councils/luton/?as_at=2020-03-01"
FIGURES = "/councils/luton/context/?as_at=2020-03-01"
# The number of the question there, what it is about, the page and what it says.
ANSWERS = [
    (1, "what was judged, and before", REPORT, r"Down from Requires improvement overall in 2016"),
    (2, "what has to improve", REPORT, r"13 points to improve, on \d+ themes"),
    (3, "what got worse", REPORT, r"Down (one|two) grade"),
    (4, "what had been raised before", REPORT, r"\d+ of the 13 are on themes that"),
    (5, "what was praised", REPORT, r"praised is not collected here; it stands in the report"),
    (6, "when the plan is due", THEN, r"Due about 5 June 2020"),
    (7, "when inspectors come back", THEN, r"first published monitoring visit usually comes"),
    (8, "with what notice, for how long", THEN, r"how long it takes, with what notice"),
    (9, "how soon others were better", "/england/journeys/", r"inspected again within about \d+"),
    (10, "agency staff", FIGURES, r"agency rate \(36\.6%\)"),
    (11, "what most councils have", "/councils/luton/", r"18 of 151 councils had 25\.0% to 30"),
    (12, "vacancies and turnover", FIGURES, r"vacancy rate \(38\.7%\)"),
    (13, "caseloads", FIGURES, r"Caseload 17\.2 \(2019\)"),
    (14, "children in care", FIGURES, r"Children in care 406"),
    (15, "children far from home", FIGURES, r"placed over 20 miles away \(32%\)"),
    (16, "changes of worker", "/councils/luton/context/", r"Three or more social workers \d+%"),
    (17, "deprivation", FIGURES, r"70th of 317"),
    (18, "money spent", FIGURES, r"Spend per child in care £65,675"),
    (19, "councils alike", FIGURES, r"Luton its ten neighbours"),
    (20, "a district", "/councils/?q=dover", r"services there: Kent County Council"),
    (21, "who rose from inadequate", THEN, r"Who rose from Inadequate"),
    (22, "what was said, what came", "/england/expected/?council=luton", r"14 statements in all"),
    (23, "what to ask", "/councils/luton/briefing/?as_at=2020-03-01", r"Questions worth asking"),
    (24, "single services", REPORT, r"Homeless 16- and 17-year-olds"),
    (25, "who is responsible", "/method/", r"Who is responsible, and what the government may do"),
    (26, "what the government may do", "/method/", r"The Secretary of State may direct a council"),
    (27, "where to turn", "/about/", r"You worry about a child"),
    (28, "where to check", REPORT, r"Read Ofsted's report"),
]

# What a question asks besides, which has no answer on record or another page.
BESIDES = [
    (10, "agency workers counted", "/england/expected/?council=luton&everything=1", r"64 people"),
    (15, "foster places", "/data/", r"Not on record: how many foster places a council has"),
    (18, "overspending", "/data/", r"what it overspent"),
    (19, "party", "/data/", r"which party ran it"),
    (21, "what became of those judged inadequate", "/england/inadequate/", r"Judged Inadequate"),
    (23, "when papers come", "/method/", r"five clear days before a meeting"),
    (24, "single services", REPORT, r"multi-agency safeguarding hub"),
]


@pytest.mark.parametrize(("number", "about", "address", "says"), [*ANSWERS, *BESIDES])
def test_a_page_answers(client: Client, number: int, about: str, address: str, says: str) -> None:
    page = re.sub(r"<(style|script).*?</\1>", " ", client.get(address).content.decode(), flags=re.S)
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert re.search(says, text), f"{number}: {about}"


def test_every_question_is_answered() -> None:
    assert [row[0] for row in ANSWERS] == list(range(1, 29))


@pytest.mark.shared
@pytest.mark.skipif(not ASKED.is_file(), reason=f"SKIPPED FOR LACK OF THE QUESTIONS: no {ASKED}")
def test_no_question_is_left_out() -> None:
    numbers = re.findall(r"^(\d+)\. ", ASKED.read_text(encoding="utf-8"), flags=re.M)
    assert len(numbers) == len(ANSWERS)
