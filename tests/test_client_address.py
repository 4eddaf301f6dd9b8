import pytest
from django.test import RequestFactory

from config.client_address import client_address

CONNECTED, CLIENT, FORGED = "192.0.2.1", "198.51.100.7", "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, None, CONNECTED),
        (0, FORGED, CONNECTED),
        (1, CLIENT, CLIENT),
        (1, f"{FORGED}, {CLIENT}", CLIENT),
        (2, f"{FORGED}, {CLIENT}, 192.0.2.44", CLIENT),
        (1, None, CONNECTED),
        (1, "not an address", CONNECTED),
        (3, CLIENT, CONNECTED),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_the_proxies_entries_are_believed(
    settings: object, proxies: int, header: str | None, expected: str
) -> None:
    settings.PROXY_COUNT = proxies
    headers = {} if header is None else {"X-Forwarded-For": header}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=CONNECTED)
    assert client_address(request) == expected
