"""Two steps to a new inspection: what decides its framework, then the form of that framework."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin import widgets
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from inspections.admin.entering import frameworks_for
from inspections.admin.widgets import WholeAutocomplete
from inspections.models import Council, Framework, Inspection
from inspections.rules import consistency
from inspections.vocabulary import InspectionKind

BEGIN_WITH = ("council", "kind", "start_date", "framework")


class BeginningForm(forms.Form):
    """What decides which areas are judged: the kind and the first day, or the framework."""

    council = forms.ModelChoiceField(
        Council.objects.all(),
        required=False,
        widget=WholeAutocomplete(Inspection._meta.get_field("council"), admin.site),
    )
    kind = forms.ChoiceField(choices=[("", "---------"), *InspectionKind.choices()], required=False)
    start_date = forms.DateField(
        label="First day on site",
        required=False,
        widget=widgets.AdminDateWidget,
        help_text="The framework in force on this day says which areas are judged.",
    )
    framework = forms.ModelChoiceField(
        Framework.objects.all(),
        required=False,
        help_text="Only where the first day is not known, or two were in force on it.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        framework, start_date = cleaned.get("framework"), cleaned.get("start_date")
        today = timezone.localdate()
        if start_date and (complaint := consistency.year_complaint(start_date, today=today)):
            self.add_error("start_date", complaint)
        if self.errors or framework:
            return cleaned
        if not start_date:
            self.add_error("start_date", "Give the first day on site, or choose the framework.")
            return cleaned
        found = frameworks_for(start_date=start_date, kind=cleaned.get("kind", ""))
        if not found:
            self.add_error("start_date", f"No framework was in force on {start_date}.")
        elif len(found) > 1:
            names = " and ".join(row.short_name for row in found)
            self.add_error("framework", f"{names} were in force on {start_date}: choose.")
        else:
            cleaned["framework"] = found[0]
        return cleaned


class Begun(HttpRequest):
    """A request for the form of a new inspection: what decided which areas are judged."""

    beginning: dict[str, Any]


class WithBeginning(admin.ModelAdmin):
    """Asks for what decides the framework before the form of a new inspection."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Asks for what decides the framework first; then the form of that framework."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        given = any(name in request.GET for name in BEGIN_WITH)
        beginning = BeginningForm(request.GET if given else None)
        if not beginning.is_valid():
            return self.begin(request, beginning)
        cast(Begun, request).beginning = beginning.cleaned_data
        return super().add_view(request, form_url, extra_context)

    def begin(self, request: HttpRequest, form: BeginningForm) -> HttpResponse:
        passed_on = {name: value for name, value in request.GET.items() if name.startswith("_")}
        context = {
            **self.admin_site.each_context(request),
            "title": "Add inspection",
            "form": form,
            "opts": self.opts,
            "media": self.media + form.media,
            "passed_on": passed_on,
            "is_popup": "_popup" in request.GET,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/inspections/begin.html", context)
