"""Correcting with a reason, and two people at once."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from inspections import actions
from inspections.models import (
    Citation,
    Correction,
    Framework,
    Inspection,
    Judgement,
    Source,
    User,
)
from tests import factories as make
from tests.admin.forms import (
    Form,
    change,
    errors,
    grade,
    grade_of,
    judgement_of_another,
    opened,
    save,
)

pytestmark = pytest.mark.django_db

Both = tuple[Framework, Framework]


def test_a_correction_needs_a_reason_and_is_logged(
    admin: Client, officer: User, inspection: Inspection
) -> None:
    address, day = change(inspection), {"publication_date": "2021-04-22"}
    status, page = save(admin, address, **day)
    assert status == 200
    assert "Say why the fact is corrected" in errors(page, "reason")
    assert not Correction.objects.exists()
    assert save(admin, address, **day, reason="A typing error")[0] == 302
    entry = Correction.objects.get()
    assert (entry.field, entry.new, entry.corrected_by) == (
        "publication_date", "2021-04-22", officer,
    )  # fmt: skip


def test_a_corrected_grade_alone_needs_a_reason_too(
    admin: Client, inspection: Inspection, frameworks: Both
) -> None:
    leaders = {grade_of("leaders", frameworks[0]): grade("outstanding")}
    status, page = save(admin, change(inspection), **leaders)
    assert status == 200
    assert "Say why the fact is corrected" in errors(page, "reason")
    assert save(admin, change(inspection), **leaders, reason="As printed")[0] == 302
    assert inspection.judgements.get(area__code="leaders").grade.code == "outstanding"
    entry = Correction.objects.get()
    assert (entry.kind, entry.area, entry.field) == ("judgement", "leaders", "grade")
    assert entry.event_reference == "2021-03-01"
    public = Client().get(inspection.get_absolute_url()).content.decode()
    assert "Outstanding" in public


def test_saving_without_any_change_writes_nothing(admin: Client, inspection: Inspection) -> None:
    lines = Inspection.history.count(), Judgement.history.count()
    assert save(admin, change(inspection))[0] == 302
    assert (Inspection.history.count(), Judgement.history.count()) == lines
    assert not Correction.objects.exists()


def test_a_grade_taken_away_withdraws_the_judgement(
    admin: Client, inspection: Inspection, frameworks: Both
) -> None:
    empty = {grade_of("overall", frameworks[0]): ""}
    assert save(admin, change(inspection), **empty, reason="None was given")[0] == 302
    assert not inspection.judgements.filter(area__is_overall=True).exists()
    entry = Correction.objects.get()
    assert (entry.old, entry.new) == ("Good", "not recorded")


def test_a_note_without_a_grade_is_refused(
    admin: Client, inspection: Inspection, frameworks: Both
) -> None:
    area = frameworks[0].areas.get(code="overall")
    typed = {f"grade_{area.pk}": "", f"note_{area.pk}": "not judged", "reason": "x"}
    status, page = save(admin, change(inspection), **typed)
    assert status == 200
    assert "A note needs a grade" in page


def test_what_identifies_an_inspection_is_fixed_once_entered(
    admin: Client, inspection: Inspection
) -> None:
    other = make.make_council("Northbridge")
    form = opened(admin, change(inspection))
    assert not {"council", "framework", "reference", "status"} & {*form.values, *form.options}
    forged = {"council": other.pk, "reference": "forged", "status": "withdrawn", "reason": "x"}
    assert save(admin, change(inspection), **forged)[0] == 302
    inspection.refresh_from_db()
    assert (inspection.council.slug, inspection.reference) == ("exampleshire", "2021-03-01")
    assert inspection.status == "published"


def test_nothing_is_saved_where_a_part_is_refused(
    admin: Client, inspection: Inspection, frameworks: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a rule that shows only when it is written: the whole page is undone."""
    real = actions.record

    def refuse_citations(fact: object, **values: object) -> object:
        if isinstance(fact, Citation):
            raise ValidationError({"place": "No such place."})
        return real(fact, **values)

    monkeypatch.setattr(actions, "record", refuse_citations)
    typed = {
        "lead_inspector": "Somebody Else",
        grade_of("leaders", frameworks[0]): grade("inadequate"),
        "citations-0-source": make.make_source().pk,
        "reason": "Many things",
    }
    status, page = save(admin, change(inspection), **typed)
    assert status == 200
    assert "No such place" in page
    inspection.refresh_from_db()
    assert inspection.lead_inspector == ""
    assert inspection.judgements.get(area__code="leaders").grade.code == "good"
    assert not Correction.objects.exists()
    assert Form(page).values["lead_inspector"] == ["Somebody Else"]


# Two people at once


ELSEWHERE: dict[str, Callable[[Inspection], object]] = {
    "the inspection itself": lambda fact: actions.correct(
        fact, changes={"kind": "short"}, reason="x", by=None
    ),
    "a judgement": judgement_of_another,
    "a judgement withdrawn": lambda fact: actions.withdraw(
        fact.judgements.first(), reason="x", by=None
    ),
    "a source": lambda fact: actions.record(
        Citation(source=Source.objects.first(), inspection=fact), by=None
    ),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_the_second_of_two_people_is_told_and_loses_nothing(
    admin: Client, inspection: Inspection, what: str
) -> None:
    make.make_source()
    form = opened(admin, change(inspection))
    ELSEWHERE[what](inspection)
    before = Correction.objects.count()
    typed = {"lead_inspector": "Second Person", "reason": "As printed"}
    status, page = save(admin, change(inspection), form=form, **typed)
    assert status == 409
    assert "changed since you opened it" in page
    assert Form(page).values["lead_inspector"] == ["Second Person"]
    assert Form(page).values["reason"] == ["As printed"]
    inspection.refresh_from_db()
    assert inspection.lead_inspector == ""
    assert Correction.objects.count() == before
    # Sent again as it is, it is refused again; opened anew it is saved.
    assert save(admin, change(inspection), form=Form(page))[0] == 409
    assert save(admin, change(inspection), **typed)[0] == 302


def test_the_name_of_the_other_person_is_told(
    admin: Client, inspection: Inspection, officer: User
) -> None:
    form = opened(admin, change(inspection))
    other = make.make_user("colleague")
    actions.correct(inspection, changes={"kind": "short"}, reason="x", by=other)
    _, page = save(admin, change(inspection), form=form, lead_inspector="X Y", reason="y")
    assert "changed since you opened it by colleague" in page


def test_a_form_without_the_mark_of_its_opening_is_refused(
    admin: Client, inspection: Inspection
) -> None:
    status, _ = save(admin, change(inspection), opened="", lead_inspector="X Y", reason="y")
    assert status == 409
