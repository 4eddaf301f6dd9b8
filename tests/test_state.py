"""A page's address: read leniently, written sparsely, the same view always at one address."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.council.listed import SINCE, SORTS, CouncilsState
from dashboard.england.overview import EnglandState
from dashboard.state.address import (
    LANE,
    LONGEST,
    MOST_IN_A_LIST,
    Choices,
    LookState,
    PlainState,
    ViewState,
    listed,
    param,
    read_flag,
    read_year,
    to_slug,
)
from inspections.vocabulary import CouncilKind, Region

TODAY = date(2026, 11, 22)
CHOICES = Choices(
    TODAY,
    lanes=("overall", "leaders", "help_and_protection", "care_leavers"),
    grades=("good", "requires_improvement", "poor"),
    frameworks=("first_rules", "second_rules"),
)


@dataclass(frozen=True, kw_only=True)
class ListedState(ViewState):
    """A view with a list, a year and a switch, which no page has yet."""

    areas: tuple[str, ...] = param(listed(LANE), default=(), write=to_slug)
    first_year: int | None = param(read_year, name="from")
    is_large: bool = param(read_flag, default=False, name="large")


def query(text: str) -> dict[str, list[str]]:
    """A query string as Django hands it to a page."""
    return dict(QueryDict(text).lists())


def read(kind: type[ViewState], text: str) -> tuple[Any, list[str]]:
    """The state, and the ignored parameters each as a sentence."""
    state, notices = kind.read(query(text), CHOICES)
    return state, [str(notice) for notice in notices]


days = st.dates(date(2009, 1, 1), TODAY)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 22)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
clocks = {"as_at": st.none() | days, "known": st.none() | moments}
letters = st.characters(exclude_categories=["C", "Z"], include_characters=" ")
texts = st.text(letters, max_size=30).map(lambda text: " ".join(text.split()))
lanes = st.sampled_from(CHOICES.lanes)
plain_states = st.builds(PlainState, **clocks)
england_states = st.builds(EnglandState, **clocks, area=lanes, names=st.booleans())
councils_states = st.builds(
    CouncilsState,
    **clocks,
    q=texts,
    area=lanes,
    region=st.none() | st.sampled_from([region.value for region in Region]),
    kind=st.none() | st.sampled_from([kind.value for kind in CouncilKind]),
    grade=st.none() | st.sampled_from(CHOICES.grades),
    framework=st.none() | st.sampled_from(CHOICES.frameworks),
    since=st.none() | st.sampled_from(SINCE),
    sort=st.sampled_from(SORTS),
)
listed_states = st.builds(
    ListedState,
    **clocks,
    areas=st.lists(lanes, unique=True).map(tuple),
    first_year=st.none() | st.integers(1900, 2099),
    is_large=st.booleans(),
)
states = plain_states | england_states | councils_states | listed_states


@given(states)
def test_a_state_written_to_an_address_is_read_back_the_same(state: ViewState) -> None:
    found, notices = read(type(state), state.query())
    assert (found, notices) == (state, [])


@given(states)
def test_an_address_names_only_what_differs_from_the_default(state: ViewState) -> None:
    default = type(state)()
    differing = [
        spec.metadata["name"] or spec.name
        for spec in fields(state)
        if getattr(state, spec.name) != getattr(default, spec.name)
    ]
    assert [name for name, _ in parse_qsl(state.query())] == differing


@given(councils_states, st.randoms(use_true_random=False))
def test_the_same_choices_in_any_order_have_one_address(state: CouncilsState, random: Any) -> None:
    parts = state.query().split("&")
    random.shuffle(parts)
    found, _ = read(CouncilsState, "&".join(parts))
    assert found.query() == state.query()


def test_a_default_written_out_is_dropped_from_the_address() -> None:
    state, notices = read(CouncilsState, "sort=name&area=help-and-protection&q=&region=")
    assert (state.url("/councils/"), notices) == ("/councils/", [])


def test_spaces_around_and_within_a_search_do_not_make_another_address() -> None:
    assert read(CouncilsState, "q=+north++east%C2%A0")[0] == CouncilsState(q="north east")


def test_a_list_keeps_its_order_and_drops_repeats() -> None:
    state, notices = read(ListedState, "areas=leaders~care-leavers~leaders")
    assert state.areas == ("leaders", "care_leavers") and notices == []
    assert state.query() == "areas=leaders~care-leavers"


def test_a_list_longer_than_ten_is_ignored() -> None:
    state, notices = read(ListedState, "areas=" + "~".join(["leaders"] * (MOST_IN_A_LIST + 1)))
    assert state == ListedState() and "at most 10" in notices[0]


def test_what_is_just_as_long_as_it_may_be_is_read() -> None:
    areas = "~".join(["leaders"] * MOST_IN_A_LIST)
    assert read(ListedState, f"areas={areas}") == (ListedState(areas=("leaders",)), [])
    asked = "a" * LONGEST
    assert read(CouncilsState, f"q={asked}") == (CouncilsState(q=asked), [])
    name = "n" * 40
    assert read(PlainState, f"{name}=1")[1][0].startswith(f"“{name}=1”")


def test_a_picture_has_the_next_width_that_is_drawn() -> None:
    for asked, drawn in ((1, 200), (200, 200), (201, 300), (2400, 2400), (9999, 2400)):
        assert read(LookState, f"w={asked}") == (LookState(w=drawn), [])


def test_today_is_left_out_unless_the_other_clock_stands_still() -> None:
    assert read(PlainState, f"as_at={TODAY}") == (PlainState(), [])
    pinned, _ = read(PlainState, f"as_at={TODAY}&known=20261122T101500Z")
    assert pinned.as_at == TODAY
    assert [read(PlainState, text)[0].is_pinned for text in (
        "", "as_at=2020-03-01", "known=20261122T101500Z",
    )] == [False, True, True]  # fmt: skip


def test_one_unknown_name_in_a_list_is_said() -> None:
    state, notices = read(ListedState, "areas=leaders~roads")
    assert state == ListedState() and "no such judgement area" in notices[0]


INVALID = [
    ("as_at=2024-13-45", "not a date"),
    ("as_at=0000-00-00", "not a date"),
    ("as_at=99999-01-01", "not a date"),
    ("as_at=20240101", "not a date"),
    ("as_at=2024-W01-1", "not a date"),
    ("as_at=2023-02-29", "not a date"),
    ("as_at=2026-11-23", "in the future"),
    ("as_at=%D9%A2%D9%A0%D9%A2%D9%A4-01-01", "not a date"),  # Arabic digits
    ("as_at=" + "9" * 5000, "longer than 200"),
    ("as_at=1e5", "not a date"),
    ("as_at=%00", "cannot be printed"),
    ("known=2026-11-22", "not a moment"),
    ("known=20261399T000000Z", "not a moment"),
    ("known=20261123T000000Z", "in the future"),
    ("known=٢٠٢٦1122T101500Z", "not a moment"),
    ("q=%00", "cannot be printed"),
    ("q=a%00b", "cannot be printed"),
    ("q=%E2%80%AEdab", "cannot be printed"),  # turns the direction of writing
    ("q=" + "x" * (LONGEST + 1), "longer than 200"),
    ("q=one&q=two", "more than once"),
    ("sort=password", "no such order"),
    ("sort=council__secret", "no such order"),
    ("grade=good%00", "cannot be printed"),
    ("grade=requires_improvement", "no such grade"),  # the record's spelling, not the address's
    ("grade=Good", "no such grade"),
    ("region=nowhere", "no such region"),
    ("kind=parish", "no such kind of council"),
    ("framework=third-rules", "no such framework"),
    ("since=5", "no such span of years"),
    ("area=%FF%FE", "no such judgement area"),
]


@pytest.mark.parametrize(("text", "reason"), INVALID)
def test_an_invalid_parameter_is_ignored_and_named_with_its_reason(text: str, reason: str) -> None:
    state, notices = read(CouncilsState, text)
    assert state == CouncilsState()
    assert len(notices) == 1
    assert notices[0].startswith(f"“{text.split('=')[0]}=") and reason in notices[0]


@pytest.mark.parametrize("name", ["__proto__", "constructor", "utm_source", "Q", "as_at[]", "%00"])
def test_an_unknown_parameter_is_ignored_and_named(name: str) -> None:
    state, notices = read(CouncilsState, f"{name}=1")
    assert state == CouncilsState()
    assert len(notices) == 1 and "no such setting" in notices[0]


def test_a_valid_parameter_survives_an_invalid_neighbour() -> None:
    state, notices = read(CouncilsState, "region=london&grade=splendid&sort=longest")
    assert state == CouncilsState(region="london", sort="longest")
    assert len(notices) == 1


def test_a_lone_surrogate_is_ignored() -> None:
    state, notices = CouncilsState.read({"q": ["\ud800"]}, CHOICES)
    assert state == CouncilsState() and "cannot be printed" in str(notices[0])


def test_bytes_that_are_no_text_are_searched_for_as_what_they_decode_to() -> None:
    state, _ = read(CouncilsState, "q=%ff%fe")
    assert state.q == "\ufffd\ufffd"
    assert read(CouncilsState, state.query())[0] == state


def test_a_thousand_unknown_parameters_make_ten_notices() -> None:
    many = {f"key{number}": ["1"] for number in range(1000)}
    assert len(CouncilsState.read(many, CHOICES)[1]) == MOST_IN_A_LIST


def test_a_notice_shows_a_long_value_cut_and_printable() -> None:
    _, (notice,) = CouncilsState.read({"q": ["a\0" + "x" * 8000]}, CHOICES)
    assert len(notice.found) == 40 and notice.found.isprintable()


junk = st.text(max_size=300) | st.binary(max_size=20).map(lambda raw: raw.decode("latin-1"))
names = st.sampled_from([spec.name for spec in fields(CouncilsState)]) | junk


@settings(max_examples=300)
@given(st.dictionaries(names, st.lists(junk, max_size=3), max_size=6))
def test_whatever_an_address_holds_it_is_read_and_has_a_canonical_form(
    junk_query: dict[str, list[str]],
) -> None:
    state, notices = CouncilsState.read(junk_query, CHOICES)
    text = state.query()
    assert text.isascii()
    assert read(CouncilsState, text) == (state, [])
    assert all(str(notice).isprintable() for notice in notices)


@given(days, moments)
def test_the_clocks_of_a_view_are_those_of_its_address(day: date, moment: datetime) -> None:
    state, _ = read(PlainState, PlainState(as_at=day, known=moment).query())
    assert (state.as_at, state.known) == (day, moment)
    assert state.is_pinned
    assert not PlainState().is_pinned


@given(st.timedeltas(timedelta(days=1), timedelta(days=3000)))
def test_no_day_in_the_future_is_accepted(ahead: timedelta) -> None:
    state, notices = read(PlainState, f"as_at={TODAY + ahead}")
    assert state.as_at is None and len(notices) == 1
