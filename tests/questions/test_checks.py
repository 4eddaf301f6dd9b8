"""check_record on the shipped record, and what the command says."""

import io
import itertools
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inspections import actions
from inspections.models import Inspection, RuleException, Visit
from inspections.questions import checks
from inspections.rules.of_record import RULES
from inspections.rules.of_record.grades import of_the_council
from inspections.store import current_record
from tests import factories as make

TODAY = date(2026, 10, 1)

# The shipped record


@pytest.mark.django_db
def test_the_shipped_record_passes_with_its_exceptions() -> None:
    answer = checks.check_record(current_record(), today=timezone.localdate())
    assert answer.findings == ()
    assert len(answer.excepted) == RuleException.objects.count() == 32


@pytest.mark.django_db
def test_the_numbers_that_measured_rules_give_are_those_of_the_shipped_record() -> None:
    rows = checks.all_rows(current_record(), today=timezone.localdate())
    whole = [row for row in rows.inspections if row.framework.is_whole_service and row.overall]
    inadequate = [
        row
        for row in whole
        if any(j.grade.is_inadequate for j in row.judgements if j.area.is_of_practice)
    ]
    leaders_alone = [
        row
        for row in whole
        if any(j.grade.is_inadequate for j in of_the_council(row)) and row not in inadequate
    ]
    good = [row for row in whole if row.overall.grade.order <= 2]
    stays = [
        (row.end_date - row.start_date).days
        for row in rows.inspections
        if row.end_date and not row.has_two_periods
    ]
    lags = [row.days_to_publication for row in rows.inspections if row.end_date]
    letters = [
        (row.publication_date - (row.end_date or row.start_date)).days
        for row in rows.visits
        if row.start_precision == "day" and row.publication_date
    ]
    apart = [
        (after.event_date - before.event_date).days
        for held in rows.inspections_of.values()
        for before, after in itertools.pairwise(held)
    ]
    measured = {
        "inadequate-practice-means-inadequate-overall": (
            f"{len(inadequate)} of 74",
            f"{sum(row.framework.in_force_from.year >= 2018 for row in inadequate)} of them",
        ),
        "good-overall-needs-leaders-as-good": (f"{len(good)} of {len(good)}",),
        "overall-within-its-judgements": (f"{len(whole)} of {len(whole)}",),
        "begun-on-a-working-day": (
            f"{sum(row.start_date is not None for row in rows.inspections)} inspections",
            f"{sum(row.start_precision == 'day' for row in rows.visits)} visits",
        ),
        "published-in-usual-time": (
            f"{len(lags)} inspections took {min(lags)} to {max(lags)} days",
            f"visits {min(letters)} to {max(letters)}",
        ),
        "stay-of-usual-length": (f"{len(stays)} inspections", f"took {max(stays)} days"),
        "inspections-apart": (f"{len(apart)} pairs are {min(apart)} days apart",),
        "monitoring-follows-inadequate": (
            f"{sum(v.kind == 'monitoring_visit' and v.event_date is not None for v in rows.visits)}"
            " of 172",
        ),
    }  # fmt: skip
    sources = {rule.name: rule.source for rule in RULES}
    for name, parts in measured.items():
        for part in parts:
            assert part in sources[name]
    still_not = [row for row in leaders_alone if not row.overall.grade.is_inadequate]
    assert (len(still_not), len(leaders_alone)) == (4, 5)


# The command


def printed(**options: object) -> str:
    out = io.StringIO()
    call_command("check_record", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_counts_and_lists_exceptions() -> None:
    said = printed()
    assert "160 councils, 714 inspections and 616 visits against 22 rules: 0 findings" in said
    assert "32 recorded exceptions" in said
    assert "harrow" not in said
    assert "Harrow (harrow 2023-03-26)" in printed(verbose_exceptions=True)


@pytest.mark.django_db
def test_the_command_tells_the_rules() -> None:
    said = printed(rules=True)
    for rule in RULES:
        assert rule.name in said
        assert rule.source in said


@pytest.fixture
def clean_record(empty_record: None) -> Inspection:
    """One council, well inspected, in the database."""
    framework = make.make_framework(in_force_from=date(2018, 1, 1))
    grades = dict.fromkeys(make.FIVE_AREAS, "good")
    return make.make_inspection(framework=framework, start_date=date(2021, 3, 1), grades=grades)


@pytest.mark.django_db
def test_the_command_fails_with_what_it_finds(clean_record: Inspection) -> None:
    assert "0 findings, 0 recorded exceptions" in printed()
    twin = make.make_inspection(clean_record.council, start_date=date(2021, 3, 22))
    out = io.StringIO()
    with pytest.raises(CommandError, match="2 findings, expected none") as failure:
        call_command("check_record", stdout=out)
    assert failure.value.returncode == 1
    said = out.getvalue()
    assert "inspections-apart: A council's inspections begin more than 60 days apart" in said
    assert "Exampleshire (exampleshire 2021-03-22): 21 days after" in said
    assert "(measured on past inspections, not a rule of Ofsted's)" in said
    RuleException.objects.create(
        rule="inspections-apart", subject="exampleshire 2021-03-22", reason="a", source_text="b"
    )
    with pytest.raises(CommandError, match="1 findings"):
        printed()
    actions.withdraw(twin, reason="Entered twice", by=None)
    with pytest.raises(CommandError, match="1 findings"):
        printed()
    RuleException.objects.all().delete()
    assert "0 findings" in printed()


@pytest.mark.django_db
def test_what_the_record_refuses_to_take_is_found_where_it_got_in(clean_record: Inspection) -> None:
    """As by a write past the rules: the area of another framework, an unknown day."""
    other = make.make_framework("other_rules", areas={"leaders": ("leaders",)})
    judgement = clean_record.judgements.get(area__code="leaders")
    type(judgement).objects.filter(pk=judgement.pk).update(area=other.areas.get())
    Visit.objects.create(
        council=clean_record.council,
        reference="tomorrow",
        kind="focused_visit",
        start_date=timezone.localdate() + timedelta(days=400),
    )
    rules = {
        row.rule
        for row in checks.check_record(current_record(), today=timezone.localdate()).findings
    }
    assert {"area-of-its-framework", "every-area-judged", "no-day-to-come"} <= rules


@pytest.mark.django_db
def test_an_empty_record_is_not_a_clean_one(empty_record: None) -> None:
    with pytest.raises(CommandError, match="Found no council to check"):
        printed()


@pytest.mark.django_db
def test_the_whole_record_is_asked_for_in_a_few_queries(
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    """One for what is held in memory; what reading it takes, `test_store` says."""
    record = current_record()
    with django_assert_max_num_queries(1):
        checks.check_record(current_record(), today=TODAY)
    assert current_record() is record
