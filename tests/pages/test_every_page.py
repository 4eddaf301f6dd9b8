"""What holds of every address, however its query is mangled."""

import re

import pytest
from django.test import Client

from tests.pages.addresses import ADDRESSES, HTML_ADDRESSES

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGES = {path for name, path in HTML_ADDRESSES.items() if not name.startswith("embed-")}

MANGLED = {
    "NUL": "%00",
    "NUL within": "a%00b",
    "no UTF-8": "%ff%fe",
    "a lone surrogate": "%ed%a0%80",
    "a percent sign that is no escape": "%u0041",
    "an open bracket": "(",
    "a float": "1e5",
    "a huge number": "9" * 30,
    "5,000 digits": "9" * 5000,
    "Arabic digits": "%D9%A2%D9%A0%D9%A2%D9%A4-%D9%A0%D9%A1-%D9%A0%D9%A1",
    "no such day": "2024-13-45",
    "year 0": "0000-00-00",
    "year 99999": "99999-01-01",
    "another column": "council__secret",
    "SQL": "%27%20OR%201%3D1%3B--",
    "markup": "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "a template": "%7B%7B7*7%7D%7D",
    "turned writing": "%E2%80%AEnotul",
    "8 KB": "x" * 8192,
    "wildcards": "%25%25%25%25____",
    "a long list": "~".join(["leaders"] * 2000),
}
NAMES = (
    "as_at", "known", "q", "area", "grade", "sort", "region", "kind", "page", "id", "__proto__",
)  # fmt: skip


def mangled_queries(number: int) -> list[str]:
    """Two queries that have every mangled value; which name has which goes by `number`."""
    values = list(MANGLED.values())
    shift = number % len(values)
    turned = [*values[shift:], *values[:shift]]
    return [
        "&".join(f"{key}={value}" for key, value in zip(NAMES, turned[start:], strict=False))
        for start in range(0, len(values), len(NAMES))
    ]


def test_each_printed_page_carries_a_name_of_its_own_and_its_day(client: Client) -> None:
    names = {}
    for path in PAGES:
        page = client.get(path, follow=True).content.decode()
        named = re.search('<html[^>]* data-of="([^"]*) · (?:To|As at) [0-9]', page)
        assert named or '<body class="present' in page, path
        names[path] = named and named[1]
    assert "Children&#x27;s services inspections in England" not in names.values(), names


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_mangled_query_still_gets_the_page(client: Client, name: str) -> None:
    for query in mangled_queries(list(ADDRESSES).index(name)):
        answer = client.get(f"{ADDRESSES[name]}?{query}", follow=True)
        is_page = name in HTML_ADDRESSES and not name.startswith("embed-")
        assert answer.status_code in ({200} if is_page else {200, 400}), query
        if is_page:
            page = answer.content.decode()
            assert "Part of this address could not be read, so it is left out" in page, query
            assert "<img src=x" not in page, query


@pytest.mark.parametrize("name", HTML_ADDRESSES)
def test_what_is_unknown_or_no_day_is_said_on_the_page(client: Client, name: str) -> None:
    page = client.get(f"{HTML_ADDRESSES[name]}?colour=red&as_at=2024-13-45").content.decode()
    said = "cannot be read" if name.startswith("embed-") else "was ignored"
    assert f"“colour=red” {said}: this page has no such setting." in page
    assert f"“as_at=2024-13-45” {said}: it is not a date" in page
    assert "as it had been published by" not in page


# The log of corrections goes by the moment known alone, and says so: test_feeds_and_log.py.
@pytest.mark.parametrize("name", sorted(HTML_ADDRESSES.keys() - {"corrections"}))
def test_a_page_as_at_a_past_day_says_so(client: Client, name: str) -> None:
    page = client.get(f"{HTML_ADDRESSES[name]}?as_at=2020-03-01").content.decode()
    said = (
        "1 March 2020" if name.startswith("embed-") else "as it had been published by 1 March 2020"
    )
    assert said in page
    assert "Part of this address could not be read, so it is left out" not in page


@pytest.mark.parametrize("name", HTML_ADDRESSES)
def test_more_than_a_thousand_parameters_are_refused(client: Client, name: str) -> None:
    query = "&".join(f"key{number}=1" for number in range(1001))
    assert client.get(f"{HTML_ADDRESSES[name]}?{query}").status_code == 400


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_answers_is_only_read_and_sets_no_cookie(client: Client, name: str) -> None:
    path = ADDRESSES[name]
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert not head.cookies
    for method in ("post", "put", "delete", "patch", "trace"):
        answer = getattr(client, method)(path)
        assert answer.status_code == 405, method
        assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "part", ["%00", "lut%00on", "%ff", "..%2f..%2fetc", "x" * 5000, "%E2%80%AEnotul", "lut%0d%0aon"]
)
def test_a_mangled_path_is_not_found(client: Client, part: str) -> None:
    for path in (f"/councils/{part}/", f"/councils/luton/inspections/{part}/", f"/{part}"):
        assert client.get(path).status_code == 404, path
