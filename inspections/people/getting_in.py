"""Between the password and the pages: the code, setting it up, a link, a forgotten password."""

from datetime import timedelta
from typing import Any

import django_otp
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from inspections.models import AuditEntry, User
from inspections.people import guard, second_factor, sessions
from inspections.people.audit import Kind, write
from inspections.people.forms import CodeForm, ForgottenForm, PasswordForm
from inspections.people.guard import needs
from inspections.people.links import FORGOTTEN, VALID_DAYS, send_link

HOME = reverse_lazy("entry:home")
ASKED = "Asked for a new password"
WRONG = (
    "This is not the code that the app shows now. Type the next one while it is shown, for half a "
    "minute. If it is refused too, let the phone set its clock by itself."
)
ASKED_AGAIN = timedelta(minutes=5)


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, on this site; else the staff's first page."""
    given = request.POST.get("next", request.GET.get("next", ""))
    own = url_has_allowed_host_and_scheme(
        given, {request.get_host()}, require_https=request.is_secure()
    )
    return given if own else str(HOME)


@needs(guard.STAFF)
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code of this sign-in. Each wrong one makes the next wait longer."""
    who = guard.person(request)
    if not second_factor.has_one(who):
        return redirect("entry:second_factor")
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        request.is_told = True  # type: ignore[attr-defined]
        if form.is_valid():
            device = django_otp.match_token(who, form.cleaned_data["code"])
            if device is not None:
                django_otp.login(request, device)
                request.session.cycle_key()
                write(Kind.SIGNED_IN, who.username, f"Gave a code ({device.name})", request=request)
                return redirect(_next(request))
            write(Kind.FAILED, who.username, "Wrong code", request=request)
            form.add_error("code", f"{WRONG} Or it came too soon after a wrong one: wait a little.")
    shown = {
        "form": form,
        "next": _next(request),
        "has_passkey": settings.PASSKEYS and second_factor.has_passkey(who),
    }
    return render(request, "entry/code.html", shown, status=400 if form.errors else 200)


@needs(guard.STAFF)
def confirm(request: HttpRequest) -> HttpResponse:
    """Asks for the password again. Wrong ones slow the account down as at the sign-in page."""
    who = guard.person(request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["password"]
        if authenticate(request, username=who.username, password=given) == who:
            sessions.prove(request)
            request.session.cycle_key()
            _tell(request, who, "Gave the password again")
            return redirect(_next(request))
        request.is_told = True  # type: ignore[attr-defined]
        form.add_error("password", "This is not your password.")
    shown = {"form": form, "next": _next(request)}
    return render(request, "entry/confirm.html", shown, status=400 if form.errors else 200)


@needs(guard.STAFF)
def set_up(request: HttpRequest) -> HttpResponse:
    """One's own sign-in: the app on one's phone (a picture to scan, a code to prove it), paper
    codes, passkeys, and where one is signed in. Only with a password given just now."""
    who = guard.person(request)
    has_one = second_factor.has_one(who)
    if has_one and settings.SECOND_FACTOR and not who.is_verified():  # type: ignore[attr-defined]
        return redirect("entry:code")
    if not sessions.is_proved(request):
        return sessions.to_prove(request)
    if request.method == "POST" and request.POST.keys() & {"end", "others"}:
        return _end_sessions(request, who)
    if request.method == "POST" and "passkey" in request.POST:
        if second_factor.take_away(who, request.POST["passkey"]):
            _tell(request, who, "Took a passkey away")
        return redirect(request.path)
    if request.method == "POST" and "codes" in request.POST and has_one:
        _tell(request, who, "Made new recovery codes")
        return render(request, "entry/codes.html", {"codes": second_factor.new_codes(who)})
    device = second_factor.begun(who)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["code"]):
            codes = second_factor.confirm(device)
            django_otp.login(request, device)
            _tell(request, who, "Set up a second factor")
            return render(request, "entry/codes.html", {"codes": codes})
        form.add_error("code", WRONG)
    shown = {
        "form": form,
        "has_one": has_one,
        "left": second_factor.codes_left(who),
        "picture": second_factor.picture_of(device),
        "secret": second_factor.secret_of(device),
        "is_needed": settings.SECOND_FACTOR,
        "can_passkey": settings.PASSKEYS,
        "passkeys": second_factor.passkeys_of(who),
        "has_other": second_factor.count_of(who) > 1,
        "sessions": sessions.sessions_of(who, request),
    }
    return render(request, "entry/second_factor.html", shown, status=400 if form.errors else 200)


def _end_sessions(request: HttpRequest, who: User) -> HttpResponse:
    mark = None if "others" in request.POST else request.POST["end"]
    count = sessions.end(who, request, mark)
    if count:
        _tell(request, who, f"Ended {count} of their own sessions")
    return redirect(f"{request.path}#sessions")


def _tell(request: HttpRequest, who: User, what: str) -> None:
    request.is_told = True  # type: ignore[attr-defined]
    write(Kind.PERSON, who.username, what, request=request)


@require_POST
@needs(guard.STAFF)
def stay(request: HttpRequest) -> HttpResponse:
    """Keeps the session: that it was asked for is enough."""
    request.is_told = True  # type: ignore[attr-defined]
    return redirect(_next(request))


class Welcome(PasswordResetConfirmView):
    """Whoever has the link chooses a password, once; then signs in with it."""

    template_name = "entry/welcome.html"
    success_url = reverse_lazy("admin:login")
    extra_context = {"valid_days": VALID_DAYS}

    def form_valid(self, form: "SetPasswordForm[Any]") -> HttpResponse:
        answer = super().form_valid(form)
        write(Kind.PERSON, form.user.get_username(), "Chose a password", request=self.request)
        return answer


def forgotten(request: HttpRequest) -> HttpResponse:
    """Mails a link to whoever has this address; says the same whether somebody has or not."""
    form = ForgottenForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid() and bool(settings.MAIL_URL)
    if is_sent:
        found = User.objects.filter(
            email__iexact=form.cleaned_data["email"], is_active=True, is_staff=True
        )
        for who in found:
            lately = AuditEntry.objects.filter(
                username=who.username, what=ASKED, at__gte=timezone.now() - ASKED_AGAIN
            )
            if not lately.exists():
                write(Kind.PERSON, who.username, ASKED, request=request)
                send_link.enqueue(who.pk, FORGOTTEN)
    shown = {"form": form, "is_sent": is_sent, "has_mail": bool(settings.MAIL_URL)}
    return render(request, "entry/forgotten.html", shown)
