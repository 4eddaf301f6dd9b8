"""The button that looks at Ofsted's site: the worker does it, the first page tells what came."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from inspections.entry.views import for_staff
from inspections.importers.collect.now import look_when_asked, waits


@require_POST
@for_staff
def look(request: HttpRequest) -> HttpResponse:
    """Asks for one look; a second press while it waits or runs asks for nothing."""
    if not waits():
        look_when_asked.enqueue()
    return redirect("entry:home")
