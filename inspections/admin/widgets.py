"""Fields of the admin's forms that also work without JavaScript."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect

from inspections.models import Theme
from inspections.vocabulary import VisitTopic


class WholeAutocomplete(AutocompleteSelect):
    """A search box over many rows; without JavaScript the plain list of all of them."""

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> list:
        return forms.Select.optgroups(self, name, value, attrs)


class NamedFormSet(forms.BaseInlineFormSet):
    """Rows of a table: each field has a name for those who do not see the head of its column."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget: Any = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label or name.capitalize()))


class CodesField(forms.MultipleChoiceField):
    """Choices as boxes to tick; kept as codes parted by |."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: str | Iterable[str] | None) -> list[str]:
        codes = value.split("|") if isinstance(value, str) else value or ()
        return [code for code in codes if code]

    def clean(self, value: Any) -> str:
        return "|".join(super().clean(value))

    def has_changed(self, initial: Any, data: Iterable[str] | None) -> bool:
        return super().has_changed(self.prepare_value(initial or ""), list(data or []))


class TopicsField(CodesField):
    """What a visit looked at."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=VisitTopic.choices(), **kwargs)


def theme_choices() -> list[tuple[str, str]]:
    return list(Theme.objects.values_list("code", "name"))
