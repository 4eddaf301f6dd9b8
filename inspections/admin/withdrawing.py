"""Withdrawing in place of deleting: one fact from its page, or several from the list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from inspections import actions
from inspections.admin.entering import person
from inspections.vocabulary import Status


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        label="Reason",
        help_text="The public corrections log shows it.",
        error_messages={"required": "Say why."},
    )
    is_another = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        label="Why it is another one",
    )

    def asks_whether_another(self) -> bool:
        """Once it has been refused as one that is on record already."""
        return actions.ANOTHER in self.data or any(
            error.code == actions.ANOTHER for error in self.non_field_errors().as_data()
        )


@dataclass(frozen=True)
class Doing:
    """What is done with chosen facts: its name in the address, its words, its action."""

    name: str
    verb: str
    done: str
    act: Callable[..., None]


WITHDRAW = Doing("withdraw", "Withdraw", "Withdrawn", actions.withdraw)
PUBLISH = Doing("publish", "Publish again", "Published again", actions.publish_again)
DOINGS = {doing.name: doing for doing in (WITHDRAW, PUBLISH)}


class WithWithdrawing(admin.ModelAdmin):
    """Adds the pages that ask for a reason, to a ModelAdmin of facts."""

    actions = ("withdraw_chosen", "publish_chosen")

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_doing"
        view = self.admin_site.admin_view(self.doing_view)
        return [path("<path:object_id>/<slug:doing>/now/", view, name=name), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found = super().get_actions(request)
        if not self.is_event:
            found.pop("publish_chosen", None)
        return found

    @property
    def is_event(self) -> bool:
        """Events are marked withdrawn and can come back; other facts go."""
        return any(field.name == "status" for field in self.opts.fields)

    @admin.action(description="Withdraw the chosen ones …", permissions=["change"])
    def withdraw_chosen(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self.ask_and_do(request, queryset, WITHDRAW)

    @admin.action(description="Publish the chosen ones again …", permissions=["change"])
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self.ask_and_do(request, queryset, PUBLISH)

    def withdrawing_of(self, request: HttpRequest, obj: Model | None) -> dict[str, str]:
        """Words and address of the link on a fact's page; empty where there is none."""
        if obj is None or not self.has_change_permission(request, obj):
            return {}
        is_withdrawn = getattr(obj, "status", "") == Status.WITHDRAWN
        doing = PUBLISH if is_withdrawn else WITHDRAW
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_doing"
        return {
            "words": doing.verb,
            "address": reverse(name, args=[obj.pk, doing.name]),
            "is_withdrawn": "yes" if is_withdrawn else "",
        }

    def doing_view(self, request: HttpRequest, object_id: str, doing: str) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None or doing not in DOINGS or (doing == PUBLISH.name and not self.is_event):
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        chosen = self.model._default_manager.filter(pk=obj.pk)
        response = self.ask_and_do(request, chosen, DOINGS[doing])
        changelist = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return response or HttpResponseRedirect(reverse(changelist))

    def named(self, facts: list[Model]) -> str:
        """The one fact, or how many of what."""
        if len(facts) == 1:
            return str(facts[0])
        return f"{len(facts)} {self.opts.verbose_name_plural}"

    def ask_and_do(
        self, request: HttpRequest, queryset: QuerySet, doing: Doing
    ) -> HttpResponse | None:
        """The page that asks for a reason; None when it is done."""
        facts = list(queryset)
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        if form.is_bound and request.POST.get("count", str(len(facts))) != str(len(facts)):
            form.add_error(
                None,
                f"You were asked about {request.POST['count']}, and by now there are "
                f"{len(facts)}: nothing is done. Look through them and confirm again.",
            )
        if form.is_valid():
            try:
                with actions.together():
                    said = {"reason": form.cleaned_data["reason"]}
                    if doing == PUBLISH:
                        said[actions.ANOTHER] = form.cleaned_data[actions.ANOTHER]
                    for fact in facts:
                        doing.act(fact, by=person(request), **said)
                        self.log_change(request, fact, f"{doing.done}.")
            except ProtectedError as refusal:
                users = sorted(map(str, refusal.protected_objects))
                form.add_error(None, f"Still in use by {len(users)} facts, such as {users[0]}.")
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                text = f"{doing.done}: {self.named(facts)}."
                self.message_user(request, text, messages.SUCCESS)
                return None
        context = {
            **self.admin_site.each_context(request),
            "title": doing.verb,
            "doing": doing,
            "facts": facts,
            "named": self.named(facts),
            "is_across": request.POST.get("select_across", ""),
            "form": form,
            "opts": self.opts,
            "media": self.media,
            "action": request.POST.get("action", ""),
            "chosen": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
            "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/inspections/doing.html", context)
