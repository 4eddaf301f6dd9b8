from django import template
from django.http import HttpRequest

from inspections.entry import fields
from inspections.models import UnsentForm
from inspections.people.sessions import ends_at
from inspections.people.unsent import of_maintenance

register = template.Library()
register.filter("as_read", fields.as_read)
register.filter("days_spelt", fields.with_days_spelt)
register.filter("fact_words", fields.words_of)


@register.simple_tag
def session_ends(request: HttpRequest) -> str:
    """When the session ends if nothing more is done: seconds since 1970; empty without one."""
    return str(round(ends_at(request.session))) if request.user.is_authenticated else ""


@register.simple_tag
def unsent_here(request: HttpRequest) -> UnsentForm | None:
    """What was sent to this page of Maintenance after a session had ended."""
    return of_maintenance(request) if request.user.is_authenticated else None
