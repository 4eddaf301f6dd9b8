"""Grades by area: the bars are the counts, the frame is the marked council's, the page's filters
are the chart's address."""

import pytest
from django.test import Client

from dashboard.charts import by_area as drawing
from dashboard.council.by_area_chart import sentence, title
from inspections.figure_rows import GradesByArea
from inspections.questions.among import EVERY
from inspections.questions.by_area import by_area
from inspections.questions.positions import positions
from inspections.questions.statistics import AREA, statistics
from inspections.rules.position import PublishedBy
from inspections.store import current_record
from tests.charts.more_samples import areas as sample

DAY = "30 councils, inspections to 22 November 2026."
HELD = "held by 20 of 30 councils for leaders and 8 of 28 for care leavers"
MARKED = f"The grade of Exampleshire is {HELD}"
CASES = [
    (sample(), "Councils are most often Good or better for leaders (24 of 30), least often for "
     "care leavers (16 of 28)", DAY),
    (sample(marked=True), MARKED, f"{DAY} Exampleshire, framed: Good for leaders; Requires "
     "improvement for care leavers."),
    (sample(1), "Councils are most often Good or better for leaders (24 of 30)",
     DAY),
    (sample(0), "Grades by area on 22 November 2026", DAY.replace("30", "0")),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "named", "said"), CASES)
def test_the_chart_says_where_most_are_good(rows: GradesByArea, named: str, said: str) -> None:
    assert (title(rows), sentence(rows)) == (named, said)


@pytest.mark.parametrize("narrow", [False, True])
def test_every_bar_adds_up_to_the_councils(narrow: bool) -> None:
    rows = sample(marked=True)
    figure = drawing.figure(rows, narrow=narrow)
    for place in range(len(rows.areas)):
        assert sum(trace.x[place] for trace in figure.data) == 30
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(4, 24), (16, 24)]
    assert "Ashford &lt;Vale&gt;" in figure.data[0].hovertext[0]


@pytest.mark.django_db
@pytest.mark.once
def test_the_counts_are_those_of_grades_on_any_date() -> None:
    record = current_record()
    day = record.as_at_date
    assert day
    every = record.book.choosable_lanes[0]
    told = statistics(record, by=AREA, lane=every, reading=PublishedBy(day), among=EVERY)
    groups, _areas, _grades = by_area(record, positions(record, day))
    assert [group for _lane, group in groups] == [
        group for group in told.groups if group.key in {lane.code for lane, _ in groups}
    ]


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/councils/?region=london&sort=worst", "/england/grades-by-area/?region=london"),
        (
            "/councils/luton/inspections/2022-07-11/",
            "/england/grades-by-area/?as_at=2022-09-05&amp;council=luton",
        ),
    ],
)
def test_a_page_leads_to_the_chart_of_what_it_shows(
    client: Client, path: str, address: str
) -> None:
    page = client.get(path).content.decode()
    assert page.count(f'"{address}"') == 2  # fetched with JavaScript, followed without
    shown = client.get(
        address.replace("&amp;", "&"), headers={"HX-Request": "true", "HX-Boosted": "true"}
    )
    assert 'id="grades-by-area"' in shown.content.decode()
    assert "HX-Push-Url" not in shown.headers  # the page's own address stays
