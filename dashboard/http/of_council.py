"""Views below a council's address."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dashboard.http.answers import asks
from dashboard.state.address import PlainState, ViewState
from dashboard.state.opening import Opening, opening
from inspections.rows import Council

View = Callable[[HttpRequest, Opening, Council], HttpResponse]


def of_council(kind: type[ViewState] = PlainState) -> Callable[[View], Callable[..., HttpResponse]]:
    """Gives the view the page's beginning and the council; another form of the council's name
    leads to its own address."""

    def with_council(view: View) -> Callable[..., HttpResponse]:
        @asks(kind)
        @require_safe
        @wraps(view)
        def found(request: HttpRequest, slug: str) -> HttpResponse:
            start = opening(request, kind)
            council, is_slug = start.council(slug)
            if council is None:
                raise Http404(slug)
            if not is_slug:
                own = request.path.replace(f"/councils/{slug}", f"/councils/{council.slug}", 1)
                return HttpResponsePermanentRedirect(start.state.url(own))
            return view(request, start, council)

        return found

    return with_council
