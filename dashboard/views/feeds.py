"""Atom feeds of England, each region, each council and the corrections."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dashboard import atom, event_page, presenters, words
from dashboard.state import CorrectionsState, to_slug
from dashboard.views.common import Opening, opening
from dashboard.views.corrections import asked
from inspections.queries import events
from inspections.queries.corrections import corrections as corrections_log
from inspections.queries.council import find_council
from inspections.rows import CouncilRow, InspectionRow
from inspections.vocabulary import Region


def response(content: bytes) -> HttpResponse:
    found = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    found.headers["Access-Control-Allow-Origin"] = "*"
    return found


def published(start: Opening, councils: list[CouncilRow]) -> list[atom.Entry]:
    """Inspections and visits with a publication date, of these councils.

    An entry is updated when its report is published, and again when a fact of it is corrected.
    """
    by_id = {row.id: row for row in councils}
    rows = [
        *events.inspections(start.book, start.clock, council_ids=list(by_id)),
        *(row for row in events.visits(start.clock, council_ids=list(by_id))),
    ]
    corrected = {
        (row.council_slug, row.event_reference): row.corrected_at
        for row in reversed(corrections_log(council_ids=list(by_id), known=start.clock.known))
    }
    dated = [(row, atom.midnight(row.publication_date)) for row in rows if row.publication_date]
    days = [
        (row, day, max(day, corrected.get((by_id[row.council_id].slug, row.reference), day)))
        for row, day in dated
    ]
    found = []
    for row, day, updated in sorted(days, key=lambda item: item[2])[-atom.MOST :]:
        council = by_id[row.council_id]
        said = (
            event_page.inspection_sentence(row, start.book)
            if isinstance(row, InspectionRow)
            else f"{presenters.topic(row)}. A visit has no grade."
        )
        found.append(
            atom.Entry(
                path=f"/councils/{council.slug}/inspections/{row.reference}/",
                title=f"{council.short_name}: {presenters.event_name(row).lower()}, "
                f"{presenters.event_month(row)}",
                summary=f"Published {words.day(row.publication_date)}. {said}",
                updated=updated,
                published=day,
                named=(council.ons_code, row.reference),
            )
        )
    return found


def answer(start: Opening, title: str, page: str, entries: list[atom.Entry]) -> HttpResponse:
    changed = start.record.changed_at or atom.midnight(start.today)
    path = start.state.url(start.path)
    return response(atom.feed(title=title, path=path, page=page, entries=entries, changed=changed))


@require_safe
def england(request: HttpRequest) -> HttpResponse:
    start = opening(request)
    entries = published(start, events.councils(start.clock))
    return answer(start, "Children's services inspections: England", "/", entries)


@require_safe
def region(request: HttpRequest, region: str) -> HttpResponse:
    code = region.replace("-", "_")
    if code not in list(Region) or region != to_slug(code):
        raise Http404(region)
    start = opening(request)
    councils = [
        row for row in events.councils(start.clock) if code in {row.ons_region, row.ofsted_region}
    ]
    title = f"Children's services inspections: {Region.label_of(code)}"
    return answer(start, title, f"/councils/?region={region}", published(start, councils))


@require_safe
def council(request: HttpRequest, slug: str) -> HttpResponse:
    start = opening(request)
    row, is_slug = find_council(slug, start.clock)
    if row is None:
        raise Http404(slug)
    if not is_slug:
        return HttpResponsePermanentRedirect(start.state.url(f"/councils/{row.slug}.atom"))
    title = f"Children's services inspections: {row.short_name}"
    return answer(start, title, f"/councils/{row.slug}/", published(start, [row]))


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    start = opening(request, CorrectionsState)
    found, _ = asked(start)
    entries = [
        atom.Entry(
            path="/corrections/",
            fragment=f"#c{row.id}",
            title=f"{row.council_name}: {row.subject}, {row.field}",
            summary=f"{row.old} → {row.new}. {row.reason} {row.source}".strip(),
            updated=row.corrected_at,
            published=row.corrected_at,
            named=(row.ons_code, "" if row.is_of_statement else row.event_reference),
        )
        for row in found
    ]
    return answer(start, "Corrections of the record", start.state.url("/corrections/"), entries)
