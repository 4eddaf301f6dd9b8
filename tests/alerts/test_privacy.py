"""What the page *About* promises of cookies, asked for."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]


@pytest.mark.parametrize(
    "path", ["/", "/councils/luton/", "/england/week/", "/feeds/?councils=luton", "/about/"]
)
def test_reading_sets_no_cookie(path: str) -> None:
    client = Client()
    assert client.get(path).status_code == 200
    assert not client.cookies


@pytest.mark.parametrize("path", ["/report/", "/subscribe/"])
def test_a_form_sets_at_most_its_own_proof(path: str, settings: object) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:9"
    client = Client()
    assert client.get(path).status_code == 200
    assert set(client.cookies) == {"csrftoken"}
