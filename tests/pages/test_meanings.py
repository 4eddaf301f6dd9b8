"""What grades and areas mean stands where the words do; where to turn stands with each council."""

import re

import pytest
from django.test import Client

from dashboard.words.meanings import AREAS, GRADES, meanings
from inspections.store import current_record
from tests.invented_rows import book
from tests.pages.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WITH_GRADES = (
    "/", "/councils/", "/councils/luton/", "/councils/luton/inspections/2026-01-19/",
    "/compare/?councils=luton~bedford", "/england/statistics/", "/england/changes/",
    "/councils/luton/briefing/", "/councils/luton/grades/", "/england/grades-held/",
    "/england/moves/", "/england/grades-by-area/",
    "/england/side-by-side/?councils=luton~bedford",
)  # fmt: skip


def test_every_grade_and_area_on_record_is_explained() -> None:
    found = meanings(current_record().book)
    assert [grade.key for grade, _ in found.grades] == list(GRADES)
    assert [lane.code for lane, _ in found.areas] == list(AREAS)


def test_what_nobody_has_explained_is_left_out_and_breaks_nothing() -> None:
    found = meanings(book())
    assert {lane.code for lane, _ in found.areas} <= set(AREAS)


@pytest.mark.parametrize("path", WITH_GRADES)
def test_the_words_are_explained_on_the_page_where_they_stand(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    [told] = re.findall(r'<details class="means">.*?</details>', page, re.DOTALL)
    for said in (*GRADES.values(), *AREAS.values()):
        assert said in text_of(told)
    assert 'href="https://files.ofsted.gov.uk/v1/file/50004276#page=32"' in told


def test_every_pages_foot_leads_to_the_meanings_and_to_where_to_turn(client: Client) -> None:
    foot = client.get("/england/timing/").content.decode().split('<footer class="foot">')[1]
    for address, heading in (("/method/", "grades"), ("/about/", "turn")):
        assert f'href="{address}#{heading}"' in foot
        assert f'id="{heading}"' in client.get(address).content.decode()


def test_a_councils_page_says_where_to_turn_in_five_lines_with_its_own_site(client: Client) -> None:
    page = client.get("/councils/luton/").content.decode().split('id="turn"')[1]
    lines = re.findall(r"<li>.*?</li>", page.split("</section>")[0], re.DOTALL)
    assert len(lines) == 5
    assert all("href=" in line for line in lines)
    assert 'href="https://www.luton.gov.uk">' in lines[1]
    assert "complain to the council first" in text_of(lines[4])


def test_ofsteds_own_page_of_the_council_is_in_pack_file_and_api(client: Client) -> None:
    address = "https://reports.ofsted.gov.uk/provider/44/821"
    assert f'href="{address}"' in client.get("/councils/luton/briefing/").content.decode()
    assert client.get("/api/v1/councils/luton").json()["ofsted_page"] == address
    assert address in client.get("/data/councils.csv").content.decode()
    assert client.get("/api/v1/councils/poole").json()["ofsted_page"] == ""
