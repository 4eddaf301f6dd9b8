"""Method, Data, Accessibility, About, and the pages of errors."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.about.backtest import backtest_context
from dashboard.about.theme_words import theme_words
from dashboard.data.package import dataset
from dashboard.findings.asked_for import share_words
from dashboard.http.answers import asks
from dashboard.state.address import PlainState
from dashboard.state.lists import region_choices
from dashboard.state.opening import opening
from dashboard.words.what_comes import comes
from inspections import store
from inspections.figure_rows import brief
from inspections.questions import search
from inspections.questions.asked_for import raised_again
from inspections.questions.counts import record_counts
from inspections.vocabulary import Continuation, CoverageKind


@asks(PlainState)
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    start = opening(request)
    names = {row.key: row.short_name for row in start.book.areas.values()}
    frameworks = {row.code: brief(row.short_name) for row in start.book.in_order}

    def named(key: tuple[str, str]) -> str:
        return f"{names[key]} ({frameworks[key[0]]})"

    links = [
        f"{named(link.earlier)}: {Continuation(link.kind).label.lower()}"
        + (f", {named(link.later)}" if link.later else "")
        + (f" – {link.note}" if link.note else "")
        for held in start.book.links.by_earlier.values()
        for link in held
    ]
    return render(
        request,
        "dashboard/method.html",
        start.context(
            "Method and glossary",
            links=links,
            backtest=backtest_context(start.now),
            record_themes=start.record.themes,
            comes=comes(start.record, start.day),
            theme_words=theme_words(start.record.themes),
            asked_share=share_words(raised_again(start.record, start.day)),
        ),
    )


@asks(PlainState)
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    start = opening(request)
    covered = [
        {
            "label": CoverageKind.label_of(kind),
            "first": row.complete_from_date,
            "last": row.complete_to_date,
            "source": row.source_text.rstrip("."),
            "note": row.note,
        }
        for kind, row in start.now.coverage.items()
    ]
    counts = record_counts(start.now, start.today)
    gone = sum(row.closed_by(start.today) for row in start.now.councils)
    gone_words = f" ({counts.councils - gone} of today, {gone} that are gone)" if gone else ""
    held = [
        words.count(counts.councils, "council") + gone_words,
        words.count(counts.inspections, "graded inspection"),
        words.count(counts.judgements, "judgement"),
        words.count(counts.visits, "visit"),
    ]
    context = start.context(
        "Data",
        counts=counts, covered=covered, regions=region_choices(), dataset=dataset(start),
        held=words.listing(held),
    )  # fmt: skip
    return render(request, "dashboard/data.html", context)


@asks(PlainState)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(
        request, "dashboard/accessibility.html", opening(request).context("Accessibility")
    )


@asks(PlainState)
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = opening(request).context(
        "About", contact=settings.CONTACT_EMAIL, has_mail=bool(settings.MAIL_URL)
    )
    return render(request, "dashboard/about.html", context)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with councils whose name is near what was asked for; in the API's form below it."""
    if request.path.startswith("/api/"):
        problem = {"where": "path", "found": request.path[:100],
                   "expected": "an address of /api/v1/openapi.json"}  # fmt: skip
        return JsonResponse({"errors": [problem]}, status=404)
    parts = [part for part in request.path.split("/") if part and part != "councils"]
    sought = parts[0].replace("-", " ") if parts else ""
    is_council = request.path.startswith("/councils/")
    near = search.near(sought, store.current_record().councils) if is_council else []
    reason = exception.args[0] if exception and exception.args else ""
    context = {"near": near, "reason": reason if isinstance(reason, str) else "", "keep": ""}
    return render(request, "404.html", context, status=404)
