"""The kept waits: true after every change of a fact, and equal to a slow recount."""

from datetime import date
from itertools import pairwise

import pytest

from inspections import actions, keeping
from inspections.models import (
    Council,
    Framework,
    Grade,
    Inspection,
    InspectionPause,
    Judgement,
    JudgementArea,
    Lane,
    LaneWait,
    Wait,
)
from inspections.queries.waits import waits_differing
from inspections.vocabulary import Status

pytestmark = pytest.mark.django_db


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


def test_the_kept_waits_equal_a_recomputation_after_loading():
    assert Wait.objects.count() == 497
    assert waits_differing() == []


def test_every_wait_ends_with_the_next_published_full_inspection():
    """A plain recount: each council's published full inspections in a row."""
    for council in Council.objects.prefetch_related("inspections__framework"):
        held = sorted(
            (
                row
                for row in council.inspections.all()
                if row.framework.is_whole_service and row.status == Status.PUBLISHED
            ),
            key=lambda row: row.publication_date,
        )
        kept = list(Wait.objects.filter(council=council).order_by("publication_date"))
        assert [row.inspection_id for row in kept] == [row.pk for row in held]
        for this, following in pairwise(held):
            wait = next(row for row in kept if row.inspection_id == this.pk)
            assert wait.next_inspection_id == following.pk
            assert wait.next_start_date == following.start_date
            if this.start_date and following.start_date:
                assert wait.ended_days == (following.start_date - this.start_date).days
        if kept:
            assert kept[-1].next_inspection_id is None


def test_only_councils_that_go_on_have_a_window_and_only_for_their_last_inspection():
    with_window = Wait.objects.exclude(window_status="")
    assert with_window.count() == Council.objects.filter(closed_date__isnull=True).count() == 153
    assert not with_window.filter(next_inspection__isnull=False).exists()
    assert not with_window.filter(council__closed_date__isnull=False).exists()


def test_a_window_lies_in_order_and_after_the_first_day():
    for wait in Wait.objects.exclude(earliest_date=None):
        days = [
            wait.start_date,
            *filter(None, (wait.earliest_date, wait.likeliest_date, wait.latest_date)),
        ]
        assert days == sorted(days)


def test_the_longest_standing_inadequate_judgement_is_past_its_window():
    nottingham = Wait.objects.get(council__slug="nottingham", next_inspection=None)
    assert (nottingham.window_status, nottingham.standing) == ("past", "inadequate")
    assert nottingham.share_waiting < 0.1


def test_an_outcome_without_an_overall_grade_is_read_from_the_judgements():
    trafford = Wait.objects.get(council__slug="trafford", next_inspection=None)
    brent = Wait.objects.get(council__slug="brent", next_inspection=None)
    assert (trafford.standing, trafford.basis) == ("inadequate", "judgements")
    assert (brent.standing, brent.basis) == ("good_or_better", "judgements")


def test_recording_an_inspection_ends_the_wait_and_begins_one():
    council = Council.objects.get(slug="nottingham")
    before = Wait.objects.get(council=council, next_inspection=None)
    new = new_inspection(council)
    before.refresh_from_db()
    after = Wait.objects.get(inspection=new)
    assert (before.next_inspection_id, before.window_status) == (new.pk, "")
    assert (before.next_start_date, before.ended_days) == (
        new.start_date,
        (new.start_date - before.start_date).days,
    )
    assert (after.standing, after.window_status) == ("good_or_better", "estimated")
    assert waits_differing() == []


def test_correcting_a_date_moves_the_wait():
    council = Council.objects.get(slug="nottingham")
    new = new_inspection(council)
    actions.correct(
        new, changes={"start_date": date(2026, 9, 8)}, reason="a slip of the pen", by=None
    )
    assert Wait.objects.get(next_inspection=new).next_start_date == date(2026, 9, 8)
    assert waits_differing() == []


def test_correcting_a_grade_changes_the_kind_of_outcome():
    new = new_inspection(Council.objects.get(slug="nottingham"))
    judgement = Judgement.objects.get(inspection=new, area__code="help_and_protection")
    inadequate = Grade.objects.get(scale__code="four_grades", code="inadequate")
    actions.correct(judgement, changes={"grade": inadequate}, reason="as printed", by=None)
    assert Wait.objects.get(inspection=new).standing == "inadequate"
    assert waits_differing() == []


def test_withdrawing_an_inspection_opens_the_wait_again():
    council = Council.objects.get(slug="nottingham")
    before = Wait.objects.get(council=council, next_inspection=None)
    new = new_inspection(council)
    actions.withdraw(new, reason="entered by mistake", by=None)
    assert not Wait.objects.filter(inspection=new).exists()
    assert Wait.objects.get(pk=before.pk).window_status == "past"
    assert waits_differing() == []


def test_closing_a_council_takes_its_window_away():
    council = Council.objects.get(slug="luton")
    actions.correct(
        council, changes={"closed_date": date(2026, 3, 31)}, reason="for the test", by=None
    )
    assert Wait.objects.get(council=council, next_inspection=None).window_status == ""
    assert waits_differing() == []


def test_a_recorded_pause_moves_every_window():
    before = Wait.objects.get(council__slug="luton", next_inspection=None).earliest_date
    pause = InspectionPause(
        first_date=date(2023, 1, 1), last_date=date(2023, 6, 30), name="Trial", source_text="none"
    )
    actions.record(pause, by=None)
    assert Wait.objects.get(council__slug="luton", next_inspection=None).earliest_date != before
    assert waits_differing() == []


def test_many_changes_keep_the_waits_once(monkeypatch):
    calls = []
    kept = keeping.keep_waits
    monkeypatch.setattr(keeping, "keep_waits", lambda: calls.append(1) or kept())
    with actions.writing_many():
        new_inspection(Council.objects.get(slug="nottingham"))
        new_inspection(Council.objects.get(slug="devon"))
    assert len(calls) == 1
    assert waits_differing() == []


def test_a_change_past_the_actions_is_found():
    Inspection.objects.filter(council__slug="luton", start_date=date(2026, 1, 19)).update(
        start_date=date(2026, 1, 20)
    )
    assert {row.field for row in waits_differing()} >= {"start_date", "next_start_date"}


def test_a_part_of_another_judgement_does_not_make_the_outcome():
    """Care leavers were a part of the second judgement under the single framework."""
    part = JudgementArea.objects.get(framework__code="sif", code="care_leavers")
    assert part.is_part
    assert part.lanes.filter(is_practice=True).exists()
    wait = Wait.objects.filter(
        inspection__framework__code="sif",
        inspection__judgements__area=part,
        inspection__judgements__grade__code="inadequate",
    ).first()
    overall = wait.inspection.judgements.get(area__is_overall=True).grade
    assert (wait.standing == "inadequate") is overall.is_inadequate


def test_the_waits_of_a_lane_follow_its_areas_and_a_lost_one_is_found():
    area = JudgementArea.objects.get(framework__code="ilacs_2026", code="care_leavers")
    lane = Lane.objects.get(code="leaders")
    assert LaneWait.objects.filter(area=area).exists()
    actions.relate(area, name="lanes", others=[], reason="Judged apart.", by=None)
    assert not LaneWait.objects.filter(area=area).exists()
    assert waits_differing() == []
    lost = LaneWait.objects.filter(lane=lane).first()
    lost.delete()
    assert {row.inspection_id for row in waits_differing()} == {lost.inspection_id}
