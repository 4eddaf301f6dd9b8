"""How well the themes' words do, where the printed points lie beside the project."""

import pytest

from inspections.rules.themes.measured import FILE, measured, sum_of
from tools import improvement_points, themes
from tools.points import PRINTED, labels, printed_points, theme_codes

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not PRINTED.is_file(), reason=f"SKIPPED FOR LACK OF THE PRINTED POINTS: no file {PRINTED}"
    ),
]


@pytest.fixture(scope="module")
def texts() -> dict:
    return {point.key: point.text for point in printed_points()}


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("chosen", 0.97, 0.96), ("held", 0.93, 0.95)],
)
def test_all_themes_together_stay_above_their_floor(
    texts: dict, name: str, precision: float, recall: float
) -> None:
    every = sum_of(themes.judge(name, texts).values())
    assert every.precision >= precision
    assert every.recall >= recall


def test_every_theme_reaches_the_goal_where_words_were_chosen() -> None:
    assert measured()["chosen"].reached == len(theme_codes())


def test_no_theme_with_twenty_labels_held_out_falls_below_its_floor() -> None:
    for name, precision, recall in ((themes.SURE, 0.9, 0.8), ("held", 0.83, 0.85)):
        kept = [one for one in measured()[name].themes.values() if one.labelled >= 20]
        assert min(one.precision for one in kept) >= precision
        assert min(one.recall for one in kept) >= recall


def test_held_out_every_theme_reaches_the_goal_where_a_person_decides_what_is_left_open() -> None:
    assert measured()[themes.DECIDED].reached == len(theme_codes())


def test_held_out_all_but_one_theme_reach_the_goal_by_words_alone() -> None:
    for name in ("held", themes.SURE):
        themes_found = measured()[name].themes
        assert [code for code, one in themes_found.items() if one.misses_goal] == ["sufficiency"]


def test_the_site_tells_what_is_measured(texts: dict) -> None:
    found = themes.measure(texts)
    assert FILE.read_text(encoding="utf-8") == themes.table(found)
    assert measured() == found


def test_a_person_s_word_never_makes_the_record_worse_than_the_rules(texts: dict) -> None:
    for name in themes.SETS:
        alone = sum_of(themes.judge(name, texts).values())
        helped = sum_of(themes.judge(name, texts, with_person=True).values())
        assert helped.precision >= alone.precision
        assert helped.recall >= alone.recall


def test_every_point_is_labelled_once(texts: dict) -> None:
    chosen, held = (set(labels(name)) for name in themes.SETS)
    assert not chosen & held
    assert chosen | held == set(texts)


def test_the_shipped_file_is_what_the_rules_and_the_labels_give() -> None:
    text, undecided = improvement_points.table(printed_points())
    assert undecided == []
    assert improvement_points.FILE.read_text(encoding="utf-8") == text


def test_the_printed_points_agree_with_the_record(texts: dict) -> None:
    assert improvement_points.disagreements(texts) == []


def test_points_repeat_what_the_full_report_before_raised_more_often_than_by_chance() -> None:
    own, others, reports = themes.repeated_of(themes.full_reports())
    assert (own.points, reports) == (1624, 328)
    assert 0.65 < own.share < 0.71
    assert own.share > others.share
