"""The form by which a reader reports an error, beside the fact that it is about.

It is opened from a fact, from a part of a page, or from a page's foot. Where no fact is named yet,
it offers those that the page tells, part by part, as they stand there.
"""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from dashboard.about.page_facts import parts_of
from dashboard.http.answers import page_again
from dashboard.http.bound import BUSY, Bound
from dashboard.state.opening import opening
from inspections.models import ErrorReport

MOST_OF_A_CLIENT = 10
MOST_CHOICES = 60
"""Past so many facts a line is chosen first."""
MOST_OPEN = 1000
"""Past so many that nobody has answered no more are taken, so that nobody fills the disk."""
FULL = "So many reports wait for an answer that no more are taken now. Try again in some days."
bound = Bound(MOST_OF_A_CLIENT)


class ErrorForm(forms.ModelForm):
    class Meta:
        model = ErrorReport
        fields = ("about", "fact", "said", "where", "email")
        widgets = {
            "about": forms.HiddenInput,
            "fact": forms.HiddenInput,
            "said": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {
            "said": "What is wrong, and what should it say?",
            "where": "Where can that be checked? (optional)",
            "email": "Your e-mail address (optional)",
        }
        help_texts = {
            "where": "For example the page of Ofsted's report.",
            "email": "Only for the answer; it is deleted with it.",
        }

    def clean_about(self) -> str:
        """A page of this site; anything else is left out."""
        return own_page(self.cleaned_data["about"]) or "/"

    def clean_fact(self) -> str:
        return "".join(c for c in self.cleaned_data["fact"] if c.isprintable())


def own_page(address: str) -> str:
    """The path and query of one of the public pages; empty for any other text."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except (Resolver404, ValueError):
        return ""
    is_own = not parts.netloc and not parts.scheme and found.namespace == "dashboard"
    return address if is_own and address.isprintable() else ""


def came_from(request: HttpRequest) -> str:
    """The page of this site on which the link of the page's foot was pressed; else empty."""
    own, address = request.build_absolute_uri("/"), request.headers.get("Referer", "")
    return address.removeprefix(own.rstrip("/")) if address.startswith(own) else ""


@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends: a report for the staff's list."""
    given = request.GET
    named = given.get("about", "") or came_from(request)
    own, fact = own_page(named[:300]), given.get("fact", "")[:100]
    about = own or "/"
    form = ErrorForm(request.POST or None, initial={"about": about, "fact": fact})
    status = 200
    shown: dict[str, Any] = {}
    if request.method == "GET" and own and not fact:
        shown = _offered(request, about, given.get("part"), given.get("row", ""))
        about = shown.pop("about", about)
        form.initial["about"] = about
    if request.method == "POST":
        status = 400
        if form.is_valid():
            if ErrorReport.objects.filter(state=ErrorReport.State.OPEN).count() >= MOST_OPEN:
                form.add_error(None, FULL)
                status = 503
            elif not bound.takes(request):
                form.add_error(None, BUSY)
                status = 429
            else:
                form.instance.made_at = timezone.now()
                form.save()
                return redirect("dashboard:report-sent")
        about, fact = own_page(request.POST.get("about", "")) or "/", request.POST.get("fact", "")
    shown |= {"form": form, "about": about, "fact": fact, "contact": settings.CONTACT_EMAIL}
    return _plain(request, "errors/report.html", status, **shown)


def _offered(request: HttpRequest, about: str, key: str | None, line: str) -> dict[str, Any]:
    """The parts of the page; of one that was chosen its facts, or its lines where they are many."""
    parts = parts_of(page_again(request, about).decode())
    part = next((row for row in parts if row.key == key), None) if key is not None else None
    if part is None:
        ways = [(_link(about, row.key), row.name) for row in parts]
        return {"ways": ways, "asked": "Where on the page?"}
    about = about.partition("#")[0]
    told = {"about": f"{about}#{part.anchor}"[:300] if part.anchor else about, "part": part.name}
    rows = [row for row in part.rows if row.name == line] if line else part.rows
    if sum(len(row.facts) for row in rows) > MOST_CHOICES and len(rows) > 1:
        ways = [(_link(about, part.key, row.name), row.name) for row in rows]
        return told | {"ways": ways, "asked": "In which line?"}
    return told | {"choices": [fact for row in rows for fact in row.facts]}


def _link(about: str, part: str, row: str = "") -> str:
    given = {"about": about, "part": part, **({"row": row} if row else {})}
    return f"{reverse('dashboard:report')}?{urlencode(given)}"


@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    return _plain(request, "errors/sent.html", 200)


def _plain(request: HttpRequest, template: str, status: int, **more: Any) -> HttpResponse:
    """A page that shows no state of the record."""
    request.GET = request.GET.__class__("")
    context = opening(request).context("Report an error", **more, preview=None)
    return render(request, template, context, status=status)
