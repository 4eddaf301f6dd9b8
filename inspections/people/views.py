"""People: who may sign in, as what; inviting, helping and stopping them; what they did."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from inspections.models import AuditEntry, User
from inspections.people import guard, second_factor
from inspections.people.audit import Kind, write
from inspections.people.forms import InviteForm
from inspections.people.guard import needs
from inspections.people.links import INVITED, VALID_DAYS, link_for, send_link
from inspections.people.roles import (
    BY_CODE,
    ROLES,
    LastAdministratorError,
    give_role,
    role_of,
    switch,
)
from inspections.people.unsent import keeps, typed
from inspections.people.watching import guesses

A_PAGE = 100
LAST = "This is the last administrator. Make somebody else an administrator first."


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    people = User.objects.order_by("-is_active", "username").prefetch_related("groups")
    with_code = second_factor.who_has_one()
    shown = {
        "people": [(row, role_of(row), row.pk in with_code) for row in people],
        "roles": ROLES,
        "form": InviteForm(),
        "valid_days": VALID_DAYS,
        **more,
    }
    return render(request, "entry/people.html", shown, status=status)


@needs(guard.PEOPLE)
@keeps(by_itself=True)
def people(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _invite(request)
    return _page(request, form=InviteForm(initial=typed(request).dict()))


def _invite(request: HttpRequest) -> HttpResponse:
    """Makes an account without a password and shows its one-time link, once."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=400)
    made = invited(form.cleaned_data["username"], form.cleaned_data["email"], form.chosen.code)
    _tell(request, f"Invited {made.username} as {form.chosen.label.lower()}")
    if made.email and settings.MAIL_URL:
        send_link.enqueue(made.pk, INVITED)
    return _page(request, invited=made, link=link_for(made))


@transaction.atomic
def invited(username: str, email: str, role: str) -> User:
    """A new person of this role who has no password yet."""
    made = User(username=username, email=email)
    made.set_unusable_password()
    made.save()
    give_role(made, BY_CODE[role])
    return made


@needs(guard.PEOPLE)
@keeps(by_itself=True)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One person, and what an administrator can do for or about them."""
    found = get_object_or_404(User.objects.prefetch_related("groups"), pk=number)
    link = error = ""
    if request.method == "POST":
        try:
            link = _do(request, found)
        except LastAdministratorError:
            error = LAST
        if not (link or error):
            return redirect("entry:person", found.pk)
    shown = {
        "found": found,
        "role": role_of(found),
        "chosen": typed(request).get("role"),
        "roles": ROLES,
        "link": link,
        "error": error,
        "valid_days": VALID_DAYS,
        "has_code": found.pk in second_factor.who_has_one(),
        "lines": AuditEntry.objects.filter(username=found.username)[:20],
    }
    return render(request, "entry/person.html", shown, status=400 if error else 200)


def _do(request: HttpRequest, found: User) -> str:
    """What the pressed button does; a link where one has to be shown."""
    name = found.username
    if (role := BY_CODE.get(request.POST.get("role", ""))) is not None:
        give_role(found, role)
        _tell(request, f"Made {name} {role.label.lower()}")
    elif "end" in request.POST:
        found.sessions_ended += 1
        found.save(update_fields=["sessions_ended"])
        _tell(request, f"Ended the sessions of {name}")
    elif "off" in request.POST or "on" in request.POST:
        switch(found, is_active="on" in request.POST)
        _tell(request, f"Switched {name} {'on' if 'on' in request.POST else 'off'}")
    elif "factor" in request.POST:
        second_factor.reset(found)
        _tell(request, f"Reset the second factor of {name}")
    elif "link" in request.POST and found.is_active:
        _tell(request, f"Made a link for a new password of {name}")
        return link_for(found)
    return ""


def _tell(request: HttpRequest, what: str) -> None:
    request.is_told = True  # type: ignore[attr-defined]
    write(Kind.PERSON, guard.person(request).username, what, request=request, path=request.path)


@require_safe
@needs(guard.AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Every line, newest first; of one person or one kind where the address says so."""
    who, kind = request.GET.get("who", "").replace("\0", ""), request.GET.get("kind", "")
    found = AuditEntry.objects.all()
    if who:
        found = found.filter(username=who)
    if kind in Kind.values:
        found = found.filter(kind=kind)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "who": who,
        "kind": kind,
        "kinds": Kind.choices,
        "guesses": guesses(),
        "names": User.objects.order_by("username").values_list("username", flat=True),
    }
    return render(request, "entry/audit.html", shown)
