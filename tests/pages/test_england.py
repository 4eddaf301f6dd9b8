"""England's page: the squares with their names, and the way to the lists behind them."""

import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("given", "is_named", "other"),
    [
        ("", False, "/?names=1"),
        ("?names=1", True, "/"),
        ("?area=leaders&names=1", True, "/?area=leaders"),
        ("?as_at=2024-01-31", False, "/?as_at=2024-01-31&amp;names=1"),
    ],
)
def test_squares_have_names_where_asked(
    client: Client, given: str, is_named: bool, other: str
) -> None:
    page = client.get(f"/{given}").content.decode()
    assert ('<div class="named">' in page) is is_named
    assert f'href="{other}" hx-get' in page
    assert page.count('class="sq ') == 153
    assert '<span class="vh"> Luton<i>: ' in page


def test_a_grade_of_the_key_lists_its_councils(client: Client) -> None:
    page = client.get("/?area=leaders&as_at=2024-01-31").content.decode()
    key = page.split('id="squares-key"')[1].split("</section>")[0]
    links = [link.replace("&amp;", "&") for link in re.findall('href="([^"]+)"', key)]
    listing = "/councils/?area=leaders&grade=inadequate&as_at=2024-01-31"
    assert listing in links
    squares = page.count('class="sq g-inadequate')
    listed = client.get(listing).content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert listed.count("<tr") == squares > 0


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Help and protection: 18 up, 16 the same and 5 down. "
         "Down, newest first: Trafford, Wolverhampton, Somerset, Warwickshire, Bedford."),
        ("area=overall", "18 up, 7 the same, 3 down and 11 not comparable (inspections that began "
         "on or after 1 April 2026 have no overall grade). Down, newest first: Kent,"),
        ("area=care-leavers", "3 up, 2 the same and 34 not comparable (judged together with "
         "children in care until the end of 2022)."),
        ("as_at=2019-06-30", "Stoke-on-Trent, Staffordshire, Blackpool and 2 more."),
        ("area=care-leavers&as_at=2015-06-01",
         "Care leavers: 38 with no full inspection that graded it before."),
    ],
)  # fmt: skip
def test_the_first_sentence_says_what_the_new_reports_brought(
    client: Client, query: str, said: str
) -> None:
    clock = "" if "as_at" in query else "&as_at=2026-08-22"
    page = client.get(f"/?{query}{clock}").content.decode()
    first = page.split('<p class="sentence"')[1].split("</p>")[0].split(">", 1)[1]
    assert said in " ".join(re.sub("<[^>]*>", "", first).split())


@pytest.mark.parametrize(
    ("query", "shown", "left_out"),
    [
        ("by=area", '<td data-label="O">', '<td data-label="Judged jointly" class="wide">–</td>'),
        ("by=framework", "Rules of 2018: ILACS 2018<", "<th>ILACS"),
        ("by=framework", "Rules of 2026: ILACS 2026 (no overall grade)", ">ILACS"),
    ],
)
def test_grades_on_a_date_name_each_number_on_a_phone(
    client: Client, query: str, shown: str, left_out: str
) -> None:
    page = client.get(f"/england/statistics/?as_at=2026-08-22&{query}").content.decode()
    assert '<table class="numbers stack flow">' in page
    assert shown in page
    assert (left_out in page) is ("wide" in left_out)


@pytest.mark.parametrize(
    ("query", "linked"),
    [
        ("area=overall", 4),
        ("area=help-and-protection", 4),
        ("area=leaders&as_at=2024-01-31", 4),
        # Some of the lists name councils that were judged together with children in care too.
        ("area=care-leavers", 3),
        ("area=care-leavers&as_at=2024-01-31", 0),
    ],
)
def test_each_grade_beside_the_news_counts_the_councils_of_its_list(
    client: Client, query: str, linked: int
) -> None:
    page = client.get(f"/?{query}").content.decode()
    beside = page.split('aria-label="At hand"')[1].split("</dl>")[0]
    numbers = [int(told) for told in re.findall(r"<dd>(?:<a[^>]*>)?(\d+)", beside)]
    said = re.search(r"Of (\d+) councils with a grade for", page)
    assert said and sum(numbers) == int(said[1])
    links = re.findall(r'<a class="listed" href="([^"]+)">(\d+)</a>', beside)
    assert len(links) == linked
    for href, number in links:
        listed = client.get(href.replace("&amp;", "&")).content.decode()
        rows = listed.split("<tbody>")[1].split("</tbody>")[0]
        assert rows.count("<tr") == int(number), href
