import pytest

from inspections.rules.outcomes import Outcome, OutcomeBasis, Standing, outcome
from tests.rules import shipped

GOOD, BELOW, INADEQUATE = Standing.GOOD_OR_BETTER, Standing.BELOW_GOOD, Standing.INADEQUATE


def test_an_overall_grade_decides_whatever_the_judgements():
    found = outcome(overall=BELOW, leaders=INADEQUATE, practice=[GOOD, GOOD, GOOD])
    assert found == Outcome(BELOW, OutcomeBasis.OVERALL)


@pytest.mark.parametrize(
    ("leaders", "practice", "expected"),
    [
        (GOOD, [GOOD, GOOD, GOOD], GOOD),
        (GOOD, [GOOD, GOOD, BELOW], GOOD),
        (GOOD, [GOOD, BELOW, BELOW], BELOW),
        (BELOW, [GOOD, GOOD, GOOD], BELOW),
        (GOOD, [GOOD, GOOD, INADEQUATE], INADEQUATE),
        (INADEQUATE, [GOOD, GOOD, BELOW], BELOW),
        (INADEQUATE, [INADEQUATE, GOOD, BELOW], INADEQUATE),
        (None, [INADEQUATE], INADEQUATE),
        (GOOD, [GOOD, BELOW], BELOW),
        (GOOD, [GOOD, GOOD, GOOD, BELOW], GOOD),
        (GOOD, [GOOD, GOOD, BELOW, BELOW], BELOW),
    ],
)
def test_without_an_overall_grade_the_judgements_decide(leaders, practice, expected):
    found = outcome(overall=None, leaders=leaders, practice=practice)
    assert found == Outcome(expected, OutcomeBasis.JUDGEMENTS)


@pytest.mark.parametrize(("leaders", "practice"), [(None, [GOOD, GOOD]), (GOOD, []), (None, [])])
def test_too_few_judgements_give_no_kind_of_outcome(leaders, practice):
    assert outcome(overall=None, leaders=leaders, practice=practice) is None


def test_the_rule_of_judgements_gives_the_kind_of_every_overall_grade_since_2023():
    both = [
        (shipped.STANDINGS[judged["overall"]], shipped.outcome(
            overall=None,
            leaders=shipped.STANDINGS[judged["leaders"]],
            practice=[
                shipped.STANDINGS[judged[area]] for area in shipped.PRACTICE if area in judged
            ],
        ).standing)
        for row in shipped.full_inspections()
        if row["framework"] == "ilacs_2023"
        for judged in [shipped.grades()[row["council"], row["reference"]]]
    ]  # fmt: skip
    assert len(both) == 145
    assert [pair for pair in both if pair[0] is not pair[1]] == []
