from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from inspections.models import User
from inspections.people.roles import BY_CODE, ROLES, Role


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    username = forms.CharField(
        label="Name to sign in with",
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text="Letters, digits and @ . + - _. It is never changed: the history says it.",
    )
    email = forms.EmailField(
        label="E-mail address", required=False, help_text="For the link, and for a new password."
    )
    role = forms.ChoiceField(choices=[(role.code, role.label) for role in ROLES])

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(
                f'Somebody is called "{name}" already. Their own page makes a new link.'
            )
        return name

    @property
    def chosen(self) -> Role:
        return BY_CODE[self.cleaned_data["role"]]


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).replace(" ", "").lower()


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Your password",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class ForgottenForm(forms.Form):
    email = forms.EmailField(label="Your e-mail address")
