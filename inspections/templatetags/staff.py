from django import template
from django.http import HttpRequest

from inspections.people.middleware import ends_at

register = template.Library()


@register.simple_tag
def session_ends(request: HttpRequest) -> str:
    """When the session ends if nothing more is done: seconds since 1970; empty without one."""
    return str(round(ends_at(request))) if request.user.is_authenticated else ""
