"""Tracks: what came when, beside what was to be expected; a council after inadequate is one."""

from datetime import timedelta
from statistics import median, quantiles

import pytest
from django.test import Client

from dashboard.charts import tracks as drawing
from dashboard.england.inadequate_chart import KIND_OF_CHART, InadequateState, title
from inspections.questions.among import EVERY
from inspections.questions.inadequate import tracker
from tests.charts.more_samples import tracks as sample
from tests.charts.shipped import opened


@pytest.mark.parametrize("narrow", [False, True])
def test_a_line_a_span_and_marks_stand_for_each_case(narrow: bool) -> None:
    figure = drawing.figure(sample(), narrow=narrow)
    named = {trace.name: trace for trace in figure.data}
    assert list(named) == ["usual &amp; &lt;likely&gt;", "so far", "Monitoring visit", "what came"]
    # One has neither span nor length.
    assert [len(trace.x) for trace in named.values()] == [2, 2, 2, 2]
    assert named["what came"].hovertext[0] == "two<br>&lt;later&gt;"


def test_a_slide_says_how_many_it_leaves_out() -> None:
    assert drawing.sheets(sample()) == [(sample(), "")]
    ((shown, said),) = drawing.sheets(sample(40))
    assert said == f"Here: the first {len(shown.tracks)} of 40; the rest is on the page."


@pytest.mark.django_db
@pytest.mark.once
def test_a_council_after_inadequate_stands_beside_the_past_cases() -> None:
    start = opened(InadequateState())
    found = tracker(start.record, start.day, among=EVERY)
    rows = KIND_OF_CHART.ask(start, None).rows
    past = sorted(found.past_cases.days.elements())
    first, _, third = quantiles(past, n=4, method="inclusive")
    for row, track in zip(found.rows, rows.drawn.tracks, strict=True):
        begun = row.inspection.event_date
        assert track.span == (begun + timedelta(days=first), begun + timedelta(days=third))
        assert [mark.day for mark in track.marks] == [visit.start_date for visit in row.visits]
    longer = [row for row in found.rows if row.waited_days(start.seen_to) > median(past)]
    assert title(rows).startswith(f"{len(longer)} of {len(found.rows)} councils have waited longer")


@pytest.mark.django_db
@pytest.mark.once
def test_the_page_shows_the_chart_of_the_councils_chosen(client: Client) -> None:
    page = client.get("/england/inadequate/?region=london").content.decode()
    assert 'data-figure="/england/after-inadequate.figure.json?region=london"' in page
    nobody = client.get("/england/inadequate/?region=london&as_at=2009-01-01")
    assert b"after-inadequate" not in nobody.content
