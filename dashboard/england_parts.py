"""What the pages about all councils share: their list, choices, pages of rows, CSV files."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from dashboard import words
from dashboard.downloads import safe_cell
from dashboard.state import ViewState, to_slug
from inspections.queries.held import Among
from inspections.rows import FrameworkBook
from inspections.vocabulary import CouncilKind, Region

PAGES = (
    ("now", "/", "Now"),
    ("statistics", "/england/statistics/", "Grades held"),
    ("changes", "/england/changes/", "Changes"),
    ("journeys", "/england/journeys/", "Journeys"),
    ("timing", "/england/timing/", "Timing"),
    ("upcoming", "/england/upcoming/", "Upcoming"),
    ("inadequate", "/england/inadequate/", "Inadequate"),
    ("expected", "/england/expected/", "Expected and actual"),
)


def page_links(current: str, keep: str) -> list[dict[str, Any]]:
    """The pages about England, the present one marked; the clocks are kept."""
    return [
        {"href": f"{path}{keep}", "name": name, "is_on": code == current}
        for code, path, name in PAGES
    ]


def region_choices() -> list[tuple[str, str]]:
    return [(to_slug(code), label) for code, label in Region.choices()]


def kind_choices() -> list[tuple[str, str]]:
    return [(to_slug(code), label) for code, label in CouncilKind.choices()]


def area_choices(book: FrameworkBook) -> list[tuple[str, str]]:
    return [(to_slug(lane.code), lane.name) for lane in book.choosable_lanes]


def grade_choices(book: FrameworkBook) -> list[tuple[str, str]]:
    """Every grade of the frameworks of the whole service, best first, oldest scale first."""
    scales = {row.scale for row in book.frameworks.values() if row.is_whole_service}
    return [(to_slug(grade.key), grade.title) for grade in book.scales(scales)]


def framework_choices(book: FrameworkBook) -> list[tuple[str, str]]:
    rows = (row for row in book.in_order if row.is_whole_service)
    return [(to_slug(row.code), row.short_name) for row in rows]


def among_of(region: str | None, kind: str | None = None, scheme: str = "") -> Among:
    """Councils of a region of either scheme (or of the one named) and of a kind."""
    return Among(scheme, region or "", kind or "")


def among_words(region: str | None, kind: str | None = None) -> str:
    """Which councils are asked about, for the end of a sentence; empty for all."""
    parts = []
    if kind:
        parts.append(CouncilKind.label_of(kind).lower())
    if region:
        parts.append(Region.label_of(region))
    return f" ({', '.join(parts)})" if parts else ""


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of rows: which, and the addresses of the pages beside it (None: none)."""

    number: int
    first: int
    last: int
    total: int
    previous: str | None
    following: str | None

    @property
    def is_whole(self) -> bool:
        return self.previous is None and self.following is None

    @property
    def words(self) -> str:
        return f"{self.first + 1:,} to {self.last:,} of {self.total:,}"


def slice_of(state: Any, path: str, *, total: int, size: int) -> Slice:
    """The page of `size` rows that the state asks for; one past the end is the last."""
    pages = max(1, -(-total // size))
    number = min(state.page, pages)
    first = (number - 1) * size
    return Slice(
        number=number,
        first=first,
        last=min(total, first + size),
        total=total,
        previous=state.but(page=number - 1).url(path) if number > 1 else None,
        following=state.but(page=number + 1).url(path) if number < pages else None,
    )


def asked_first(state: Any, size: int) -> int:
    """The first row of the asked page, before the total is known."""
    return (state.page - 1) * size


def chosen(state: ViewState, *names: str) -> dict[str, str]:
    """The state's choices as the forms write them."""
    found = {}
    for name in names:
        value = getattr(state, name)
        found[name] = "" if value is None else to_slug(str(value))
    return found


def months(days: float) -> str:
    """Days as months with one decimal, as `29.9 months`."""
    return f"{days / words.DAYS_PER_MONTH:.1f} months"


def percent(share: float | None) -> str:
    """A share (0-1) as a whole percentage, halves up; a dash for none."""
    return "–" if share is None else f"{int(100 * share + 0.5 + 1e-9)}%"


def csv_file(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], start: Any
) -> HttpResponse:
    """Rows as CSV with a header line, the day, source and licence in every row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*header, "as_at", "source", "licence"])
    ending = [start.clock.as_at, "Ofsted", "Open Government Licence v3.0"]
    for row in rows:
        writer.writerow([safe_cell("" if cell is None else cell) for cell in (*row, *ending)])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    file_name = f"{name}-as-at-{start.clock.as_at}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
