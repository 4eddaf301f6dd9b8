"""A document of which a part is missing is refused."""

from pathlib import Path

import pytest

from inspections.records import REFUSED, DocumentReading
from tests.importers import documents as d
from tests.importers.readings import read


def missing(reading: DocumentReading) -> list[str]:
    return [p.found for p in reading.problems if p.fact == "pages" and p.severity == REFUSED]


def numbered_report(path: Path, numbers: list[int], *, total: int | None = None) -> Path:
    """A letter that prints these numbers at the feet of its pages."""
    paper = d.Paper(path)
    paper.line("4 December 2025")
    paper.line("Dear Director")
    paper.line("Focused visit to Exampleshire children’s services")
    paper.wrapped(
        "This letter summarises the findings of the focused visit to Exampleshire children’s "
        "services on 4 and 5 November 2025. Inspectors looked at the front door."
    )
    for index, number in enumerate(numbers):
        if index:
            paper.page()
        for text in (*d.PROSE, *d.POINTS, *d.PROSE):
            paper.wrapped(text)
        of_all = f"Page {number} of {total}" if total else str(number)
        paper.put(of_all, x=300, y=40)
    paper.line("Yours sincerely")
    paper.line("Rae Sample")
    return paper.save()


def test_a_report_cut_off_after_its_first_pages_is_refused(tmp_path: Path) -> None:
    reading = read(d.ilacs_report(tmp_path / "a.pdf", points=None, has_ending=False))
    assert missing(reading) == ["2 pages without an ending"]
    assert reading.inspections[0].improvement_points is None
    assert missing(read(d.ilacs_report(tmp_path / "b.pdf"))) == []


def test_a_letter_without_a_signature_is_refused(tmp_path: Path) -> None:
    assert missing(read(d.letter(tmp_path / "a.pdf", has_ending=False))) != []
    assert missing(read(d.letter(tmp_path / "b.pdf"))) == []


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([1, 2, 3, 4], []),
        ([1, 2, 5, 6], ["the number 5 on page 3 of the file"]),
        ([3, 4, 5, 6], ["the number 3 on page 1 of the file"]),
        ([1, 2, 1, 2], []),  # the second part begins anew
        ([1, 2, 44, 4], []),  # a figure that happens to stand there
    ],
)
def test_pages_that_its_own_numbers_skip_refuse_a_document(
    tmp_path: Path, numbers: list[int], found: list[str]
) -> None:
    assert missing(read(numbered_report(tmp_path / "a.pdf", numbers))) == found


def test_a_document_of_fewer_pages_than_it_counts_itself_is_refused(tmp_path: Path) -> None:
    whole = numbered_report(tmp_path / "a.pdf", [1, 2, 3], total=3)
    cut = numbered_report(tmp_path / "b.pdf", [1, 2, 3], total=12)
    assert missing(read(whole)) == []
    assert missing(read(cut)) == ["3 pages"]
