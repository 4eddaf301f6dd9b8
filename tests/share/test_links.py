"""A link that chat, mail or a word processor changed still means what it meant."""

from urllib.parse import quote

import pytest
from django.test import Client

from inspections.models import Council

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENDINGS = (
    ".", ")", ",", ").", '"', "'", "\u201d", "\u2019", " ", "\u00a0", "&amp;", "\u00ad", "\u200b",
    "!", "*", "_", ":", "\u2026", "\n",
)  # fmt: skip
TRACKING = (
    "utm_source", "utm_campaign", "fbclid", "gclid", "mc_cid", "mc_eid", "mkt_tok", "msclkid",
    "data", "sdata", "reserved", "CT", "OR", "CID", "clickparams", "UTM_Source", "igshid", "_hsenc",
)  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_known_ending_is_taken_off_a_path_and_a_value(
    ending: str, client: Client, exampleshire: Council
) -> None:
    glued = quote(ending)
    for path, clean in (
        (f"/councils/exampleshire/{glued}", "/councils/exampleshire/"),
        (f"/councils/exampleshire{glued}", "/councils/exampleshire/"),
        (f"/councils.csv{glued}", "/councils.csv"),
        (f"/councils/?region=london{glued}", "/councils/?region=london"),
        (f"/councils.csv?as_at=2024-04-01{glued}", "/councils.csv?as_at=2024-04-01"),
        (f"/api/v1/councils?as_at=2024-04-01{glued}", "/api/v1/councils?as_at=2024-04-01"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("Location")) == (301, clean), path
        assert client.get(clean).status_code == 200


def test_amp_before_a_name_and_after_a_value_is_taken_off(
    client: Client, exampleshire: Council
) -> None:
    answer = client.get("/councils/?region=london&amp;as_at=2024-04-01&amp;")
    assert answer.headers["Location"] == "/councils/?region=london&as_at=2024-04-01"


def test_words_hyphens_inside_a_link_are_plain_hyphens(
    client: Client, exampleshire: Council
) -> None:
    day = quote("2024\u201104\u201101")
    assert client.get(f"/?as_at={day}").headers["Location"] == "/?as_at=2024-04-01"


def test_a_cleaned_link_never_leads_to_another_site(client: Client, exampleshire: Council) -> None:
    answer = client.get("//example.org/.")
    assert not answer.headers.get("Location", "").startswith("//")


@pytest.mark.parametrize("name", TRACKING)
def test_what_follows_readers_is_ignored_in_silence(
    name: str, client: Client, exampleshire: Council
) -> None:
    for path in ("/councils/", "/councils.csv", "/embed/england/grades-held/", "/api/v1/councils"):
        plain = client.get(path)
        followed = client.get(f"{path}?{name}=abc.123")
        assert (followed.status_code, followed.content) == (plain.status_code, plain.content), path
        assert followed.headers.get("ETag") == plain.headers.get("ETag"), path


def test_letters_of_no_width_in_a_search_are_nothing(client: Client) -> None:
    path = "/councils/?q=" + quote("lu\u200bt\u2060on\ufeff")
    answer = client.get(path, follow=True)
    assert len(answer.redirect_chain) == 1
    assert answer.redirect_chain[0][0].endswith("/councils/?q=luton")
    assert b"/councils/luton/" in answer.content
    assert b"was ignored" not in answer.content


def test_parameters_glued_to_a_path_without_a_question_mark_are_taken_off(
    client: Client, exampleshire: Council
) -> None:
    glued = "/councils/exampleshire/&utm_source=chat&fbclid=1"
    assert client.get(glued).headers["Location"] == "/councils/exampleshire/"
    assert client.get("/councils/exampleshire/&region=london").status_code == 404
