"""Windows of the next full inspection: sentences, list, file."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

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
from dashboard.state.address import Notice, to_slug
from dashboard.state.controls import Head, sorting_head
from dashboard.state.opening import Opening, opening
from inspections.figure_rows import WindowRow
from inspections.questions.among import EVERY
from inspections.questions.upcoming import (
    NAME,
    REGION,
    SOON_DAYS,
    START,
    UpcomingPage,
    WindowGroup,
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
    WindowGroup.PAST: "Past the likely window",
    WindowGroup.BEGUN: "In the window",
    WindowGroup.LATER: "Later",
    WindowGroup.NONE: "Too little on record for a window",
}


class Heading(NamedTuple):
    """A group of the list: its place on the page, what it is called there and in a link to it."""

    anchor: str
    name: str
    short: str = ""


def context(found: UpcomingPage, start: Opening, path: str) -> dict[str, Any]:
    state: UpcomingState = start.state
    own = tuple(row for row in found.rows[:1] if row.council.slug == state.council)
    return {
        "sentence": page_sentence(found, state),
        "without_count": len(found.unread) + len(found.closing),
        "without": (unread_words(found.unread), closing_words(found.closing)),
        "own_sentence": f"{own[0].council.short_name}. {council_sentence(own[0], start.day)}"
        if own
        else "",
        "known_to": words.day(found.known_to),
        "is_behind": found.known_to < start.day,
        **table_context(found, own, start, path),
        **on_page(KIND_OF_CHART, start, answer_windows(found, start)),
        "notices": notices(start, own),
        "part": lists.slice_of(state, path, total=found.total, size=WINDOWS_A_PAGE),
        "key": key_words(found.rows),
        "basis": basis_words(found.rows),
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
    """Who is in the likely window, who past it, how many follow. Where the record ends before the
    page's day, how many were in it then and have entered it since: nobody here knows whether they
    have been inspected."""
    among = lists.among_words(state.region, state.kind)
    begun, soon = found.groups[WindowGroup.BEGUN], found.groups[WindowGroup.SOON]
    if not state.outcome and found.groups[WindowGroup.NONE] == sum(found.groups.values()):
        return f"On {words.day(found.known_to)} too little is on record to give a window{among}."
    since, day = found.begun_since, words.day(found.known_to)
    number = begun + since - found.ended_since
    who, window = (
        f"{words.count(number, 'council')}{among}",
        "in the likely window of the next full",
    )
    is_, was = ("is", "was") if number == 1 else ("are", "were")
    past = past_words(found.past)
    if not since and not found.ended_since:
        enter, by = "enters" if soon == 1 else "enter", soon_month(found.known_to)
        return f"{who} {was} {window} inspection on {day}; {soon} more {enter} it by {by}.{past}"
    told = [f"{begun} {'was' if begun == 1 else 'were'} in it then"]
    told += [
        f"{n} {'has' if n == 1 else 'have'} {what}"
        for n, what in ((since, "entered it since"), (found.ended_since, "left it"))
        if n
    ]
    return (
        f"{who} {is_} {window} inspection, unless inspected since {day}, where this record ends: "
        f"{words.listing(told)}.{past}"
    )


def past_words(councils: Sequence[Council]) -> str:
    """Who was past the window already, by name where they are few; or empty."""
    names = words.listing([row.short_name for row in councils])
    if len(councils) > MOST_NAMED:
        names = f"{len(councils)} others"
    return f" {names} {'was' if len(councils) == 1 else 'were'} past it." if councils else ""


def cases_of(rows: Sequence[Upcoming]) -> list[tuple[str, Window]]:
    """After which kinds of outcome the windows count waits, with a window of each, most first."""
    held = {
        "any outcome" if row.window.is_pooled else Standing.label_of(row.wait.standing): row.window
        for row in rows
        if row.window.cases and row.window.earliest_date
    }
    return sorted(held.items(), key=lambda row: -row[1].cases)


def key_words(rows: Sequence[Upcoming]) -> str:
    """What a bar and its mark are, and from how many waits; empty without any window."""
    cases = cases_of(rows)
    if not cases:
        return ""
    total, first = sum(window.cases for _, window in cases), cases[0][1].memory_from_date
    since = f" since {words.month(first)}" if first else ""
    return (
        "Ofsted announces no dates. Bar: the likely window, worked out from past waits "
        f"({total}{since}): 8 in 10 ended in it, half by its mark."
    )


def basis_words(rows: Sequence[Upcoming]) -> str:
    """How many of the waits followed which kind of outcome, and on which days."""
    cases = cases_of(rows)
    told = [f"{window.cases} after {name}" for name, window in cases]
    memory = memory_words(cases[0][1]) if cases else ""
    days = f", {memory}" if memory else ""
    return f"Waits counted: {words.listing(told)}{days}." if told else ""


def soon_month(known_to: date) -> str:
    return words.month(known_to + timedelta(days=SOON_DAYS))


def unread_words(councils: Sequence[Council]) -> str:
    """Whose window nobody can tell, since its newest report is not yet on this site; or empty."""
    if not councils:
        return ""
    names = words.listing([row.short_name for row in councils])
    its, it = (
        ("The newest report", "it has")
        if len(councils) == 1
        else ("The newest reports", "they have")
    )
    is_ = "is" if len(councils) == 1 else "are"
    return f"{its} of {names} {is_} {words.NOT_YET_HERE}, so {it} no window."


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

    def body(head: Heading, rows: Sequence[Upcoming], number: int) -> SafeString:
        lines = ((line(row, bars[row.council.id], years, start),) for row in rows)
        return format_html(
            '<tbody id="{}"><tr class="group"><th colspan="4" scope="rowgroup">{} '
            '<span class="quiet">{}</span></th></tr>{}</tbody>',
            head.anchor,
            head.name,
            words.count(number, "council"),
            format_html_join("", "{}", lines),
        )

    groups: dict[Heading, list[Upcoming]] = {}
    for row in found.rows[len(own) :]:
        groups.setdefault(heading(row, state.sort, start.day), []).append(row)
    bodies = [body(Heading("own", "Your council"), own, 1)] if own else []
    closed: list[SafeString] = []
    jumps = []
    for head, rows in groups.items():
        is_later = head.name == GROUP_WORDS[WindowGroup.LATER]
        number = found.groups[WindowGroup.LATER] if is_later and not state.status else len(rows)
        to = closed if is_later and number > MOST_OPEN else bodies
        to.append(body(head, rows, number))
        jumps += [(head.anchor, head.short, number)] if head.short else []
    return {
        "bodies": bodies,
        "jumps": jumps if len(jumps) > 1 else [],
        "closed": closed,
        "later": words.count(found.groups[WindowGroup.LATER], "council"),
        "grid": drawn(years.grid()),
        "heads": [
            sorting_head("Council", state, path, ascending={"sort": NAME}),
            Head("Last full inspection"),
            Head(drawn(years.heads()), css="axis"),
            sorting_head("Next full inspection likely", state, path, ascending={"sort": START}),
        ],
    }


def heading(row: Upcoming, sort: str, day: date) -> Heading:
    """Under which heading a row stands; those of the order of begin can be jumped to."""
    if sort == REGION:
        return Heading(
            to_slug(row.council.ofsted_region), Region.label_of(row.council.ofsted_region)
        )
    if sort == NAME:
        return Heading("by-name", "By name")
    window, group = row.window, group_of(row.window)
    known_to, first = window.as_at or day, window.earliest_date
    name, then = GROUP_WORDS.get(group, ""), words.day(known_to)
    if group is WindowGroup.PAST:
        return Heading("past", name, "Past the window")
    if group is WindowGroup.BEGUN:
        return Heading("begun", f"{name} on {then}" if known_to < day else name, "In it")
    if group is WindowGroup.SOON and first and first <= day:
        return Heading("begun-since", f"Window entered since {then}", "Entered since")
    if group is WindowGroup.SOON:
        by = soon_month(known_to)
        return Heading("soon", f"Window begins by {by}", f"Begins by {by}")
    return Heading(group.value, name, name)


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
        window_words(row.window, start.day),
    )


def window_words(window: Window, day: date) -> str:
    """A window in the cell beside its bar: `October 2029 to May 2030`, or why there is none."""
    first, last = window.earliest_date, window.latest_date
    if window.status in PAST and first:
        sooner = "all others" if window.status == WindowStatus.BEYOND else "9 in 10"
        return f"was {_span(first, last)}; {sooner} came sooner"
    if first and not half_words(window, day, ("half", "half")):
        return f"from {words.month(first)}; the cases show no end"
    return span_words(window, day)


def span_words(window: Window, day: date) -> str:
    """The window alone: `October 2029 to May 2030`, `past: was July 2025 to July 2026`."""
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
