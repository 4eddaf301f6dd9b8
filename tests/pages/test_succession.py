"""A council that is to be replaced, and those that are to come: before the day, and after it."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.pages.addresses import addresses
from tests.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVE, AFTER = date(2027, 3, 31), date(2027, 4, 3)


@pytest.fixture
def eve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: EVE)


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: AFTER)


def words_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return main_of(answer.content.decode())


def test_until_the_day_all_is_told_as_to_come(client: Client, eve: None) -> None:
    surrey = words_of(client, "/councils/surrey/")
    assert (
        "Surrey is to be replaced on 1 April 2027 by East Surrey (Elmbridge, Epsom and Ewell, Mole "
        "Valley, Reigate and Banstead and Tandridge) and West Surrey (Guildford, Runnymede, "
        "Spelthorne, Surrey Heath, Waverley and Woking). Until then it answers"
    ) in surrey
    assert "Source: Decision of the Ministry of Housing" in surrey
    assert "no further full inspection of it is likely" in surrey
    assert "abolished" not in surrey
    assert "closed, on" not in surrey
    east = words_of(client, "/councils/east-surrey/")
    assert "East Surrey is to begin on 1 April 2027 in place of Surrey, for Elmbridge" in east
    assert "codes not known yet" in east
    assert "Predecessor: Surrey" in east
    assert "ONS " not in east.split("At hand")[0]


def test_until_the_day_they_are_not_counted_and_not_called_uninspected(
    client: Client, eve: None
) -> None:
    councils = words_of(client, "/councils/")
    assert councils.startswith("Councils") and "153 councils (" in councils
    assert "East Surrey" not in councils.replace("North East Surrey", "")
    assert client.get("/").content.decode().count('class="sq ') == 153
    assert "The record holds 158 councils (153 of today, 5 that are gone)" in words_of(
        client, "/data/"
    )
    found = words_of(client, "/councils/?q=east surrey")
    assert "0 councils of 153, and 1 to come" in found
    assert "from 1 April 2027" in found
    assert "not yet inspected" not in found
    upcoming = words_of(client, "/england/upcoming/")
    assert "to be gone before: Surrey (last day 31 March 2027)" in upcoming


@pytest.mark.parametrize("place", ["Guildford", "guildfrod"])
def test_a_district_leads_to_who_answers_now_and_says_what_comes(
    client: Client, eve: None, place: str
) -> None:
    page = words_of(client, f"/councils/?q={place}")
    if place == "guildfrod":
        assert "Surrey" in page and "West Surrey" in page
        return
    assert (
        "Guildford is a district. Responsible for children's services there: Surrey County Council "
        "(to 31 March 2027), West Surrey Council (from 1 April 2027)"
    ) in page
    assert "ONS: districts and their counties" in page
    assert "Surrey Heath Borough Council" in page


@pytest.mark.parametrize("slug", ["luton", "surrey", "east-surrey"])
def test_after_the_day_every_page_works_on_it(client: Client, after: None, slug: str) -> None:
    wrong = {}
    for name, path in addresses().items():
        if name.startswith("corrections"):
            continue  # it has one clock
        if slug != "luton" and ("/luton" not in path or "2020-01-13" in path):
            continue  # the same for each; an event of Luton's
        answer = client.get(path.replace("/luton", f"/{slug}"), {"as_at": "2027-04-02"})
        if answer.status_code not in {200, 301, 302, 304}:
            wrong[name] = answer.status_code
    assert wrong == {}


def test_after_the_day_there_are_154_and_the_new_ones_inherit_nothing(
    client: Client, after: None
) -> None:
    assert "154 councils (" in words_of(client, "/councils/?as_at=2027-04-02")
    assert client.get("/?as_at=2027-04-02").content.decode().count('class="sq ') == 154
    surrey = words_of(client, "/councils/surrey/?as_at=2027-04-02")
    assert "This council was abolished; its last day was 31 March 2027." in surrey
    assert "Succeeded by East Surrey , West Surrey" in surrey
    east = words_of(client, "/councils/east-surrey/?as_at=2027-04-02")
    assert "no full inspection was published" in east
    assert "Grades of the councils before it are not inherited." in east
    assert "153 councils (" in words_of(client, "/councils/?as_at=2027-03-31")


BEFORE_IT_WAS_KNOWN = [
    ("/councils/surrey/", "Surrey"),
    ("/councils/east-surrey/", "This council did not exist on 1 September 2025."),
    ("/councils/?q=surrey", "1 council of 153 (as at 1 September 2025)"),
    ("/councils/?q=guildford", "children's services there: Surrey County Council . Source"),
    ("/compare/?councils=surrey~kent", "Surrey"),
    ("/councils/surrey/briefing/", "Surrey"),
    ("/england/upcoming/", "windows"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "said"), BEFORE_IT_WAS_KNOWN)
def test_nothing_to_come_is_told_on_a_day_before_it_was_known(
    client: Client, eve: None, path: str, said: str
) -> None:
    page = words_of(client, f"{path}{'&' if '?' in path else '?'}as_at=2025-09-01")
    assert said in page
    for word in ("1 April 2027", "(to 31 March 2027", "to begin", "replaced on", "ucceeded by"):
        assert word not in page, word
    if "east-surrey" not in path:
        assert "West Surrey" not in page


def test_what_came_before_the_record_ends_is_told_as_since(client: Client) -> None:
    cumbria = words_of(client, "/councils/cumbria/?as_at=2022-06-01")
    assert "since closed, on 31 March 2023 Since succeeded by Cumberland" in cumbria
