"""Atom feeds of England, each region, each council and the corrections."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.about.corrections import CorrectionsState, asked, by_record_alone
from dashboard.council.event import inspection_sentence
from dashboard.england import findings as findings_page
from dashboard.england import visits_chart as visits_page
from dashboard.england.findings_chart import FindingsState
from dashboard.england.visits_chart import VisitsState
from dashboard.feeds import atom
from dashboard.http.answers import asks
from dashboard.http.of_council import of_council
from dashboard.state.address import PlainState, to_slug
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from inspections.diff import entry_of_withdrawal
from inspections.rows import Council, Event, Inspection
from inspections.vocabulary import Region


def response(content: bytes) -> HttpResponse:
    found = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    found.headers["Access-Control-Allow-Origin"] = "*"
    return found


def published(start: Opening, councils: list[Council]) -> list[atom.FeedEntry]:
    """Inspections and visits with a publication date, of these councils.

    An entry is updated when it comes to this site, and again when a fact of it is corrected here.
    """
    by_id = {row.id: row for row in councils}
    rows = [row for council_id in by_id for row in start.record.events_of(council_id, start.day)]
    return [*withdrawn(start, by_id), *unread(start, by_id), *entries_of(start, rows)]


def unread(start: Opening, councils: Mapping[int, Council]) -> list[atom.FeedEntry]:
    """A report that is out and not read here yet; updated when that came to this site."""
    found = []
    for council_id, row in start.record.unread_by(start.day).items():
        council, day = councils.get(council_id), atom.midnight(row.publication_date)
        if council is None:
            continue
        came, _ = start.record.written.get(("unread", row.id), (day, day))
        found.append(
            atom.FeedEntry(
                path=f"/councils/{council.slug}/",
                fragment=f"#out-{row.publication_date}",
                title=f"{council.short_name}: {presenters.event_name(row).lower()}, "
                f"{presenters.event_month(row)}",
                summary=f"Published {words.day(row.publication_date)}. {presenters.NOT_READ}",
                updated=max(day, came),
                published=day,
                named=(council.ons_code, ""),
            )
        )
    return found


def entries_of(start: Opening, rows: Sequence[Event]) -> list[atom.FeedEntry]:
    """An entry for each of these events that has a publication date, the newest."""
    dated = [(row, atom.midnight(row.publication_date)) for row in rows if row.publication_date]
    days = [(row, day, max(day, start.record.changed_here(row) or day)) for row, day in dated]
    found = []
    for row, day, updated in sorted(days, key=lambda item: (item[2], item[1]))[-atom.MOST :]:
        council = start.record.council(row.council_id)
        said = (
            inspection_sentence(row, start.book)
            if isinstance(row, Inspection)
            else presenters.visit_sentence(row)
        )
        found.append(
            atom.FeedEntry(
                path=f"/councils/{council.slug}/inspections/{row.reference}/",
                title=f"{council.short_name}: {presenters.event_name(row).lower()}, "
                f"{presenters.event_month(row)}",
                summary=f"Published {words.day(row.publication_date)}. {said}"
                f"{asked_words(start, row)}",
                updated=updated,
                published=day,
                named=(council.ons_code, row.reference),
            )
        )
    return found


def asked_words(start: Opening, row: Event) -> str:
    """` Points on: Plans and reviews; Education.`, the themes of its points; empty without any."""
    raised = {code for point in start.record.points_of(row) for code in point.themes}
    names = [theme.name for theme in start.record.themes if theme.code in raised]
    return f" Points on: {'; '.join(names)}." if names else ""


def withdrawn(start: Opening, councils: Mapping[int, Council]) -> list[atom.FeedEntry]:
    """What was taken off the record keeps its entry, which says when and why."""
    found = []
    for row in start.record.withdrawn:
        council, entry = councils.get(row.council_id), entry_of_withdrawal(start.record, row)
        if council is None or entry is None or not row.publication_date:
            continue
        if row.publication_date > start.day:
            continue
        found.append(
            atom.FeedEntry(
                path=f"/councils/{council.slug}/inspections/{row.reference}/",
                title=f"Withdrawn: {council.short_name}, {presenters.event_name(row).lower()}, "
                f"{presenters.event_month(row)}",
                summary=f"Taken off the record on {words.moment_day(entry.corrected_at)}. "
                f"Reason: {entry.reason}",
                updated=entry.corrected_at,
                published=atom.midnight(row.publication_date),
                named=(council.ons_code, row.reference),
            )
        )
    return found


def answer(start: Opening, title: str, page: str, entries: list[atom.FeedEntry]) -> HttpResponse:
    changed = start.now.changed_at or atom.midnight(start.today)
    path = start.state.url(start.path)
    return response(
        atom.feed(
            title=title,
            about=start.coverage,
            path=path,
            page=page,
            entries=entries,
            changed=changed,
        )
    )


@asks(PlainState)
@require_safe
def england(request: HttpRequest) -> HttpResponse:
    start = opening(request)
    entries = published(start, list(start.record.councils))
    return answer(start, "Children's services inspections: England", "/", entries)


@asks(PlainState)
@require_safe
def region(request: HttpRequest, region: str) -> HttpResponse:
    code = region.replace("-", "_")
    if code not in list(Region) or region != to_slug(code):
        raise Http404(region)
    start = opening(request)
    councils = [row for row in start.record.councils if code in {row.ons_region, row.ofsted_region}]
    title = f"Children's services inspections: {Region.label_of(code)}"
    return answer(start, title, f"/councils/?region={region}", published(start, councils))


@of_council()
def council(request: HttpRequest, start: Opening, row: Council) -> HttpResponse:
    title = f"Children's services inspections: {row.short_name}"
    return answer(start, title, f"/councils/{row.slug}/", published(start, [row]))


@asks(CorrectionsState)
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    start = by_record_alone(opening(request, CorrectionsState))
    found, _ = asked(start)
    entries = [
        atom.FeedEntry(
            path="/corrections/",
            fragment=f"#c{row.entry.id}",
            title=f"{row.heading}, {words.field(row.entry.field, row.entry.kind)}",
            summary=" ".join(
                (
                    f"{words.corrected(row.entry.old, row.entry.new)}.",
                    row.entry.reason,
                    row.entry.source,
                )
            ).strip(),
            updated=row.entry.corrected_at,
            published=row.entry.corrected_at,
            named=(
                row.council.ons_code if row.council else "",
                row.entry.reference if row.is_of_event else "",
            ),
        )
        for row in found
    ]
    return answer(start, "Corrections of the record", start.state.url("/corrections/"), entries)


@asks(FindingsState)
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """The newest reports and letters with a point that fits the filters of the page."""
    start, rows = findings_page.asked(opening(request, FindingsState))
    found = {id(row.asked): row.asked.event for row in findings_page.found_in(start, rows)}
    page = start.state.url("/england/findings/")
    return answer(start, "What inspectors ask for", page, entries_of(start, list(found.values())))


@asks(VisitsState)
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The newest visits that fit the filters of the page."""
    start = visits_page.known_council(opening(request, VisitsState))
    found = [row.visit for row in visits_page.ask(start)]
    return answer(start, "Visits", start.state.url("/england/visits/"), entries_of(start, found))
