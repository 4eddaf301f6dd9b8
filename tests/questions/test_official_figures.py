from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from inspections.models import CountedLate, Inspection, Lane, OfficialFigure, Source
from inspections.questions.official_figures import UnanswerableError, rounded, verify
from inspections.store import current_record, forget
from inspections.vocabulary import FigureMeasure, FigureOrigin, FigureUnit

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def ours_by_key() -> dict[str, Decimal | None]:
    return {row.figure.key: row.ours for row in verify(current_record())}


def new_figure(**fields: object) -> OfficialFigure:
    values = {
        "key": "invented",
        "measure": FigureMeasure.HELD,
        "as_at_date": date(2024, 3, 31),
        "cut_off_date": date(2024, 6, 30),
        "lane": Lane.objects.get(code="overall"),
        "value": Decimal(0),
        "unit": FigureUnit.COUNT,
        "origin": FigureOrigin.PRESS,
        "source": Source.objects.first(),
    }
    return OfficialFigure.objects.create(**{**values, **fields})


def test_every_figure_on_record_is_given_or_its_difference_explained():
    checked = verify(current_record())
    assert len(checked) > 100
    assert [row.figure.key for row in checked if not row.is_good] == []


def test_every_figure_names_a_source_with_publisher():
    for figure in OfficialFigure.objects.select_related("source"):
        assert figure.source.publisher
        assert figure.source.title


def test_the_command_prints_the_sum_and_succeeds():
    out = StringIO()
    call_command("verify_statistics", stdout=out)
    assert "0 do not agree" in out.getvalue()


def test_the_command_fails_and_names_a_figure_that_does_not_agree():
    OfficialFigure.objects.filter(key="2024-03-good").update(value=61)
    forget()
    out = StringIO()
    with pytest.raises(CommandError, match="2024-03-good"):
        call_command("verify_statistics", stdout=out)
    assert "published 61.0, ours 60: DIFFERS" in out.getvalue()


def test_an_explanation_that_no_longer_fits_is_an_error_too():
    OfficialFigure.objects.filter(key="in-year-2022-short").update(our_value=15)
    forget()
    with pytest.raises(CommandError, match="in-year-2022-short"):
        call_command("verify_statistics", stdout=StringIO())


def test_an_explanation_of_a_figure_that_matches_is_an_error():
    OfficialFigure.objects.filter(key="2024-03-good").update(our_value=60, difference="none")
    forget()
    with pytest.raises(CommandError, match="2024-03-good"):
        call_command("verify_statistics", stdout=StringIO())


def test_without_figures_nothing_is_verified_and_that_is_an_error():
    OfficialFigure.objects.all().delete()
    with pytest.raises(CommandError, match="nothing was verified"):
        call_command("verify_statistics", stdout=StringIO())


def test_a_wrong_grade_in_the_record_is_noticed():
    inspection = Inspection.objects.get(council__slug="luton", start_date=date(2022, 7, 11))
    judgement = inspection.judgements.get(area__is_overall=True)
    judgement.grade = judgement.grade.scale.grades.get(code="inadequate")
    judgement.save()
    with pytest.raises(CommandError, match="2024-03-inadequate-count"):
        call_command("verify_statistics", stdout=StringIO())


def test_the_recorded_exception_is_needed_for_march_2023():
    CountedLate.objects.all().delete()
    ours = ours_by_key()
    assert (ours["2023-03-good-count"], ours["2023-03-inadequate-count"]) != (65, 14)


def test_a_figure_of_another_day_and_region_is_worked_out_too():
    new_figure(
        as_at_date=date(2021, 12, 31),
        cut_off_date=None,
        region_scheme="ons",
        region="north_east",
        grades="outstanding|good",
    )
    assert ours_by_key()["invented"] == _slow_count_of_good(date(2021, 12, 31), date(2022, 1, 31))


def _slow_count_of_good(as_at: date, cut_off: date) -> int:
    """A plain count over model rows, without the rule's code."""
    total = 0
    from inspections.models import Council

    for council in Council.objects.filter(ons_region="north_east"):
        if council.closed_date and council.closed_date < as_at:
            continue
        held = [
            row
            for row in council.inspections.filter(framework__is_whole_service=True)
            if row.start_date and row.start_date <= as_at and row.publication_date <= cut_off
        ]
        if held:
            latest = max(held, key=lambda row: row.start_date)
            overall = latest.judgements.filter(area__is_overall=True).first()
            total += bool(overall and overall.grade.code in {"outstanding", "good"})
    return total


def test_a_question_that_no_rule_answers_is_refused_by_name():
    new_figure(measure="guessed")
    with pytest.raises(UnanswerableError, match="invented: found measure 'guessed'"):
        verify(current_record())


@pytest.mark.parametrize(
    ("share", "unit", "expected"),
    [
        (0.425, FigureUnit.PERCENT, "43"),
        (0.5, FigureUnit.PERCENT, "50"),
        (14 / 59, FigureUnit.PERCENT_1, "23.7"),
        (None, FigureUnit.PERCENT, None),
    ],
)
def test_shares_are_rounded_halves_up(share, unit, expected):
    assert rounded(share, unit) == (Decimal(expected) if expected else None)


def test_verifying_asks_the_database_nothing(django_assert_num_queries):
    record = current_record()
    with django_assert_num_queries(0):
        assert len(verify(record)) == len(record.figures) > 100
