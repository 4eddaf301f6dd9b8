"""A folder of documents: brought, read by the worker, confirmed, saved by one press."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from inspections.importers.lock import import_lock
from inspections.models import Batch, Council, Draft, Inspection, Visit
from tests.importers import documents as d
from tests.importers import workbooks as w
from tests.people.conftest import person
from tests.working import work

pytestmark = pytest.mark.django_db


def bring(client: Client, *paths: Path, token: str = "t") -> Batch:
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    answer = client.post("/entry/many/", {"documents": files, "token": token})
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.get(token=token)


@pytest.fixture
def folder(tmp_path: Path) -> list[Path]:
    """A clean letter, a report that prints no day of publication, a file that is neither."""
    strange = tmp_path / "holiday.txt"
    strange.write_text("sun")
    return [d.letter(tmp_path / "letter.pdf"), d.ilacs_report(tmp_path / "report.pdf"), strange]


def test_one_press_saves_what_is_clean_and_leaves_the_rest_as_drafts(
    staff: Client, folder: list[Path]
) -> None:
    batch = bring(staff, *folder)
    address = f"/entry/many/{batch.pk}/"
    assert "Waits for the worker" in staff.get(address).content.decode()
    staff.logout()
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.read_count, batch.names) == ("read", 2, ["letter.pdf", "report.pdf"])
    assert not Visit.objects.filter(council__slug="exampleshire").exists()
    staff.force_login(batch.made_by)
    page = staff.get(address).content.decode()
    assert "Save 1 and leave 1 as draft" in page
    assert "<td>First day on site</td>" in page
    for _ in range(2):
        staff.post(address, {"save": "1"})
    assert work() == 1
    assert Visit.objects.filter(council__slug="exampleshire").count() == 1
    draft = Draft.objects.get()
    assert (draft.file_name, draft.council.slug) == ("report.pdf", "exampleshire")
    assert f'href="/entry/{draft.pk}/"' in staff.get(address).content.decode()


def test_documents_may_be_kept_by_another_storage(
    staff: Client, folder: list[Path], settings: object
) -> None:
    memory = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    settings.STORAGES = settings.STORAGES | memory  # type: ignore[attr-defined]
    batch = bring(staff, *folder)
    work()
    staff.post(f"/entry/many/{batch.pk}/", {"save": "1"})
    assert work() == 1
    document = staff.get(f"/entry/{Draft.objects.get().pk}/document.pdf")
    assert b"".join(document.streaming_content) == folder[1].read_bytes()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))  # type: ignore[attr-defined]


def test_a_batch_sent_twice_is_one(staff: Client, folder: list[Path]) -> None:
    assert bring(staff, *folder) == bring(staff, *folder)
    assert work() == 1


def test_names_lead_out_of_no_folder_and_two_of_one_name_stay_two(
    staff: Client, folder: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    twin = Path(shutil.copy(folder[1], tmp_path / "other" / "letter.pdf"))
    batch = bring(staff, folder[0], twin)
    assert batch.names == ["letter.pdf", "2-letter.pdf"]
    evil = SimpleUploadedFile("x.pdf", b"%PDF", "application/pdf")
    evil._name = "../../evil.pdf"
    staff.post("/entry/many/", {"documents": [evil], "token": "e"})
    assert Batch.objects.get(token="e").names == ["evil.pdf"]


def test_it_waits_while_an_import_runs(staff: Client, folder: list[Path]) -> None:
    batch = bring(staff, folder[0])
    with import_lock():
        work()
    batch.refresh_from_db()
    assert batch.state == "waiting"
    work()
    batch.refresh_from_db()
    assert batch.state == "read"


def test_nothing_to_read_says_so(staff: Client, folder: list[Path]) -> None:
    files = [SimpleUploadedFile("holiday.txt", b"sun")]
    answer = staff.post("/entry/many/", {"documents": files, "token": "t"})
    assert (answer.status_code, Batch.objects.count()) == (400, 0)
    assert "Found no PDF and no workbook" in answer.content.decode()


def test_an_editor_brings_and_a_reviewer_saves(folder: list[Path], council: Council) -> None:
    editor = Client()
    editor.force_login(person("ed", "editor"))
    batch = bring(editor, folder[0])
    work()
    editor.post(f"/entry/many/{batch.pk}/", {"save": "1"})
    batch.refresh_from_db()
    assert batch.state == "read"
    assert "A reviewer saves them" in editor.get(f"/entry/many/{batch.pk}/").content.decode()


@pytest.mark.parametrize("state", ["reading", "saving"])
def test_what_a_killed_worker_left_is_begun_again(
    staff: Client, folder: list[Path], state: str
) -> None:
    batch = bring(staff, *folder)
    address = f"/entry/many/{batch.pk}/"
    DBTaskResult.objects.all().delete()  # the worker took it, and was killed
    changed = timezone.now() - timedelta(minutes=4)
    Batch.objects.update(state=state, changed_at=changed)
    assert "Begin again" not in staff.get(address).content.decode()
    staff.post(address, {"again": "1"})
    assert work() == 0
    Batch.objects.update(changed_at=changed - timedelta(minutes=2))
    assert "Begin again" in staff.get(address).content.decode()
    for _ in range(2):
        staff.post(address, {"again": "1"})
    assert work() == 1
    batch.refresh_from_db()
    assert batch.state == {"reading": "read", "saving": "saved"}[state]
    saved = Visit.objects.filter(council__slug="exampleshire").count()
    assert saved == (1 if state == "saving" else 0)


def test_a_workbook_brought_in_the_browser_changes_what_a_newer_list_says(
    staff: Client, tmp_path: Path
) -> None:
    rows = [list(row) for row in w.HISTORY_2025]
    rows[0], rows[3][8] = ["Local authority inspection history as at 31 March 2027"], "Outstanding"
    del rows[2]
    report = d.ilacs_report(tmp_path / "exampleshire_2024-07-23.pdf")
    book = w.write_xlsx(tmp_path / "outcomes.xlsx", {"ILACS_inspection_history": rows})
    for path in (report, book):
        address = f"/entry/many/{bring(staff, path, token=path.stem).pk}/"
        work()
        page = staff.get(address).content.decode()
        assert "Save 1 and leave 0 as drafts" in page
        staff.post(address, {"save": "1"})
        assert work() == 1
    assert "<td>Overall</td>" in page
    held = Inspection.objects.get(council__slug="exampleshire").judgements
    assert held.get(area__is_overall=True).grade.code == "outstanding"
