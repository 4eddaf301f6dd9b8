"""How councils went on from a grade: what the page and the file show."""

from collections import Counter
from statistics import median
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dashboard import chart_kinds_england, england_parts, england_questions, presenters, words
from dashboard.state import Notice
from dashboard.state_england import JourneysState
from inspections.queries import journeys as query
from inspections.queries.journey import Journey, Journeys
from inspections.rules.intervals import DAYS_PER_MONTH
from inspections.vocabulary import VisitKind


def notices(start: Any, overlay: Journey | None) -> tuple[Notice, ...]:
    state: JourneysState = start.state
    if not state.council or overlay:
        return start.notices
    reason = "no council of this name has had this grade in this area by this day"
    return (*start.notices, Notice("council", state.council, reason))


def context(found: Journeys, start: Any, path: str) -> dict[str, Any]:
    state: JourneysState = start.state
    overlay = england_questions.laid_over(found)
    part = england_parts.slice_of(
        state, path, total=found.total, size=england_questions.WAITS_A_PAGE
    )
    between = query.visits_between(found.rows, start.clock)
    grade = found.grade.title if found.grade else state.grade
    return {
        "notices": notices(start, overlay),
        "pages": england_parts.page_links("journeys", start.keep),
        "found": found,
        "lane": found.lane,
        "grade_name": grade,
        "sentence": sentence(found, grade, state),
        "overlay_sentence": overlay_sentence(found, overlay),
        "outcomes": outcomes(found),
        **chart_kinds_england.on_page(
            chart_kinds_england.WAITING, start, chart_kinds_england.answer_waiting(found)
        ),
        "rows": table_rows(found.rows, between, start),
        "part": part,
        "csv_url": state.url("/england/journeys.csv"),
        "options": {
            "grade": england_parts.grade_choices(start.book),
            "area": england_parts.area_choices(start.book),
            "framework": england_parts.framework_choices(start.book),
            "region": england_parts.region_choices(),
        },
        "chosen": england_parts.chosen(state, "grade", "area", "framework", "region", "council"),
    }


def sentence(found: Journeys, grade: str, state: JourneysState) -> str:
    among = england_parts.among_words(state.region)
    area = found.lane.name.lower()
    if not found.total:
        return f"No council{among} was judged {grade} for {area} by this day."
    over = sorted(days / DAYS_PER_MONTH for days in found.finished.elements())
    begun = (
        f"{words.count(found.total, 'time')} a full inspection{among} gave {grade} for "
        f"{area}; {len(over)} have been followed by another full inspection"
    )
    if not over:
        return f"{begun}."
    return (
        f"{begun}, {min(over):.1f} to {max(over):.1f} months later (median of those finished "
        f"{median(over):.1f}, which leaves out the {found.total - len(over)} others)."
    )


def overlay_sentence(found: Journeys, overlay: Journey | None) -> str:
    """Where one council's wait stands among those after the same grade and framework."""
    if overlay is None:
        return ""
    place, number = found.place_of(overlay)
    span = england_parts.months(overlay.days)
    begun = words.month(overlay.start_date)
    if not overlay.is_over:
        longer = place - 1
        return (
            f"{overlay.council_name} has waited {span} since the inspection of {begun}: longer "
            f"than {longer} of the {number} finished waits after this grade under the same "
            "framework."
        )
    rank = f"the {words.ordinal(place)} shortest" if place > 1 else "the shortest"
    if place == number > 1:
        rank = "the longest"
    return (
        f"{overlay.council_name}, inspected in {begun}, was inspected again after {span}: {rank} "
        f"of the {number} finished waits after this grade under the same framework."
    )


def outcomes(found: Journeys) -> list[tuple[SafeString, int]]:
    """What the next inspection gave, best first; not judged last."""
    ordered = sorted(found.outcomes.items(), key=lambda item: item[0].place if item[0] else 999)
    return [
        (presenters.grade_tag(grade, absent="Not graded in this area"), number)
        for grade, number in ordered
    ]


def table_rows(
    listed: tuple[Journey, ...], between: dict[Any, Counter[str]], start: Any
) -> SafeString:
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th>'
        '<td data-label="Inspected"><a href="/councils/{}/inspections/{}/{}">{}</a></td>'
        '<td class="n" data-label="Months">{}</td><td data-label="It gave">{}</td>'
        '<td data-label="Change">{}</td><td data-label="Visits">{}</td></tr>',
        (
            (
                row.slug, start.keep, row.council_name,
                row.slug, row.reference, start.keep, words.month(row.start_date),
                f"{row.days / DAYS_PER_MONTH:.1f}" + ("" if row.is_over else " so far"),
                _gave(row),
                _change(row, start),
                _visits(between.get((row.council_id, row.start_date), Counter())),
            )
            for row in listed
        ),
    )  # fmt: skip


def _gave(row: Journey) -> SafeString:
    if not row.is_over:
        return presenters.grade_tag(None, absent="not inspected again yet")
    return presenters.grade_tag(row.later_grade)


def _change(row: Journey, start: Any) -> str:
    found = row.change(start.book)
    return words.change(found, None) if found else "–"


def _visits(counted: Counter[str]) -> str:
    parts = [
        f"{counted[kind]} {VisitKind.label_of(kind).lower().removesuffix(' visit')}"
        for kind in (VisitKind.MONITORING, VisitKind.FOCUSED, VisitKind.ASSURANCE)
        if counted[kind]
    ]
    return ", ".join(parts) or "none on record"


def as_csv(found: Journeys, start: Any) -> HttpResponse:
    """Every wait, one a line, with days and what the next inspection gave."""
    codes = england_parts.ons_codes(start)
    header = (
        "council", "ons_code", "slug",
        "framework", "inspection", "first_day", "area", "grade", "days",
        "is_over", "next_inspection", "next_first_day", "next_grade", "change",
    )  # fmt: skip
    rows = (
        (
            row.council_name, codes.get(row.slug), row.slug,
            row.framework, row.reference, row.start_date,
            found.lane.code, row.grade.code, row.days, "yes" if row.is_over else "no",
            row.later_reference, row.later_start_date,
            row.later_grade.code if row.later_grade else None,
            change.kind if (change := row.change(start.book)) else None,
        )
        for row in found.rows
    )  # fmt: skip
    return england_parts.csv_file(f"journeys-from-{start.state.grade}", header, rows, start)
