"""Many documents at once, by the worker: read and compared, then what is clean is saved and the
rest becomes drafts."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import task

from inspections.importers.drafting import new_draft
from inspections.importers.lock import ImportLockedError, import_lock
from inspections.importers.pipeline import DocumentResult, run_import
from inspections.models import Batch, Draft, ImportRun

State = Batch.State
WAIT = timedelta(minutes=1)
"""While another import or a look at Ofsted's site is running."""


def place_of(batch: Batch, name: str) -> str:
    """Where a document lies in the storage of documents."""
    return f"many/{batch.folder}/{name}"


@contextmanager
def _copied(batch: Batch) -> Iterator[Path]:
    """A folder with the documents, which may be kept elsewhere, while they are read."""
    with tempfile.TemporaryDirectory(prefix="many-", dir=settings.VAR_DIR) as folder:
        for name in batch.names:
            with (
                default_storage.open(place_of(batch, name)) as held,
                (Path(folder) / name).open("wb") as file,
            ):
                shutil.copyfileobj(held, file)
        yield Path(folder)


@task(queue_name="long")
def read_batch(number: int) -> None:
    """Reads and compares; no fact is written."""
    batch = Batch.objects.get(pk=number)
    if batch.state not in {State.WAITING, State.READING}:
        return
    try:
        with _copied(batch) as folder:
            batch.looked, _ = _run(batch, folder, State.READING, is_saving=False)
    except ImportLockedError:
        read_batch.using(run_after=timezone.now() + WAIT).enqueue(number)
        return
    _move(batch, State.READ)


@task(queue_name="long")
def save_batch(number: int) -> None:
    """Writes every document without a problem; each other PDF becomes a draft, once."""
    batch = Batch.objects.get(pk=number)
    if batch.state != State.SAVING:
        return
    with _copied(batch) as folder:
        try:
            batch.saved, results = _run(batch, folder, State.SAVING, is_saving=True)
        except ImportLockedError:
            save_batch.using(run_after=timezone.now() + WAIT).enqueue(number)
            return
        for result in results:
            if draft := _draft(batch, folder, result):
                batch.drafts.add(draft)
    _move(batch, State.SAVED)


def _run(
    batch: Batch, folder: Path, state: State, *, is_saving: bool
) -> tuple[ImportRun, list[DocumentResult]]:
    files = [folder / name for name in batch.names]
    with import_lock():
        batch.read_count = 0
        _move(batch, state)

        def progress(name: str, done: int, of: int) -> None:
            batch.read_count = done
            _move(batch, state)

        return run_import(
            files,
            is_saving=is_saving,
            leaves_out_rows=True,
            started_by=batch.made_by.username,
            progress=progress,
        )


def _move(batch: Batch, state: State) -> None:
    batch.state, batch.changed_at = state, timezone.now()
    batch.save()


def _draft(batch: Batch, folder: Path, result: DocumentResult) -> Draft | None:
    """Of a document that was refused; the one that waits already where it was brought before."""
    reading = result.plan.reading
    path = folder / reading.file
    if result.outcome != "problem" or path.suffix.lower() != ".pdf":
        return None
    held = Draft.objects.filter(sha256=reading.sha256, state__in=Draft.WAITING)
    if reading.sha256 and (waiting := held.first()):
        return waiting
    draft = new_draft(result.plan, path, origin=Draft.Origin.UPLOADED, by=batch.made_by)
    draft.save()
    return draft
