import re

import pytest
from django.test import Client

from tools.addresses import MAIN_PAGES


@pytest.mark.django_db
@pytest.mark.parametrize("address", MAIN_PAGES.values(), ids=MAIN_PAGES.keys())
def test_a_main_page_answers_on_either_database(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert b"<h1" in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "name"),
    [("/", "England"), ("/england/timing/", "England"), ("/councils/?q=lut", "Councils"),
     ("/councils/luton/", "Councils"), ("/compare/", "Compare"), ("/method/", "Method"),
     ("/about/", "")],
)  # fmt: skip
def test_the_menu_marks_where_the_reader_is(client: Client, address: str, name: str) -> None:
    menu = client.get(address).content.decode().split('aria-label="Main">')[1].split("</nav>")[0]
    assert re.findall(r'aria-current="true">(\w+)', menu) == ([name] if name else [])
