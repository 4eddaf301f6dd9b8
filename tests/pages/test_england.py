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
