"""Each rule of check_record finds what is planted, and nothing in a clean record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspections.country_rows import RuleException
from inspections.questions.checks import check
from inspections.rows import Judgement
from inspections.rules.of_record import RULES, Rows, RuleBasis, RuleBreach
from tests.invented_rows import GRADES, NEW, OLD, council, inspection, judgements, visit
from tests.questions.checked_rows import CLEAN, TODAY, planted

FEB = date(2023, 2, 6)
FOREIGN = replace(OLD.areas[-1], is_overall=False)
RI = "requires_improvement"


def found(rows: Rows) -> list[RuleBreach]:
    return list(check(rows, []).findings)


PLANTED: dict[str, list[tuple[Rows, str, str]]] = {
    # rule: records with one thing wrong, the subject found and a part of the sentence
    "no-overall-grade-after-its-end": [
        (
            planted(
                inspection(
                    date(2026, 6, 1),
                    replace(NEW, areas=(*NEW.areas, replace(FOREIGN, framework="new"))),
                    council_id=3,
                ),
                councils=(council(3, "westmarsh"),),
            ),
            "westmarsh 2026-06-01",
            "has an overall grade, good; overall grades ended on 2026-03-31",
        ),
    ],
    "area-of-its-framework": [
        (
            planted(inspection(FEB, judgements=(*judgements(OLD), *judgements(NEW)[:1]))),
            "exampleshire 2023-02-06",
            "leaders is an area of new, the inspection is under old",
        ),
    ],
    "grade-of-its-scale": [
        (
            planted(inspection(FEB, replace(OLD, scale="older"))),
            "exampleshire 2023-02-06",
            "Good is a grade of four, the framework uses older",
        ),
    ],
    "inadequate-practice-means-inadequate-overall": [
        (
            planted(inspection(FEB, grades={area: "inadequate", "overall": RI})),
            "exampleshire 2023-02-06",
            f"inadequate for {area}, but overall {RI}",
        )
        for area in ("help_and_protection", "in_care", "care_leavers")
    ],
    "good-overall-needs-leaders-as-good": [
        (
            planted(
                inspection(FEB, grades={"leaders": leaders, "in_care": overall, "overall": overall})
            ),
            "exampleshire 2023-02-06",
            f"overall {overall}, but {leaders} for leaders",
        )
        for leaders, overall in (("requires_improvement", "good"), ("good", "outstanding"))
    ],
    "overall-within-its-judgements": [
        (
            planted(inspection(FEB, grades={"leaders": "outstanding", "overall": "inadequate"})),
            "exampleshire 2023-02-06",
            "worse than the worst",
        ),
    ],
    "framework-in-force": [
        (
            planted(inspection(date(2017, 12, 4))),
            "exampleshire 2017-12-04",
            "began on 2017-12-04; old was in force from 2018-01-01 to 2026-03-31",
        ),
        (
            planted(inspection(date(2026, 3, 30), NEW)),
            "exampleshire 2026-03-30",
            "new was in force from 2026-04-01 to today",
        ),
    ],
    "days-in-order": [
        (
            planted(inspection(FEB, end_date=FEB - timedelta(days=3))),
            "exampleshire 2023-02-06",
            "the last day, 2023-02-03, is before the first day, 2023-02-06",
        ),
        (
            planted(inspection(FEB, publication_date=date(2023, 2, 16))),
            "exampleshire 2023-02-06",
            "the publication, 2023-02-16, is before the last day, 2023-02-17",
        ),
        (
            planted(visit(FEB, publication_date=date(2023, 2, 3))),
            "exampleshire 2023-02-06",
            "the publication, 2023-02-03, is before the first day",
        ),
    ],
    "no-day-to-come": [
        (
            planted(visit(TODAY + timedelta(days=1), publication_date=None)),
            "exampleshire 2026-10-02",
            "2026-10-02 is in the future",
        ),
        (
            planted(visit(TODAY, publication_date=TODAY + timedelta(days=30))),
            "exampleshire 2026-10-01",
            "2026-10-31 is in the future",
        ),
    ],
    "council-existed": [
        (
            planted(inspection(FEB, council_id=2)),
            "northbridge 2023-02-06",
            "2023-02-06 is after the council's last day, 2020-03-31",
        ),
        (
            planted(visit(FEB, council_id=2)),
            "northbridge 2023-02-06",
            "is after the council's last day",
        ),
        (
            planted(
                inspection(FEB, council_id=3),
                councils=(council(3, "westmarsh", opened_date=date(2023, 4, 1)),),
            ),
            "westmarsh 2023-02-06",
            "2023-02-06 is before the council's first day, 2023-04-01",
        ),
    ],
    "begun-on-a-working-day": [
        (planted(inspection(date(2023, 2, 4))), "exampleshire 2023-02-04", "was a Saturday"),
        (planted(visit(date(2023, 2, 5))), "exampleshire 2023-02-05", "was a Sunday"),
    ],
    "published-in-usual-time": [
        (
            planted(inspection(FEB, publication_date=date(2023, 12, 15))),
            "exampleshire 2023-02-06",
            "published 301 days after the last day on site",
        ),
        (
            planted(visit(FEB, publication_date=date(2023, 2, 7))),
            "exampleshire 2023-02-06",
            "published 1 days after",
        ),
    ],
    "stay-of-usual-length": [
        (
            planted(inspection(FEB, end_date=date(2023, 3, 31), publication_date=date(2023, 5, 2))),
            "exampleshire 2023-02-06",
            "53 days from the first day on site to the last, in one period",
        ),
    ],
    "days-known-since-2014": [
        (
            planted(inspection(None, reference="x", publication_date=date(2014, 1, 2))),
            "exampleshire x",
            "the days on site are not recorded",
        ),
        (
            planted(inspection(FEB, end_date=None)),
            "exampleshire 2023-02-06",
            "the last day on site is not recorded",
        ),
    ],
    "inspections-apart": [
        (
            planted(inspection(date(2021, 4, 30))),
            "exampleshire 2021-04-30",
            "60 days after the council's inspection 2021-03-01",
        ),
    ],
    "one-visit-a-day": [
        (
            planted(visit(date(2022, 10, 4), reference="again")),
            "exampleshire again",
            "began on 2022-10-04, as the visit 2022-10-04 did",
        ),
    ],
    "no-visit-during-an-inspection": [
        (
            planted(visit(date(2024, 6, 14))),
            "exampleshire 2024-06-14",
            "during the council's inspection 2024-06-03",
        ),
    ],
    "every-area-judged": [
        (
            planted(inspection(FEB, judgements=judgements(OLD)[1:])),
            "exampleshire 2023-02-06",
            "no judgement of leaders",
        ),
    ],
    "something-judged": [
        (
            planted(inspection(FEB, judgements=())),
            "exampleshire 2023-02-06",
            "no judgement at all",
        ),
    ],
    "every-council-inspected": [
        (
            planted(councils=(council(3, "westmarsh", opened_date=date(2023, 4, 1)),)),
            "westmarsh",
            "exists on 2026-10-01 and has no full inspection",
        ),
    ],
    "one-event-a-document": [
        (
            planted(inspection(FEB, report_url=CLEAN.inspections[1].report_url)),
            "exampleshire 2023-02-06",
            "is the document of exampleshire 2021-03-01 too",
        ),
    ],
    "monitoring-follows-inadequate": [
        (
            planted(visit(date(2025, 2, 4), kind="monitoring_visit")),
            "exampleshire 2025-02-04",
            "the inspection before it, 2024-06-03, was not inadequate overall",
        ),
        (
            planted(
                visit(FEB, kind="monitoring_visit", council_id=3),
                inspection(date(2023, 9, 4), council_id=3),
                councils=(council(3, "westmarsh"),),
            ),
            "westmarsh 2023-02-06",
            "no full inspection before it",
        ),
    ],
}
CASES = [(rule, *case) for rule, cases in PLANTED.items() for case in cases]


def test_a_clean_record_has_no_findings() -> None:
    assert found(CLEAN) == []


def test_every_rule_has_a_planted_case() -> None:
    assert set(PLANTED) == {rule.name for rule in RULES}
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(("rule", "rows", "subject", "part"), CASES)
def test_what_is_planted_is_found_once(rule: str, rows: Rows, subject: str, part: str) -> None:
    of_this_rule = [row for row in found(rows) if row.rule == rule]
    assert [row.subject for row in of_this_rule] == [subject]
    assert part in of_this_rule[0].sentence


@pytest.mark.parametrize(("rule", "rows", "subject", "part"), CASES)
def test_what_is_planted_is_silenced_by_its_exception(
    rule: str, rows: Rows, subject: str, part: str
) -> None:
    excepted = RuleException(rule, subject, "It was so.", "A report")
    answer = check(rows, [excepted])
    assert rule not in {row.rule for row in answer.findings}
    assert [exception for _, exception in answer.excepted] == [excepted]


SILENT: dict[str, Rows] = {
    "leaders alone are not limiting": planted(
        inspection(
            FEB,
            grades={
                "leaders": "inadequate",
                "in_care": "requires_improvement",
                "overall": "requires_improvement",
            },
        )
    ),
    "an inadequate overall with inadequate practice": planted(
        inspection(FEB, grades={"care_leavers": "inadequate", "overall": "inadequate"})
    ),
    "a graded part does not limit": planted(
        inspection(
            FEB,
            judgements=tuple(
                Judgement(
                    replace(row.area, is_part=row.area.code == "care_leavers"),
                    GRADES["inadequate"] if row.area.code == "care_leavers" else row.grade,
                )
                for row in judgements(OLD)
            ),
        )
    ),
    "two periods on site": planted(
        inspection(
            FEB,
            end_date=date(2023, 4, 14),
            publication_date=date(2023, 5, 23),
            has_two_periods=True,
        )
    ),
    "an inspection sixty-three days after the other": planted(inspection(date(2024, 8, 5))),
    "a continuing record inspected before its first day": planted(
        inspection(FEB, council_id=3),
        councils=(
            council(3, "westmarsh", opened_date=date(2023, 4, 1), is_continuing_record=True),
        ),
    ),
    "a report published after the council closed": planted(
        inspection(date(2020, 2, 24), council_id=2)
    ),
    "a visit on the first of a month whose day is not known": planted(
        visit(date(2023, 1, 1), start_precision="month", publication_date=None)
    ),
    "a council monitored after its predecessor's inspection": replace(
        planted(
            inspection(
                date(2019, 11, 4),
                council_id=4,
                grades={"in_care": "inadequate", "overall": "inadequate"},
            ),
            visit(date(2021, 7, 28), kind="monitoring_visit", council_id=3),
            inspection(date(2022, 10, 3), council_id=3),
            councils=(
                council(3, "westmarsh", opened_date=date(2021, 4, 1)),
                council(4, "old-marsh", closed_date=date(2021, 3, 31)),
            ),
        ),
        predecessors={3: (4,)},
    ),
    "a framework with an overall grade that goes on": replace(
        planted(
            inspection(date(2026, 6, 1), replace(OLD, in_force_to=None), council_id=3),
            councils=(council(3, "westmarsh"),),
        ),
        frameworks=(replace(OLD, in_force_to=None), NEW),
    ),
    "a council that is gone and was never inspected": planted(
        councils=(council(3, "westmarsh", closed_date=date(2020, 3, 31)),)
    ),
    "a partial framework's missing areas": planted(
        inspection(FEB, replace(OLD, is_whole_service=False), judgements=judgements(OLD)[:1])
    ),
}


@pytest.mark.parametrize("what", SILENT)
def test_no_rule_complains_of(what: str) -> None:
    assert found(SILENT[what]) == []


def test_an_exception_that_matches_nothing_is_a_finding() -> None:
    stale = RuleException("one-visit-a-day", "exampleshire 2022-06-07", "why", "where")
    unknown = RuleException("a-rule-of-old", "exampleshire 2022-06-07", "why", "where")
    answer = check(CLEAN, [stale, unknown])
    assert [row.sentence for row in answer.findings] == [
        "excepted from one-visit-a-day, but breaks it no longer: remove it",
        "excepted from a-rule-of-old, but there is no such rule: remove it",
    ]


def test_a_measured_rule_is_called_so_and_says_on_how_many() -> None:
    for rule in RULES:
        if rule.basis is RuleBasis.MEASURED:
            assert any(letter.isdigit() for letter in rule.source), rule.name
        assert rule.sentence.endswith((".", ".)"))
