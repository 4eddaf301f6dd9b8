"""Answers that are kept: what shares one, what never does, and what a flood of them may cost."""

import gzip
import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client

from dashboard.http import answers, kept
from dashboard.http.cost import Budget
from inspections import actions, store
from inspections.models import Council, Inspection, RecordState

pytestmark = [pytest.mark.django_db, pytest.mark.once]
COUNCIL = "/councils/exampleshire/"
PICTURE = "/councils/exampleshire/grades.png"
ANSWERS = (
    COUNCIL, "/embed/councils/exampleshire/grades/", "/councils.csv", PICTURE,
    "/api/v1/councils", "/councils/exampleshire.atom",
)  # fmt: skip
LARGE_BYTES = 100_000


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch, exampleshire: Council) -> kept.ProcessStore:
    """An empty store of answers, which a write does not empty: only another key helps."""
    mine = kept.ProcessStore()
    monkeypatch.setattr(kept, "store", mine)
    monkeypatch.setattr(mine, "clear", lambda: None)
    monkeypatch.setattr(store, "forget", lambda: None)
    monkeypatch.setattr(answers, "budget", Budget(client=12, all_together=36))
    return mine


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/england/changes/?from=2020-01-01&direction=up",
         "/england/changes/?direction=up&from=2020-01-01"),
        ("/england/statistics/?by=region", "/england/statistics/?by=region&reading=published"),
        ("/councils/", "/councils/?utm_source=letter"),
        ("/api/v1/councils?page=1&page_size=10", "/api/v1/councils?page_size=10&page=1"),
    ],
)  # fmt: skip
def test_one_question_asked_in_two_ways_is_one_answer(
    client: Client, answered: kept.ProcessStore, first: str, second: str
) -> None:
    etag = client.get(first).headers["ETag"]
    assert client.get(second).headers.get("ETag", etag) == etag  # a notice is not kept
    assert len(answered.held) == 1


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (COUNCIL + "?as_at=2022-01-01", {}),
        ("/councils/?grade=good", {"HX-Request": "true"}),
        ("/embed/councils/exampleshire/grades/?theme=dark", {}),
        ("/api/v1/councils?as_at=2022-01-01", {}),
    ],
)
def test_another_question_is_another_answer(
    client: Client, answered: kept.ProcessStore, path: str, headers: dict[str, str]
) -> None:
    plain = path if headers else path.split("?")[0]
    first, second = client.get(plain), client.get(path, headers=headers)
    assert first.headers["ETag"] != second.headers["ETag"]
    assert len(answered.held) == 2


def test_a_reader_who_takes_no_gzip_gets_none(client: Client, answered: kept.ProcessStore) -> None:
    packed = client.get(COUNCIL, headers={"Accept-Encoding": "gzip"})
    plain = client.get(COUNCIL)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.headers["Vary"] == plain.headers["Vary"]


def test_what_a_signed_in_reader_sees_is_never_kept(
    client: Client, answered: kept.ProcessStore
) -> None:
    client.force_login(get_user_model().objects.create(username="officer"))
    assert "ETag" not in client.get(COUNCIL).headers
    assert not answered.held


def test_a_reader_with_a_message_gets_no_kept_answer(
    client: Client, answered: kept.ProcessStore
) -> None:
    client.cookies["messages"] = "anything"
    assert "ETag" not in client.get(COUNCIL).headers
    assert not answered.held


@pytest.mark.parametrize(("name", "value"), [("Set-Cookie", "a=b"), ("Cache-Control", "no-store")])
def test_an_answer_for_one_reader_is_never_kept(name: str, value: str) -> None:
    response = HttpResponse("body")
    assert answers._can_be_kept(response)
    if name == "Set-Cookie":
        response.set_cookie("a", "b")
    else:
        response.headers[name] = value
    assert not answers._can_be_kept(response)


def test_a_correction_shows_with_the_next_request(
    client: Client, answered: kept.ProcessStore
) -> None:
    first = client.get("/api/v1/inspections")
    inspection = Inspection.objects.order_by("start_date").last()
    actions.correct(inspection, changes={"end_date": date(2024, 3, 21)}, reason="Mistyped", by=None)
    second = client.get("/api/v1/inspections", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert first.headers["ETag"] != second.headers["ETag"]
    assert b"2024-03-21" not in first.content
    assert b"2024-03-21" in second.content


def test_a_restored_database_is_another_record(client: Client, answered: kept.ProcessStore) -> None:
    first = client.get(COUNCIL).headers["ETag"]
    RecordState.objects.update(identity="as-restored")
    assert client.get(COUNCIL).headers["ETag"] != first


def test_another_day_is_another_answer(
    client: Client, answered: kept.ProcessStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(COUNCIL).headers["ETag"]
    monkeypatch.setattr(answers.timezone, "localdate", lambda *given: date(2031, 1, 2))
    assert client.get(COUNCIL).headers["ETag"] != first


def test_another_release_is_another_answer(
    client: Client, answered: kept.ProcessStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(COUNCIL).headers["ETag"]
    monkeypatch.setattr(answers, "release", lambda: "the next")
    assert client.get(COUNCIL).headers["ETag"] != first


def test_a_page_has_no_room_before_a_tag_and_what_is_copied_keeps_its_lines(
    client: Client, answered: kept.ProcessStore
) -> None:
    page = client.get(COUNCIL).content.decode()
    assert not re.search(r"\n\s+<", page)
    assert "\n  howpublished = {" in page


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("method", ["get", "head"])
def test_an_unchanged_answer_has_the_headers_of_the_whole_one(
    client: Client, answered: kept.ProcessStore, path: str, method: str
) -> None:
    whole = client.get(path)
    same = getattr(client, method)(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    body = {"Content-Length", "Content-Type"}
    expected = {name: value for name, value in whole.headers.items() if name not in body}
    assert {name: value for name, value in same.headers.items() if name not in body} == expected
    assert body.isdisjoint(same.headers)
    if path.startswith("/embed/"):
        assert "frame-ancestors *" in same.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in same.headers


@pytest.mark.parametrize(
    ("asked", "status"),
    [("W/{}", 304), ("{}", 304), ('"old", W/{}', 304), ("*", 304), ('W/"old"', 200)],
)
def test_a_reader_may_name_what_it_has_in_each_form_of_the_tag(
    client: Client, answered: kept.ProcessStore, asked: str, status: int
) -> None:
    """Weak, strong as some caches make it, one of many, or anything at all."""
    strong = client.get(COUNCIL).headers["ETag"].removeprefix("W/")
    same = client.get(COUNCIL, headers={"If-None-Match": asked.format(strong)})
    assert same.status_code == status


@pytest.mark.parametrize("look", ["present=perhaps", "theme=purple", "w=wide", "narrow=2"])
def test_a_look_that_cannot_be_read_is_not_kept(
    client: Client, answered: kept.ProcessStore, look: str
) -> None:
    assert "ETag" not in client.get(f"{COUNCIL}?{look}").headers
    assert not answered.held


@pytest.mark.parametrize("path", ANSWERS)
def test_head_tells_what_get_gives(client: Client, answered: kept.ProcessStore, path: str) -> None:
    head, whole = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)
    assert int(head.headers["Content-Length"]) == len(whole.content)


@pytest.mark.parametrize("path", ANSWERS)
def test_nothing_is_sent_to_an_answer(
    client: Client, answered: kept.ProcessStore, path: str
) -> None:
    client.get(path)
    assert client.post(path).status_code == 405


def test_a_flood_of_addresses_cannot_fill_the_memory() -> None:
    most = 20 * LARGE_BYTES
    mine = kept.ProcessStore(most)
    for number in range(3000):
        mine.set(str(number), kept.KeptAnswer((), bytes(LARGE_BYTES), b""))
    held = [one.size for one in mine.held.values()]
    assert LARGE_BYTES < sum(held) <= most
    assert mine.get("2999") is not None
    mine.set("large", kept.KeptAnswer((), bytes(kept.LARGEST_BYTES + 1), b""))
    assert mine.get("large") is None


def test_a_flood_of_pictures_waits_and_nobody_else_does(
    client: Client, answered: kept.ProcessStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [30.0]
    small = Budget(client=0.5, all_together=60.0, timer=lambda: clock[0])
    monkeypatch.setattr(answers, "budget", small)
    monkeypatch.setattr(answers.time, "thread_time", iter_of_seconds(0.2))
    flood = [client.get(f"{PICTURE}?from={2001 + year}") for year in range(6)]
    assert [one.status_code for one in flood] == [200] * 3 + [429] * 3
    assert flood[-1].headers["Retry-After"] == "30"
    assert "ETag" not in flood[-1].headers
    assert client.get(f"{PICTURE}?from=2001").status_code == 200  # kept already
    assert client.get(COUNCIL).status_code == 200
    other = client.get(f"{PICTURE}?from=2010", REMOTE_ADDR="203.0.113.7")
    assert other.status_code == 200
    clock[0] = 61.0
    assert client.get(f"{PICTURE}?from=2004").status_code == 200


@pytest.mark.parametrize(
    ("path", "cookie"),
    [(f"{COUNCIL}?as_at=20{{:02}}-05-06", ""), (f"{PICTURE}?from=20{{:02}}", "sessionid=a"),
     ("/api/v1/councils?as_at=20{:02}-05-06", ""), ("/compare/?councils=exampleshire~b{}", ""),
     ("/data/record.json", "sessionid=a")],
)  # fmt: skip
def test_addresses_without_number_are_bounded_in_cost(
    client: Client, answered: kept.ProcessStore, monkeypatch: pytest.MonkeyPatch, path: str,
    cookie: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(answers, "budget", Budget(client=0.5, all_together=60.0))
    monkeypatch.setattr(answers.time, "thread_time", iter_of_seconds(0.2))
    asked = [client.get(path.format(15 + number), HTTP_COOKIE=cookie) for number in range(6)]
    assert [one.status_code for one in asked] == [200] * 3 + [429] * 3
    assert int(asked[-1].headers["Retry-After"]) > 0
    assert "Ask again in a minute" in asked[-1].content.decode()
    assert client.get(COUNCIL).status_code == 200  # a page without a choice


def test_many_clients_together_are_bounded_too(
    client: Client, answered: kept.ProcessStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "budget", Budget(client=60.0, all_together=0.5))
    monkeypatch.setattr(answers.time, "thread_time", iter_of_seconds(0.2))
    asked = [
        client.get(f"{PICTURE}?from={2001 + number}", REMOTE_ADDR=f"203.0.113.{number}")
        for number in range(5)
    ]
    assert [one.status_code for one in asked] == [200] * 3 + [429] * 2


def test_sixty_phones_behind_one_address_read_one_link(
    client: Client, answered: kept.ProcessStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "budget", Budget(client=0.1, all_together=0.1))
    monkeypatch.setattr(answers.time, "thread_time", iter_of_seconds(5.0))
    link = f"{COUNCIL}?as_at=2022-05-06"
    assert {client.get(link).status_code for _ in range(60)} == {200}
    assert client.get(f"{COUNCIL}?as_at=2022-05-07").status_code == 429


def iter_of_seconds(step: float) -> object:
    """A clock of processor time on which whatever is drawn takes `step` seconds."""
    calls = iter(range(10_000))
    return lambda: next(calls) * step
