"""The forms of facts: a reason for each change, the mark of when a page was opened."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils.html import format_html

from inspections import actions
from inspections.models import Inspection, Visit

WHY = ("reason", "opened")


class OnRecordError(ValidationError):
    """An event that is on record already, with links to its pages."""

    def __init__(self, other: Inspection | Visit) -> None:
        name = f"admin:{other._meta.app_label}_{other._meta.model_name}_change"
        page = reverse(name, args=[other.pk])
        said = format_html(
            'This is on record already: <a href="{}">{}</a> (<a href="{}">its public page</a>). '
            "Nothing is saved. If it is another one, say below why.",
            page,
            other,
            other.get_absolute_url(),
        )
        super().__init__(said)


class FactForm(forms.ModelForm):
    """A fact's form with the reason for a change and the mark of when it was opened.

    `refusal` is what an action said to the first try; `mark` the state of the fact.
    """

    refusal: ValidationError | None = None
    mark: str = ""

    reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        label="Reason",
        help_text="Why it is entered or corrected; needed when anything recorded is changed. "
        "The public corrections log shows it.",
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "opened" in self.fields:
            self.fields["opened"].initial = self.mark

    @property
    def changed_facts(self) -> list[str]:
        """Fields that differ from the record, the reason and the mark left out."""
        return [name for name in self.changed_data if name not in {*WHY, actions.ANOTHER}]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refusal is not None:
            self.add_error(None, self.refusal)
        elif self.instance.pk and self.changed_facts and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why the fact is corrected.")
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """A complaint about a field that the page does not offer stands above the form."""
        if field is None and hasattr(error, "error_dict"):
            for name, found in error.error_dict.items():
                shown = name in self.fields and name != NON_FIELD_ERRORS
                super().add_error(name if shown else None, ValidationError(found))
            return
        super().add_error(field, error)


class EventForm(FactForm):
    """The form of an inspection or a visit. `is_another` is asked once it has been refused as
    one that is on record already."""

    is_another = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        label="Why it is another one",
        help_text="Only where it is not the one above: say how both are told apart.",
    )
