"""Windows of the next full inspection: sentences, list, file."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.charts.in_rows import Years
from dashboard.data.described import page_csv
from dashboard.england.next import council_sentence, half_words, memory_words
from dashboard.england.page import answer, drawn, on_page
from dashboard.england.upcoming_chart import (
    KIND_OF_CHART,
    PAST,
    WINDOW,
    WINDOWS_A_PAGE,
    UpcomingState,
    answer_windows,
    ask_upcoming,
    window_row,
)
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.address import Notice
from dashboard.state.controls import Head, sorting_head
from dashboard.state.opening import Opening, opening
from inspections.figure_rows import WindowRow
from inspections.questions.among import EVERY
from inspections.questions.upcoming import (
    NAME,
    REGION,
    SOON_DAYS,
    START,
    Group,
    UpcomingPage,
    group_of,
)
from inspections.questions.waits import Upcoming
from inspections.rows import Council
from inspections.rules.outcomes import Standing
from inspections.rules.windows import Window, WindowStatus
from inspections.vocabulary import Region

MOST_NAMED = 4  # councils past their window that the first sentence names
MOST_OPEN = 40  # rows of a group that is not closed at first

GROUP_WORDS = {
    Group.PAST: "Past the likely window: longer than 90% of cases",
    Group.BEGUN: "In the likely window",
    Group.LATER: "Later",
    Group.NONE: "Too little on record for a window",
}


def context(found: UpcomingPage, start: Opening, path: str) -> dict[str, Any]:
    state: UpcomingState = start.state
    own = tuple(row for row in found.rows[:1] if row.council.slug == state.council)
    return {
        "sentence": page_sentence(found, state),
        "without": (unread_words(found.unread), closing_words(found.closing)),
        "own_sentence": f"{own[0].council.short_name}. {council_sentence(own[0], start.day)}"
        if own
        else "",
        "day_name": start.today_name,
        "known_to": words.day(found.known_to),
        "is_behind": found.known_to < start.day,
        **table_context(found, own, start, path),
        **on_page(KIND_OF_CHART, start, answer_windows(found, start)),
        "notices": notices(start, own),
        "part": lists.slice_of(state, path, total=found.total, size=WINDOWS_A_PAGE),
        "memory": next((memory_words(row.window) for row in found.rows), ""),
        "csv_url": state.url("/england/upcoming.csv"),
        "ics_url": "/england/upcoming.ics",
    }


def notices(start: Opening, own: tuple[Upcoming, ...]) -> tuple[Notice, ...]:
    """Those of the address, and that a council asked for cannot stand first."""
    asked = start.state.council
    if not asked or own or start.state.page > 1:
        return start.notices
    known, _ = start.council(asked)
    reason = "it has no window here" if known else "there is no council of this name"
    return (*start.notices, Notice("council", asked, reason))


def page_sentence(found: UpcomingPage, state: UpcomingState) -> str:
    """Who is in the likely window, who past it, how many follow: on the record's last day."""
    among = lists.among_words(state.region, state.kind)
    begun, soon = found.groups[Group.BEGUN], found.groups[Group.SOON]
    if not state.outcome and found.groups[Group.NONE] == sum(found.groups.values()):
        return f"On {words.day(found.known_to)} too little is on record to give a window{among}."
    said = (
        f"On {words.day(found.known_to)}, {words.count(begun, 'council')}{among} "
        f"{'was' if begun == 1 else 'were'} in the likely window of the next full inspection"
    )
    if found.past:
        names = words.listing([row.short_name for row in found.past])
        who = names if len(found.past) <= MOST_NAMED else str(len(found.past))
        said += f" and {who} {'was' if len(found.past) == 1 else 'were'} past it"
    since = found.begun_since
    more = words.count(soon - since, "more window")
    begin = f"{more} {'begins' if soon - since == 1 else 'begin'} by {soon_month(found.known_to)}."
    if not since:
        return f"{said}. {begin}"
    have = "has" if since == 1 else "have"
    return f"{said}. Since then {words.count(since, 'more window')} {have} begun; {begin}"


def soon_month(known_to: date) -> str:
    return words.month(known_to + timedelta(days=SOON_DAYS))


def unread_words(councils: Sequence[Council]) -> str:
    """Whose window nobody can tell, since its newest inspection is not read here; or empty."""
    if not councils:
        return ""
    names = words.listing([row.short_name for row in councils])
    has, it = ("has", "it has") if len(councils) == 1 else ("have", "they have")
    return f"{names} {has} a newer report that is not read here yet, so {it} no window here."


def closing_words(councils: Sequence[Council]) -> str:
    """Who has no window, as it is to be gone before; or empty."""
    told = (f"{row.short_name} (last day {words.day(row.closed_date)})" for row in councils)
    named = words.listing(list(told))
    return f"No window here, as it is to be gone before: {named}." if named else ""


def table_context(
    found: UpcomingPage, own: tuple[Upcoming, ...], start: Opening, path: str
) -> dict[str, Any]:
    """The windows by group; where those that begin later are many they stand apart, closed."""
    state: UpcomingState = start.state
    bars = {row.council.id: window_row(row) for row in found.rows}
    years = Years.of(filter(None, bars.values()), start.seen_to)

    def body(name: str, rows: Sequence[Upcoming], number: int) -> SafeString:
        lines = ((line(row, bars[row.council.id], years, start),) for row in rows)
        return format_html(
            '<tbody><tr class="group"><th colspan="4" scope="rowgroup">{} <span class="quiet">{}'
            "</span></th></tr>{}</tbody>",
            name,
            words.count(number, "council"),
            format_html_join("", "{}", lines),
        )

    groups: dict[str, list[Upcoming]] = {}
    for row in found.rows[len(own) :]:
        groups.setdefault(group_name(row, state.sort, start.day), []).append(row)
    bodies = [body("Your council", own, 1)] if own else []
    closed: list[SafeString] = []
    for name, rows in groups.items():
        is_later = name == GROUP_WORDS[Group.LATER]
        number = found.groups[Group.LATER] if is_later and not state.status else len(rows)
        to = closed if is_later and number > MOST_OPEN else bodies
        to.append(body(name, rows, number))
    return {
        "bodies": bodies,
        "closed": closed,
        "later": words.count(found.groups[Group.LATER], "council"),
        "grid": drawn(years.grid()),
        "heads": [
            sorting_head("Council", state, path, ascending={"sort": NAME}),
            Head("Last full inspection"),
            Head(drawn(years.heads()), css="axis"),
            sorting_head("Next full inspection likely", state, path, ascending={"sort": START}),
        ],
    }


def group_name(row: Upcoming, sort: str, day: date) -> str:
    if sort == REGION:
        return Region.label_of(row.council.ofsted_region)
    if sort == NAME:
        return "By name"
    window, group = row.window, group_of(row.window)
    known_to, first = window.as_at or day, window.earliest_date
    if group is Group.BEGUN and known_to < day:
        return f"{GROUP_WORDS[group]} on {words.day(known_to)}"
    if group is Group.SOON and first:
        since = f"Window begun since {words.day(known_to)}"
        return since if first <= day else f"Window begins by {soon_month(known_to)}"
    return GROUP_WORDS[group]


def outcome_words(row: Upcoming) -> str:
    """The overall grade that began the wait, or what its judgements come to without one."""
    if row.inspection.overall:
        return row.inspection.overall.grade.name
    label = Standing.label_of(row.wait.standing)
    return f"{label} (no overall grade)" if label else "outcome cannot be told"


def line(row: Upcoming, bar: WindowRow | None, years: Years, start: Opening) -> SafeString:
    """One council's row: name, last inspection, bar, window in words."""
    return format_html(
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th>'
        '<td>{} <span class="quiet">{}</span></td><td class="axis">{}</td><td>{}</td></tr>',
        row.council.slug,
        start.keep,
        row.council.short_name,
        words.month(row.wait.start_date or row.wait.publication_date),
        outcome_words(row),
        drawn(years.bar(bar, group_of(row.window))) if bar else "",
        span_words(row.window, start.day)
        if row.window.status in PAST
        else window_words(row.window, start.day),
    )


def window_words(window: Window, day: date) -> str:
    """`October 2029 to May 2030, half by January 2030`, or why there is none."""
    if window.status in PAST:
        first = window.earliest_date
        over = f" (its window was {_span(first, window.latest_date)})" if first else ""
        kind = "every case" if window.status == WindowStatus.BEYOND else "90% of cases"
        return f"longer than {kind}{over}"
    if window.earliest_date is None:
        return "no window can be given"
    if not (half := half_words(window, day, ("half", "half came"))):
        return f"from {words.month(window.earliest_date)}; the cases show no end"
    return f"{span_words(window, day)}, {half}"


def span_words(window: Window, day: date) -> str:
    """The window alone, for a cell beside its bar: `October 2029 to May 2030`."""
    first, last = window.earliest_date, window.latest_date
    if first is None:
        return "no window can be given"
    over = "was " if last and last < day else ""
    return f"{'past: was ' if window.status in PAST else over}{_span(first, last)}"


def _span(first: date, last: date | None) -> str:
    end = words.month(last) if last else "an end the cases do not show"
    return f"{words.month(first)} to {end}"


@asks(UpcomingState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, UpcomingState)
    start, found = lists.asked_page(start, ask_upcoming, WINDOWS_A_PAGE)
    # A window rests on the waits of every council, whichever are listed.
    scope = of_england(EVERY, start)
    return answer(request, "upcoming", start, scope, context(found, start, request.path))


@asks(UpcomingState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """Every window that fits the filters, one council a line."""
    start = opening(request, UpcomingState)
    return page_csv("windows", WINDOW, ask_upcoming(start, whole=True).rows, start)
