"""Councils side by side: what is said first, who stands first."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = "as_at=2026-08-22"


def page_of(client: Client, query: str) -> str:
    return client.get(f"/compare/?{query}&{DAY}").content.decode()


def order(page: str) -> list[str]:
    rows = page.split("<tbody>")[1].split("</tbody>")[0]
    return re.findall('<th scope="row"><a href="/councils/([a-z-]+)/', rows)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("councils=slough~luton~bedford", ["bedford", "luton", "slough"]),
        ("councils=slough~luton~bedford&council=slough", ["slough", "bedford", "luton"]),
        ("councils=slough~luton~bedford&council=E06000032", ["luton", "bedford", "slough"]),
        ("councils=slough~luton&council=kent", ["luton", "slough"]),
    ],
)
def test_one_council_may_stand_first_the_others_by_name(
    client: Client, given: str, expected: list[str]
) -> None:
    page = page_of(client, given)
    assert order(page) == expected
    is_told = "“council=kent” was ignored" in page
    assert is_told is ("kent" in given)
    assert ('<tr class="own">' in page) is ("council=" in given and not is_told)


def test_every_column_has_a_name(client: Client) -> None:
    heads = re.findall(
        r"<th scope=\"col\"[^>]*>(.*?)</th>", page_of(client, "councils=luton~bedford")
    )
    assert heads and all(re.sub("<[^>]*>", "", head).strip() for head in heads)


def test_the_first_sentence_says_who_holds_what(client: Client) -> None:
    main = main_of(page_of(client, "councils=slough~luton~bedford~central-bedfordshire"))
    said = "Help and protection: Good in Central Bedfordshire and Luton; Requires improvement in"
    assert f"{said} Bedford and Slough." in main


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("luton~bedford", "Bedford July 2028 to July 2029; Luton February 2029 to June 2030."),
        ("nottingham~luton", "Luton February 2029 to June 2030; Nottingham past: was July 2025 to"),
    ],
)
def test_when_the_next_inspections_are_likely_is_told(
    client: Client, given: str, said: str
) -> None:
    assert said in main_of(page_of(client, f"councils={given}"))


def test_no_next_inspection_is_told_where_a_newer_report_is_not_read_here(client: Client) -> None:
    page = client.get("/compare/?councils=luton~hertfordshire&as_at=2026-09-30").content.decode()
    assert "recent pace: Luton February 2029 to June 2030." in main_of(page)


def test_the_place_of_a_council_is_one_press_away_and_goes_with_it(client: Client) -> None:
    page = page_of(client, "councils=luton~slough&council=slough")
    links = {link.replace("&amp;", "&") for link in re.findall('href="([^"]+)"', page)}
    for to in ("councils=luton~slough", "councils=luton~slough&council=luton", "councils=luton"):
        assert f"/compare/?{DAY}&{to}" in links, to
    assert '<input type="hidden" name="council" value="slough">' in page
    added = client.get(f"/compare/add/?councils=luton~slough&council=slough&add=kent&{DAY}")
    assert added["Location"] == f"/compare/?{DAY}&councils=luton~slough~kent&council=slough"


def test_the_neighbours_of_a_council_stand_beside_it(client: Client) -> None:
    page = client.get("/councils/luton/").content.decode()
    link = re.search(r'href="(/compare/\?councils=luton~[^"]+)"', page)
    assert link and "&amp;council=luton" in link[1]
    assert order(client.get(link[1].replace("&amp;", "&")).content.decode())[0] == "luton"


def test_a_misspelt_name_is_met_with_those_it_may_stand_for(client: Client) -> None:
    for sought, offered in [
        ("lutton", "luton"),
        ("milton keyns", "milton-keynes"),
        ("dover", "kent"),
        ("bedfrd", "bedford"),
    ]:
        told = client.get(f"/compare/add/?councils=slough&add={sought}", follow=True)
        assert f'href="/compare/?councils=slough~{offered}"' in told.content.decode(), sought


def test_which_council_stands_first_is_chosen_in_one_place(client: Client) -> None:
    page = page_of(client, "councils=luton~slough&council=slough")
    assert "Mark a council" not in page
    assert page.count('name="council" value="slough"') >= 2, "every form keeps it"


def test_figures_stand_behind_one_line(client: Client) -> None:
    section = page_of(client, "councils=luton~slough").split('<h2 id="figures">')[1]
    assert section.index("<details") < section.index('<table class="stack measures">')


def test_figures_that_are_folded_on_a_screen_stand_on_paper(client: Client) -> None:
    page = page_of(client, "councils=luton~bedford")
    assert '<details class="on-paper"><summary>Staff' in page
    rules = (settings.BASE_DIR / "static/css/print.css").read_text(encoding="utf-8")
    assert ".on-paper::details-content { content-visibility: visible;" in rules
