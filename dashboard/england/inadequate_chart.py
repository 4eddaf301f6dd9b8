"""After an inadequate judgement: what is asked, and the chart of what came when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import tracks as drawing
from dashboard.data.columns import IDS, JOIN, of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import KIND, REGION, ViewState, one_of, page_param, param, to_slug
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from dashboard.words import presenters
from dashboard.words.coverage import complete
from inspections.figure_rows import Track, TrackMark, Tracks
from inspections.questions.inadequate import Tracked, Tracker, tracker
from inspections.questions.waits import PastCases
from inspections.rows import Judgement, Visit
from inspections.rules.clock import DAYS_PER_MONTH
from inspections.vocabulary import VisitKind


@dataclass(frozen=True, kw_only=True)
class InadequateState(ViewState):
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    sort: str = param(one_of("longest", "council", what="order"), default="longest")
    page: int = page_param()


TRACKED_A_PAGE = 25


def ask_inadequate(start: Opening, *, whole: bool = False) -> Tracker:
    """The councils of the asked page, or all of them, the longest wait first or by name."""
    state: InadequateState = start.state
    found = tracker(start.record, start.day, among=lists.among_of(state.region, state.kind))
    rows = list(found.rows)
    if state.sort == "council":
        rows.sort(key=lambda row: row.council.short_name)
    first = lists.asked_first(state, TRACKED_A_PAGE)
    return replace(found, rows=tuple(rows if whole else rows[first : first + TRACKED_A_PAGE]))


MOST_NAMED = 3


def sentence(found: Tracker, start: Opening) -> str:
    """How many hold an inadequate judgement, how long it usually lasts, what usually came of it."""
    among = lists.among_words(start.state.region, start.state.kind)
    number = words.count(found.total, "council")
    said = f"{number}{among} {'holds' if found.total == 1 else 'hold'} an inadequate judgement"
    past = found.past_cases
    if past.median is None:  # early days: others may hold one from an inspection of a part
        return f"{said} from a full inspection."
    months = words.count(round(past.median / DAYS_PER_MONTH), "month")
    if past.total == 1:
        left = "no" if past.cleared else "an"
        then = f" and then had {left} Inadequate grade left" if past.read else ""
        return (
            f"{said}{of_these(found)}. After such a judgement in the past, the one council was "
            f"inspected again after {months}{then}."
        )
    known = f"the {past.read} whose next report is here" if past.read < past.total else past.read
    return (
        f"{said}{of_these(found)}. Of {past.total} past waits after such a judgement, in any area, "
        f"half were over within {months}; {past.cleared} of {known} then had no Inadequate grade "
        "left."
    )


def of_these(found: Tracker) -> str:
    """`: 11 overall, 2 in some areas only (Slough and Trafford); 9 of the 13 for help
    and protection`; empty without any."""
    if not found.total:
        return ""
    alone, overall = found.alone, found.total - len(found.alone)
    parts = [f"{overall} overall"] if overall else []
    parts += [f"{len(alone)} in some areas only"] if alone else []
    if 0 < len(alone) <= MOST_NAMED:
        parts[-1] += f" ({words.listing([council.short_name for council in alone])})"
    if found.total > 1:
        parts[-1] += f"; {found.help or 'none'} of the {found.total} for help and protection"
    return f": {', '.join(parts)}"


def oldest_words(found: Tracker, start: Opening) -> str:
    """Who holds one for longest, of whom a newer report is not on this site; empty on a page of a
    longer list."""
    if len(found.rows) < found.total or not found.rows:
        return ""
    oldest = min(found.rows, key=lambda row: row.inspection.event_date)
    waited = words.span(oldest.inspection.event_date, oldest.waited_to(start.seen_to))
    said = (
        f"The oldest is that of {oldest.council.short_name}: {waited} since its "
        f"{'inspection began' if oldest.inspection.start_date else 'report'}, "
        f"{ends(oldest, start.seen_to)}."
    )
    return said + newer_words(found)


def newer_words(found: Tracker) -> str:
    """` A newer report of Slough is published, but not yet on this site.`; empty without any."""
    return words.newer_of([row.council.short_name for row in found.rows if row.unread])


def ends(row: Tracked, seen_to: date) -> str:
    """To which day the wait is counted: `to 22 August 2026`."""
    if row.unread:
        return f"to the inspection of {words.day(row.unread.start_date)}, {words.NOT_YET_HERE}"
    return f"to {words.day(seen_to)}"


def longer_than(days: int, past: PastCases) -> str:
    """How the wait stands among all past cases; empty where there is none."""
    if not past.total:
        return ""
    shorter = past.shorter_than(days)
    cases = words.count(past.total, "past case")
    if shorter == past.total:
        return f"longer than every one of {cases}"
    return f"longer than {shorter} of {cases}" if shorter else f"shorter than all {cases}"


def area_codes(judged: Iterable[Judgement]) -> str:
    return JOIN.join(row.area.code for row in judged)


def references(visits: Iterable[Visit]) -> str:
    return JOIN.join(row.reference for row in visits)


class InadequateLine(NamedTuple):
    """A council after an inadequate judgement; days waited to the end of the record."""

    row: Tracked
    past: PastCases
    waited_days: int | None
    visits_complete_to_date: date
    interventions: str

    @property
    def past_cases_shorter(self) -> int | None:
        return None if self.waited_days is None else self.past.shorter_than(self.waited_days)


TRACKED = (
    *of("row.council", *IDS, "ofsted_region"),
    *of("row.inspection", "inspection", "start_date", "publication_date"),
    *of("row.inadequate", inadequate_areas=area_codes),
    *of("row", "action_plan_due_date", "action_plan_latest_date", "own_publication_due_date"),
    *of("row.visits", visits_on_record=len),
    *of("row", "days_to_first_visit", "median_days_between_visits"),
    *of("row.window", "share_waiting_longer", "earliest_date", "latest_date"),
    *of("", waited_days="waited_days"),
    *of("past", past_cases="total"),
    *of("", "past_cases_shorter"),
    *of("row.visits", visits=references),
    *of("", "visits_complete_to_date", "interventions"),
)


def line(row: Tracked, past: PastCases, start: Opening) -> InadequateLine:
    waited_days = row.waited_days(start.seen_to) if row.inspection.start_date else None
    visits_to = min(start.record.seen_to(start.day, kind) for kind in VisitKind)
    steps_of = start.record.interventions_of(row.council.id, start.day)
    return InadequateLine(
        row, past, waited_days, visits_to, JOIN.join(one.reference for one in steps_of)
    )


@dataclass(frozen=True)
class TrackedRows:
    """What the chart is drawn from and told by: how many of how many have waited longer than
    half of past cases did."""

    drawn: Tracks
    said: str
    longer: int
    half: int  # months; 0 without past cases

    visits_known: str = ""

    def sheets(self) -> list[tuple["TrackedRows", str]]:
        return [(replace(self, drawn=part), said) for part, said in drawing.sheets(self.drawn)]


def rows_of(found: Tracker, start: Opening) -> TrackedRows:
    past = found.past_cases
    begun = [row.inspection.publication_date for row in found.rows]
    return TrackedRows(
        Tracks(
            tuple(track(row, past, start) for row in found.rows),
            "since the inspection began",
            "when the middle half of past cases were inspected again",
            start.seen_to,
            start.today_name,
        ),
        sentence(found, start) + newer_words(found),  # the chart names the councils
        sum(past.median is not None and row.waited_days(start.seen_to) > past.median
            for row in found.rows),
        round((past.median or 0) / DAYS_PER_MONTH),
        complete(start.record.coverage, min(begun, default=start.day), start.day),
    )  # fmt: skip


def track(row: Tracked, past: PastCases, start: Opening) -> Track:
    """From the inspection's first day to the last of which is known; marks are the visits."""
    name, first = row.council.short_name, row.inspection.event_date
    waited = row.waited_days(start.seen_to)
    span = past.middle_half
    days = (first + timedelta(days=span[0]), first + timedelta(days=span[1])) if span else None
    so_far = months_so_far(row, start)
    months = f"{name}: {words.count(so_far, 'month')} {ends(row, start.seen_to)}"
    longer = longer_than(waited, past) if row.inspection.start_date else ""
    return Track(
        name,
        first,
        row.waited_to(start.seen_to),
        f"{months}, {longer}" if longer else months,
        days,
        f"{name}: {words.month(days[0])} to {words.month(days[1])}" if days else "",
        tuple(
            TrackMark(
                visit.kind,
                VisitKind.label_of(visit.kind),
                visit.start_date,
                f"{name}: {presenters.event_name(visit).lower()}, {presenters.event_day(visit)}",
            )
            for visit in row.visits
            if visit.start_date
        ),
    )


def title(rows: TrackedRows) -> str:
    total = words.count(len(rows.drawn.tracks), "council")
    if not rows.half:
        return f"{total} after an inadequate judgement"
    return (
        f"{rows.longer} of {total} have waited longer than half of past cases did, "
        f"{words.count(rows.half, 'month')}"
    )


ENTRY = Entry(
    slug="after-inadequate",
    title=title,
    sentence=lambda rows: rows.said,
    figure=lambda rows: drawing.figure(rows.drawn),
    narrow=lambda rows: drawing.figure(rows.drawn, narrow=True),
    slide=lambda rows, height: drawing.slide(rows.drawn, height),
    sheets=lambda rows: rows.sheets(),
    glance=lambda rows: rows.sheets()[0],
    offers="each visit and wait",
    note=lambda rows: (
        "Broad bar: from when a quarter to when three quarters of past cases had been inspected "
        "again, counted from the council’s own inspection. Ofsted does not publish the first "
        f"monitoring visit{f'; {rows.visits_known}' if rows.visits_known else ''}."
    ),
)


def months_so_far(row: Tracked, start: Opening) -> int:
    """In whole months, as in words."""
    return words.whole_months(row.inspection.event_date, row.waited_to(start.seen_to))


def answer_inadequate(found: Tracker, start: Opening) -> Answer:
    rows = rows_of(found, start)

    def table() -> PageTable:
        lines = [line(row, found.past_cases, start) for row in found.rows]
        return PageTable(
            Table("after_inadequate", TRACKED, lines),
            ("council", "start_date", "waited_days", "past_cases_shorter", "visits_on_record"),
            {"waited_days": "Months so far"},
            {"waited_days": lambda row: months_so_far(row.row, start)
             if row.waited_days is not None else "not known"},
        )  # fmt: skip

    return Answer(rows, table, is_empty=not found.rows)


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    return ((lists.region_field(), lists.kind_field()),)


KIND_OF_CHART = ChartKind(
    ENTRY,
    InadequateState,
    False,
    lambda start, council: answer_inadequate(ask_inadequate(start, whole=True), start),
    choices=choices,
)
