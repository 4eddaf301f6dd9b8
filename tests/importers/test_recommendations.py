"""Where a list of recommendations ends, and what belongs to its sentences."""

from pathlib import Path

import pytest

from inspections.importers.parsers.headings import find_headings
from inspections.importers.parsers.points import BULLET, bulleted, is_out_of_step
from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.importers.readers.pages import TextLine
from inspections.importers.worker import read_path
from inspections.records import NOTE, PrintedPoint
from tests.importers import documents as d
from tests.importers.world import rules

FIRST = "7. Make sure that plans say what should change, by when, and who will see to it all."
SECOND = "8. Improve the records of managers’ decisions."
PRAISE = "9. Children know their social workers well."
WORDED = [FIRST[3:], SECOND[3:]]


def points(tmp_path: Path, *blocks: str) -> tuple[PrintedPoint, ...] | None:
    reading = read_path(d.sif_report(tmp_path / "a.pdf", blocks=blocks), rules(), DEFAULT_LIMITS)
    found = reading.inspections[0].improvement_points
    notes = [p.severity for p in reading.problems if p.fact == "improvement points"]
    assert notes == ([] if found else [NOTE])
    return found


def texts(tmp_path: Path, *blocks: str) -> list[str] | None:
    found = points(tmp_path, *blocks)
    return None if found is None else [point.text for point in found]


@pytest.mark.parametrize(
    "heading",
    [
        "The local authority has the following strengths:",
        "The local authority’s strengths",
        "Examples of good practice",
        "What the authority does well",
        "Progress since the last inspection",
        "What does the LSCB need to improve?",
        "The Local Safeguarding Children Board is good",
        "The effectiveness of the Local Safeguarding Children Board (LSCB)",
        "Section 2: The board",
    ],
)
def test_a_list_ends_at_a_heading_in_body_type_that_is_no_topic(
    tmp_path: Path, heading: str
) -> None:
    assert texts(tmp_path, "Areas for improvement", FIRST, SECOND, heading, PRAISE) == WORDED


@pytest.mark.parametrize(
    "topic",
    [
        "Care leavers",
        "Leadership, management and governance",
        "Planning and support for children who are looked after",
        "Improved outcomes for children through effective systems, sound processes and well "
        "supported staff",
    ],
)
def test_a_topic_between_points_is_no_part_of_a_sentence(tmp_path: Path, topic: str) -> None:
    assert texts(tmp_path, "Areas for improvement", topic, FIRST, topic, SECOND) == WORDED


def test_numbers_that_go_on_below_an_unknown_heading_are_left_to_a_person(tmp_path: Path) -> None:
    told = "The council was asked to do these things before:"
    assert texts(tmp_path, "Areas for improvement", FIRST, SECOND, told, PRAISE) is None
    assert texts(tmp_path, "Areas for improvement", FIRST, SECOND, told) == WORDED


def test_the_boards_list_is_not_the_councils(tmp_path: Path) -> None:
    board = "What does the LSCB need to improve?"
    assert texts(tmp_path, board, "Areas for improvement", FIRST, SECOND) is None
    council = "What does the local authority need to improve?"
    assert texts(tmp_path, council, "Areas for improvement", FIRST, SECOND) == WORDED


def test_priority_actions_are_told_from_areas_for_improvement(tmp_path: Path) -> None:
    found = points(
        tmp_path,
        "Priority and immediate action", "Capacity", FIRST,
        "Areas for improvement", "Care leavers", SECOND,
    )  # fmt: skip
    assert [(p.text, p.is_priority_action) for p in found or ()] == [
        (WORDED[0], True), (WORDED[1], False),
    ]  # fmt: skip


def test_a_sentence_that_no_action_is_needed_ends_no_list(tmp_path: Path) -> None:
    none = "The inspection did not find any areas for priority and immediate action."
    blocks = ("Priority and immediate action", none, "Areas for improvement", FIRST, SECOND)
    assert texts(tmp_path, *blocks) == WORDED


def test_numbers_out_of_step_are_left_to_a_person(tmp_path: Path) -> None:
    assert texts(tmp_path, "Areas for improvement", FIRST, SECOND, "11. More.") is None


def line(text: str, *, left: float, baseline: float, page: int = 1) -> TextLine:
    return TextLine(page, text, left, baseline, 12.0)


def is_bullet(item: TextLine) -> bool:
    return bool(BULLET.match(item.text))


def test_a_heading_at_the_top_of_a_page_is_told_by_the_margin_of_that_page() -> None:
    lines = [
        line("• One point that", left=70, baseline=400),
        line("goes on", left=88, baseline=385),
        line("Over the page and beyond.", left=102, baseline=700, page=2),
        line("Care leavers", left=84, baseline=670, page=2),
        line("and others", left=84, baseline=655, page=2),
        line("• Another point.", left=84, baseline=630, page=2),
    ]
    assert find_headings(lines, is_bullet) == {3, 4}


def test_the_rest_of_a_point_on_a_page_of_its_own_is_no_heading() -> None:
    lines = [
        line("• One point that is told to", left=70, baseline=100),
        line("Members of the council and", left=88, baseline=700, page=2),
        line("others.", left=88, baseline=685, page=2),
    ]
    assert find_headings(lines, is_bullet) == set()


def test_bullets_inside_a_numbered_point_move_no_margin() -> None:
    lines = [
        line("7. Make sure of:", left=70, baseline=100),
        line("• plans for children", left=99, baseline=700, page=2),
        line("• records of decisions.", left=99, baseline=685, page=2),
        line("Managers should see to it.", left=99, baseline=650, page=2),
    ]
    assert find_headings(lines, lambda item: item.text[:1].isdigit()) == set()


def test_lines_of_unknown_place_are_no_headings() -> None:
    lines = [line("• One.", left=0, baseline=0), line("Care leavers", left=0, baseline=0)]
    assert find_headings(lines, is_bullet) == set()


def test_marks_in_fonts_of_their_own_become_dashes() -> None:
    lines = [
        line("• Ensure that:", left=70, baseline=400),
        line("\uf06e plans are made", left=88, baseline=385),
        line("⎯ and kept.", left=88, baseline=370),
    ]
    assert [p.text for p in bulleted(lines)] == ["Ensure that: – plans are made – and kept."]


def test_a_bullet_may_stand_on_a_line_of_its_own() -> None:
    lines = [
        line("◼", left=70, baseline=400),
        line("Plans for children.", left=88, baseline=400),
        line("◼", left=70, baseline=380),
        line("Records of decisions.", left=88, baseline=380),
    ]
    assert [p.text for p in bulleted(lines)] == ["Plans for children.", "Records of decisions."]


def test_only_numbers_at_the_margin_count() -> None:
    first, second = line("1. One.", left=70, baseline=400), line("2. Two.", left=84, baseline=700)
    inner = line("5. Inside.", left=99, baseline=380)
    assert not is_out_of_step([first, inner, line("2. Two.", left=70, baseline=360)])
    assert not is_out_of_step([first, TextLine(2, second.text, 84, 700, 12)])
    assert is_out_of_step([first, line("3. Three.", left=70, baseline=380)])


@pytest.mark.parametrize("praise", ["What is working well", "Strengths", "Areas of good practice"])
def test_praise_below_bullets_is_no_point(tmp_path: Path, praise: str) -> None:
    report = d.Paper(tmp_path / "a.pdf")
    for text in ("Inspection of Exampleshire local authority", "children’s services"):
        report.line(text, size=26, gap=32)
    report.line("Inspection dates: 10 to 14 June 2024")
    report.line("Judgement Grade")
    report.table(d.TABLE_2023)
    report.line("What needs to improve?", size=14, gap=24)
    report.bullets(d.POINTS)
    report.line(praise)
    report.bullets(["Children know their social workers well."])
    report.imprint()
    found = read_path(report.save(), rules(), DEFAULT_LIMITS).inspections[0].improvement_points
    assert [p.text for p in found or ()] == list(d.POINTS)
    letter = d.letter(tmp_path / "b.pdf", praise=praise)
    found = read_path(letter, rules(), DEFAULT_LIMITS).visits[0].improvement_points
    assert [p.text for p in found or ()] == list(d.POINTS)
