"""The states of the pages about all councils: what changed, and what comes next."""

import re
from dataclasses import dataclass
from datetime import date

from dashboard.state import (
    FRAMEWORK,
    GRADE,
    KIND,
    LANE,
    REGION,
    Choices,
    InvalidError,
    ViewState,
    one_of,
    param,
    read_day,
    read_flag,
    to_slug,
)

OVERALL, HELP = "overall", "help_and_protection"
DIRECTIONS = ("up", "down", "same", "first", "not_comparable", "not_again", "not_inspected")
STATUSES = ("estimated", "past", "beyond", "unknown")
STANDINGS = ("good_or_better", "below_good", "inadequate")


def read_page(cell: str, choices: Choices) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", cell):
        raise InvalidError("it is not the number of a page")
    return int(cell)


def read_slug(cell: str, choices: Choices) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", cell):
        raise InvalidError("it is not a council's name as in the addresses, as luton")
    return cell


def read_steps(cell: str, choices: Choices) -> int:
    if not re.fullmatch(r"[1-9]", cell):
        raise InvalidError("it is not a number of grades; expected 1 to 9")
    return int(cell)


def page_param():
    return param(read_page, default=1)


@dataclass(frozen=True, kw_only=True)
class StatisticsState(ViewState):
    """Grades held. `reading` is the clock: published by the day, or Ofsted's own rule."""

    by: str = param(one_of("area", "region", "kind", "framework", what="table"), default="area")
    area: str = param(LANE, default=HELP, write=to_slug)
    reading: str = param(one_of("published", "ofsted", what="clock"), default="published")
    regions: str = param(one_of("ofsted", "ons", what="set of regions"), default="ofsted")
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)


@dataclass(frozen=True, kw_only=True)
class ChangesState(ViewState):
    """Between two days; `as_at` is the later one. `was` and `now` are grades."""

    since: date | None = param(read_day, name="from")
    area: str = param(LANE, default=HELP, write=to_slug)
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    direction: str | None = param(one_of(*DIRECTIONS, what="direction"), write=to_slug)
    steps: int | None = param(read_steps)
    was: str | None = param(GRADE, write=to_slug)
    now: str | None = param(GRADE, write=to_slug)
    page: int = page_param()


@dataclass(frozen=True, kw_only=True)
class JourneysState(ViewState):
    """Waits that began with `grade` in `area`; `council` is laid over them."""

    grade: str = param(GRADE, default="inadequate", write=to_slug)
    area: str = param(LANE, default=OVERALL, write=to_slug)
    framework: str | None = param(FRAMEWORK, write=to_slug)
    region: str | None = param(REGION, write=to_slug)
    council: str | None = param(read_slug)
    page: int = page_param()


@dataclass(frozen=True, kw_only=True)
class TimingState(ViewState):
    by: str = param(one_of("year", "kind", "grade", what="grouping"), default="year")
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)


@dataclass(frozen=True, kw_only=True)
class UpcomingState(ViewState):
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    outcome: str | None = param(one_of(*STANDINGS, what="kind of outcome"), write=to_slug)
    status: str | None = param(one_of(*STATUSES, what="state of a window"), write=to_slug)
    sort: str = param(one_of("start", "name", "region", what="order"), default="start")
    page: int = page_param()


@dataclass(frozen=True, kw_only=True)
class InadequateState(ViewState):
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    page: int = page_param()


@dataclass(frozen=True, kw_only=True)
class ExpectedState(ViewState):
    """Statements; `everything` also those that did not look ahead."""

    council: str | None = param(read_slug)
    everything: bool = param(read_flag, default=False)
    page: int = page_param()
