import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.rules.comparison import (
    Change,
    ChangeKind,
    ComparisonError,
    Judged,
    Links,
    compare,
    pair,
)

# An invented history: "old" had one area for two groups and a headline, "new" has an area for
# each and no headline, "next" carries the areas on under other names and on five grades.
LINKS = Links.of(
    [
        ("early", "practice", "old", "practice", "same", ""),
        ("early", "young", "old", "both", "merged", ""),
        ("early", "grown", "old", "both", "merged", "two areas became one"),
        ("old", "practice", "new", "practice", "same", ""),
        ("old", "both", "new", "young", "split", "the area was split in two in 2019"),
        ("old", "both", "new", "grown", "split", "the area was split in two in 2019"),
        ("old", "headline", None, None, "ended", "no headline grade is given from 2019"),
        ("new", "practice", "next", "craft", "renamed", ""),
    ]
)
FOUR = {"outstanding": 1, "good": 2, "requires_improvement": 3, "inadequate": 4}
LANES = {
    ("ancient", "safety"): frozenset({"practice"}),
    ("old", "practice"): frozenset({"practice"}),
    ("new", "practice"): frozenset({"practice"}),
    ("old", "both"): frozenset({"young", "grown"}),
    ("new", "young"): frozenset({"young"}),
    ("new", "grown"): frozenset({"grown"}),
}


def judged(framework: str, area: str, grade: str, scale: str = "four") -> Judged:
    return Judged(framework, area, scale, grade, FOUR[grade])


def test_a_better_grade_in_the_same_area_is_up_by_its_steps():
    previous = judged("old", "practice", "inadequate")
    current = judged("old", "practice", "good")
    assert compare(previous, current, LINKS) == Change(ChangeKind.UP, 2)


def test_a_worse_grade_is_down_by_negative_steps():
    previous = judged("old", "practice", "outstanding")
    current = judged("new", "practice", "good")
    assert compare(previous, current, LINKS) == Change(ChangeKind.DOWN, -1)


def test_frameworks_that_are_not_neighbours_compare_through_the_chain():
    previous = judged("early", "practice", "good")
    current = judged("next", "craft", "good")
    assert compare(previous, current, LINKS) == Change(ChangeKind.SAME, 0)


def test_the_first_judgement_is_first():
    change = compare(None, judged("new", "practice", "good"), LINKS)
    assert change == Change(ChangeKind.FIRST, None, "not judged before")


def test_a_split_area_is_not_comparable_and_says_so():
    change = compare(judged("old", "both", "good"), judged("new", "grown", "good"), LINKS)
    assert change == Change(ChangeKind.NOT_COMPARABLE, None, "the area was split in two in 2019")


def test_merged_and_then_split_gives_both_reasons():
    change = compare(judged("early", "young", "good"), judged("new", "young", "good"), LINKS)
    assert change.kind is ChangeKind.NOT_COMPARABLE
    assert change.reason == (
        "earlier areas were merged into one; the area was split in two in 2019"
    )


def test_an_ended_area_gives_the_recorded_reason():
    change = compare(judged("old", "headline", "good"), None, LINKS)
    assert change == Change(ChangeKind.NOT_COMPARABLE, None, "no headline grade is given from 2019")


def test_an_area_left_out_of_an_inspection_is_not_judged_this_time():
    change = compare(judged("new", "young", "good"), None, LINKS)
    assert change == Change(ChangeKind.NOT_COMPARABLE, None, "not judged this time")


def test_areas_without_a_chain_are_a_different_subject():
    change = compare(judged("ancient", "safety", "good"), judged("old", "practice", "good"), LINKS)
    assert change.kind is ChangeKind.NOT_COMPARABLE
    assert change.reason.startswith("a different subject")


def test_a_chain_does_not_run_backwards():
    change = compare(judged("new", "practice", "good"), judged("old", "practice", "good"), LINKS)
    assert change.kind is ChangeKind.NOT_COMPARABLE


def test_grades_of_two_scales_are_not_comparable():
    current = Judged("next", "craft", "five", "good", 3)
    change = compare(judged("new", "practice", "good"), current, LINKS)
    assert change == Change(
        ChangeKind.NOT_COMPARABLE, None, "the two grades belong to different scales"
    )


def test_neither_judgement_is_a_mistake():
    with pytest.raises(ComparisonError, match="found neither"):
        compare(None, None, LINKS)


def test_one_grade_on_two_places_is_a_contradiction():
    with pytest.raises(ComparisonError, match="scale four"):
        compare(
            Judged("old", "practice", "four", "good", 2),
            Judged("old", "practice", "four", "good", 3),
            LINKS,
        )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("a", "x", "b", "x", "similar", ""), "expected one of same, renamed"),
        (("a", "x", None, None, "same", ""), "an area that ended has none"),
        (("a", "x", "b", "x", "ended", ""), "an area that ended has none"),
    ],
)
def test_a_continuation_that_makes_no_sense_is_refused(row, message):
    with pytest.raises(ComparisonError, match=message):
        Links.of([row])


def test_a_comparable_chain_is_preferred_to_a_shorter_broken_one():
    links = Links.of(
        [
            ("a", "x", "c", "x", "merged", ""),
            ("a", "x", "b", "x", "same", ""),
            ("b", "x", "c", "x", "same", ""),
        ]
    )
    change = compare(judged("a", "x", "good"), judged("c", "x", "good"), links)
    assert change.kind is ChangeKind.SAME


def test_a_ring_of_continuations_ends_the_search():
    links = Links.of([("a", "x", "b", "x", "same", ""), ("b", "x", "a", "x", "same", "")])
    change = compare(judged("a", "x", "good"), judged("c", "x", "good"), links)
    assert change.kind is ChangeKind.NOT_COMPARABLE


def test_pairing_sets_each_area_beside_what_it_carries_on():
    previous = [
        judged("old", "practice", "good"),
        judged("old", "both", "requires_improvement"),
        judged("old", "headline", "good"),
    ]
    current = [
        judged("new", "practice", "outstanding"),
        judged("new", "young", "good"),
        judged("new", "grown", "good"),
        judged("new", "added", "good"),
    ]
    pairs = pair(previous, current, LINKS, LANES)
    assert [
        (p.previous and p.previous.area, p.current and p.current.area, p.change.kind) for p in pairs
    ] == [
        ("practice", "practice", ChangeKind.UP),
        ("both", "young", ChangeKind.NOT_COMPARABLE),
        ("both", "grown", ChangeKind.NOT_COMPARABLE),
        (None, "added", ChangeKind.FIRST),
        ("headline", None, ChangeKind.NOT_COMPARABLE),
    ]


def test_pairing_shows_an_unlinked_area_of_the_same_lane_as_another_subject():
    pairs = pair(
        [judged("ancient", "safety", "good")], [judged("old", "practice", "good")], LINKS, LANES
    )
    assert len(pairs) == 1
    assert pairs[0].previous is not None
    assert pairs[0].change.reason.startswith("a different subject")


@given(st.sampled_from(list(FOUR)), st.sampled_from(list(FOUR)))
def test_swapping_two_grades_turns_the_direction_round(one, other):
    there = compare(judged("old", "both", one), judged("old", "both", other), LINKS)
    back = compare(judged("old", "both", other), judged("old", "both", one), LINKS)
    assert there.steps is not None and back.steps is not None
    assert there.steps == -back.steps
    assert {there.kind, back.kind} in ({ChangeKind.UP, ChangeKind.DOWN}, {ChangeKind.SAME})
