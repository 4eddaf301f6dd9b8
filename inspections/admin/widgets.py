"""Fields of the admin's forms that also work without JavaScript."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect

from inspections.vocabulary import VisitTopic


class WholeAutocomplete(AutocompleteSelect):
    """A search box over many rows; without JavaScript the plain list of all of them."""

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> list:
        return forms.Select.optgroups(self, name, value, attrs)


class TopicsField(forms.MultipleChoiceField):
    """Topics as boxes to tick; kept as codes parted by |."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=VisitTopic.choices(), required=False, **kwargs)

    def prepare_value(self, value: str | Iterable[str] | None) -> list[str]:
        return value.split("|") if isinstance(value, str) else list(value or [])

    def clean(self, value: Any) -> str:
        return "|".join(super().clean(value))

    def has_changed(self, initial: Any, data: Iterable[str] | None) -> bool:
        return super().has_changed(self.prepare_value(initial or ""), list(data or []))
