"""An invented council with two inspections and a visit, for the tests of shared links."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from dashboard.state.address import write_moment
from inspections import actions
from inspections.models import Council, RecordState
from tests import factories as make


@pytest.fixture
def exampleshire(empty_record: None, client: Client) -> Council:
    """Two inspections (2021, 2024), graded in every area, and a visit between them."""
    council = make.make_council("Exampleshire")
    framework = make.make_framework()
    first = dict.fromkeys(make.FIVE_AREAS, "requires_improvement")
    second = dict.fromkeys(make.FIVE_AREAS, "good")
    make.make_inspection(council, framework, grades=first, start_date=date(2021, 3, 1))
    make.make_inspection(
        council,
        framework,
        grades=second,
        start_date=date(2024, 3, 4),
        report_url="https://files.ofsted.gov.uk/v1/file/invented",
    )
    make.make_visit(council, publication_date=date(2022, 7, 20), topic="Front door")
    actions.raise_version()
    return council


def pin_now(day: date | None = None) -> str:
    """The two clocks of a link made now, as a query; `day`: by another day of publication."""
    changed = RecordState.objects.get().changed_at
    return f"as_at={day or timezone.localdate()}&known={write_moment(changed)}"


@pytest.fixture
def pin(exampleshire: Council) -> str:
    return pin_now()
