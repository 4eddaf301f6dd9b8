"""The waits between full inspections: what every change of a fact makes of them."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from inspections import actions
from inspections.models import (
    Council,
    Framework,
    Grade,
    Inspection,
    InspectionPause,
    Judgement,
    JudgementArea,
)
from inspections.questions.waits import Upcoming, closing, waits, windows
from inspections.rules.waits import WaitRow
from inspections.store import current_record
from tests.questions.plain import outcome_of, plain_record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def new_inspection(council: Council, grade: str = "good") -> Inspection:
    """A made-up inspection of a council under the newest framework, not yet saved."""
    framework = Framework.objects.get(code="ilacs_2026")
    inspection = Inspection(
        council=council,
        framework=framework,
        kind="standard",
        start_date=date(2026, 9, 7),
        end_date=date(2026, 9, 18),
        publication_date=date(2026, 11, 2),
    )
    held = Grade.objects.get(scale=framework.scale, code=grade)
    judgements = dict.fromkeys(framework.areas.all(), held)
    return actions.record_inspection(inspection, judgements=judgements, by=None)


def wait_of(inspection: Inspection) -> WaitRow:
    return next(row for row in waits(current_record(), TODAY) if row.inspection_id == inspection.pk)


def open_wait(slug: str, day: date = TODAY) -> Upcoming | None:
    record = current_record()
    return windows(record, day).get(record.council_by_slug[slug].id)


def test_there_is_one_wait_for_every_full_inspection():
    record = current_record()
    found = waits(record, TODAY)
    unread = record.unread_by(TODAY).values()
    assert (len(found), len(unread)) == (500, 3)
    assert sorted(row.inspection_id for row in found) == sorted(
        [*(row.id for row in record.full_inspections(TODAY)), *(-row.id for row in unread)]
    )


def test_every_wait_ends_with_the_next_full_inspection():
    """A plain recount from the files: each council's full inspections in a row."""
    record, plain = current_record(), plain_record()
    by_council = defaultdict(list)
    for wait in waits(record, TODAY):
        by_council[wait.council_id].append(wait)
    references = {row.id: row.reference for row in record.inspections}
    unread = {row.council_id: row for row in record.unread_by(TODAY).values()}
    for slug in plain.councils:
        held = plain.full_inspections(slug, TODAY)
        council_id = record.council_by_slug[slug].id
        own = by_council[council_id]
        if council_id in unread:
            *own, last = own
            taken = own[-1].next_start_date, own[-1].next_publication_date
            out = unread[council_id]
            assert taken == (out.start_date, out.publication_date)
            assert (last.start_date, last.standing, last.next_inspection_id) == (taken[0], "", None)
            continue
        assert [references[row.inspection_id] for row in own] == [row.reference for row in held]
        for wait, (begun, following) in zip(own, pairwise([*held, None]), strict=True):
            assert wait.standing == outcome_of(begun)
            assert (wait.start_date, wait.publication_date) == (begun.start, begun.published)
            if following is None:
                assert (wait.next_inspection_id, wait.next_start_date) == (None, None)
                continue
            assert references[wait.next_inspection_id] == following.reference
            assert (wait.next_start_date, wait.next_publication_date) == (
                following.start, following.published,
            )  # fmt: skip
            is_known = begun.start and following.start
            assert wait.ended_days == ((following.start - begun.start).days if is_known else None)


def test_only_councils_that_go_on_have_a_window_and_only_for_their_last_inspection():
    record = current_record()
    found = windows(record, TODAY)
    unread = record.unread_by(TODAY)
    without = [row.slug for row in closing(record, TODAY)]
    assert without == ["surrey"]
    assert len(found) + len(unread) + len(without) == len(record.councils_on(TODAY))
    assert len(found) == 149
    assert not set(found) & set(unread)
    for pk, row in found.items():
        assert row.wait.next_inspection_id is None
        assert row.wait.inspection_id == row.inspection.id == record.full_inspections_of(pk)[-1].id
        assert row.council.closed_date is None


def test_a_window_lies_in_order_and_after_the_first_day():
    for row in windows(current_record(), TODAY).values():
        window = row.window
        if window.earliest_date:
            dates = (window.earliest_date, window.median_date, window.latest_date)
            days = [row.wait.start_date, *filter(None, dates)]
            assert days == sorted(days)


def test_the_longest_standing_inadequate_judgement_is_past_its_window():
    nottingham = open_wait("nottingham")
    assert (nottingham.window.status, nottingham.wait.standing) == ("past", "inadequate")
    assert nottingham.window.share_waiting < 0.1


def test_an_outcome_without_an_overall_grade_is_read_from_the_judgements():
    trafford, brent = open_wait("trafford").wait, open_wait("brent").wait
    assert (trafford.standing, trafford.basis) == ("inadequate", "judgements")
    assert (brent.standing, brent.basis) == ("good_or_better", "judgements")


def test_recording_an_inspection_ends_the_wait_and_begins_one():
    council = Council.objects.get(slug="nottingham")
    before = open_wait("nottingham")
    new = new_inspection(council)
    ended = next(
        row
        for row in waits(current_record(), TODAY)
        if row.inspection_id == before.wait.inspection_id
    )
    after = open_wait("nottingham")
    assert (ended.next_inspection_id, after.inspection.id) == (new.pk, new.pk)
    assert (ended.next_start_date, ended.ended_days) == (
        new.start_date,
        (new.start_date - before.wait.start_date).days,
    )
    assert (after.wait.standing, after.window.status) == ("good_or_better", "estimated")


def test_correcting_a_date_moves_the_wait():
    new = new_inspection(Council.objects.get(slug="nottingham"))
    actions.correct(
        new, changes={"start_date": date(2026, 9, 8)}, reason="a slip of the pen", by=None
    )
    ended = next(row for row in waits(current_record(), TODAY) if row.next_inspection_id == new.pk)
    assert ended.next_start_date == date(2026, 9, 8)


def test_correcting_a_grade_changes_the_kind_of_outcome():
    new = new_inspection(Council.objects.get(slug="nottingham"))
    judgement = Judgement.objects.get(inspection=new, area__code="help_and_protection")
    inadequate = Grade.objects.get(scale__code="four_grades", code="inadequate")
    actions.correct(judgement, changes={"grade": inadequate}, reason="as printed", by=None)
    assert wait_of(new).standing == "inadequate"


def test_withdrawing_an_inspection_opens_the_wait_again():
    before = open_wait("nottingham")
    new = new_inspection(Council.objects.get(slug="nottingham"))
    actions.withdraw(new, reason="entered by mistake", by=None)
    assert new.pk not in {row.inspection_id for row in waits(current_record(), TODAY)}
    again = open_wait("nottingham")
    assert (again.wait, again.window) == (before.wait, before.window)
    assert again.window.status == "past"


def test_closing_a_council_takes_its_window_away_from_the_day_after_its_last():
    council = Council.objects.get(slug="luton")
    last = date(2026, 3, 31)
    assert open_wait("luton") is not None
    actions.correct(council, changes={"closed_date": last}, reason="for the test", by=None)
    assert open_wait("luton") is None
    assert open_wait("luton", last) is not None
    assert open_wait("luton", date(2026, 4, 1)) is None


def test_a_recorded_pause_moves_every_window():
    before = open_wait("luton").window.earliest_date
    pause = InspectionPause(
        first_date=date(2023, 1, 1), last_date=date(2023, 6, 30), name="Trial", source_text="none"
    )
    actions.record(pause, by=None)
    assert open_wait("luton").window.earliest_date != before


def test_a_part_of_another_judgement_does_not_make_the_outcome():
    """Care leavers were a part of the second judgement under the single framework."""
    part = JudgementArea.objects.get(framework__code="sif", code="care_leavers")
    assert part.is_part
    assert part.lanes.filter(is_practice=True).exists()
    record = current_record()
    standings = {row.inspection_id: row.standing for row in waits(record, TODAY)}
    checked = [
        (standings[row.id] == "inadequate", row.overall.grade.is_inadequate)
        for row in record.full_inspections(TODAY)
        if row.framework.code == "sif"
        and any(one.area.is_part and one.grade.is_inadequate for one in row.judgements)
    ]
    assert checked
    assert all(one is other for one, other in checked)
