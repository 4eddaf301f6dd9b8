"""Who rose from the same grade in the same area, counted plainly."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.test import Client

from inspections.questions.risen import risen
from inspections.store import current_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2026, 8, 22)


def test_a_wait_is_a_grade_that_was_followed_by_one_it_can_be_compared_with() -> None:
    """Care leavers were graded by themselves in 2013 to 2017 and since 2023, and with children in
    care between."""
    record = current_record()
    peterborough = next(row for row in record.councils if row.slug == "peterborough")
    lane = next(row for row in record.book.lanes if row.code == "care_leavers")
    inadequate = next(
        row.grade
        for report in record.full_inspections_of(peterborough.id, DAY)
        for row in report.judgements
        if row.area.key == ("ilacs_2023", "care_leavers")
    )
    waits, rose, left_out, waiting = 0, [], 0, 0
    for council in record.councils:
        given = [
            next((row for row in report.judgements if row.area.key[1] == "care_leavers"), None)
            for report in record.full_inspections_of(council.id, DAY)
        ]
        if council.id == peterborough.id:
            continue
        if given and given[-1] and given[-1].grade == inadequate and not council.closed_by(DAY):
            waiting += 1
        for before, after in pairwise(given):
            left_out += bool(before and not after and before.grade == inadequate)
            if council.id != peterborough.id and before and after and before.grade == inadequate:
                waits += 1
                if after.grade.order < before.grade.order:
                    rose.append(council.slug)
    found = risen(record, peterborough, lane, inadequate, DAY)
    assert found.waits == waits > 5
    assert (found.not_comparable, found.waiting) == (left_out, waiting)
    assert left_out > 5
    assert waiting > 0
    assert sorted(row.council.slug for row in found.rises) == sorted(rose)
    assert "birmingham" in rose


def test_no_more_councils_are_told_than_there_are(client: Client) -> None:
    """A council may have waited more than once: grades are counted, not councils."""
    page = " ".join(client.get("/councils/medway/").content.decode().split())
    assert "Elsewhere Requires improvement in help and protection was followed 1" in page
    assert "councils with Requires improvement" not in page
    assert re.search(r"Not counted: \d+ councils not inspected again so far", page)
