"""Which reports start the two duties, and by when."""

from datetime import date

import pytest

from inspections.rules.duties import duties_of, letter_plan_of
from tests.invented_rows import OLD, framework, inspection, visit

PART = framework("part", date(2012, 6, 1), None, "leaders", is_whole_service=False)


@pytest.mark.parametrize("grade", ["outstanding", "good", "requires_improvement", "inadequate"])
def test_every_report_on_the_whole_service_starts_both_duties(grade: str) -> None:
    """Luton's report of 24 February 2020, whatever it had said."""
    row = inspection(grades={"overall": grade}, publication_date=date(2020, 2, 24))
    found = duties_of(row)
    assert found is not None
    assert found.action_plan.due_date == date(2020, 6, 5)
    assert found.own_publication.due_date == date(2020, 4, 6)


@pytest.mark.parametrize(("of", "published"), [(PART, date(2012, 9, 3)), (OLD, date(2007, 3, 31))])
def test_a_report_on_a_part_or_from_before_the_law_starts_none(of, published: date) -> None:
    assert duties_of(inspection(of=of, publication_date=published)) is None


@pytest.mark.parametrize(
    ("published", "actions", "due"),
    [
        (date(2026, 1, 12), 1, date(2026, 4, 22)),
        (date(2023, 5, 9), 2, date(2023, 8, 16)),
        (date(2023, 5, 8), 2, None),  # no letter from before names the days
        (date(2026, 1, 12), 0, None),
        (date(2026, 1, 12), None, None),
        (None, 1, None),
    ],
)
def test_a_letter_with_areas_for_priority_action_asks_for_a_plan(
    published: date | None, actions: int | None, due: date | None
) -> None:
    found = letter_plan_of(visit(publication_date=published, priority_actions=actions))
    assert (found and found.due_date) == due


def test_a_letter_of_several_inspectorates_is_not_known_to_name_the_days() -> None:
    joint = visit(kind="jtai", publication_date=date(2026, 1, 12), priority_actions=2)
    assert letter_plan_of(joint) is None
