"""The pages of entering: one box, a draft, a last look, publishing."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from inspections import actions
from inspections.entry import keeping, themes
from inspections.entry.days import typed_moment
from inspections.entry.forms import EntryForm, council_called, council_names, no_council_called
from inspections.entry.keeping import differences, keep_waiting, stamp_of, told_of
from inspections.entry.publishing import (
    Check,
    check,
    ofsteds_hosts,
    public_page,
    publish_whole,
    to_come,
    undo,
)
from inspections.importers.collect.guest import Guest, NotGivenError
from inspections.importers.collect.now import waits
from inspections.importers.disagreements import disagreements
from inspections.importers.drafting import new_draft, read_one
from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.models import CollectRun, Conflict, Draft, ErrorReport, Inspection, User, Visit
from inspections.people.guard import ENTER, REVIEW, SEE, needs, person
from inspections.people.unsent import keeps, typed
from inspections.vocabulary import Checked, Confidence, Status

FARTHEST = timedelta(days=366)  # ahead, at which a draft may be set to appear

MOST_DRAFTS = 100  # on the first page, unless all are asked for
MOST_POINTS = 20
USUAL_HOUR = "9:30"
"""Ofsted's site shows new reports in the morning."""


for_staff = needs(ENTER)
_person = person


@needs(SEE, to_change=ENTER)
@keeps(by_itself=True)
def home(request: HttpRequest) -> HttpResponse:
    """The one box, which begins a draft, and what waits."""
    if request.method == "POST":
        return _new(request)
    given = typed(request)
    is_visit = given.get("event") == "visit"
    shown = _home(what=given.get("what", ""), is_visit=is_visit, is_whole="all" in request.GET)
    return render(request, "entry/home.html", shown)


def _home(*, is_whole: bool = False, **more: Any) -> dict[str, Any]:
    waiting = Draft.objects.filter(state__in=Draft.WAITING).select_related("council", "made_by")
    waiting = waiting.order_by("-state", "-changed_at", "-pk")  # scheduled, in review, draft
    count = waiting.count()
    return {
        "drafts": waiting if is_whole else waiting[:MOST_DRAFTS],
        "more_drafts": 0 if is_whole or count <= MOST_DRAFTS else count,
        "token": uuid4().hex,
        "conflicts": Conflict.objects.filter(outcome=Conflict.Outcome.OPEN).count()
        + len(disagreements()),
        "look": CollectRun.objects.first(),
        "look_waits": waits(),
        "reports": ErrorReport.objects.filter(state=ErrorReport.State.OPEN).count(),
        "undecided": themes.undecided()[:MOST_POINTS],
        "unconfirmed": [
            *Inspection.objects.public().filter(checked=Checked.MACHINE).select_related("council"),
            *Visit.objects.public().filter(confidence=Confidence.MACHINE).select_related("council"),
        ],
        "published": Draft.objects.filter(state__in=Draft.DONE)
        .select_related("council", "inspection__council", "visit__council")[:5],
        "names": council_names(),
        **more,
    }  # fmt: skip


def _new(request: HttpRequest) -> HttpResponse:
    """Begins a draft from a document, an address of Ofsted's, or a council's name.

    The form's token makes one draft, however often its button is pressed.
    """
    token = request.POST.get("token", "")[:32] or None
    if token and (begun := Draft.objects.filter(token=token).first()):
        return redirect("entry:draft", begun.pk)
    text = _as_address(request.POST.get("what", "").strip())
    upload = request.FILES.get("document")
    is_visit = request.POST.get("event") == "visit"
    if isinstance(upload, UploadedFile):
        return _from_upload(request, upload, token)
    if text.startswith(("http://", "https://")):
        return _from_address(request, text, token)
    council = council_called(text)
    if council is None:
        error = no_council_called(text) if text else "Give a document, an address or a name."
        shown = _home(error=error, what=text, is_visit=is_visit)
        return render(request, "entry/home.html", shown, status=400)
    now = timezone.now()
    draft = Draft(
        council=council, is_visit=is_visit, made_by=_person(request), changed_by=_person(request),
        made_at=now, changed_at=now,
    )  # fmt: skip
    return _begin(draft, token)


def _as_address(text: str) -> str:
    """An address of Ofsted's as it is asked for, however it was typed; anything else as it is."""
    scheme, _, rest = text.rpartition("://")
    host, slash, path = rest.partition("/")
    if scheme.lower() in {"", "http", "https"} and host.lower() in ofsteds_hosts():
        return f"https://{host.lower()}{slash}{path}"
    return text


def _begin(draft: Draft, token: str | None) -> HttpResponse:
    """Keeps the new draft; where the same form has begun one in the same moment, that one."""
    draft.token = token
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        same = Q(token=token) | Q(document_url=draft.document_url, state__in=Draft.WAITING)
        draft = get_object_or_404(Draft, same & ~Q(token=None, document_url=""))
    return redirect("entry:draft", draft.pk)


def _from_upload(request: HttpRequest, upload: UploadedFile, token: str | None) -> HttpResponse:
    if (upload.size or 0) > DEFAULT_LIMITS.pdf_bytes:
        error = f"{upload.name}: found {(upload.size or 0) / 1e6:.0f} MB, expected at most 30 MB."
        return render(request, "entry/home.html", _home(error=error), status=400)
    with tempfile.TemporaryDirectory(prefix="entry-") as folder:
        path = Path(folder) / "document.pdf"
        with path.open("wb") as stream:
            stream.writelines(upload.chunks())
        return _read(request, path, name=upload.name or "document.pdf", token=token)


def _from_address(request: HttpRequest, url: str, token: str | None) -> HttpResponse:
    held = Draft.objects.filter(document_url=url, state__in=Draft.WAITING).first()
    if held:
        return redirect("entry:draft", held.pk)
    guest = Guest(settings.CONTACT_EMAIL, ofsteds_hosts(), pause=0, seconds=20)
    try:
        given = guest.get(url, most_bytes=DEFAULT_LIMITS.pdf_bytes)
    except NotGivenError as error:
        told = f"{url}: found {error.found}, expected Ofsted's document. Upload the file instead."
        return render(request, "entry/home.html", _home(error=told, what=url), status=400)
    finally:
        guest.close()
    with tempfile.TemporaryDirectory(prefix="entry-") as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(given.content or b"")
        return _read(request, path, name=url.rpartition("/")[2] + ".pdf", url=url, token=token)


def _read(
    request: HttpRequest, path: Path, *, name: str, token: str | None, url: str = ""
) -> HttpResponse:
    plan = read_one(path, name, None, timezone.localdate())
    held = (
        Draft.objects.filter(sha256=plan.reading.sha256, state__in=Draft.WAITING)
        .exclude(sha256="")
        .first()
    )
    if held:
        return redirect("entry:draft", held.pk)
    draft = new_draft(plan, path, origin=Draft.Origin.UPLOADED, url=url, by=_person(request))
    return _begin(draft, token)


@needs(SEE, to_change=ENTER)
@keeps(by_itself=True)
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """The form. Saving goes to the last look; choosing a day or keeping stays here."""
    found = _draft(number)
    if found.state not in Draft.WAITING:
        return redirect("entry:done", found.pk)
    form = EntryForm(found)
    if "discard" in request.POST:
        return _discard(found)
    stamp, held, before = stamp_of(found), told_of(found), keeping.content_of(found)
    if given := typed(request):
        form.take(given)
    seen = given.get("seen", stamp)
    if request.method == "POST" and seen != stamp:
        if "keep" in request.POST:
            return HttpResponse(
                f"Not kept: {found.changed_by} changed it too. Save it to see what."
            )
        theirs = differences(held, told_of(found))
        shown = _shown(request, EntryForm(found, _not_understood(found)), stamp)
        return render(request, "entry/draft.html", {**shown, "theirs": theirs}, status=409)
    if request.method == "POST":
        if "turn" in request.POST:
            keeping.turn(found)
        if keeping.content_of(found) != before:  # who only looks at it has not changed it
            found.changed_by, found.changed_at = _person(request), timezone.now()
            found.state = Draft.State.DRAFT
        try:
            is_kept = keep_waiting(found)
        except IntegrityError:
            form.errors = {"document_url": ["Another draft is of this document."]}
        else:
            if "keep" in request.POST:
                kept = {"draft": is_kept and found, "form": EntryForm(found),
                        "has_other_points": form.shows_other_points}  # fmt: skip
                return render(request, "entry/_kept.html", kept)
            if not is_kept:
                return redirect("entry:done", found.pk)
            if "check" in request.POST and not found.typed:
                return redirect("entry:check", found.pk)
            seen = stamp_of(found)
        form = EntryForm(found, form.errors or _not_understood(found))
    return render(request, "entry/draft.html", _shown(request, form, seen))


def _shown(request: HttpRequest, form: EntryForm, seen: str) -> dict[str, Any]:
    """`seen`: as of when the person knows the draft."""
    draft, may_change = form.draft, _person(request).has_perms(ENTER)
    waiting = Draft.objects.filter(council=draft.council_id or 0, state__in=Draft.WAITING)
    return {
        "draft": draft, "form": form, "may_change": may_change, "seen": seen,
        "others": waiting.exclude(pk=draft.pk)[:5],
    }  # fmt: skip


def _not_understood(found: Draft) -> dict[str, list[str]]:
    expected = {
        "council": "expected the name of one council",
        "document_url": "expected an address that begins https://",
    }
    day = "expected a day, such as 27 November 2026"
    number = "expected a whole number"
    return {
        name: [f'"{text}": {expected.get(name, day if name.endswith("_date") else number)}.']
        for name, text in found.typed.items()
    }


@for_staff
@keeps
def last_look(request: HttpRequest, number: int) -> HttpResponse:
    """Everything as readers will see it, and every finding, before anything is public."""
    found = _draft(number)
    if found.state not in Draft.WAITING:
        return redirect("entry:done", found.pk)
    if "discard" in request.POST:
        return _discard(found)
    if given := typed(request):
        found.reasons = {
            name.removeprefix("reason:"): text.strip()[:250]
            for name, text in given.dict().items()
            if name.startswith("reason:") and isinstance(text, str) and text.strip()
        }
        found.is_another = given.get("is_another", "").strip()[:250]
    if request.method == "POST" and not keep_waiting(found, "reasons", "is_another"):
        return redirect("entry:done", found.pk)
    error = ""
    if "publish" in request.POST and not _needs_review(request, found):
        error = publish_whole(found, by=_person(request))
        if not error:
            return redirect("entry:done", found.pk)
    looked = check(found, by=_person(request))
    if looked.errors:
        form = EntryForm(found, looked.errors)
        return render(
            request, "entry/draft.html", _shown(request, form, stamp_of(found)), status=400
        )
    if request.method == "POST" and not error:
        error, answer = _decide(request, found, looked)
        if answer is not None:
            return answer
    shown = {
        "draft": found,
        "looked": looked,
        "page": mark_safe(looked.page),  # noqa: S308 - what the public view made
        "error": error,
        "themes": themes.told(themes.themed(found)),
        "hour": USUAL_HOUR,
        "to_come": to_come(found),
        "needs_review": _needs_review(request, found),
        "findings": [(row, found.reasons.get(row.rule, "")) for row in looked.unusual],
    }
    return render(request, "entry/check.html", shown, status=400 if error else 200)


def _discard(found: Draft) -> HttpResponse:
    """Whatever is wrong with it."""
    found.state, found.changed_at = Draft.State.DISCARDED, timezone.now()
    is_gone = keep_waiting(found, "state", "changed_at")
    return redirect("entry:home") if is_gone else redirect("entry:done", found.pk)


def _needs_review(request: HttpRequest, found: Draft) -> bool:
    """Does another person, who may, have to look at it first?"""
    who = _person(request)
    is_other = found.changed_by != who and who.has_perms(REVIEW)
    return bool(settings.ENTRY_NEEDS_REVIEW and not is_other)


def _decide(request: HttpRequest, found: Draft, looked: Check) -> tuple[str, HttpResponse | None]:
    """What the pressed button does; or why it does nothing."""
    if looked.same:
        return "This is on record already. If it is another one, say why.", None
    if looked.lacks_reason(found.reasons):
        return "Say why each of these is right, or go back and change it.", None
    if "review" in request.POST:
        found.state = Draft.State.IN_REVIEW
        keep_waiting(found, "state")
        return "", redirect("entry:home")
    if _needs_review(request, found):
        return "Somebody else has to look at it before it is published.", None
    if "schedule" in request.POST:
        moment = typed_moment(request.POST.get("day", ""), request.POST.get("hour", ""))
        now = timezone.now()
        if moment is None or not now < moment < now + FARTHEST:
            return (
                "Give a day and an hour to come, within a year, such as 27 November 2026 and 9:30."
            ), None
        found.state, found.scheduled_at = Draft.State.SCHEDULED, moment
        keep_waiting(found, "state", "scheduled_at")
        return "", redirect("entry:home")
    return "", None


@needs(SEE, to_change=ENTER)
@keeps(by_itself=True)
def done(request: HttpRequest, number: int) -> HttpResponse:
    """The page as readers have it now, with the ways back above it: a reason takes it off the
    public pages, or puts it there again."""
    found = get_object_or_404(Draft.objects.select_related("council"), pk=number)
    event = found.inspection or found.visit
    if event is None:
        return redirect("entry:draft", found.pk)
    reason, error = typed(request).get("reason", "").strip()[:250], ""
    if request.method == "POST" and not (error := _put(found, event, reason, _person(request))):
        return redirect("entry:done", found.pk)
    is_public = event.status == Status.PUBLISHED
    page = mark_safe(public_page(event)) if is_public else ""  # noqa: S308 - as above
    shown = {"draft": found, "event": event, "page": page, "reason": reason, "error": error}
    return render(request, "entry/done.html", shown, status=400 if error else 200)


def _put(found: Draft, event: Inspection | Visit, reason: str, by: User) -> str:
    """Takes the event off the public pages, or puts it back; or says why not."""
    if not reason:
        return "Say why: readers will see the reason."
    does = actions.withdraw if found.state == Draft.State.PUBLISHED else actions.publish_again
    try:
        does(event, reason=reason, by=by)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@require_POST
@for_staff
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    found = _draft(number)
    if found.state == Draft.State.PUBLISHED:
        undo(found, by=_person(request))
    return redirect("entry:draft", found.pk)


@require_safe
@needs(SEE)
def document(request: HttpRequest, number: int) -> HttpResponseBase:
    """The document that the draft was read from."""
    found = get_object_or_404(Draft, pk=number)
    if not found.document:
        raise Http404(str(number))
    try:
        stream = found.document.open()
    except FileNotFoundError as error:
        raise Http404(str(number)) from error
    return FileResponse(stream, content_type="application/pdf", filename=found.file_name)


def _draft(number: int) -> Draft:
    """One that nobody threw away."""
    drafts = Draft.objects.select_related("council").exclude(state=Draft.State.DISCARDED)
    return get_object_or_404(drafts, pk=number)
