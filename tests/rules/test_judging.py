"""How the themes' words are judged and the points of the record written, with invented points."""

from datetime import date

import pytest

from inspections.rules.recurrence import Repeated, ReportThemes
from inspections.rules.themes.measured import LabelledSet, ThemeTally, interval, measured, sum_of
from tools import improvement_points, themes
from tools.points import LABELS, Point, rows_of, theme_codes

KEYS = [("anytown", "inspection", "2020-01-13", number) for number in (1, 2, 3)]
NAMED = ("anytown", "2020-01-13", "", 1)
MEANT = dict(zip(KEYS, map(frozenset, (["plans"], ["plans", "health"], [])), strict=True))
SAID = dict(zip(KEYS, map(frozenset, (["plans"], ["health"], ["plans"])), strict=True))


def test_a_tally_counts_what_both_said_what_the_rules_said_and_what_the_person_said() -> None:
    plans = themes.tally("plans", SAID, MEANT)
    assert plans == ThemeTally(right=1, proposed=2, labelled=2)
    assert (plans.precision, plans.recall) == (0.5, 0.5)


def test_a_theme_never_said_has_no_precision_and_one_never_meant_no_recall() -> None:
    assert ThemeTally(right=0, proposed=0, labelled=2).precision is None
    assert ThemeTally(right=0, proposed=2, labelled=0).recall is None


def test_all_themes_together_count_each_pair_of_point_and_theme() -> None:
    parts = [themes.tally(theme, SAID, MEANT) for theme in ("plans", "health")]
    assert sum_of(parts) == ThemeTally(right=2, proposed=3, labelled=3)


@pytest.mark.parametrize(
    ("tally", "misses"),
    [
        (ThemeTally(right=9, proposed=10, labelled=10), False),
        (ThemeTally(right=8, proposed=9, labelled=9), True),
        (ThemeTally(right=8, proposed=8, labelled=10), True),
        (ThemeTally(right=0, proposed=1, labelled=0), True),
        (ThemeTally(right=0, proposed=0, labelled=0), False),
    ],
)
def test_the_goal_is_missed_by_precision_or_by_recall(tally: ThemeTally, misses: bool) -> None:
    assert tally.misses_goal is misses


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [(18, 20, "70-97"), (20, 20, "84-100"), (0, 5, "0-43"), (900, 1000, "88-92"), (0, 0, "-")],
)
def test_a_share_of_few_points_says_between_which_it_lies(
    part: int, whole: int, printed: str
) -> None:
    assert themes.between(part, whole) == printed
    assert interval(0, 0) is None


def test_a_set_reaches_the_goal_by_theme() -> None:
    good, bad = (
        ThemeTally(right=9, proposed=10, labelled=10),
        ThemeTally(right=8, proposed=10, labelled=8),
    )
    assert LabelledSet(3, {"plans": good, "health": bad}).reached == 1


def test_what_is_measured_of_every_theme_is_told() -> None:
    assert list(measured()) == [*themes.SETS, themes.SURE, themes.DECIDED]
    for found in measured().values():
        assert list(found.themes) == theme_codes()
        assert all(
            one.right <= min(one.proposed, one.labelled) <= found.points
            for one in found.themes.values()
        )


def test_the_record_s_description_tells_what_is_measured() -> None:
    text = (themes.RECORD / "README.md").read_text(encoding="utf-8")
    held = measured()["held"]
    assert f"{held.reached} themes reach the goal" in text
    assert (
        f"right in {themes.percent(held.every.precision)} %,"
        f" found {themes.percent(held.every.recall)} %. Below it:" in text
    )
    below = [one for one in held.themes.values() if one.misses_goal]
    for one in below:
        precision, recall = themes.percent(one.precision), themes.percent(one.recall)
        assert f"(right in {precision} %, found {recall} %, n {one.labelled})" in text
    assert text.count(" %, n ") == len(below)
    for name in (themes.SURE, themes.DECIDED):
        assert f"`{name}`" in text
        homes = measured()[name].themes["sufficiency"]
        precision, recall = themes.percent(homes.precision), themes.percent(homes.recall)
        assert f"right in {precision} % and found {recall} %" in text


def test_the_mean_leaves_out_what_is_not_known() -> None:
    assert themes.mean([0.5, None, 1.0]) == 0.75


def test_by_chance_means_the_reports_before_of_other_councils() -> None:
    def report(key: str, *points: str) -> ReportThemes[str]:
        return ReportThemes(key, tuple(frozenset(point.split()) for point in points))

    anytown = [report("a1", "plans"), report("a2", "plans", "health")]
    elsewhere = [report("b1", "health"), report("b2", "health")]
    own, others, reports = themes.repeated_of([anytown, elsewhere])
    assert (own, reports) == (Repeated(2, 3), 2)
    assert others == Repeated(1, 3)


def point(text: str, *, is_priority_action: bool = False) -> Point:
    return Point(KEYS[0], date(2020, 1, 13), date(2020, 2, 24), 3, is_priority_action, text)


def test_a_row_has_the_themes_of_the_rules_in_their_order() -> None:
    row = improvement_points.row_of(
        point("Supervision and care plans.", is_priority_action=True),
        None,
        ["plans", "supervision"],
        "1",
    )
    assert row == [*NAMED, 3, "priority_action", "plans|supervision", "rule", "1"]


def test_a_person_s_themes_stand_instead_of_the_rules() -> None:
    row = improvement_points.row_of(point("Care plans."), frozenset(), ["plans"], "1")
    assert row == [*NAMED, 3, "improvement_point", "", "person", "1"]


def test_a_point_that_the_rules_are_unsure_of_waits_for_a_person() -> None:
    with pytest.raises(ValueError, match="anytown inspection 2020-01-13 1: a person must decide"):
        improvement_points.row_of(point("Practice everywhere."), None, ["plans"], "1")


def test_points_of_an_unknown_event_or_another_number_are_listed() -> None:
    found = improvement_points.disagreements([("anytown", "visit", "2020-01-13", 1)])
    assert found == ["anytown visit 2020-01-13: found 1 points, expected an event of the record"]
    [short] = improvement_points.disagreements([("luton", "inspection", "2020-01-13", 1)])
    assert short == "luton inspection 2020-01-13: found 1 points, expected 13"


def test_labels_hold_references_and_themes_and_no_sentence() -> None:
    labelled = rows_of(LABELS)
    assert list(labelled[0]) == ["set", "council", "event", "reference", "number", "themes"]
    themes_named = {theme for row in labelled for theme in row["themes"].split("|")}
    assert themes_named <= {*theme_codes(), ""}
    assert not any(" " in cell for row in labelled for cell in row.values())
    sizes = {name: sum(row["set"] == name for row in labelled) for name in themes.SETS}
    assert sizes == {"chosen": 3420, "held": 1443}
