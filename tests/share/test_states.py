"""The URL is the state: reading, checking and writing of every kind of view."""

from dataclasses import fields
from datetime import UTC, date, datetime
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import urls  # noqa: F401 - every page declares its state
from dashboard.council import listed
from dashboard.council.grades import CouncilGradesState
from dashboard.council.side_by_side import CompareState
from dashboard.state import address as states
from dashboard.state.address import Choices, ViewState

TODAY = date(2026, 11, 22)
LANES = ("overall", "leaders", "help_and_protection", "in_care", "care_leavers")
MEASURES = ("agency_rate", "caseload", "spend_children_in_care")
GRADES, FRAMEWORKS, THEMES = ("good", "requires_improvement"), ("sif", "ilacs_2018"), ("plans",)
CHOICES = Choices(TODAY, LANES, GRADES, FRAMEWORKS, MEASURES, THEMES)
SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
VALUES = {
    "as_at": st.none() | st.dates(date(2000, 1, 1), TODAY),
    "known": st.none()
    | st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 21), timezones=st.just(UTC)),
    "w": st.sampled_from([None, *states.WIDTHS]),
    "theme": st.sampled_from([None, "light", "dark", "print"]),
    "present": st.booleans(),
    "narrow": st.booleans(),
    "areas": st.lists(st.sampled_from(LANES), unique=True).map(tuple),
    "measures": st.lists(st.sampled_from(MEASURES), unique=True).map(tuple),
    "councils": st.lists(SLUGS, unique=True, max_size=10).map(tuple),
    "council": st.none() | SLUGS,
    "start": st.none() | st.integers(1900, 2099),
    "end": st.none() | st.integers(1900, 2099),
    "asked": st.sampled_from([None, *THEMES]),
    "area": st.sampled_from(LANES),
    "q": st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=30),
    "region": st.sampled_from([None, *(str(region) for region in states.Region)]),
    "kind": st.sampled_from([None, *(str(kind) for kind in states.CouncilKind)]),
    "grade": st.sampled_from([None, *CHOICES.grades]),
    "framework": st.sampled_from([None, *CHOICES.frameworks]),
    "since": st.sampled_from([None, *listed.SINCE]),
    "sort": st.sampled_from(listed.SORTS),
}
# Where a kind reads one of these differently.
OWN_VALUES = {
    ("ChangesState", "since"): st.none() | st.dates(date(2000, 1, 1), TODAY),
    ("ChangesPageState", "since"): st.none() | st.dates(date(2000, 1, 1), TODAY),
    ("ChangesPageState", "area"): st.sampled_from(["any", *LANES]),
    ("FindingsState", "start"): st.none() | st.dates(date(2000, 1, 1), TODAY),
    ("FindingsState", "end"): st.none() | st.dates(date(2000, 1, 1), TODAY),
    ("VisitsState", "start"): st.none() | st.dates(date(2000, 1, 1), TODAY),
    ("VisitsState", "end"): st.none() | st.dates(date(2000, 1, 1), TODAY),
    ("JourneysState", "grade"): st.sampled_from(CHOICES.grades),
    ("UpcomingState", "sort"): st.sampled_from(["start", "name", "region"]),
    ("ChangesState", "sort"): st.sampled_from(["name", "change"]),
    ("ChangesPageState", "sort"): st.sampled_from(["name", "change"]),
    ("InadequateState", "sort"): st.sampled_from(["longest", "council"]),
    ("VisitsState", "sort"): st.sampled_from(["newest", "council"]),
    ("CouncilState", "sort"): st.sampled_from(["newest", "oldest", "what", "published"]),
    ("JourneysState", "sort"): st.sampled_from(["newest", "council", "longest"]),
    ("TimingState", "sort"): st.sampled_from(["longest", "council", "newest"]),
    ("ExpectedState", "sort"): st.sampled_from(["last", "expected", "newest", "outcome"]),
}


def values(kind: type[ViewState], name: str) -> st.SearchStrategy:
    return OWN_VALUES.get((kind.__name__, name), VALUES.get(name))


def every_kind(kind: type[ViewState] = ViewState) -> list[type[ViewState]]:
    """Of the product: other tests of the same worker may have invented one of their own."""
    found = [kind] if kind.__module__.startswith("dashboard.") else []
    for below in kind.__subclasses__():
        found += every_kind(below)
    return found


def read(kind: type[ViewState], query: str) -> tuple[ViewState, tuple]:
    return kind.read(parse_qs(query, keep_blank_values=True), CHOICES)


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.__name__)
@settings(max_examples=40)
@given(data=st.data())
def test_a_view_written_and_read_again_is_the_same_view(
    kind: type[ViewState], data: st.DataObject
) -> None:
    given_values = {
        spec.name: data.draw(values(kind, spec.name), spec.name)
        for spec in fields(kind)
        if spec.name in VALUES
    }
    state = kind(**given_values)
    if state.as_at == TODAY and state.known is None:
        state = state.but(as_at=None)  # today moves, so a link never pins it alone
    again, notices = read(kind, state.query())
    assert (again, notices) == (state, ())
    assert again.query() == state.query()


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.__name__)
@settings(max_examples=40)
@given(query=st.dictionaries(st.sampled_from([*VALUES, "from", "x"]), st.lists(st.text())))
def test_no_query_breaks_a_view(kind: type[ViewState], query: dict[str, list[str]]) -> None:
    state, _ = kind.read(query, CHOICES)
    assert read(kind, state.query()) == (state, ())


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.__name__)
def test_the_default_view_has_no_query(kind: type[ViewState]) -> None:
    assert kind().query() == ""


def test_a_list_is_joined_by_tildes_and_keeps_its_order() -> None:
    state, notices = read(CouncilGradesState, "areas=care-leavers~leaders&from=2016")
    assert state.areas == ("care_leavers", "leaders")
    assert state.query() == "areas=care-leavers~leaders&from=2016"
    assert notices == ()


def test_more_than_ten_are_refused_with_the_reason() -> None:
    query = "councils=" + "~".join(f"council-{n}" for n in range(11))
    state, notices = read(CompareState, query)
    assert state.councils == ()
    assert "at most 10 can be named" in str(notices[0])


def test_a_moment_keeps_its_microseconds() -> None:
    state, _ = read(ViewState, "known=20261122T081910.425431Z")
    assert state.known == datetime(2026, 11, 22, 8, 19, 10, 425431, tzinfo=UTC)


@pytest.mark.parametrize("cell", ["20261122", "2026-11-22", "20261322T000000Z", "20271122T000000Z"])
def test_what_is_no_moment_is_said_and_left_out(cell: str) -> None:
    state, notices = read(ViewState, f"known={cell}")
    assert state.known is None
    assert notices[0].name == "known"


@pytest.mark.parametrize(
    ("asked", "got"), [("50", 200), ("99999", 2400), ("640", 640), ("641", 800), ("0", 200)]
)
def test_the_width_of_a_picture_is_brought_to_one_that_is_offered(asked: str, got: int) -> None:
    assert read(states.LookState, f"w={asked}")[0].w == got
