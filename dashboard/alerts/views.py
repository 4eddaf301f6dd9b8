"""Asking for mail, confirming it, changing nothing by a mere visit, and ending it."""

import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from dashboard.alerts.forms import SubscribeForm
from dashboard.alerts.letters import asked_words, confirm_letter, gather
from dashboard.alerts.tasks import tell
from dashboard.http.bound import BUSY, Bound
from dashboard.state.address import REGION, ViewState, listed, param, read_council, to_slug
from dashboard.state.lists import region_choices
from dashboard.state.opening import Opening, opening
from inspections.models import Subscription

MOST_OF_A_CLIENT = 20
MOST_OF_AN_ADDRESS = 3
"""Letters that ask for a confirmation, a day: so nobody fills another's letter box."""


@dataclass(frozen=True, kw_only=True)
class SubscribeState(ViewState):
    """What the form begins with."""

    councils: tuple[str, ...] = param(listed(read_council), default=())
    region: str | None = param(REGION, write=to_slug)


bound = Bound(MOST_OF_A_CLIENT)


@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form; sent, it makes a letter that asks for a confirmation."""
    start = opening(request, SubscribeState)
    if request.method != "POST":
        begun = {
            "councils": ", ".join(_names(start)),
            "regions": [start.state.region] if start.state.region else [],
        }
        return _page(request, start, SubscribeForm(start.now, initial=begun))
    form = SubscribeForm(start.now, request.POST)
    if not settings.MAIL_URL or not form.is_valid():
        return _page(request, start, form, status=400)
    if not bound.takes(request):
        form.add_error(None, BUSY)
        return _page(request, start, form, status=429)
    asked_for(form)
    return redirect("dashboard:subscribe-sent")


def _names(start: Opening) -> list[str]:
    found = (start.council(text)[0] for text in start.state.councils)
    return [row.short_name for row in found if row]


def _page(
    request: HttpRequest, start: Opening, form: SubscribeForm, *, status: int = 200
) -> HttpResponse:
    shown = start.context(
        "Subscribe", form=form, has_mail=bool(settings.MAIL_URL), regions=region_choices(),
        joined="~".join(start.state.councils),
    )  # fmt: skip
    return render(request, "alerts/subscribe.html", shown, status=status)


@transaction.atomic
def asked_for(form: SubscribeForm) -> Subscription | None:
    """A subscription that waits for its confirmation; None where this address has been asked
    often enough today. What the page says is the same."""
    given = form.cleaned_data
    now = timezone.now()
    asked = Subscription.objects.filter(
        email__iexact=given["email"], asked_at__gte=now - timedelta(days=1), confirmed_at=None
    )
    if asked.count() >= MOST_OF_AN_ADDRESS:
        return None
    made = Subscription.objects.create(
        email=given["email"],
        rhythm=given["rhythm"],
        asked_at=now,
        **{name: given[name] for name in ("regions", "kinds", "topics", "themes")},
    )
    made.councils.set(given["councils"])
    confirm_letter(made)
    transaction.on_commit(lambda: tell.enqueue() and None)
    return made


@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    return _answer(request, "alerts/sent.html")


@never_cache
def one(request: HttpRequest, token: str) -> HttpResponse:
    """A subscription of the one who has its address: what was asked for; confirm, or end it.

    Programs open every link in a letter, so that nothing happens but by pressing a button.
    """
    who = get_object_or_404(Subscription.objects.prefetch_related("councils"), token=token)
    if request.method == "POST" and who.confirmed_at is None:
        gather()  # what changed before is told to others only
        who.confirmed_at = timezone.now()
        who.save(update_fields=["confirmed_at"])
        return redirect("dashboard:subscription", token)
    return _answer(request, "alerts/one.html", who=who, asked=asked_words(who))


@csrf_exempt
@never_cache
def end(request: HttpRequest, token: str) -> HttpResponse:
    """One click of a mail program (RFC 8058, a POST without any cookie) or the page's button."""
    if request.method == "POST":
        Subscription.objects.filter(token=token).delete()
        return _answer(request, "alerts/ended.html")
    with contextlib.suppress(Subscription.DoesNotExist):
        Subscription.objects.get(token=token)
        return redirect("dashboard:subscription", token)
    return _answer(request, "alerts/ended.html")


def _answer(request: HttpRequest, template: str, **more: Any) -> HttpResponse:
    request.GET = request.GET.__class__("")  # nothing in these addresses is a state
    return render(request, template, opening(request).context("Subscribe", **more, preview=None))
