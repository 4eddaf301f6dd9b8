"""What was expected and what came, on one axis of time: what is asked, drawn and told."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import tracks as drawing
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.england import expected
from dashboard.england.expected import ExpectedState
from dashboard.england.expected_words import sentence
from dashboard.england.expected_words import verdict as verdict_of
from dashboard.state import lists
from dashboard.state.address import Notice
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from inspections.figure_rows import Track, TrackMark, Tracks
from inspections.questions.among import EVERY
from inspections.questions.expectations import Expectation
from inspections.vocabulary import ExpectedEvent


@dataclass(frozen=True)
class ExpectedRows:
    """What the chart is drawn from, what became of how many, and the page's sentence."""

    drawn: Tracks
    became: tuple[tuple[str, int], ...]
    said: str


def track(row: Expectation, ends: date) -> Track:
    """From the statement to what came, or to the last day of which that is known."""
    said, found = row.said, row.happened
    what = ExpectedEvent.label_of(said.expected_event)
    verdict, came = verdict_of(row)
    name = f"{row.council.short_name}: {what[0].lower()}{what[1:]}"
    first, last = said.expected_from_date, said.expected_to_date
    day = found.day if found else None
    known = found.seen_to if found and found.seen_to else ends
    is_told = day or (found and found.seen_to)
    return Track(
        name,
        said.stated_date,
        max(day or known, said.stated_date) if is_told else said.stated_date,
        f"{name}, said by {said.said_by} in {expected.stated(said)}: {verdict}",
        (first, last) if first and last else None,
        f"{name}, expected {expected.window(said)}",
        (TrackMark("came", "what came", day, f"{verdict}: {came}"),) if day else (),
    )


def title(rows: ExpectedRows) -> str:
    """What became of how many: `4 of 6 expectations with a time: later; 1 not met`."""
    if not rows.became:
        return "No expectation with a time on record"
    (often, most), *others = rows.became
    rest = f"; {words.listing([f'{n} {name}' for name, n in others])}" if others else ""
    total = words.count(len(rows.drawn.tracks), "expectation")
    return f"{most} of {total} with a time: {often}{rest}"


ENTRY = Entry(
    slug="expected-when",
    title=title,
    sentence=lambda rows: rows.said,
    figure=lambda rows: drawing.figure(rows.drawn),
    narrow=lambda rows: drawing.figure(rows.drawn, narrow=True),
    slide=lambda rows, height: drawing.slide(rows.drawn, height),
    offers="who said it, and what came",
    note=lambda rows: (
        "Only what named an event and a time. A line ends where what was expected came, or on the "
        "last day for which that is known; where nothing of the kind is on record there is none."
    ),
)


def answer(start: Opening) -> Answer:
    state: ExpectedState = start.state
    council = start.council(state.council)[0] if state.council else None
    found = expected.ask(start, council.id if council else None, whole=True)
    timed = [row for row in found.rows if row.happened]
    became = Counter(verdict_of(row)[0].lower() for row in timed)
    tracks = tuple(track(row, start.seen_to) for row in timed)
    drawn = Tracks(tracks, "from what was said to what came", "the time that was given",
                   start.seen_to, start.today_name)  # fmt: skip

    def table() -> PageTable:
        return PageTable(
            Table("expected", expected.EXPECTED, [expected.line(row, start) for row in timed]),
            ("council", "stated_date", "said_by", "expected_event", "what_happened"),
            {},
            {"expected_event": lambda row: f"{ExpectedEvent.label_of(row.said.expected_event)}, "
             f"{expected.window(row.said)}"},
        )  # fmt: skip

    unknown = Notice("council", state.council or "", "there is no council of this name")
    return Answer(
        ExpectedRows(drawn, tuple(became.most_common()), sentence(found, start)),
        table,
        is_empty=not timed,
        notices=(unknown,) if state.council and council is None else (),
    )


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    return ((lists.council_field(shown.start, "Only about a council"),),)


KIND_OF_CHART = ChartKind(
    ENTRY, ExpectedState, False, lambda start, council: answer(start), choices=choices,
    rests_on=lambda state: EVERY,
)  # fmt: skip
