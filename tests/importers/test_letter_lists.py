"""The lists in letters: what needs to improve, areas for priority action."""

from datetime import date
from pathlib import Path

from inspections.importers.parsers.letter_lists import improvement_points
from inspections.importers.readers.formats import read_file
from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.importers.worker import read_path
from inspections.records import Problems
from tests.importers import documents as d
from tests.importers.readings import visit
from tests.importers.world import rules


def test_without_a_list_the_points_are_unknown_and_there_are_no_actions(tmp_path: Path) -> None:
    record = visit(tmp_path / "a.pdf", points=None)
    assert record.improvement_points is None
    assert record.priority_actions == ()


def test_the_wrapped_end_of_a_point_is_no_heading(tmp_path: Path) -> None:
    words = "The recording of meetings with reflection, challenge and what was agreed on, "
    points = [f"{words}next steps.", "Another point."]
    read_points = visit(tmp_path / "a.pdf", points=points).improvement_points or ()
    assert [p.text for p in read_points] == points


def test_a_point_whose_lines_do_not_hang_is_one_point(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    paper = d.Paper(path)
    paper.line("Dear Director")
    paper.line("What needs to improve in this area of social work practice?")
    for text in ("• The plans of children, which", "are not clear enough.", "• Another point."):
        paper.line(text)
    paper.line("Main findings")
    lines = read_file(paper.save(), DEFAULT_LIMITS).lines
    points = improvement_points(lines, Problems("a.pdf"))
    assert [p.text for p in points or ()] == [
        "The plans of children, which are not clear enough.", "Another point.",
    ]  # fmt: skip


def test_an_unknown_heading_over_bullets_is_left_to_a_person(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    paper = d.Paper(path)
    for text in ("4 December 2025", "Dear Director", "Focused visit to Exampleshire"):
        paper.line(text)
    paper.wrapped(
        "This letter summarises the findings of the focused visit to Exampleshire children’s "
        "services on 4 and 5 November 2025. Inspectors looked at the front door."
    )
    paper.line("Improvements that are needed")
    paper.bullets(d.POINTS)
    paper.line("Yours sincerely")
    paper.line("Rae Sample")
    record = read_path(paper.save(), rules(), DEFAULT_LIMITS).visits[0]
    assert record.improvement_points is None
    assert record.start_date == date(2025, 11, 4)


def test_bullets_that_come_again_after_prose_are_left_to_a_person(tmp_path: Path) -> None:
    points = ["A point.", "Another point."]
    path = tmp_path / "a.pdf"
    paper = d.Paper(path)
    paper.line("Dear Director")
    paper.wrapped(
        "This letter summarises the findings of the focused visit to Exampleshire children’s "
        "services on 4 and 5 November 2025. Inspectors looked at the front door."
    )
    paper.line("What needs to improve in this area of social work practice?")
    paper.bullets(points)
    paper.line("Prose between the bullets, at the margin.")
    paper.bullets(points)
    paper.line("Main findings")
    assert read_path(paper.save(), rules(), DEFAULT_LIMITS).visits[0].improvement_points is None
