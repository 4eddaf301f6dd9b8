"""Runs and disagreements in the admin: read and settled, never edited."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from inspections.importers.disagreements import disagreements
from inspections.models import ImportRun, Inspection, Reading, Source
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(record: None) -> Client:
    client = Client()
    client.force_login(make.make_user("administrator", is_staff=True, is_superuser=True))
    return client


def reading() -> Reading:
    inspection = Inspection.objects.filter(end_date__isnull=False).first()
    return Reading.objects.create(
        source=Source.objects.first(),
        inspection=inspection,
        fact="lead_inspector",
        value="Somebody Invented",
        place="page 1",
        read_at=timezone.now(),
    )


def test_runs_can_be_read_and_not_edited(administrator: Client, tmp_path: Path) -> None:
    run = ImportRun.objects.create(started_at=timezone.now(), counts={"new": 2})
    run.documents.create(file_name="<b>odd</b>.pdf", outcome="new")
    listed = administrator.get("/admin/inspections/importrun/")
    assert "2 new" in listed.content.decode()
    page = administrator.get(f"/admin/inspections/importrun/{run.pk}/change/")
    assert "&lt;b&gt;odd&lt;/b&gt;.pdf" in page.content.decode()
    assert administrator.get("/admin/inspections/importrun/add/").status_code == 403


def test_a_document_tells_its_problems_and_changes(administrator: Client) -> None:
    run = ImportRun.objects.create(started_at=timezone.now(), counts={"left_out": 1})
    change = {"event": "an event", "fact": "kind", "old": "", "new": "short", "action": "kept"}
    document = run.documents.create(file_name="a.ods", outcome="new", changes=[change])
    for number in (1, 2):
        document.problems.create(
            severity="left out",
            place=f"sheet 'A', row {number}",
            found='"<3>"',
            expected="a grade",
            advice="Look.",
        )
    page = administrator.get(f"/admin/inspections/importrun/{run.pk}/change/").content.decode()
    assert "1 rows left out" in page
    assert "row 1: found &quot;&lt;3&gt;&quot;; expected a grade (and 1 more)" in page
    page = administrator.get(f"/admin/inspections/importdocument/{document.pk}/change/")
    assert "an event: kind: nothing → short (the record was kept)" in page.content.decode()


def test_a_settled_disagreement_is_listed_no_more(administrator: Client) -> None:
    kept = reading()
    address = "/admin/inspections/reading/?disagreement=open"
    assert "Somebody Invented" in administrator.get(address).content.decode()
    administrator.post(address, {"action": "settle", "_selected_action": [kept.pk]})
    kept.refresh_from_db()
    assert kept.settled_by.username == "administrator"
    assert disagreements() == []
