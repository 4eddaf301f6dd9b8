"""Which inspections monitoring follows: one rule, which every recorded visit keeps."""

from datetime import date

import pytest

from inspections.rules.monitoring import leads_to_monitoring
from tests.invented_rows import NEW, OLD, inspection


@pytest.mark.parametrize(
    ("framework", "grades", "leads"),
    [
        (OLD, {"overall": "inadequate", "leaders": "inadequate"}, True),
        (OLD, {"overall": "requires_improvement", "leaders": "inadequate"}, False),
        (OLD, {}, False),
        (NEW, {"leaders": "inadequate"}, None),
        (NEW, {}, False),
    ],
)
def test_an_inadequate_overall_grade_alone_leads_to_monitoring(
    framework, grades: dict[str, str], leads: bool | None
) -> None:
    begun = date(2026, 5, 4) if framework is NEW else date(2023, 1, 9)
    assert leads_to_monitoring(inspection(begun, framework, grades=grades)) is leads
