"""The overall grade where readers look for it: the last that was given, never one worked out."""

import re
from datetime import date

import pytest
from django.test import Client

from dashboard.council import side_by_side
from dashboard.words import presenters
from inspections.figure_rows import CompareChart
from inspections.questions.timeline import grades_over_time
from tests.invented_rows import NEW, OLD, book, inspection
from tests.pages.reading import main_of
from tests.questions.plain import plain_record

DAY = date(2026, 9, 1)
THEN, NOW, LATER = (date(year, 6, 1) for year in (2020, 2023, 2026))
RI, I = "requires_improvement", "inadequate"  # noqa: E741 - as the letters
GIVEN, GONE = inspection(NOW, OLD, grades={"overall": RI}), inspection(LATER, NEW)

CELLS = [
    # the newest inspection, the newest with an overall grade; the cell
    (None, None, "<td>–</td>"),
    (GONE, None, "<td>–</td>"),
    (
        GIVEN,
        GIVEN,
        '<td><b class="g-requires_improvement" role="img" title="Overall: Requires_improvement">RI'
        "</b></td>",
    ),
    (GONE, GIVEN, '<td>RI <span class="long">Jun </span>2023</td>'),
]


@pytest.mark.parametrize(("latest", "given", "cell"), CELLS)
def test_an_older_overall_grade_has_its_date_and_no_mark(latest, given, cell: str) -> None:
    assert presenters.overall_cell(latest, given) == cell


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 3, 31), ""), (date(2026, 4, 1), "Ofsted has given none since April 2026")],
)
def test_none_is_said_to_be_given_only_once_none_is(day: date, said: str) -> None:
    assert presenters.without_overall_words(book(), day) == said


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "is_told"),
    [("", True), ("?as_at=2026-03-31", False), ("?by=region&area=leaders", False)],
)
def test_why_some_have_no_overall_grade_is_told_where_the_table_counts_them(
    client: Client, query: str, is_told: bool
) -> None:
    page = " ".join(client.get(f"/england/statistics/{query}").content.decode().split())
    said = "inspected since April 2026; Ofsted has given no overall grade since."
    assert (said in page) is is_told


MOVES = [
    # what an inspection of 2020 and one of 2023 gave that is not Good; what is said
    ({}, {}, "did not move, or cannot be compared"),
    ({"leaders": I}, {}, "up for leaders"),
    ({}, {"leaders": RI, "care_leavers": RI}, "down for leaders and care_leavers"),
    ({"leaders": I}, {"in_care": RI}, "down for in_care, up for leaders"),
]


@pytest.mark.parametrize(("before", "now", "said"), MOVES)
def test_who_went_up_or_down_is_told_by_area(before, now, said: str) -> None:
    row = grades_over_time(
        book(), council_name="Exampleshire", as_at=LATER, visits=(),
        inspections=[inspection(THEN, OLD, grades=before), inspection(NOW, OLD, grades=now)],
        lanes=("leaders", "help_and_protection", "in_care", "care_leavers"),
    )  # fmt: skip
    told = side_by_side._moves(CompareChart((row,), LATER))
    assert told == f"At the latest inspection shown, Exampleshire: {said}."


@pytest.mark.django_db
@pytest.mark.once
def test_the_list_the_comparison_and_england_show_what_was_given(client: Client) -> None:
    record, names = plain_record(), {"outstanding": "O", "good": "G",
        "requires_improvement": "RI", "inadequate": "I"}  # fmt: skip
    page = client.get(f"/councils/?as_at={DAY}").content.decode()
    rows = dict(re.findall(r'<tr id="([a-z-]+)">.*?</th>(<td>.*?</td>)', page))
    counted: dict[str, int] = {}
    for slug, cell in rows.items():
        given = record.latest(slug, DAY).grades.get("overall")
        assert ("<b" in cell) is bool(given), slug
        if given:
            assert f">{names[given]}</b>" in cell, slug
            counted[given] = counted.get(given, 0) + 1
    main = main_of(client.get(f"/?as_at={DAY}").content.decode())
    overall = main.partition("Overall grades are another count: ")[2]
    assert overall.startswith(f"{counted['outstanding']} Outstanding, {counted['good']} Good, ")
    given, since = f"of the {sum(counted.values())} councils", "Ofsted has given none since April"
    assert f", {given} whose last inspection gave a grade; {since} 2026, which is why" in overall
    both = client.get(f"/compare/?councils=luton~trafford&as_at={DAY}").content.decode()
    assert rows["luton"] in both and rows["trafford"] in both
    assert "<h1>Compare Luton and Trafford</h1>" in both
    earlier = main_of(client.get("/?as_at=2024-01-01").content.decode())
    assert "Overall grades are another count: " in earlier and "given none since" not in earlier


@pytest.mark.django_db
@pytest.mark.once
def test_a_briefing_has_the_overall_grade_first(client: Client) -> None:
    for slug, row in (
        ("luton", "Overall Requires improvement Good up one grade since July 2022"),
        (
            "trafford",
            "Overall Requires improvement (November 2022) none, as Ofsted has given none since",
        ),
    ):
        main = main_of(client.get(f"/councils/{slug}/briefing/?as_at={DAY}").content.decode())
        assert main.index(row) < main.index("Leaders "), slug
        assert main.index("questions worth asking") < main.index("Grades"), slug


@pytest.mark.django_db
@pytest.mark.once
def test_the_data_page_says_at_once_how_to_use_it(client: Client) -> None:
    main = main_of(client.get("/data/").content.decode())
    for said in ("Inspections are complete to 22 August 2026", "Free to reuse", "For Excel"):
        assert main.index(said) < main.index("Where each fact comes from"), said
