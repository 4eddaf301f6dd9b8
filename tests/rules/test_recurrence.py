from inspections.rules.recurrence import Repeated, ReportThemes, by_chance, repeated_points, total


def report(key: str, *points: str) -> ReportThemes[str]:
    return ReportThemes(key, tuple(frozenset(point.split()) for point in points))


FIRST = report("2016", "plans health", "caseloads")
VISIT = report("2018 visit", "plans")
LAST = report("2020", "plans caseloads", "identity", "")


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


def test_by_chance_sets_each_report_beside_the_reports_before_of_all_others() -> None:
    other = report("2019", "caseloads", "health")
    pairs = [("a", LAST, FIRST), ("a", FIRST, VISIT), ("b", other, VISIT), ("c", VISIT, other)]
    expected = total(
        repeated_points(after, before)
        for owner, after, _ in pairs
        for whose, _, before in pairs
        if whose != owner
    )
    assert by_chance(pairs) == expected == Repeated(12, 19)
    assert by_chance([]) == Repeated(0, 0)
