"""Files, embeds and pictures refuse what a page only notices: nobody reads a notice in them."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from inspections.models import Council

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FILES = (
    "/councils.csv", "/councils.preview.png", "/councils/exampleshire.ics",
    "/councils/exampleshire.atom", "/councils/exampleshire/offline.html",
    "/councils/exampleshire/grades.csv", "/councils/exampleshire/grades.png",
    "/councils/exampleshire/grades.svg", "/councils/exampleshire/grades.zip",
    "/councils/exampleshire/grades.xlsx", "/councils/exampleshire/grades.ods",
    "/councils/exampleshire/grades.figure.json", "/england/grades-held.csv",
    "/england/statistics.csv", "/england/changes.csv", "/england/expected.csv",
    "/england/upcoming.ics", "/england.atom", "/england/london.atom", "/corrections.atom",
    "/data/record.json", "/data/inspections.csv",
)  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_a_file_refuses_a_wrong_day_and_an_unknown_name(
    path: str, client: Client, exampleshire: Council
) -> None:
    for query, expected in (("as_at=2020-02-23x", "year-month-day"), ("regoin=london", "regoin")):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400, query
        assert answer.headers["Content-Type"].startswith("text/plain")
        said = answer.content.decode()
        assert query in said and expected in said


def test_a_file_refuses_a_value_that_is_none_of_its_choices(
    client: Client, exampleshire: Council
) -> None:
    for path in ("/councils.csv?region=Mars", "/england/grades-held.csv?region=East of Mars",
                 "/councils/exampleshire/grades.png?w=wide"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 400, path
        assert "expected" in answer.content.decode(), path


def test_a_comparison_file_names_its_bad_member(client: Client, exampleshire: Council) -> None:
    answer = client.get("/england/side-by-side.csv?councils=exampleshire~Nowhere")
    assert answer.status_code == 400
    assert "councils=Nowhere" in answer.content.decode()


def test_an_embed_refuses_with_a_page_that_may_be_framed(
    client: Client, exampleshire: Council
) -> None:
    answer = client.get("/embed/councils/exampleshire/grades/?as_at=yesterday")
    assert answer.status_code == 400
    assert "as_at=yesterday" in answer.content.decode()
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers


def test_a_kept_picture_does_not_answer_a_wrong_width(
    client: Client, exampleshire: Council
) -> None:
    assert client.get("/councils/exampleshire/grades.png").status_code == 200
    assert client.get("/councils/exampleshire/grades.png?theme=pink").status_code == 400


def test_a_page_still_says_it_as_a_notice(client: Client, exampleshire: Council) -> None:
    answer = client.get("/councils/?region=Mars")
    assert answer.status_code == 200
    assert "region=Mars" in answer.content.decode()


ONLY_TOLD = (
    "/england/moves.png?direction=up", "/england/moves.csv?steps=2",
    "/embed/england/moves/?was=good",
    "/england/changes.csv?from=2026-08-30&as_at=2026-05-01", "/england/changes.preview.png?page=99",
    "/corrections.atom?as_at=2020-01-01", "/corrections.preview.png?as_at=2020-01-01",
    "/england/journeys.csv?council=exampleshire&grade=outstanding",
    "/england/waiting.png?council=exampleshire&grade=outstanding",
    "/embed/england/windows/?page=99",
)  # fmt: skip


@pytest.mark.parametrize("address", ONLY_TOLD)
def test_what_a_page_tells_in_a_notice_a_file_refuses(
    address: str, client: Client, exampleshire: Council
) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    name = address.split("?")[1].split("&")[0]
    assert "cannot be read: " in answer.content.decode()
    assert name.split("=")[0] in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/england/moves/?direction=up", "direction=up"),
        ("/england/changes/?from=2026-08-30&as_at=2026-05-01", "from=2026-08-30"),
        ("/england/journeys/?council=exampleshire&grade=outstanding", "council=exampleshire"),
        ("/corrections/?as_at=2020-01-01", "as_at=2020-01-01"),
    ],
)
def test_the_page_beside_it_says_so(
    page: str, said: str, client: Client, exampleshire: Council
) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    assert f"“{said}” was ignored" in answer.content.decode()


def within(address: str) -> str:
    return f"/oembed?url={quote(settings.SITE_URL + address, safe='')}"


@pytest.mark.parametrize(
    "query", ["as_at=yesterday", "areas=mars", "colour=red", "theme=pink", "w=wide"]
)
def test_the_address_within_oembed_is_refused_like_a_file(
    query: str, client: Client, exampleshire: Council
) -> None:
    answer = client.get(within(f"/councils/exampleshire/grades/?{query}"))
    assert answer.status_code == 400
    assert f"“{query}” cannot be read" in answer.json()["error"]
    told = client.get(within("/england/moves/?direction=up"))
    assert (told.status_code, "direction=up" in told.json()["error"]) == (400, True)


def test_the_address_within_oembed_loses_what_chats_add(
    client: Client, exampleshire: Council
) -> None:
    plain = client.get(within("/councils/exampleshire/grades/?areas=leaders")).json()
    added = within("/councils/Exampleshire/grades/).?areas=leaders&utm_source=x&fbclid=1")
    answer = client.get(added)
    assert answer.status_code == 200
    assert answer.json() == plain
