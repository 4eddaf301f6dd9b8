"""Windows of the next full inspection: sentences, list, file; also a council's section 5."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard import chart_kinds_england, england_parts, england_questions, words
from dashboard.state import to_slug
from dashboard.state_england import STANDINGS, UpcomingState
from inspections.queries.upcoming import Upcoming, UpcomingPage
from inspections.rules.outcomes import Basis, Standing
from inspections.rules.waits import WindowRow
from inspections.rules.windows import RECENT_DAYS, WindowStatus
from inspections.vocabulary import Region

SIZE = england_questions.WINDOWS_A_PAGE
AFTER = {
    Standing.GOOD_OR_BETTER: "good or better",
    Standing.BELOW_GOOD: "below good, not inadequate",
    Standing.INADEQUATE: "inadequate",
}
STATUS_WORDS = {
    WindowStatus.ESTIMATED: "within or before its window",
    WindowStatus.PAST: "past its window: longer than 90% of cases",
    WindowStatus.BEYOND: "longer than every case",
    WindowStatus.UNKNOWN: "no window: no such re-inspection on record",
}
PAST = {WindowStatus.PAST, WindowStatus.BEYOND}
YEARS = RECENT_DAYS // 365
assert tuple(AFTER) == STANDINGS  # noqa: S101


def context(found: UpcomingPage, start: Any, path: str) -> dict[str, Any]:
    state: UpcomingState = start.state
    part = england_parts.slice_of(state, path, total=found.total, size=SIZE)
    return {
        "pages": england_parts.page_links("upcoming", start.keep),
        "found": found,
        "known_to": words.day(found.known_to),
        "is_behind": found.known_to is not None and found.known_to < start.clock.as_at,
        "sentence": page_sentence(found, state),
        **chart_kinds_england.on_page(
            chart_kinds_england.WINDOWS, start, chart_kinds_england.answer_windows(found, start)
        ),
        "rows": table_rows(found, start),
        "table_below": "windows-list",  # of the same councils; once is enough
        "part": part,
        "years": YEARS,
        "csv_url": state.url("/england/upcoming.csv"),
        "ics_url": "/england/upcoming.ics",
        "options": {
            "region": england_parts.region_choices(),
            "kind": england_parts.kind_choices(),
            "outcome": [(to_slug(code), AFTER[Standing(code)]) for code in STANDINGS],
            "status": [(code.value, text) for code, text in STATUS_WORDS.items()],
            "sort": [("start", "start of the window"), ("name", "name"), ("region", "region")],
        },
        "chosen": england_parts.chosen(state, "region", "kind", "outcome", "status", "sort"),
    }


def page_sentence(found: UpcomingPage, state: UpcomingState) -> str:
    among = england_parts.among_words(state.region, state.kind)
    past = sum(found.statuses.get(status, 0) for status in PAST)
    return (
        f"{words.count(sum(found.statuses.values()), 'council')}{among} "
        f"{'waits' if sum(found.statuses.values()) == 1 else 'wait'} for a next full inspection; "
        f"{past} {'has' if past == 1 else 'have'} waited longer than 90% of comparable cases."
    )


def window_words(window: WindowRow) -> str:
    """`October 2029 to May 2030, most likely around January 2030`, or why there is none."""
    if window.window_status in PAST:
        over = f" (its window was {_span(window)})" if window.earliest_date else ""
        kind = "every case" if window.window_status == WindowStatus.BEYOND else "90% of cases"
        return f"longer than {kind}{over}"
    if window.earliest_date is None:
        return "no window can be given"
    if window.likeliest_date is None:
        return f"from {words.month(window.earliest_date)}; the cases show no end"
    return f"{_span(window)}, most likely around {words.month(window.likeliest_date)}"


def _span(window: WindowRow) -> str:
    end = words.month(window.latest_date) if window.latest_date else "an end the cases do not show"
    return f"{words.month(window.earliest_date)} to {end}"


def basis_words(row: Upcoming) -> str:
    """What the window rests on: how many waits, after which kind of outcome."""
    window = row.window
    if window.window_status in {"", WindowStatus.UNKNOWN}:
        return ""
    ended = f"{window.events} of which ended in an inspection"
    if window.is_pooled:
        why = (
            "the kind of its outcome cannot be told"
            if not row.wait.standing
            else "too few after such an outcome"
        )
        return f"n = {window.cases} waits after any outcome ({why}), {ended}"
    outcome = AFTER[Standing(row.wait.standing)]
    read = " (read from the judgements, as there is no overall grade)"
    by_rule = read if row.wait.basis == Basis.JUDGEMENTS else ""
    return f"n = {window.cases} waits after an outcome that was {outcome}{by_rule}, {ended}"


def council_sentence(row: Upcoming) -> str:
    """The window of one council in a sentence, with what it rests on."""
    window = row.window
    if window.window_status in PAST:
        kind = "every case" if window.window_status == WindowStatus.BEYOND else "nine in ten cases"
        return (
            f"The wait for the next full inspection is longer than {kind} on record of the last "
            f"{YEARS} years; the window was {_span(window)}."
        )
    if window.earliest_date is None:
        return "No window can be given: too little is on record."
    if window.likeliest_date is None or window.latest_date is None:
        return f"If it goes as before, the next full inspection begins {window_words(window)}."
    return (
        f"If it goes as before, the next full inspection begins between "
        f"{words.month(window.earliest_date)} and {words.month(window.latest_date)}, most likely "
        f"around {words.month(window.likeliest_date)}."
    )


def council_context(row: Upcoming | None, as_at: date) -> dict[str, Any] | None:
    """A council's section 5: the sentence, its basis and caveats; None without a window."""
    if row is None or not row.window.window_status:
        return None
    known_to = row.window.estimated_to_date
    return {
        "sentence": council_sentence(row),
        "basis": basis_words(row),
        "known_to": words.day(known_to),
        "is_behind": known_to is not None and known_to < as_at,
        "years": YEARS,
        "may_have_begun": (
            row.window.window_status == WindowStatus.ESTIMATED
            and row.window.earliest_date is not None
            and row.window.earliest_date <= as_at
        ),
    }


def table_rows(found: UpcomingPage, start: Any) -> SafeString:
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th><td>{}</td><td>{}</td>'
        "<td>{}</td><td>{}</td></tr>",
        (
            (
                row.slug,
                start.keep,
                row.council_name,
                words.month(row.wait.start_date or row.wait.publication_date),
                AFTER[Standing(row.wait.standing)] if row.wait.standing else "cannot be told",
                _marked(row),
                Region.label_of(row.ofsted_region),
            )
            for row in found.rows
        ),
    )


def _marked(row: Upcoming) -> SafeString:
    text = window_words(row.window)
    if row.window.window_status in PAST:
        return format_html("<strong>{}</strong>", text)
    return format_html("{}", text)


def as_csv(found: UpcomingPage, start: Any) -> HttpResponse:
    """Every window that fits the filters, one council a line."""
    codes = england_parts.ons_codes(start)
    header = (
        "council", "ons_code", "slug",
        "ofsted_region", "ons_region", "last_inspection", "first_day",
        "published", "outcome", "outcome_read_from", "state", "earliest", "likeliest", "latest",
        "share_of_cases_waiting_longer", "cases", "re_inspected", "pooled", "known_to",
    )  # fmt: skip
    rows = (
        (
            row.council_name, codes.get(row.slug), row.slug,
            row.ofsted_region, row.ons_region, row.reference,
            row.wait.start_date, row.wait.publication_date, row.wait.standing, row.wait.basis,
            row.window.window_status, row.window.earliest_date, row.window.likeliest_date,
            row.window.latest_date,
            None if row.window.share_waiting is None else round(row.window.share_waiting, 3),
            row.window.cases, row.window.events, "yes" if row.window.is_pooled else "no",
            row.window.estimated_to_date,
        )
        for row in found.rows
    )  # fmt: skip
    return england_parts.csv_file("windows", header, rows, start)
