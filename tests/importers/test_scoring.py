"""How readings are scored against tables made by reading the documents."""

from datetime import date

from inspections.records import DocumentReading, PrintedPoint, VisitRecord
from tests.importers.world import DIRECTORY
from tools.scoring import Fault, Score, score_letters, score_sentences, without_heading

FILE = "exampleshire_2025-12-04.pdf"
TEXTS = ("Plans for children.", "The records of decisions.")
TRUE = {
    "file": FILE, "council": "exampleshire", "start_date": "2025-11-04", "end_date": "",
    "published_date": "2025-12-04", "topic_codes": "care_leavers", "lead_inspector": "",
    "improvement_points": "2", "priority_actions": "0",
}  # fmt: skip
VISITS = [{"council": "exampleshire", "start_date": "2025-11-04", "kind": "focused_visit"}]


def reading(*texts: str, kind: str = "focused_visit") -> dict[str, DocumentReading]:
    record = VisitRecord(
        council="Exampleshire",
        kind=kind,
        place="page 1",
        start_date=date(2025, 11, 4),
        topics=("care_leavers",),
        improvement_points=tuple(
            PrintedPoint(order=number, text=text, page=1)
            for number, text in enumerate(texts, start=1)
        ),
    )
    return {FILE: DocumentReading(file=FILE, visits=(record,))}


def points(*texts: str) -> list[dict[str, str]]:
    row = {"council": "exampleshire", "publication_date": "2025-12-04"}
    return [{**row, "text": text} for text in texts]


def test_nothing_read_where_nothing_is_true_is_not_counted() -> None:
    score = Score()
    score.add(FILE, {"lead inspector": ("", ""), "grade": ("good", "good")})
    assert (score.total, score.share_right) == (1, 1.0)


def test_a_value_where_none_is_true_is_wrong_and_a_missing_one_refused() -> None:
    score = Score()
    score.add(FILE, {"a": ("good", ""), "b": ("", "good")})
    assert score.wrong == [Fault(FILE, "a", "good", "")]
    assert score.refused == [Fault(FILE, "b", "", "good")]


def test_a_letters_kind_is_compared_and_its_files_name_is_no_help() -> None:
    score = score_letters(reading(*TEXTS, kind="monitoring_visit"), [TRUE], VISITS, DIRECTORY)
    assert [f.name for f in score.wrong] == ["kind"]
    assert [f.name for f in score.refused] == ["publication date", "priority actions"]
    assert "last day" not in score.right


def test_sentences_are_compared_by_their_words() -> None:
    read = reading("plans for children", "The records of meetings.")
    score = score_sentences(read, [TRUE], points(*TEXTS))
    assert dict(score.right) == {"sentence": 1}
    assert [(f.read, f.true) for f in score.wrong] == [(read_text(read, 1), TEXTS[1])]


def test_a_missing_sentence_is_refused_and_one_too_many_wrong() -> None:
    missing = score_sentences(reading(TEXTS[0]), [TRUE], points(*TEXTS))
    assert [f.true for f in missing.refused] == [TEXTS[1]]
    more = score_sentences(reading(*TEXTS, "Praise."), [TRUE], points(*TEXTS))
    assert [f.read for f in more.wrong] == ["Praise."]


def test_a_heading_glued_on_is_wrong_in_a_reading_and_pardoned_in_the_table() -> None:
    glued = f"{TEXTS[0]} Care leavers"
    assert without_heading(glued) == TEXTS[0]
    assert score_sentences(reading(*TEXTS), [TRUE], points(glued, TEXTS[1])).wrong == []
    assert len(score_sentences(reading(glued, TEXTS[1]), [TRUE], points(*TEXTS)).wrong) == 1


def test_a_table_of_another_number_of_points_is_no_truth() -> None:
    assert score_sentences(reading(*TEXTS), [TRUE], points(TEXTS[0])).total == 0


def read_text(read: dict[str, DocumentReading], number: int) -> str:
    return (read[FILE].visits[0].improvement_points or ())[number].text
