"""What inspectors asked for: the themes, and the points that raise them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest

from inspections.admin.fact import FactAdmin
from inspections.admin.forms import FactForm
from inspections.admin.widgets import CodesField, NamedFormSet, theme_choices
from inspections.models import ImprovementPoint, Theme
from inspections.rules.themes import propose, sorted_under
from inspections.vocabulary import ThemeBasis

LONG = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})


@admin.register(Theme)
class ThemeAdmin(FactAdmin):
    fixed_after_entry = ("code",)
    list_display = ("name", "short_name", "order", "version")
    search_fields = ("name", "code", "definition")


class SortingForm(forms.ModelForm):
    """A point's form: whoever changes its themes has chosen them; a new point that has none
    gets those that its sentence names."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        themes, basis = cleaned.get("themes", ""), cleaned.get("basis", "")
        is_said = "basis" in self.changed_data
        if "themes" in self.changed_data:
            self.derive("basis", basis if is_said else ThemeBasis.PERSON)
        elif not self.instance.pk and not themes and cleaned.get("text") and not is_said:
            known = [code for code, _ in theme_choices()]
            themes, basis = sorted_under(cleaned["text"], known)
            self.derive("themes", themes)
            self.derive("basis", basis)
        return cleaned

    def derive(self, name: str, value: Any) -> None:
        """Sets what follows from what was typed, and the version of the themes with it."""
        newest = Theme.objects.aggregate(found=Max("version"))["found"] or 1
        for field, held in ((name, value), ("themes_version", newest)):
            self.cleaned_data[field] = held
            setattr(self.instance, field, held)
            if field not in self.changed_data:
                self.changed_data.append(field)


class PointForm(SortingForm, FactForm):
    """The form on a point's own page."""

    themes = CodesField(
        choices=theme_choices,
        help_text="What it names as something to improve, or as the result wanted.",
    )

    class Meta:
        widgets = {"text": LONG}


@admin.register(ImprovementPoint)
class ImprovementPointAdmin(FactAdmin):
    form = PointForm
    autocomplete_fields = ("inspection", "visit")
    fixed_after_entry = ("inspection", "visit")
    readonly_fields = ("proposed", "themes_version", "source")
    fields = (
        "inspection", "visit", ("number", "kind", "page"), "text", "themes", "proposed", "basis",
        "themes_version", "source",
    )  # fmt: skip
    list_display = ("__str__", "kind", "page", "themes", "basis")
    list_filter = ("basis", "kind", "themes_version")
    list_select_related = ("inspection__council", "visit__council")
    search_fields = (
        "inspection__council__short_name", "visit__council__short_name", "themes", "text",
    )  # fmt: skip
    search_help_text = "A council's name, a theme's code, words of the sentence."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.list_select_related)

    @admin.display(description="Its words say")
    def proposed(self, point: ImprovementPoint) -> str:
        """Each theme that the sentence names, with the words that say so."""
        found = [
            f"{row.theme} (“{row.reason}”{'' if row.is_sure else ', which may mean another'})"
            for row in propose(point.text)
        ]
        return "; ".join(found) or "no theme"


class InlineForm(SortingForm):
    """A row of the page of an inspection or visit."""

    class Meta:
        widgets = {"text": LONG}


class PointInline(admin.TabularInline):
    """The points of a report or letter. More than three new ones: save and go on."""

    model = ImprovementPoint
    form = InlineForm
    formset = NamedFormSet
    extra = 3
    fields = ("number", "kind", "page", "text", "themes", "basis")
    verbose_name_plural = "What inspectors asked for"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        themes = CodesField(choices=theme_choices(), widget=forms.SelectMultiple(attrs={"size": 6}))
        form = type("PointInlineForm", (self.form,), {"themes": themes})
        return super().get_formset(request, obj, **{**kwargs, "form": form})


def remark_on_points(page: admin.ModelAdmin, request: HttpRequest, fact: Any) -> None:
    """Names the points whose words leave their themes open."""
    unsure = fact.points.filter(basis=ThemeBasis.UNSURE).order_by("number")
    numbers = ", ".join(str(number) for number in unsure.values_list("number", flat=True))
    if numbers:
        said = f"Choose the themes, as the words leave them open: point {numbers}."
        page.message_user(request, said, messages.WARNING)
