"""How well the themes' words do, where the printed points lie beside the project."""

import pytest

from inspections.rules.themes.measured import FILE, Measured, measured, sum_of, together
from tools import improvement_points, themes
from tools.points import PRINTED, labels, printed_points

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
    [("test", 0.90, 0.92), ("kept", 0.87, 0.90), ("later", 0.92, 0.92)],
)
def test_all_themes_together_stay_above_their_floor(
    texts: dict, name: str, precision: float, recall: float
) -> None:
    every = sum_of(themes.judge(name, texts).values())
    assert every.precision >= precision
    assert every.recall >= recall


def test_no_theme_with_twenty_labels_falls_below_its_floor(texts: dict) -> None:
    tallies = together(measured().values()).themes
    kept = {theme: tally for theme, tally in tallies.items() if tally.labelled >= 20}
    assert len(kept) >= 27
    assert {theme for theme, one in kept.items() if one.precision < 0.85} == set()
    assert {theme for theme, one in kept.items() if one.recall < 0.80} == set()


def test_two_themes_of_three_reach_the_goal() -> None:
    assert together(measured().values()).reached >= 20


def test_the_site_tells_what_is_measured(texts: dict) -> None:
    found = {name: Measured(len(labels(name)), themes.judge(name, texts)) for name in themes.SETS}
    assert FILE.read_text(encoding="utf-8") == themes.table(found)
    assert measured() == found


def test_a_person_s_word_makes_the_record_better_than_the_rules(texts: dict) -> None:
    for name in themes.SETS:
        alone = sum_of(themes.judge(name, texts).values())
        helped = sum_of(themes.judge(name, texts, with_person=True).values())
        assert helped.precision > alone.precision
        assert helped.recall > alone.recall


def test_the_sets_were_chosen_by_chance(texts: dict) -> None:
    """By the order of a hash of the reference, so that nobody could choose."""
    ranked = sorted(texts, key=themes.place_by_chance)
    assert set(ranked[:480]) == set(labels("test"))
    assert set(ranked[480:640]) == set(labels("kept"))
    assert set(ranked[640:1040]) == set(labels("later"))


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
