"""What every fact's pages share: saving by actions, a reason, and two people at once.

The form is checked first, so that each complaint stands beside its field. What only shows
when an action writes (a rule across rows, a change by somebody else since the page was
opened) undoes the write and comes back to the same form, with everything that was typed.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Max, Model, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin
from simple_history.utils import get_history_manager_for_model

from inspections import actions
from inspections.admin.entering import person
from inspections.admin.forms import WHY, FactForm, OnRecordError
from inspections.admin.history import WithHistory
from inspections.admin.lists import WithCheckedAddress
from inspections.admin.widgets import WholeAutocomplete
from inspections.admin.withdrawing import WithWithdrawing

log = logging.getLogger(__name__)


class ChangedSinceError(ValidationError):
    """Somebody else has changed the fact since the page was opened."""


class Try(HttpRequest):
    """A request on its way through these pages: what an action said to it, what it has saved."""

    refusal: ValidationError
    saved: Model


class FactAdmin(WithCheckedAddress, WithHistory, WithWithdrawing, SimpleHistoryAdmin):
    """Pages of one kind of fact. Nothing is deleted here: it is withdrawn, with a reason."""

    form = FactForm
    change_form_template = "admin/inspections/change_form.html"
    object_history_template = "admin/inspections/history.html"
    object_history_list_template = "admin/inspections/history_list.html"
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
    fixed_after_entry: Sequence[str] = ()
    """Fields that can be chosen for a new fact and not changed afterwards."""
    related_facts: Sequence[tuple[type[Model], str]] = ()
    """Facts edited on the same page: model and its field for this one."""

    # What the pages offer

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        fieldsets = [*super().get_fieldsets(request, obj)]
        if self.may_write(request, obj):
            is_asked = actions.ANOTHER in request.POST or isinstance(
                getattr(request, "refusal", None), OnRecordError
            )
            fields = (*WHY, actions.ANOTHER) if is_asked and self.is_event else WHY
            fieldsets.append(("Why", {"fields": fields}))
        return fieldsets

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        why = {*WHY, actions.ANOTHER}
        return [name for name in super().get_fields(request, obj) if name not in why]

    def may_write(self, request: HttpRequest, obj: Model | None) -> bool:
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = self.fixed_after_entry if obj else ()
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        # PostgreSQL refuses text with a NUL; nothing contains one.
        if "\0" in search_term:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = WholeAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[FactForm]:
        form = super().get_form(request, obj, change, **kwargs)
        state = {
            "refusal": getattr(request, "refusal", None),
            "mark": self.mark_of(obj) if obj else "",
        }
        return type(form.__name__, (form,), state)

    # Two people at once

    def mark_of(self, obj: Model) -> str:
        """The newest lines of history of the fact and of what is edited with it."""
        kept = [(type(obj), "id"), *((model, f"{name}_id") for model, name in self.related_facts)]
        newest = (
            get_history_manager_for_model(model)
            .filter(**{name: obj.pk})
            .aggregate(found=Max("history_id"))["found"]
            for model, name in kept
        )
        return "-".join(str(found or 0) for found in newest)

    def refuse_what_has_changed(self, obj: Any, opened: str) -> None:
        if opened == self.mark_of(obj):
            return
        line = obj.history.first()
        who = f" by {line.history_user}" if line and line.history_user else ""
        raise ChangedSinceError(
            f"This has been changed since you opened it{who}. Nothing of yours is saved, and "
            "what you typed still stands below: open the page anew in another window, compare, "
            "and enter it there."
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if "_saveasnew" in request.POST:
            raise PermissionDenied
        extra_context = {**self.history_context(request, object_id), **(extra_context or {})}
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with actions.together():
                response = super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, ProtectedError) as refusal:
            cast(Try, request).refusal = as_complaint(refusal)
            response = super().changeform_view(request, object_id, form_url, extra_context)
            response.status_code = 409 if isinstance(refusal, ChangedSinceError) else 200
            return response
        self.look_again(request)
        return response

    def look_again(self, request: HttpRequest) -> None:
        """Remarks on what has been saved. They come after it and never undo it."""
        saved = getattr(request, "saved", None)
        if saved is None:
            return
        try:
            self.remark_on(request, saved)
        except Exception:
            log.exception("No remarks could be made on %s, which is saved", saved)

    def remark_on(self, request: HttpRequest, saved: Any) -> None:
        """What is worth a second look in a saved fact; nothing for most."""

    def history_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        return {"withdrawing": self.withdrawing_of(request, obj)}

    # Saving

    def save_model(self, request: HttpRequest, obj: Model, form: FactForm, change: bool) -> None:
        reason, by = form.cleaned_data["reason"], person(request)
        another = (
            {actions.ANOTHER: form.cleaned_data.get(actions.ANOTHER, "")} if self.is_event else {}
        )
        if not change:
            actions.record(obj, by=by, reason=reason, **another)
            return
        actions.wait_for_turn()
        self.refuse_what_has_changed(obj, form.cleaned_data["opened"])
        names = {field.name for field in self.opts.concrete_fields}
        changes = {name: form.cleaned_data[name] for name in form.changed_facts if name in names}
        actions.correct(obj, changes=changes, reason=reason, by=by, **another)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Iterable[forms.BaseInlineFormSet],
        change: bool,
    ) -> None:
        reason = form.cleaned_data["reason"]
        for field in self.opts.many_to_many:
            if field.name in form.cleaned_data and (change or form.cleaned_data[field.name]):
                actions.relate(
                    form.instance,
                    name=field.name,
                    others=form.cleaned_data[field.name],
                    reason=reason if change else reason or "Entered with it",
                    by=person(request),
                )
        for formset in formsets:
            self.save_formset(request, form, formset, change)
        cast(Try, request).saved = form.instance

    def save_formset(
        self,
        request: HttpRequest,
        form: FactForm,
        formset: forms.BaseInlineFormSet,
        change: bool,
    ) -> None:
        """Rows on the page: what goes is withdrawn, what differs corrected, the rest recorded."""
        reason, by = form.cleaned_data["reason"], person(request)
        if change and formset.has_changed() and not reason.strip():
            raise ValidationError({"reason": "Say why the fact is corrected."})
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        gone = [row for row in formset.deleted_forms if row.instance.pk]
        kept = [
            row for row in formset.forms if row not in formset.deleted_forms and row.has_changed()
        ]
        for row in gone:
            formset.deleted_objects.append(row.instance)
            actions.withdraw(row.instance, reason=reason, by=by)
        for row in kept:
            many = {field.name for field in row.instance._meta.many_to_many}
            if row.instance.pk:
                changes = {
                    name: row.cleaned_data[name] for name in row.changed_data if name not in many
                }
                actions.correct(row.instance, changes=changes, reason=reason, by=by)
                formset.changed_objects.append((row.instance, row.changed_data))
            else:
                setattr(row.instance, formset.fk.name, form.instance)
                actions.record(row.instance, by=by, reason=reason)
                formset.new_objects.append(row.instance)
            for name in many & set(row.changed_data):
                actions.relate(
                    row.instance,
                    name=name,
                    others=row.cleaned_data[name],
                    reason=reason or "Entered with it",
                    by=by,
                )


def as_complaint(refusal: ValidationError | ProtectedError) -> ValidationError:
    """What stands above the form, or beside its field."""
    if isinstance(refusal, ProtectedError):
        return ValidationError(in_use(refusal))
    if isinstance(refusal, actions.SameEventError):
        return OnRecordError(refusal.other)
    return refusal


def in_use(refusal: ProtectedError) -> str:
    """`Still in use by 3 other facts, for example …`."""
    users = sorted(map(str, refusal.protected_objects))
    return f"Still in use by {len(users)} other facts, for example {users[0]}."
