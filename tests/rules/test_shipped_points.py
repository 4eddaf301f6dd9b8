"""The shipped points: each belongs to an event of the record, which counts them."""

from collections import Counter
from itertools import groupby

from tests.rules.shipped import rows

Event = tuple[str, str, str]


def event_of(row: dict[str, str]) -> Event:
    """Of a point's row: its council, the kind of event and its reference."""
    kind = "inspection" if row["inspection"] else "visit"
    return row["council"], kind, row[kind]


def recorded_counts(column: str) -> dict[Event, str]:
    return {
        (row["council"], event, row["reference"]): row.get(column, "")
        for event in ("inspection", "visit")
        for row in rows(f"{event}s")
    }


def test_every_event_has_as_many_points_as_the_record_counts() -> None:
    counts = recorded_counts("improvement_points")
    found = Counter(map(event_of, rows("improvement_points")))
    assert {event: str(number) for event, number in found.items()} == {
        event: counts[event] for event in found
    }


def test_visits_never_have_more_priority_actions_than_the_record_counts() -> None:
    counts = recorded_counts("priority_actions")
    urgent = [row for row in rows("improvement_points") if row["kind"] == "priority_action"]
    found = Counter(event_of(row) for row in urgent if row["visit"])
    assert {event: str(number) for event, number in found.items()} == {
        event: counts[event] for event in found
    }


def test_the_points_of_an_event_are_numbered_from_one_and_stand_together() -> None:
    for _, points in groupby(rows("improvement_points"), key=event_of):
        numbers = [int(row["number"]) for row in points]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_point_has_a_page_a_kind_themes_that_exist_and_a_basis() -> None:
    themes = [row["code"] for row in rows("themes")]
    for row in rows("improvement_points"):
        assert int(row["page"]) >= 1
        assert row["kind"] in ("improvement_point", "priority_action")
        assert row["basis"] in ("rule", "person")
        assert row["themes_version"] == "4"
        raised = row["themes"].split("|") if row["themes"] else []
        assert raised == [theme for theme in themes if theme in raised]


def test_a_point_without_a_theme_was_read_by_a_person() -> None:
    bare = [row for row in rows("improvement_points") if not row["themes"]]
    assert {row["basis"] for row in bare} == {"person"}


def test_the_file_holds_no_sentence() -> None:
    assert list(rows("improvement_points")[0]) == [
        "council", "inspection", "visit", "number", "page", "kind", "themes", "basis",
        "themes_version",
    ]  # fmt: skip
    assert not any(" " in cell for row in rows("improvement_points") for cell in row.values())
