"""Days from the last day on site to publication: what the page and the file show."""

from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html_join

from dashboard import catalogue_england, chart_kinds_england, england_parts, words
from dashboard.state_england import TimingState
from inspections.queries.reporting import Reporting


def context(found: Reporting, start: Any, path: str) -> dict[str, Any]:
    state: TimingState = start.state
    return {
        "pages": england_parts.page_links("timing", start.keep),
        "found": found,
        "sentence": sentence(found, state),
        **chart_kinds_england.on_page(
            chart_kinds_england.REPORTING, start, chart_kinds_england.answer_reporting(found, start)
        ),
        "longest": format_html_join(
            "",
            '<tr><th scope="row"><a href="/councils/{}/inspections/{}/{}">{}</a></th>'
            '<td data-label="Last day">{}</td><td data-label="Published">{}</td>'
            '<td class="n" data-label="Days">{}</td><td data-label="Election">{}</td></tr>',
            (
                (
                    row.slug, row.reference, start.keep, row.council_name,
                    words.day(row.end_date), words.day(row.publication_date), row.days,
                    row.election or "–",
                )
                for row in found.longest
            ),
        ),
        "csv_url": state.url("/england/timing.csv"),
        "options": {
            "by": [("year", "year of publication"), ("kind", "kind of inspection"),
                   ("grade", "overall grade")],
            "region": england_parts.region_choices(),
            "kind": england_parts.kind_choices(),
        },
        "chosen": england_parts.chosen(state, "by", "region", "kind"),
    }  # fmt: skip


def sentence(found: Reporting, state: TimingState) -> str:
    among = england_parts.among_words(state.region, state.kind)
    if found.total is None:
        return f"No report on a full inspection{among} had been published by this day."
    total = found.total
    return (
        f"{words.count(total.n, 'report')} on full inspections{among}: half came out within "
        f"{total.median:.0f} days of the last day on site, three quarters within "
        f"{total.upper:.0f}; the longest took {total.longest}."
    )


def as_csv(found: Reporting, start: Any) -> HttpResponse:
    """The groups of the chart, one a line; days."""
    names = catalogue_england.grade_names(start.book)
    header = (found.by, "reports", "quarter_within", "median", "three_quarters_within", "longest")
    rows = (
        (
            catalogue_england.group_name(found.by, row.key, names),
            row.n, row.lower, row.median, row.upper, row.longest,
        )
        for row in found.groups
    )  # fmt: skip
    return england_parts.csv_file(f"days-to-publication-by-{found.by}", header, rows, start)
