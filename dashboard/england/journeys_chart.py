"""Journeys: what is asked and drawn."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import survival
from dashboard.data.columns import of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import (
    FRAMEWORK,
    GRADE,
    LANE,
    OVERALL,
    REGION,
    Notice,
    ViewState,
    one_of,
    page_param,
    param,
    read_council,
    read_year,
    to_slug,
)
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from inspections.figure_rows import SurvivalCurve, SurvivalOverlay
from inspections.questions.journeys import Journey, Journeys, journeys
from inspections.rules.clock import DAYS_PER_MONTH
from inspections.rules.survival import ROUNDING


@dataclass(frozen=True, kw_only=True)
class JourneysState(ViewState):
    """Waits that began with `grade` in `area`; `council` is laid over them; `from` and
    `to` are the years in which they began."""

    grade: str = param(GRADE, default="inadequate", write=to_slug)
    area: str = param(LANE, default=OVERALL, write=to_slug)
    framework: str | None = param(FRAMEWORK, write=to_slug)
    region: str | None = param(REGION, write=to_slug)
    council: str | None = param(read_council)
    start: int | None = param(read_year, name="from")
    end: int | None = param(read_year, name="to")
    sort: str = param(one_of("newest", "council", "longest", what="order"), default="newest")
    page: int = page_param()


WAITS_A_PAGE = 40


def ask_journeys(start: Opening, *, most: int | None = WAITS_A_PAGE) -> Journeys:
    """The asked page of waits; all of them (None) for a file, none of them (0) for a chart."""
    state: JourneysState = start.state
    found = journeys(
        start.record,
        start.day,
        lane=start.book.lane(state.area),
        grade=state.grade,
        framework=state.framework or "",
        among=lists.among_of(state.region),
        council=state.council or "",
        years=(state.start or 1, state.end or start.day.year),
        most=0 if most == 0 else None,
    )
    rows = list(found.rows)
    if state.sort == "council":
        rows.sort(key=lambda row: row.council.short_name)
    elif state.sort == "longest":
        rows.sort(key=lambda row: -row.days)
    first = lists.asked_first(state, WAITS_A_PAGE) if most else 0
    return replace(found, rows=tuple(rows[first : first + most] if most else rows))


def years_words(state: JourneysState) -> str:
    """` inspected from 2018 to 2020`: in which years the waits began; empty for all."""
    ends = [f"{word} {year}" for word, year in (("from", state.start), ("to", state.end)) if year]
    return f" inspected {' '.join(ends)}" if ends else ""


def not_laid_over(start: Opening, found: Journeys) -> tuple[Notice, ...]:
    """Told where the council that the address names had no such grade."""
    state: JourneysState = start.state
    if not state.council or found.own:
        return ()
    reason = "no council of this name has had this grade in this area by this day"
    return (Notice("council", state.council, reason),)


def laid_over(found: Journeys) -> Journey | None:
    """The council's wait to lay over the curve: its last finished one, else the one going on."""
    return next((row for row in found.own if row.is_over), found.own[0] if found.own else None)


RISK_EVERY = 12  # months


def waiting_rows(found: Journeys, overlay: Journey | None, when: str) -> SurvivalCurve:
    """The estimate in months, with the number at risk each year."""
    years = range(0, int(found.longest / DAYS_PER_MONTH) + 1, RISK_EVERY)
    name = found.grade.title if found.grade else ""
    return SurvivalCurve(
        title_name=f"After {name}{f' ({when.strip()})' if when else ''}",
        points=tuple(
            (step.days / DAYS_PER_MONTH, step.share_waiting) for step in found.curve.steps
        ),
        at_risk=tuple((month, found.at_risk(round(month * DAYS_PER_MONTH))) for month in years),
        overlay=SurvivalOverlay(
            overlay.council.short_name, overlay.days / DAYS_PER_MONTH, overlay.is_over
        )
        if overlay
        else None,
    )


def every_wait(start: Opening) -> SurvivalCurve:
    """The rows with each wait by name, for exploring."""
    found = ask_journeys(start, most=None)
    cases = tuple(
        SurvivalOverlay(
            f"{row.council.short_name}, inspected in {words.month(row.start_date)}",
            row.days / DAYS_PER_MONTH,
            row.is_over,
        )
        for row in found.rows
    )
    return replace(waiting_rows(found, laid_over(found), years_words(start.state)), cases=cases)


def _after(rows: SurvivalCurve, share: float) -> str:
    """`about 38 months`: when no more than the share was still waiting; or empty."""
    month = next((month for month, left in rows.points if left <= share + ROUNDING), None)
    return "" if month is None else f"about {words.count(round(month), 'month')}"


def _waiting_title(rows: SurvivalCurve) -> str:
    half = _after(rows, 0.5)
    if not half:
        return f"{rows.title_name}, fewer than half of councils were seen to be inspected again"
    return f"{rows.title_name}, half of councils were inspected again within {half}"


def _waiting_sentence(rows: SurvivalCurve) -> str:
    first = next((n for month, n in rows.at_risk if month == 0), 0)
    quarters = (("a quarter", 0.75), ("three quarters", 0.25))
    told = [f"{name} within {after}" for name, share in quarters if (after := _after(rows, share))]
    waits = f"{words.count(first, 'wait')} counted, those still going on included"
    return f"{', '.join([*told, waits]).capitalize()}. The line: the share that still waits."


WAITING = Entry(
    slug="waiting",
    title=_waiting_title,
    sentence=_waiting_sentence,
    figure=survival.figure,
    narrow=lambda rows: survival.figure(rows, narrow=True),
    slide=survival.slide,
    offers="every wait by name",
    note=lambda rows: (
        "From the first day on site to that of the next full inspection, in calendar months, the "
        "pause of 2020-21 included. Councils still waiting count for as long as they were seen, "
        "abolished ones to their last day."
    ),
)


class Waiting(NamedTuple):
    """Who was waiting at the end of a year: a line of the page, between the file's steps."""

    days: int
    at_risk: int
    share_waiting: float


STEPS = of("", "waited_days", "at_risk", "re_inspected", "share_waiting")


def answer_waiting(found: Journeys, start: Opening) -> Answer:
    overlay = laid_over(found)
    rows = waiting_rows(found, overlay, years_words(start.state))

    def table() -> PageTable:
        yearly = tuple(
            Waiting(days, found.at_risk(days), found.curve.share_waiting(days))
            for month, _ in rows.at_risk
            for days in (round(month * DAYS_PER_MONTH),)
        )
        return PageTable(
            Table("waiting", STEPS, found.curve.steps),
            ("waited_days", "share_waiting", "at_risk"),
            {"waited_days": "Months since the inspection began", "at_risk": "At risk (n)"},
            {"waited_days": lambda row: round(row.days / DAYS_PER_MONTH)},
            yearly,
        )

    return Answer(
        rows,
        table,
        is_empty=not found.total,
        notices=not_laid_over(start, found),
        explored=lambda: every_wait(start),
    )


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    start, book = shown.start, shown.start.book
    frameworks = lists.framework_choices(book)
    return (
        (
            Field("grade", "After the grade", lists.grade_choices(book)),
            lists.area_field(book),
            lists.council_field(start, "Your council"),
        ),
        (
            Field("framework", "Inspected under", frameworks, any="any rules"),
            lists.region_field(),
            *lists.year_fields(start),
        ),
    )


KIND_OF_CHART = ChartKind(
    WAITING,
    JourneysState,
    False,
    lambda start, council: answer_waiting(ask_journeys(start, most=0), start),
    choices=choices,
)
