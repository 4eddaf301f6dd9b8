"""Who was in a council's place and rose: the same grade in the same area, and better next time."""

from collections import Counter
from dataclasses import dataclass
from statistics import median

from dashboard import words
from dashboard.state import lists
from dashboard.state.opening import Opening
from inspections.questions.asked_for import is_read
from inspections.questions.risen import Rise, Risen, risen
from inspections.record import Record
from inspections.rows import Council, Event, Inspection
from inspections.rules.clock import DAYS_PER_MONTH
from inspections.rules.lanes import counted_in_lane, counted_lanes

FEWEST = 5
MOST_SHOWN = 8
MOST_THEMES = 4


@dataclass(frozen=True, slots=True)
class RiseLine:
    """One council that rose: from when to when, how long, and what the report then asked for."""

    rise: Rise
    before: str
    after: str
    took: str
    asked: str


@dataclass(frozen=True, slots=True)
class Rose:
    """`note`: how many rose of how many, and within what time; `told`: what most had been told."""

    title: str
    note: str
    told: str
    lines: tuple[RiseLine, ...]


def rose(council: Council, latest: Inspection, start: Opening) -> Rose | None:
    """From the council's weakest grade; None where every area has the best, nobody rose, or a
    newer report may have given another."""
    if start.record.unread_by(start.day).get(council.id):
        return None
    found = weakest(council, latest, start)
    if found is None or not found.rises:
        return None
    return Rose(
        title=f"Who rose from {found.grade.name} in {lane_of(found)}",
        note=note_words(found),
        told=told_words(start.record, found),
        lines=tuple(
            RiseLine(
                row,
                words.month(row.before.event_date),
                words.month(row.after.event_date),
                lists.months(row.days),
                asked_words(start.record, row.before),
            )
            for row in found.rises[:MOST_SHOWN]
        ),
    )


def lane_of(found: Risen) -> str:
    return found.lane.name[0].lower() + found.lane.name[1:]


def note_words(found: Risen) -> str:
    half = ""
    if len(found.rises) >= FEWEST:
        middle = round(median(row.days for row in found.rises) / DAYS_PER_MONTH)
        half = f"; half of these within {middle} months from report to report"
    left_out = []
    if found.waiting:
        left_out.append(f"{words.count(found.waiting, 'council')} not inspected again so far")
    if found.not_comparable:
        left_out.append(f"{words.times(found.not_comparable)} with no grade to compare")
    return (
        f"Elsewhere {found.grade.name} in {lane_of(found)} was followed "
        f"{words.times(found.waits)} by a grade that can be compared with it; "
        f"{len(found.rises)} rose{half}. Newest first."
        + (f" Not counted: {words.listing(left_out)}." if left_out else "")
    )


def told_words(record: Record, found: Risen) -> str:
    """The themes raised by most of the reports from which councils rose; empty without points."""
    read = [row.before for row in found.rises if is_read(record, row.before)]
    raised: Counter[str] = Counter()
    for report in read:
        raised.update(_themes_of(record, report))
    if len(read) < FEWEST:
        return ""
    names = {theme.code: theme.name.lower() for theme in record.themes}
    often = sorted((-number, place, code) for place, code in enumerate(names)
                   if (number := raised[code]))  # fmt: skip
    most = [f"{names[code]} ({-number})" for number, _place, code in often[: MOST_THEMES + 1]]
    return (
        f"What they had been told most often, of {words.count(len(read), 'report')} whose points "
        f"are on record: {'; '.join(most)}. The same theme is not the same fault."
    )


def asked_words(record: Record, report: Event, most: int = MOST_THEMES) -> str:
    """The themes that the report raised, the most points first; what is not on record is said."""
    if not is_read(record, report):
        return "points not on record"
    names = {theme.code: theme.name.lower() for theme in record.themes}
    points = record.points_of(report)
    counted = Counter(code for point in points for code in point.themes)
    themes = [names[code] for code, _ in counted.most_common()]
    more = len(themes) - most
    if more > 0:
        themes = [*themes[:most], f"{words.count(more, 'more theme')}"]
    return "; ".join(themes) or ("points of no theme" if points else "nothing")


def _themes_of(record: Record, report: Event) -> set[str]:
    return {code for point in record.points_of(report) for code in point.themes}


def weakest(council: Council, latest: Inspection, start: Opening) -> Risen | None:
    """From the lowest grade of a core area; None where every one has the best there is."""
    book, counted_as = start.book, counted_lanes(start.book)
    held = [
        (judged.grade, lane)
        for lane in book.lanes
        if lane.is_core
        and (judged := counted_in_lane(latest, lane.code, counted_as))
        and judged.grade.order > 1
    ]
    if not held:
        return None
    grade, lane = max(held, key=lambda pair: (pair[0].order, -pair[1].order))
    return risen(start.record, council, lane, grade, start.day)
