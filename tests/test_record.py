"""A Record by itself: its order, what it remembers, what it finds."""

from dataclasses import replace
from datetime import date

import pytest

from inspections.record import Memory, Record
from tests import invented_rows as invented

DAY = date(2026, 11, 22)


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    memory, made = Memory(40), []

    def answer(key: int) -> str:
        return memory.get(key, lambda: made.append(key) or "nine char")

    for key in (1, 2, 3, 4, 1, 5):  # ten each with its place: a fifth needs one of the four
        answer(key)
    assert made == [1, 2, 3, 4, 5]
    assert [answer(key) for key in (1, 3, 4, 5)] == ["nine char"] * 4
    assert made == [1, 2, 3, 4, 5]
    answer(2)
    assert made[-1] == 2


def test_what_is_larger_than_the_memory_is_given_and_not_held() -> None:
    memory = Memory(40)
    assert memory.get(1, lambda: "x" * 50) == "x" * 50
    assert memory.get(1, lambda: "y") == "y"


def test_a_record_remembers_answers_and_pieces_of_pages_apart() -> None:
    record = invented.record()
    assert record.remember("key", lambda: None) is None
    assert record.remember("key", lambda: 1 / 0) is None
    assert record.draw("key", lambda: "<svg/>") == "<svg/>"
    assert record.draw("key", lambda: "other") == "<svg/>"
    assert replaced(record).draw("key", lambda: "other") == "other"


def replaced(record: Record) -> Record:
    """The same facts as another Record, as another version of it is."""
    return invented.record(*record.inspections, *record.visits)


def test_a_record_and_its_rows_cannot_be_changed() -> None:
    row = invented.inspection()
    record = invented.record(row)
    for thing, name in ((record, "visits"), (row, "notes"), (row.framework, "name")):
        with pytest.raises(AttributeError):
            setattr(thing, name, "other")


def test_a_record_is_the_same_however_its_rows_came() -> None:
    rows = [
        invented.inspection(date(2021, 3, 1)),
        invented.inspection(date(2018, 3, 5)),
        invented.inspection(None, publication_date=date(2019, 9, 2), reference="p"),
        invented.visit(date(2020, 2, 3)),
        invented.visit(None, reference="z"),
        invented.visit(date(2020, 2, 3), council_id=2),
    ]
    one, other = invented.record(*rows), invented.record(*reversed(rows))
    assert (one.inspections, one.visits) == (other.inspections, other.visits)
    assert [row.event_date for row in one.inspections] == [
        date(2018, 3, 5), date(2019, 9, 2), date(2021, 3, 1),
    ]  # fmt: skip
    assert one.visits[0].event_date is None
    assert [row.event_date for row in one.events_of(1)] == [
        date(2018, 3, 5), date(2019, 9, 2), date(2020, 2, 3), date(2021, 3, 1),
    ]  # fmt: skip


def test_without_a_shipped_record_it_is_known_to_the_newest_report() -> None:
    rows = [invented.inspection(date(2021, 3, 1)), invented.inspection(date(2018, 3, 5))]
    assert invented.record(*rows).known_to == rows[0].publication_date
    assert invented.record().known_to is None
    assert invented.record(*rows, as_at_date=DAY).known_to == DAY


def test_an_event_is_found_by_council_and_reference_and_a_withdrawn_one_apart() -> None:
    row, gone = invented.inspection(), invented.visit()
    other = replace(gone, council_id=2, id=gone.id + 1)
    record = invented.record(row, withdrawn=(other, gone))
    assert record.event(1, row.reference) == row
    assert (record.event(1, gone.reference), record.event(2, row.reference)) == (None, None)
    assert record.withdrawn_event(1, gone.reference) == gone
    assert record.withdrawn_event(1, row.reference) is None
