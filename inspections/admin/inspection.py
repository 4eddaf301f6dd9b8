"""Inspections: first what decides the framework, then the form with that framework's areas."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from inspections import actions
from inspections.admin.beginning import Begun, WithBeginning
from inspections.admin.entering import person
from inspections.admin.fact import FactAdmin
from inspections.admin.forms import EventForm, FactForm
from inspections.admin.point import PointInline, remark_on_points
from inspections.admin.widgets import NamedFormSet, WholeAutocomplete
from inspections.models import (
    Citation,
    Framework,
    Grade,
    ImprovementPoint,
    Inspection,
    Judgement,
    JudgementArea,
)
from inspections.questions.checks import findings_about
from inspections.store import current_record


class InspectionForm(EventForm):
    """The inspection with a grade and a note for each area of its framework.

    `areas` are the framework's, in the order of printing; `framework` is set on a new one.
    """

    areas: tuple[JudgementArea, ...] = ()
    framework: Framework | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.framework is not None:
            self.instance.framework = self.framework
        held = {}
        if self.instance.pk:
            held = {row.area_id: row for row in self.instance.judgements.all()}
        for area in self.areas:
            if area.pk in held and f"grade_{area.pk}" in self.fields:
                self.fields[f"grade_{area.pk}"].initial = held[area.pk].grade_id
                self.fields[f"note_{area.pk}"].initial = held[area.pk].note

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        graded = [area for area in self.areas if cleaned.get(f"grade_{area.pk}")]
        if self.areas and not graded and not self.errors:
            first = self.areas[0]
            self.add_error(
                f"grade_{first.pk}",
                "Give at least one grade: an event without grades is a visit.",
            )
        for area in self.areas:
            if cleaned.get(f"note_{area.pk}") and area not in graded:
                self.add_error(f"note_{area.pk}", "A note needs a grade.")
        return cleaned


class CitationFormSet(NamedFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [row.cleaned_data for row in self.forms if row.is_valid()]
        cited = [row["source"] for row in kept if row.get("source") and not row.get("DELETE")]
        if len(set(cited)) < len(cited):
            raise ValidationError("Cite a source once: put both places into one line.")


class CitationInline(admin.TabularInline):
    model = Citation
    formset = CitationFormSet
    extra = 1
    fields = ("source", "place")
    autocomplete_fields = ("source",)
    verbose_name_plural = "Sources"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "source":
            kwargs["widget"] = WholeAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Inspection)
class InspectionAdmin(WithBeginning, FactAdmin):
    form = InspectionForm
    inlines = (PointInline, CitationInline)
    related_facts = (
        (Judgement, "inspection"),
        (Citation, "inspection"),
        (ImprovementPoint, "inspection"),
    )
    autocomplete_fields = ("council",)
    readonly_fields = ("framework",)
    fixed_after_entry = ("council", "reference", "checked")
    list_display = (
        "council", "kind", "framework", "start_date", "publication_date", "judged", "status",
    )  # fmt: skip
    list_display_links = ("council", "kind")
    list_filter = ("status", "framework", "kind", "checked")
    list_select_related = ("council", "framework")
    search_fields = ("council__short_name", "council__name", "council__aliases__value", "reference")
    search_help_text = "A council's name, former name or code; an address such as 2026-04-27."
    date_hierarchy = "publication_date"
    ordering = ("-publication_date", "council__short_name")

    @admin.display(description="Judged")
    def judged(self, inspection: Inspection) -> str:
        """The letters in the order of printing."""
        rows = sorted(inspection.judgements.all(), key=lambda row: row.area.order)
        return " ".join(row.grade.letter for row in rows)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super().get_queryset(request).prefetch_related("judgements__area", "judgements__grade")
        )

    # The form of a framework

    def get_fieldsets(self, request: HttpRequest, obj: Inspection | None = None) -> list:
        event = ["council", "kind", "framework", ("start_date", "end_date"), "has_two_periods"]
        report = ["publication_date", "lead_inspector", "improvement_points", "report_url", "notes"]
        if obj:
            event.insert(1, "reference")
            report.append("checked")
        judged = [(f"grade_{area.pk}", f"note_{area.pk}") for area in self.areas_of(request, obj)]
        why = super().get_fieldsets(request, obj)[1:] if self.may_write(request, obj) else []
        shown = [(None, {"fields": event}), ("Report", {"fields": report})]
        if self.may_write(request, obj):
            help_text = "An area that was not judged stays empty."
            shown.append(("Judgements", {"fields": judged, "description": help_text}))
        else:
            shown.append(("Judgements", {"fields": ["judged"]}))
        return [*shown, *why]

    def get_readonly_fields(self, request: HttpRequest, obj: Inspection | None = None) -> list[str]:
        shown = [] if self.may_write(request, obj) else ["judged"]
        return [*super().get_readonly_fields(request, obj), *shown]

    def areas_of(self, request: HttpRequest, obj: Inspection | None) -> tuple[JudgementArea, ...]:
        framework = obj.framework if obj else cast(Begun, request).beginning["framework"]
        return tuple(framework.areas.order_by("order"))

    def get_form(
        self,
        request: HttpRequest,
        obj: Inspection | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[FactForm]:
        areas = self.areas_of(request, obj)
        framework = obj.framework if obj else cast(Begun, request).beginning["framework"]
        grades = Grade.objects.filter(scale=framework.scale_id).order_by("order")
        judged: dict[str, Any] = {"areas": areas, "framework": None if obj else framework}
        for area in areas:
            judged[f"grade_{area.pk}"] = forms.ModelChoiceField(
                grades, required=False, label=area.official_name, empty_label="Not judged"
            )
            judged[f"note_{area.pk}"] = forms.CharField(
                max_length=Judgement._meta.get_field("note").max_length,
                required=False,
                label="Note",
                widget=widgets.AdminTextInputWidget,
            )
        return super().get_form(
            request, obj, change, **{**kwargs, "form": type("InspectionForm", (self.form,), judged)}
        )

    # Saving

    def save_related(
        self,
        request: HttpRequest,
        form: InspectionForm,
        formsets: Iterable[forms.BaseInlineFormSet],
        change: bool,
    ) -> None:
        is_new, reason = not change, form.cleaned_data["reason"]
        save_judgements(form, is_new=is_new, reason=reason, by=person(request))
        super().save_related(request, form, formsets, change)

    def remark_on(self, request: HttpRequest, saved: Inspection) -> None:
        warn_of_broken_rules(self, request, saved)
        remark_on_points(self, request, saved)


def save_judgements(form: InspectionForm, *, is_new: bool, reason: str, by: Any) -> None:
    """Records, corrects or withdraws the judgement of each area."""
    inspection = form.instance
    held = {row.area_id: row for row in inspection.judgements.all()}
    for area in form.areas:
        grade = form.cleaned_data[f"grade_{area.pk}"]
        note = form.cleaned_data[f"note_{area.pk}"]
        judgement = held.get(area.pk)
        if judgement is None and grade:
            new = Judgement(inspection=inspection, area=area, grade=grade, note=note)
            actions.record(new, by=by, reason=reason, comes_with_event=is_new)
        elif judgement and grade:
            changes = {"grade": grade, "note": note}
            actions.correct(judgement, changes=changes, reason=reason, by=by)
        elif judgement:
            actions.withdraw(judgement, reason=reason, by=by)


def warn_of_broken_rules(page: admin.ModelAdmin, request: HttpRequest, fact: Any) -> None:
    """Says what check_record will say of it: not forbidden, but worth a second look."""
    record = current_record()
    for finding in findings_about(
        record, fact.council.slug, fact.reference, today=timezone.localdate()
    ):
        page.message_user(request, f"Worth a second look: {finding.sentence}.", messages.WARNING)
