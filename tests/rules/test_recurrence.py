import pytest

from inspections.rules.recurrence import (
    Repeated,
    Report,
    recurrences,
    repeated_points,
    total,
)


def report(key: str, *points: str) -> Report[str]:
    return Report(key, tuple(frozenset(point.split()) for point in points))


FIRST = report("2016", "plans health", "caseloads")
VISIT = report("2018 visit", "plans")
LAST = report("2020", "plans caseloads", "identity", "")


def test_a_theme_knows_every_report_that_raised_it_before_and_since() -> None:
    found = recurrences([FIRST, VISIT, LAST])
    assert found["2018 visit"]["plans"].earlier == ("2016",)
    assert found["2018 visit"]["plans"].later == ("2020",)
    assert found["2020"]["plans"].earlier == ("2016", "2018 visit")
    assert found["2016"]["caseloads"].later == ("2020",)


def test_a_theme_can_be_raised_again_after_a_report_that_did_not_raise_it() -> None:
    caseloads = recurrences([FIRST, VISIT, LAST])["2016"]["caseloads"]
    assert caseloads.is_raised_again
    assert not caseloads.is_not_raised_since
    assert not caseloads.is_raised_before


def test_silence_counts_only_where_a_report_came_after() -> None:
    found = recurrences([FIRST, VISIT, LAST])
    assert found["2016"]["health"].is_not_raised_since
    assert not found["2020"]["identity"].is_not_raised_since
    assert not found["2020"]["identity"].is_raised_again


def test_a_report_has_its_own_themes_and_no_others() -> None:
    found = recurrences([FIRST, VISIT, LAST])
    assert set(found["2016"]) == {"plans", "health", "caseloads"}
    assert set(found["2020"]) == {"plans", "caseloads", "identity"}


def test_a_single_report_has_neither_before_nor_after() -> None:
    [plans] = recurrences([VISIT])["2018 visit"].values()
    assert (plans.earlier, plans.later) == ((), ())
    assert not plans.is_raised_before
    assert not plans.is_not_raised_since


def test_no_reports_have_no_recurrences() -> None:
    assert recurrences([]) == {}


def test_a_report_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="a key twice"):
        recurrences([VISIT, VISIT])


def test_a_point_repeats_when_one_of_its_themes_was_raised_before() -> None:
    assert repeated_points(LAST, FIRST) == Repeated(1, 3)
    assert repeated_points(LAST, VISIT) == Repeated(1, 3)
    assert repeated_points(FIRST, VISIT) == Repeated(1, 2)


def test_the_share_of_several_reports_counts_each_point_once() -> None:
    both = total([repeated_points(LAST, FIRST), repeated_points(FIRST, VISIT)])
    assert both == Repeated(2, 5)
    assert both.share == 0.4


def test_no_points_have_no_share() -> None:
    assert total([]).share is None
