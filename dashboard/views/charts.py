"""The figures behind the pictures, for a reader who explores a chart."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import catalogue
from dashboard.state import EnglandState
from dashboard.views.common import opening
from inspections.queries import events, overview
from inspections.queries.council import council_answer, find_council


def is_narrow(request: HttpRequest) -> bool:
    return request.GET.get(catalogue.NARROW) == "1"


def figure_response(figure) -> HttpResponse:
    return HttpResponse(figure.to_json(), content_type="application/json")


@require_safe
def held_figure(request: HttpRequest) -> HttpResponse:
    start = opening(request, EnglandState)
    series = overview.held_series(
        start.book,
        start.clock,
        lane=start.book.lane(start.state.area),
        councils=events.councils(),
        inspections=events.inspections(start.book, start.clock, whole_service_only=True),
    )
    return figure_response(catalogue.held_figure(series, narrow=is_narrow(request)))


@require_safe
def grades_figure(request: HttpRequest, slug: str) -> HttpResponse:
    start = opening(request)
    council, _ = find_council(slug)
    if council is None:
        raise Http404(slug)
    answer = council_answer(council, start.book, start.clock)
    return figure_response(catalogue.grades_figure(answer, start, narrow=is_narrow(request)))
