import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.framework_rows import Area, ComparisonError, Grade, Links
from inspections.rows import Inspection, Judgement
from inspections.rules.comparison import Change, ChangeKind, Pair, compare, pair
from tests.invented_rows import FOUR as NAMES
from tests.invented_rows import OLD, inspection

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
FOUR = {grade: place for place, grade in enumerate(NAMES, start=1)}
LANES = {
    ("ancient", "safety"): frozenset({"practice"}),
    ("old", "practice"): frozenset({"practice"}),
    ("new", "practice"): frozenset({"practice"}),
    ("old", "both"): frozenset({"young", "grown"}),
    ("new", "young"): frozenset({"young"}),
    ("new", "grown"): frozenset({"grown"}),
}


def judged(
    framework: str, area: str, grade: str, scale: str = "four", order: int | None = None
) -> Judgement:
    return Judgement(
        Area(framework, area, area, area, 1, is_overall=False, is_part=False, lanes=()),
        Grade(grade, grade, grade[0], order or FOUR[grade], grade, scale),
    )


def judging(*judgements: Judgement) -> Inspection:
    """An inspection with these judgements; what else it says is of no account here."""
    return inspection(of=OLD, judgements=judgements)


def told(pairs: tuple[Pair, ...]) -> list[tuple[str | None, str | None, ChangeKind]]:
    return [
        (p.previous and p.previous.area.code, p.current and p.current.area.code, p.change.kind)
        for p in pairs
    ]


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
    current = judged("next", "craft", "good", "five", 3)
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
            judged("old", "practice", "good", order=2),
            judged("old", "practice", "good", order=3),
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
    previous = judging(
        judged("old", "practice", "good"),
        judged("old", "both", "requires_improvement"),
        judged("old", "headline", "good"),
    )
    current = judging(
        judged("new", "practice", "outstanding"),
        judged("new", "young", "good"),
        judged("new", "grown", "good"),
        judged("new", "added", "good"),
    )
    pairs = pair(current, [previous], LINKS, LANES)
    assert told(pairs) == [
        ("practice", "practice", ChangeKind.UP),
        ("both", "young", ChangeKind.NOT_COMPARABLE),
        ("both", "grown", ChangeKind.NOT_COMPARABLE),
        (None, "added", ChangeKind.FIRST),
        ("headline", None, ChangeKind.NOT_COMPARABLE),
    ]


def test_pairing_shows_an_unlinked_area_of_the_same_lane_as_another_subject():
    before = judging(judged("ancient", "safety", "good"))
    pairs = pair(judging(judged("old", "practice", "good")), [before], LINKS, LANES)
    assert len(pairs) == 1
    assert pairs[0].since is before
    assert pairs[0].previous is not None
    assert pairs[0].change.reason.startswith("a different subject")


def test_of_several_unlinked_areas_of_the_lane_the_latest_stands_beside_it():
    first = judging(judged("ancient", "safety", "good"))
    second = judging(judged("ancient", "safety", "inadequate"))
    found = pair(judging(judged("old", "practice", "good")), [first, second], LINKS, LANES)[0]
    assert found.since is second
    assert found.previous is second.judgements[0]


# Pairs along the links: what stands beside each judgement of now, in which of the inspections
# before it was found (numbered from the oldest, None: in none), and what came of it.
# An inspection is a list of "framework area grade".
UP, DOWN, SAME, FIRST, APART = (
    ChangeKind.UP, ChangeKind.DOWN, ChangeKind.SAME, ChangeKind.FIRST, ChangeKind.NOT_COMPARABLE,
)  # fmt: skip
PAIRED: dict[str, tuple[list[list[str]], list[str], list[tuple]]] = {
    "without any before, everything is first": (
        [], ["old practice good"], [(None, "practice", FIRST, None)],
    ),
    "the last one is taken where it judged the area": (
        [["old practice inadequate"], ["old practice good"]],
        ["old practice outstanding"],
        [("practice", "practice", UP, 1)],
    ),
    "where the last did not judge the area, the one before it did": (
        [["old practice inadequate"], ["old both good"]],
        ["old practice good", "old both good"],
        [("practice", "practice", UP, 0), ("both", "both", SAME, 1)],
    ),
    "three inspections back, through a framework in between": (
        [["early practice good"], ["old both good"], ["new young good"]],
        ["new practice requires_improvement", "new young good"],
        [("practice", "practice", DOWN, 0), ("young", "young", SAME, 2)],
    ),
    "a narrow inspection of another framework in between does not hide the one before": (
        [["old practice good"], ["ancient safety good"]],
        ["new practice good"],
        [("practice", "practice", SAME, 0), ("safety", None, APART, 1)],
    ),
    "a broken chain from the last is told, though an older one compares": (
        [["new young good"], ["old both good"]],
        ["new young outstanding"],
        [("both", "young", APART, 1)],
    ),
    "what only an older inspection judged does not follow at the end": (
        [["old headline good"], ["old practice good"]],
        ["old practice good"],
        [("practice", "practice", SAME, 1)],
    ),
    "what the last alone judged follows at the end": (
        [["old practice good"], ["old headline good"]],
        ["old practice good"],
        [("practice", "practice", SAME, 0), ("headline", None, APART, 1)],
    ),
    "an area split in two is not told twice": (
        [["old both good"]],
        ["new young good", "new grown inadequate"],
        [("both", "young", APART, 0), ("both", "grown", APART, 0)],
    ),
    "an area of the same lane is another subject, however long ago it was judged": (
        [["ancient safety good"], ["new young good"]],
        ["old practice good"],
        [("safety", "practice", APART, 0), ("young", None, APART, 1)],
    ),
    "a comparable area before a broken one of the same inspection": (
        [["early young good", "old both good"]],
        ["old both inadequate"],
        [("both", "both", DOWN, 0)],
    ),
    "a short chain before a long one": (
        [["early practice inadequate", "old practice good"]],
        ["new practice good"],
        [("practice", "practice", SAME, 0)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PAIRED)
def test_pairs_look_along_the_links_through_every_earlier_inspection(case: str) -> None:
    before, now, expected = PAIRED[case]
    earlier = [judging(*(judged(*text.split()) for text in row)) for row in before]
    current = judging(*(judged(*text.split()) for text in now))
    pairs = pair(current, earlier, LINKS, LANES)
    assert [
        (*row, p.since and earlier.index(p.since))
        for row, p in zip(told(pairs), pairs, strict=True)
    ] == expected
    for p in pairs:
        assert p.previous is None or (p.since and p.previous in p.since.judgements)


def test_of_two_areas_that_lead_here_the_comparable_one_stands_though_its_way_is_longer() -> None:
    links = Links.of(
        [
            ("a", "near", "c", "x", "merged", ""),
            ("a", "far", "b", "far", "same", ""),
            ("b", "far", "c", "x", "renamed", ""),
        ]
    )
    before = judging(judged("a", "near", "good"), judged("a", "far", "inadequate"))
    pairs = pair(judging(judged("c", "x", "good")), [before], links, {})
    assert told(pairs) == [("far", "x", ChangeKind.UP)]


def test_the_end_of_what_carried_an_area_on_is_found_through_renamed_links() -> None:
    links = Links.of(
        [
            ("a", "x", "b", "y", "renamed", ""),
            ("b", "y", None, None, "ended", "ended for good"),
            ("a", "z", "b", "w", "split", ""),
            ("b", "w", None, None, "ended", "not said of a split one"),
        ]
    )
    assert compare(judged("a", "x", "good"), None, links).reason == "ended for good"
    assert compare(judged("a", "z", "good"), None, links).reason == "not judged this time"
    silent = Links.of([("a", "x", None, None, "ended", "")])
    assert compare(judged("a", "x", "good"), None, silent).reason == "the judgement was ended"


def test_a_split_without_a_note_is_told_in_general_words() -> None:
    links = Links.of([("a", "x", "b", "y", "split", "")])
    change = compare(judged("a", "x", "good"), judged("b", "y", "good"), links)
    assert change.reason == "the earlier area was split"


@given(st.sampled_from(list(FOUR)), st.sampled_from(list(FOUR)))
def test_swapping_two_grades_turns_the_direction_round(one, other):
    there = compare(judged("old", "both", one), judged("old", "both", other), LINKS)
    back = compare(judged("old", "both", other), judged("old", "both", one), LINKS)
    assert there.steps is not None and back.steps is not None
    assert there.steps == -back.steps
    assert {there.kind, back.kind} in ({ChangeKind.UP, ChangeKind.DOWN}, {ChangeKind.SAME})
