"""Many documents at once: they are brought, read by the worker, shown, and saved by one press."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from inspections.importers.batches import place_of, read_batch, save_batch
from inspections.importers.pipeline import SUFFIXES
from inspections.models import Batch
from inspections.people.guard import ENTER, REVIEW, needs, person
from inspections.people.unsent import keeps, typed

State = Batch.State
MOST_FILES = 500


@needs(ENTER)
@keeps(by_itself=True)
def many(request: HttpRequest) -> HttpResponse:
    """The form, and the batches before."""
    shown: dict[str, Any] = {"token": uuid4().hex, "most": MOST_FILES}
    if request.method == "POST":
        error, batch = _bring(request)
        if batch:
            return redirect("entry:batch", batch.pk)
        shown["error"] = error
    typed(request)
    shown["batches"] = Batch.objects.exclude(state=State.DISCARDED).select_related("made_by")[:20]
    return render(request, "entry/many.html", shown, status=400 if "error" in shown else 200)


def _bring(request: HttpRequest) -> tuple[str, Batch | None]:
    token = request.POST.get("token", "")
    if not re.fullmatch(r"[\w-]{1,32}", token, re.ASCII):
        token = uuid4().hex
    if begun := Batch.objects.filter(token=token).first():
        return "", begun
    given = [row for row in request.FILES.getlist("documents") if isinstance(row, UploadedFile)]
    known = [row for row in given if Path(row.name or "").suffix.lower() in SUFFIXES]
    if not known:
        return "Found no PDF and no workbook (.xlsx, .ods) among the files.", None
    if len(known) > MOST_FILES:
        return f"Found {len(known)} files, expected at most {MOST_FILES} at once.", None
    now, who = timezone.now(), person(request)
    batch = Batch(token=token, folder=token, made_by=who, made_at=now, changed_at=now)
    for upload in known:
        name = _free_name(upload.name or "", batch.names)
        default_storage.save(place_of(batch, name), upload)
        batch.names.append(name)
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError:  # the same form, sent in the same moment
        return "", get_object_or_404(Batch, token=token)
    read_batch.enqueue(batch.pk)
    return "", batch


def _free_name(name: str, taken: list[str]) -> str:
    """The file's own name without folders; a second of the same name has a number before it."""
    plain = re.sub(r"[^\w.() -]", "_", Path(name.replace("\\", "/")).name)[-150:].lstrip(".")
    number, found = 2, plain
    while found in taken:
        number, found = number + 1, f"{number}-{plain}"
    return found


@needs(ENTER)
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is; the difference; one press saves what is clean and leaves drafts."""
    found = get_object_or_404(Batch.objects.exclude(state=State.DISCARDED), pk=number)
    may_save = person(request).has_perms(REVIEW)
    if request.method == "POST":
        return _decide(request, found, may_save=may_save)
    run = found.saved or found.looked
    documents = list(run.documents.prefetch_related("problems")) if run else []
    shown = {
        "batch": found,
        "clean": [row for row in documents if row.outcome in {"new", "changed"}],
        "same": [row for row in documents if row.outcome == "unchanged"],
        "faulty": [row for row in documents if row.outcome == "problem"],
        "may_save": may_save,
    }
    part = "entry/_batch.html" if "HX-Request" in request.headers else "entry/batch.html"
    return render(request, part, shown)


def _decide(request: HttpRequest, found: Batch, *, may_save: bool) -> HttpResponse:
    """Each press counts once: only the first moves the batch on."""
    now = timezone.now()
    read = Batch.objects.filter(pk=found.pk, state=State.READ)
    if "save" in request.POST and may_save and read.update(state=State.SAVING, changed_at=now):
        save_batch.enqueue(found.pk)
    if "again" in request.POST and found.is_stalled:
        same = Batch.objects.filter(pk=found.pk, changed_at=found.changed_at)
        if same.update(changed_at=now):
            (save_batch if found.state == State.SAVING else read_batch).enqueue(found.pk)
    if "discard" in request.POST and read.update(state=State.DISCARDED, changed_at=now):
        return redirect("entry:many")
    return redirect("entry:batch", found.pk)
