import pytest
from django.test import Client

from tools.addresses import MAIN_PAGES


@pytest.mark.django_db
@pytest.mark.parametrize("address", MAIN_PAGES.values(), ids=MAIN_PAGES.keys())
def test_a_main_page_answers_on_either_database(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert b"<h1" in response.content
