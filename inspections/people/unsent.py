"""What staff have typed and not sent is kept for them: a session that ends loses nothing of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from inspections.models import UnsentForm
from inspections.models.unsent import CHOSEN, LONGEST_PATH
from inspections.people.guard import View, person

if TYPE_CHECKING:
    from django.http.request import _ImmutableQueryDict

MAINTENANCE = "/admin/"
LONGEST, MOST_EACH, KEPT_FOR = 200_000, 50, timedelta(days=30)
"""Characters of a form, forms of one person, and how long they are kept."""


def keeps(view: View | None = None, *, by_itself: bool = False) -> Any:
    """Keeps what is typed into the view's form, until sending it leads on to another page.

    `by_itself`: the view writes down whatever is sent, so that only an ended session leaves any.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            if "anew" in request.POST:
                _of(request).delete()
                return redirect(request.path)
            if "keep" in request.POST and not by_itself:
                keep(request)
                return HttpResponse(f"Kept at {timezone.localtime():%H:%M}")
            answer = view(request, *args, **kwargs)
            if by_itself or answer.status_code == 302:
                _of(request).delete()
            elif answer.status_code != 404:
                keep(request)
            return answer

        keeping.keeps = True  # type: ignore[attr-defined]
        return keeping

    return guard(view) if view else guard


def typed(request: HttpRequest) -> "_ImmutableQueryDict":
    """What the form is sent with, else what was typed into it before, else nothing."""
    if request.method == "POST":
        return request.POST
    held = _of(request).first()
    request.unsent = held  # type: ignore[attr-defined]
    return QueryDict(held.typed if held else "")


def keep(request: HttpRequest) -> None:
    given = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "keep"):
        given.pop(name, None)
    if files := [file.name or "" for _, files in request.FILES.lists() for file in files]:
        given.setlist(CHOSEN, files)  # their names: no browser lets a page choose a file
    body, now = given.urlencode(), timezone.now()
    if len(body) > LONGEST or len(request.path) > LONGEST_PATH:
        return
    own = UnsentForm.objects.filter(person=person(request))
    own.update_or_create(
        path=request.path,
        defaults={"typed": body, "kept_at": now},
        create_defaults={"person": person(request), "typed": body, "kept_at": now},
    )
    own.filter(pk__in=own.values_list("pk", flat=True)[MOST_EACH:]).delete()
    UnsentForm.objects.filter(kept_at__lt=now - KEPT_FOR).delete()


def keep_at_the_end(request: HttpRequest) -> bool:
    """Keeps what was sent after the session had ended, where the page keeps its form."""
    try:
        view: Callable[..., Any] = resolve(request.path).func
    except Resolver404:
        return False
    is_kept = request.method == "POST" and (
        getattr(view, "keeps", False) or in_maintenance(request)
    )
    csrf = CsrfViewMiddleware(_nothing)
    if not is_kept or csrf.process_view(request, _nothing, (), {}) is not None:
        return False
    keep(request)
    return True


def in_maintenance(request: HttpRequest) -> bool:
    """A form of Django's admin, which asks for no password."""
    is_secret = any("password" in name for name in request.POST)
    return request.path.startswith(MAINTENANCE) and not is_secret


def of_maintenance(request: HttpRequest) -> UnsentForm | None:
    """What was sent to this page after a session's end: a press of a button sends it again."""
    found: UnsentForm | None = _of(request).first()
    return found


def forget(request: HttpRequest) -> None:
    _of(request).delete()


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _of(request: HttpRequest) -> Any:
    return UnsentForm.objects.filter(person=person(request), path=request.path)
