"""Grades over time: what is drawn for whom, from rows alone."""

import itertools
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest

from dashboard.charts import grades_by_inspection, grades_over_time, theme
from dashboard.charts.measure import text_width
from inspections.figure_rows import GradesOverTime, GradeSpan
from tests.charts.samples import GOOD, LANES, exampleshire, newtown, northbridge, visit

DAY = 86_400_000


def bars(figure: go.Figure) -> list[tuple[str, float, str, str | None]]:
    """Every bar as (start, days, trace name, text)."""
    found = []
    for trace in figure.data:
        if trace.type == "bar" and trace.base is not None:
            texts = trace.text or [None] * len(trace.x)
            found.extend(
                (base, length / DAY, trace.name, text)
                for base, length, text in zip(trace.base, trace.x, texts, strict=True)
            )
    return found


def notes(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def one(span: GradeSpan, **more: object) -> GradesOverTime:
    return GradesOverTime("Exampleshire", LANES, (span,), (), (), date(2026, 11, 22), **more)  # type: ignore[arg-type]


def test_every_graded_spell_is_one_bar_and_the_last_ends_today() -> None:
    rows = exampleshire()
    drawn = bars(grades_over_time.figure(rows))
    assert len(drawn) == len([span for span in rows.spans if span.grade]) == 20
    last = [days for start, days, _name, _text in drawn if start == "2026-01-30"]
    assert set(last) == {(rows.today - date(2026, 1, 30)).days}


def test_a_bar_says_the_grades_name_or_its_letter_by_the_room_it_has() -> None:
    texts = {(start, name): text for start, _d, name, text in bars(
        grades_over_time.figure(exampleshire())
    )}  # fmt: skip
    assert texts["2016-01-29", "RI Requires improvement"] == "Requires improvement"
    assert texts["2026-01-30", "G Good"] == "G"


def test_each_grade_is_once_in_the_key_with_its_letter_best_first() -> None:
    figure = grades_over_time.figure(northbridge())
    shown = [t.name for t in figure.data if t.type == "bar" and t.showlegend is not False]
    assert shown == [
        "O Outstanding",
        "G Good",
        "RI Requires improvement",
        "I Inadequate",
        theme.TOGETHER_KEY,
    ]


def test_a_lane_judged_together_is_hatched_and_says_with_what() -> None:
    figure = grades_over_time.figure(exampleshire())
    hatched = [t for t in figure.data if t.type == "bar" and t.base and t.marker.pattern.shape]
    assert [list(trace.base) for trace in hatched] == [["2020-01-24", "2022-07-22"]]
    assert hatched[0].marker.pattern.bgcolor == theme.grade_colour("requires-improvement").fill
    assert "RI, with children in care" in notes(figure)


def test_not_graded_is_a_dashed_outline_without_a_bar() -> None:
    span = GradeSpan("overall", "Overall", None, date(2020, 1, 1), None, note="no overall grade")
    figure = grades_over_time.figure(one(span))
    assert bars(figure) == []
    assert "no overall grade" in notes(figure)
    outlines = [s for s in figure.layout.shapes if s.type == "rect" and s.line.dash]
    assert len(outlines) == 1
    assert outlines[0].fillcolor is None


def test_visits_have_shapes_and_no_grade_colours() -> None:
    figure = grades_over_time.figure(exampleshire())
    looks = {t.name: (t.marker.symbol, t.marker.color) for t in figure.data if t.type == "scatter"}
    assert looks == {
        "Focused visit": ("diamond-open", theme.INK),
        "Assurance visit": ("circle-open", theme.INK),
        "Monitoring visit": ("triangle-up", theme.INK),
        "Joint inspection (JTAI)": ("square", theme.INK),
    }


def test_visits_close_together_do_not_lie_on_each_other() -> None:
    figure = grades_over_time.figure(northbridge())
    low, high = (date.fromisoformat(day) for day in figure.layout.xaxis.range)
    margin = figure.layout.margin
    per_day = (figure.layout.width - margin.l - margin.r) / (high - low).days
    spots = [
        ((date.fromisoformat(x) - low).days * per_day, y)
        for trace in figure.data
        if trace.type == "scatter"
        for x, y in zip(trace.x, trace.y, strict=True)
    ]
    assert len(spots) == 24
    for i, (x, y) in enumerate(spots):
        for other_x, other_y in spots[i + 1 :]:
            assert abs(x - other_x) >= 12.9 or abs(y - other_y) > 0.3


def test_a_visit_known_to_the_month_does_not_claim_a_day() -> None:
    rows = GradesOverTime(
        "Exampleshire",
        LANES,
        (),
        (),
        (visit("focused_visit", date(2021, 10, 1), precision="month"),),
        date(2026, 11, 22),
    )
    told = grades_over_time.figure(rows).data[0].hovertext
    assert list(told) == ["Focused visit. October 2021"]


def test_a_window_is_a_dashed_frame_and_none_is_drawn_without_one() -> None:
    label = "next inspection, likely"
    assert label in notes(grades_over_time.figure(exampleshire()))
    assert label not in notes(grades_over_time.figure(northbridge()))


def test_overlapping_frameworks_do_not_overlap_as_bands() -> None:
    figure = grades_over_time.figure(northbridge())
    bands = [(s.x0, s.x1) for s in figure.layout.shapes if s.layer == "below"]
    assert len(bands) == 6
    for (_start, end), (start, _end) in itertools.pairwise(bands):
        assert end <= start


@pytest.mark.parametrize("chart", [grades_over_time.figure, grades_by_inspection.figure])
def test_a_scale_of_five_grades_needs_no_code(chart: object) -> None:
    figure = chart(newtown())  # type: ignore[operator]
    names = [t.name for t in figure.data if t.type == "bar"]
    assert names == ["E Exceptional", "ES Expected standard", "NA Needs attention",
                     "U Urgent improvement"]  # fmt: skip
    assert figure.data[-1].marker.color == theme.grade_colour("neutral").fill


@pytest.mark.parametrize("chart", [grades_over_time.figure, grades_by_inspection.figure])
def test_a_council_never_inspected_is_an_empty_picture(chart: object) -> None:
    rows = GradesOverTime("Newtown", LANES, (), (), (), date(2026, 11, 22))
    assert bars(chart(rows)) == []  # type: ignore[operator]


def test_the_phone_has_the_newest_inspection_on_top() -> None:
    figure = grades_by_inspection.figure(exampleshire())
    months = [note for note in figure.layout.annotations if note.text[-4:].isdigit()]
    in_order = [note.text for note in sorted(months, key=lambda note: note.y)]
    assert in_order == ["Jan 2026", "Jul 2022", "Jan 2020", "Jan 2016"]


def test_the_phone_shows_a_visit_above_the_inspection_it_followed() -> None:
    figure = grades_by_inspection.figure(exampleshire())
    at = {note.text: note.y for note in figure.layout.annotations}
    joint = next(t for t in figure.data if t.name == "Joint inspection (JTAI)")  # of 2024
    assert at["Jan 2026"] < joint.y[0] < at["Jul 2022"]


FIVE = ("Overall", "Leaders", "Help and protection", "Children in care", "Care leavers")


@pytest.mark.parametrize(
    ("names", "tiers"),
    [
        (FIVE, 1),
        (("Leaders", "Help and protection", "Children in care and care leavers"), 1),
        (("Overall effectiveness", *"abcd"), 2),
        ((*FIVE, "Adoption"), 2),
        ((*FIVE, "Adoption", "Safeguarding board"), 2),
        ((*FIVE, *FIVE, "Safeguarding board"), 3),
        ((), 0),
    ],
)
def test_the_phones_heads_stand_level_by_turns_above_one_another_where_words_are_wide(
    names: tuple[str, ...], tiers: int
) -> None:
    lanes = tuple((f"lane_{place}", name) for place, name in enumerate(names))
    figure = grades_by_inspection.figure(replace(exampleshire(), lanes=lanes, spans=()))
    heads = figure.layout.annotations[: len(names)]
    assert all(head.textangle is None for head in heads)
    feet = sorted({head.y for head in heads}, reverse=True)
    assert len(feet) == tiers
    # The last stands on its column; one that does not has a line down to it.
    assert not heads or heads[-1].y == feet[0]
    assert len(figure.layout.shapes) == sum(head.y != feet[0] for head in heads)
    for head in heads:
        width = max(text_width(line, head.font.size) for line in head.text.split("<br>"))
        right = head.x if head.xanchor == "right" else head.x + width / 2
        assert right - width > 0 and right <= grades_by_inspection.WIDTH


def test_the_phone_says_a_letter_in_every_cell() -> None:
    rows = exampleshire()
    figure = grades_by_inspection.figure(rows)
    letters = [text for trace in figure.data if trace.type == "bar" for text in trace.text or []]
    letters += [text for text in notes(figure) if text in {"O", "G", "RI", "I"}]
    assert sorted(letters) == sorted(span.grade.letter for span in rows.spans if span.grade)


def test_the_dark_scheme_of_every_colour_travels_with_the_figure() -> None:
    dark = grades_over_time.figure(exampleshire()).layout.meta["dark"]
    assert dark[theme.grade_colour(GOOD.colour).fill] == "#33fae2"
    assert dark[theme.PAPER] == "#0b0c0c"
