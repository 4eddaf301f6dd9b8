"""Reports of errors by readers: the staff's list, and the answer that each one gets."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tasks import task

from inspections.models import Council, ErrorReport, Inspection, Visit
from inspections.people import guard
from inspections.people.audit import Kind, write
from inspections.people.guard import needs
from inspections.people.unsent import keeps, typed

State = ErrorReport.State
SHOWN = 200


@require_safe
@needs(guard.SEE)
def reports(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first; then the last that were answered."""
    waiting = ErrorReport.objects.filter(state=State.OPEN).order_by("made_at")
    answered = ErrorReport.objects.exclude(state=State.OPEN).order_by("-answered_at")
    shown = {"waiting": waiting[:SHOWN], "count": waiting.count(), "answered": answered[:20]}
    return render(request, "entry/reports.html", shown)


@needs(guard.ENTER)
@keeps
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One report; answered by having corrected the fact, or by declining, with a reason."""
    found = get_object_or_404(ErrorReport, pk=number)
    error = ""
    if request.method == "POST" and found.state == State.OPEN:
        ways = (State.CORRECTED, State.DECLINED)
        pressed = next((way for way in ways if way in request.POST), None)
        reason = request.POST.get("answer", "").strip()[:2000]
        if pressed is None or not reason:
            error = "Say why: the reader gets it as the answer, and it stays with the report."
        else:
            _answer(request, found, pressed, reason)
            return redirect("entry:reports")
    shown = {"found": found, "error": error, "edit_url": edit_url(found.about)}
    shown["answer"] = typed(request).get("answer", "")
    return render(request, "entry/report.html", shown, status=400 if error else 200)


def _answer(request: HttpRequest, found: ErrorReport, state: str, reason: str) -> None:
    found.state, found.answer = state, reason
    found.answered_by = guard.person(request).username
    found.answered_at = timezone.now()
    address, found.email = found.email, ""
    found.save()
    request.is_told = True  # type: ignore[attr-defined]
    what = f"Answered a report of an error ({found.get_state_display().lower()}): {found}"
    write(Kind.ACTION, found.answered_by, what, request=request, path=request.path)
    if address and settings.MAIL_URL:
        send_answer.enqueue(found.pk, address)


@task
def send_answer(number: int, address: str) -> None:
    """Mails the answer to who reported; the address is kept nowhere else any more."""
    found = ErrorReport.objects.get(pk=number)
    body = (
        f"You reported an error: {settings.SITE_URL}{found.about}\n"
        f"{found.fact}\n\n{found.said}\n\n"
        f"{found.get_state_display()}. {found.answer}\n"
    )
    subject = f"Your report of an error: {found.get_state_display().lower()}"
    EmailMessage(subject, body, settings.MAIL_FROM, [address]).send()


def edit_url(about: str) -> str:
    """Where staff correct the event of a page, or find those of its council; empty where the page
    is of neither."""
    try:
        given: dict[str, Any] = resolve(urlsplit(about).path).kwargs
    except Resolver404:
        return ""
    for model in (Inspection, Visit):
        event = model.objects.filter(
            council__slug=given.get("slug"), reference=given.get("reference")
        ).first()
        if event is not None:
            return reverse("entry:correct", args=[event.council.slug, event.reference])
    council = Council.objects.filter(slug=given.get("slug")).first()
    return f"{reverse('entry:find')}?{urlencode({'q': council.short_name})}" if council else ""
