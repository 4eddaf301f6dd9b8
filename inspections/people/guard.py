"""Who may open a page of the staff's: signed in, with a role that has the right."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from inspections.models import User

View = Callable[..., HttpResponseBase]
ENTER = ("inspections.add_inspection", "inspections.add_visit")
SEE = ("inspections.view_draft",)
PLAN = ("inspections.add_plannedaction", "inspections.change_plannedaction")
SWITCH = ("inspections.change_actionplan",)
REVIEW = ("inspections.review_draft",)
SETTLE = ("inspections.change_conflict", "inspections.change_reading")
PEOPLE = ("inspections.change_user",)
COUNCILS = ("inspections.add_council", "inspections.change_council")
FRAMEWORKS = ("inspections.add_framework", "inspections.change_framework")
AUDIT = ("inspections.view_auditentry",)
STAFF: tuple[str, ...] = ()


def needs(rights: tuple[str, ...], *, to_change: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Only staff with these rights; others sign in, or are refused (403).

    `to_change`: the rights besides for whoever sends a form.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request, request.get_full_path())
            asked = rights if request.method in {"GET", "HEAD"} else (*rights, *to_change)
            if not (request.user.is_staff and request.user.has_perms(asked)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.needs = rights  # type: ignore[attr-defined]
        guarded.needs_to_change = to_change or rights  # type: ignore[attr-defined]
        return guarded

    return guard


def to_sign_in(request: HttpRequest, back: str) -> HttpResponseBase:
    """Leads to the sign-in page; a form that keeps itself is told so (401) and stays as it is."""
    if "HX-Request" in request.headers:
        return HttpResponse("Not kept: you have been signed out.", status=401)
    return redirect_to_login(back, "admin:login")


def person(request: HttpRequest) -> User:
    """Who is signed in; the pages are for staff only."""
    assert isinstance(request.user, User)  # noqa: S101 - told by the guard
    return request.user
