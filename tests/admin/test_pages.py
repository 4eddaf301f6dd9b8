"""Every page of the admin opens, for those who may change and for those who may look."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin as site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inspections import actions
from inspections.models import (
    AreaContinuation,
    Citation,
    CollectedDocument,
    CollectRun,
    Conflict,
    Correction,
    Council,
    CouncilAlias,
    CouncilComment,
    CountedLate,
    Coverage,
    ImportDocument,
    ImportRun,
    Inspection,
    InspectionPause,
    Intervention,
    Letter,
    MeasureYear,
    OfficialFigure,
    PollingDay,
    Reading,
    RecordState,
    Release,
    RuleException,
    Statement,
    StatisticalNeighbour,
    Subscription,
    UnreadReport,
    User,
    Visit,
)
from inspections.vocabulary import FigureMeasure, FigureOrigin, FigureUnit, StatementKind
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REGISTERED = {
    model: page
    for model, page in site.site._registry.items()
    if model._meta.app_label in {"inspections", "auth"}
}
READ_ONLY = {
    CollectRun, CollectedDocument, Conflict, Correction, ImportDocument, ImportRun,
    Letter, Reading, RecordState, Release, RuleException, User,
}  # fmt: skip


def address(model: type, page: str) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{page}"


@pytest.fixture
def everything(inspection: Inspection, officer: User) -> None:
    """One of each kind of thing, at least."""
    other = make.make_council("Northbridge")
    visit = make.make_visit(inspection.council)
    source = make.make_source()
    reader = Subscription.objects.create(email="reader@example.org", asked_at=timezone.now())
    Letter.objects.create(subscription=reader, subject="x", body="x", made_at=timezone.now())
    make.make_citation(source, inspection=inspection)
    make.make_citation(source, visit=visit)
    CouncilAlias.objects.create(council=other, scheme="name", value="The Bridge")
    StatisticalNeighbour.objects.create(
        council=other, neighbour=inspection.council, rank=1, model_year=2025
    )
    earlier, later = sorted(
        {row.framework for row in type(inspection.judgements.first().area).objects.all()},
        key=lambda row: row.in_force_from,
    )
    AreaContinuation.objects.create(
        earlier=earlier.areas.first(), later=later.areas.first(), kind="same"
    )
    RuleException.objects.create(rule="a", subject="b", reason="c", source_text="d")
    make.saved(
        Statement(
            council=other,
            reference="said-once",
            kind=StatementKind.FINDING,
            stated_date=date(2021, 5, 1),
            said_by="Nobody",
            what="Nothing much",
            source_text="Invented",
        )
    )
    InspectionPause.objects.create(
        first_date=date(2020, 3, 17), name="A pause", source_text="Invented"
    )
    PollingDay.objects.create(polling_date=date(2021, 5, 6), name="A poll", source_text="Invented")
    CountedLate.objects.create(
        inspection=inspection, as_at_date=date(2021, 3, 31), reason="Late", source=source
    )
    OfficialFigure.objects.create(
        key="a-figure",
        measure=FigureMeasure.choices()[0][0],
        as_at_date=date(2021, 3, 31),
        value=1,
        unit=FigureUnit.choices()[0][0],
        origin=FigureOrigin.choices()[0][0],
        source=source,
    )
    UnreadReport.objects.create(
        council=other, start_date=date(2021, 3, 1), kind="short", source_text="Invented",
        publication_date=date(2021, 4, 30), report_url="https://example.org/report",
    )  # fmt: skip
    Intervention.objects.create(
        council=other, reference="notice", kind="improvement_notice", what="A notice",
        taken_date=date(2021, 3, 1), source_text="Invented",
    )  # fmt: skip
    CouncilComment.objects.create(
        inspection=inspection, text="Invented", said_by="Leader", said_date=date(2021, 5, 1)
    )
    measure = make.make_measure()
    make.make_series(measure, other)
    MeasureYear.objects.create(measure=measure, year=2019, source_text="Invented")
    Coverage.objects.create(
        kind="full_inspections", complete_to_date=date(2021, 3, 31), source_text="Invented"
    )
    Conflict.objects.create(
        table="lanes", key="leaders", field="name", held="Ours", shipped="Theirs", value="Theirs",
        release_date=date(2021, 3, 31), found_at=timezone.now(),
    )  # fmt: skip
    Release.objects.create(as_at_date=date(2021, 3, 31), loaded_at=timezone.now())
    CollectRun.objects.create(started_at=timezone.now())
    CollectedDocument.objects.create(
        url="https://example.org/v1/file/1", council=other, kind_text="focused visit",
        publication_date=date(2021, 4, 30), first_seen_at=timezone.now(),
    )  # fmt: skip
    run = ImportRun.objects.create(started_at=timezone.now())
    document = ImportDocument.objects.create(
        run=run, file_name="a.pdf", sha256="0" * 64, size_bytes=1, outcome="new"
    )
    assert document
    Reading.objects.create(
        inspection=inspection, source=source, fact="kind", value="short", read_at=timezone.now()
    )
    make.make_point(inspection, make.make_theme().code, source=source, text="Invented")
    actions.correct(inspection, changes={"kind": "short"}, reason="It was", by=officer)


def test_every_kind_of_fact_has_its_pages() -> None:
    models = {model for model in site.site._registry if model._meta.app_label == "inspections"}
    kept = {
        model
        for model in apps.get_app_config("inspections").get_models()
        if not model.__name__.startswith("Historical")
    }
    # Edited on the page of what they belong to.
    inline = {"CouncilAlias", "Grade", "Judgement", "Citation", "ImportProblem"}
    # Moments of versions are the site's own bookkeeping.
    inline.add("RecordMoment")
    # Drafts are written on the pages of entering; a page's version is the look's own bookkeeping.
    inline |= {"Draft", "CollectedPage"}
    inline.add("AuditEntry")  # It has a page of its own, for administrators.
    inline |= {"ActionPlan", "PlannedAction"}  # Kept on the pages of entering.
    inline.add("Batch")  # Brought and saved on the pages of entering.
    inline.add("ErrorReport")  # Answered on a page of its own.
    inline |= {"UnsentForm", "RecoveryCodes"}  # A person's own: for nobody else.
    inline |= {"News", "Subscription", "ToldTo"}  # A reader's own, and the mail's bookkeeping.
    assert {model.__name__ for model in kept - models} == inline


@pytest.mark.usefixtures("everything")
def test_list_add_change_and_history_open(admin: Client) -> None:
    for model in REGISTERED:
        fact = model._default_manager.first()
        assert fact is not None, model
        for page in ("", "?q=example", f"{fact.pk}/change/", f"{fact.pk}/history/"):
            assert admin.get(address(model, page)).status_code == 200, (model, page)
        expected = 403 if model in READ_ONLY else 200
        assert admin.get(address(model, "add/")).status_code == expected, model


@pytest.mark.usefixtures("everything")
def test_those_who_may_only_look_can_look_and_nothing_else(reader: Client) -> None:
    for model in REGISTERED:
        pk = model._default_manager.first().pk
        assert reader.get(address(model, "")).status_code == 200, model
        page = reader.get(address(model, f"{pk}/change/"))
        assert page.status_code == 200, model
        assert b'name="_save"' not in page.content, model
        assert reader.get(address(model, f"{pk}/history/")).status_code == 200, model
        assert reader.get(address(model, "add/")).status_code == 403, model
        for page, sent in ((f"{pk}/change/", {}), (f"{pk}/delete/", {"post": "yes"})):
            assert reader.post(address(model, page), sent).status_code == 403, (model, page)


@pytest.mark.usefixtures("everything")
def test_nothing_is_deleted(admin: Client) -> None:
    for model in REGISTERED:
        pk = model._default_manager.first().pk
        chosen = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        admin.post(address(model, ""), chosen)
        assert model._default_manager.filter(pk=pk).exists(), model
        answer = admin.post(address(model, f"{pk}/delete/"), {"post": "yes"})
        assert answer.status_code == 403, model


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("page", ["", "inspections/", "password_change/"])
def test_the_index_opens(page: str, admin: Client) -> None:
    answer = admin.get(f"/admin/{page}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("model", [Inspection, Visit, Council])
def test_a_list_asks_the_same_whatever_its_length(model: type, admin: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert admin.get(address(model, "")).status_code == 200
        return len(asked)

    queries()
    few = queries()
    for number in range(12):
        council = make.make_council(f"Council {number}")
        make.make_inspection(
            council, Inspection.objects.first().framework, grades={"leaders": "good"}
        )
        make.make_visit(council)
    assert queries() == few


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("bridge", ["Northbridge"]),
        ("the crossing", ["Northbridge"]),
        ("E99", ["Exampleshire", "Northbridge"]),
        ("%00", []),
        ("nowhere", []),
    ],
)
def test_a_council_is_found_by_name_alias_or_code(
    term: str, found: list[str], admin: Client, officer: User
) -> None:
    make.make_council("Exampleshire")
    other = make.make_council("Northbridge")
    CouncilAlias.objects.create(council=other, scheme="name", value="The Crossing")
    query = f"term={term}&app_label=inspections&model_name=inspection&field_name=council"
    answer = admin.get(f"/admin/autocomplete/?{query}")
    assert answer.status_code == 200
    assert [row["text"] for row in answer.json()["results"]] == found


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("model", [Inspection, Correction])
def test_a_mangled_address_of_a_list_is_no_error_of_ours(model: type, admin: Client) -> None:
    for query in (
        "?q=%00", "?status__exact=%00", "?p=abc", "?p=99999", "?o=999", "?framework__id__exact=x",
        "?publication_date__year=abc", "?nothing=1", "?e=1",
    ):  # fmt: skip
        assert admin.get(address(model, query)).status_code in {200, 302}, query


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("page", ["change", "history", "withdraw/now"])
def test_a_fact_that_is_not_there_is_no_error_of_ours(page: str, admin: Client) -> None:
    for pk in ("0", "abc", "99999999999999999999999", "%00", "1/../2"):
        assert admin.get(address(Inspection, f"{pk}/{page}/")).status_code in {302, 404}, pk


@pytest.mark.usefixtures("everything")
def test_strangers_are_asked_to_sign_in() -> None:
    answer = Client().get(address(Citation, ""))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")


def test_the_first_page_leads_to_entering_those_who_may(admin: Client, reader: Client) -> None:
    ways = [f"/admin/inspections/{kind}/add/" for kind in ("inspection", "visit", "statement")]
    page = admin.get("/admin/").content.decode()
    assert page.index("<caption>Enter</caption>") < page.index(ways[0]) < page.index("Area contin")
    assert all(way in page for way in ways)
    assert "<caption>Enter</caption>" not in reader.get("/admin/").content.decode()
