"""The form of the page *Subscribe*."""

import re

from django import forms
from django.core.exceptions import ValidationError

from dashboard.state.lists import region_choices
from inspections.models import Subscription
from inspections.questions.council import find_council
from inspections.record import Record
from inspections.vocabulary import NewsKind, VisitTopic

MOST_COUNCILS = 160
OTHERS = frozenset({VisitTopic.ASSURANCE, VisitTopic.OTHER})


class SubscribeForm(forms.Form):
    """What somebody wants to be told. Nothing chosen in a list: everything of its kind."""

    email = forms.EmailField(
        label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    councils = forms.CharField(
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Their names, with commas or one a line. Left empty: every council.",
    )
    regions = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(
        label="What",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=NewsKind.choices(),
    )
    topics = forms.MultipleChoiceField(
        label="Visits about", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[pair for pair in VisitTopic.choices() if pair[0] not in OTHERS],
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label="Reports and letters that ask for", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label="When", choices=Subscription.Rhythm.choices, widget=forms.RadioSelect,
        initial=Subscription.Rhythm.AT_ONCE,
    )  # fmt: skip

    def __init__(self, record: Record, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.record = record
        choices = [(slug.replace("-", "_"), label) for slug, label in region_choices()]
        self.fields["regions"].choices = choices  # type: ignore[attr-defined]
        themes = [(row.code, row.name) for row in record.themes]
        self.fields["themes"].choices = themes  # type: ignore[attr-defined]

    def clean_councils(self) -> list[int]:
        """The ids of the named councils; each name that is none is told."""
        names = [part.strip() for part in re.split(r"[,;\n~]", self.cleaned_data["councils"])]
        found, unknown = {}, []
        for name in filter(None, names):
            council, _ = find_council(self.record, name)
            if council is None:
                unknown.append(name[:60])
            else:
                found[council.id] = council
        if unknown:
            raise ValidationError(
                [f'No council, or more than one, is called "{name}".' for name in unknown[:10]]
            )
        if len(found) > MOST_COUNCILS:
            raise ValidationError(f"Name at most {MOST_COUNCILS} councils, or choose regions.")
        return list(found)
