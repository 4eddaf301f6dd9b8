"""What the pages about all councils share: their links, choices, pages of rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dashboard import words
from dashboard.state.address import Notice, ViewState, to_slug
from dashboard.state.controls import Field
from dashboard.state.opening import Opening, told
from inspections.framework_rows import FrameworkBook, Grade
from inspections.questions.among import Among
from inspections.rows import Council
from inspections.rules.clock import DAYS_PER_MONTH
from inspections.vocabulary import CouncilKind, Region

PAGES = (  # code, address, name, heading where it is another
    ("now", "/", "Overview", ""),
    ("changes", "/england/changes/", "What changed", ""),
    ("week", "/england/week/", "This week", ""),
    ("upcoming", "/england/upcoming/", "Upcoming", "Likely next inspections"),
    ("inadequate", "/england/inadequate/", "After inadequate", "Judged Inadequate"),
    ("journeys", "/england/journeys/", "After a grade", "After a grade: what happened next"),
    ("findings", "/england/findings/", "What inspectors ask for", ""),
    ("visits", "/england/visits/", "Visits", ""),
    ("figures", "/england/figures/", "Figures", "Councils in figures"),
    ("timing", "/england/timing/", "How long reports take", ""),
    ("statistics", "/england/statistics/", "Grades on any date", ""),
    ("expected", "/england/expected/", "Expected and actual", ""),
)
IN_MENU = {"changes", "upcoming", "visits"}


def page_links(current: str, keep: str) -> list[dict[str, Any]]:
    """The pages about England, the present one marked; the clocks are kept. Those that stand in
    the menu of every page are not here again."""
    return [
        {"href": f"{path}{keep}", "name": name, "is_on": code == current}
        for code, path, name, _heading in PAGES
        if code not in IN_MENU
    ]


def region_field() -> Field:
    return Field("region", "Region", region_choices(), any="all regions")


def kind_field() -> Field:
    return Field("kind", "Kind of council", kind_choices(), any="all kinds")


def council_field(start: Opening, label: str) -> Field:
    """A council to be named or marked; one that is known stands there by its name."""
    text = start.state.council or ""
    found, _ = start.council(text) if text else (None, False)
    name = found.short_name if found else text
    return Field("council", label, [(text, name)], kind="search", current=name)


def marked_council(start: Opening) -> tuple[Council | None, tuple[Notice, ...]]:
    """The council that the address marks; told where it is none of those that a view shows."""
    if not start.state.council:
        return None, ()
    found, _ = start.council(start.state.council)
    if found and among_in(start.state).has(found):
        return found, ()
    return None, (Notice("council", start.state.council, "it is none of the councils shown"),)


def area_field(book: FrameworkBook) -> Field:
    return Field("area", "Judgement area", area_choices(book))


def region_choices() -> list[tuple[str, str]]:
    """The nine regions; of Ofsted's, which are else the same, the one that joins two of them,
    which is named as Ofsted's."""
    joined = Region.NORTH_EAST_YORKSHIRE
    rest = [pair for pair in Region.choices() if pair[0] != joined]
    named = (joined, "Ofsted's North East, Yorkshire, Humber")
    return [(to_slug(code), label) for code, label in [*rest, named]]


def kind_choices() -> list[tuple[str, str]]:
    return [(to_slug(code), label) for code, label in CouncilKind.choices()]


def year_fields(start: Opening) -> tuple[Field, Field]:
    """The first and the last year of a chart, out of those of the record's full inspections."""
    days = [row.event_date for row in start.record.full_inspections(start.day)]
    years = [str(year) for year in range(min(days, default=start.day).year, start.day.year + 1)]
    pairs = [(year, year) for year in years]
    return (
        Field("from", "From the year", pairs, any="the first"),
        Field("to", "To the year", pairs, any="the last"),
    )


def area_choices(book: FrameworkBook) -> list[tuple[str, str]]:
    return [(to_slug(lane.code), lane.name) for lane in book.choosable_lanes]


def grade_choices(book: FrameworkBook) -> list[tuple[str, str]]:
    """Every grade of the frameworks of the whole service, best first, oldest scale first."""
    scales = {row.scale for row in book.frameworks.values() if row.is_whole_service}
    return [(to_slug(grade.key), grade.title) for grade in book.scales(scales)]


def framework_choices(book: FrameworkBook) -> list[tuple[str, str]]:
    rows = (row for row in book.in_order if row.is_whole_service)
    return [(to_slug(row.code), row.title) for row in rows]


def among_of(region: str | None, kind: str | None = None, scheme: str = "") -> Among:
    """Councils of a region of either scheme (or of the one named) and of a kind."""
    return Among(scheme, region or "", kind or "")


def among_in(state: ViewState) -> Among:
    """The councils that a view's filters leave; its windows and waits rest on no others."""
    given = {name: getattr(state, name, None) for name in ("region", "kind", "regions")}
    return among_of(given["region"], given["kind"], given["regions"] or "")


def place(state: ViewState, rows: Any = None) -> str:
    """What a chart about all councils names before its title: England, or the part asked about."""
    region, kind = getattr(state, "region", None), getattr(state, "kind", None)
    where = Region.label_of(region) if region else "England"
    return f"{where}, {CouncilKind.label_of(kind).lower()}" if kind else where


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
    number = min(state.page, last_page(total, size))
    first = (number - 1) * size
    return Slice(
        number=number,
        first=first,
        last=min(total, first + size),
        total=total,
        previous=state.but(page=number - 1).url(path) if number > 1 else None,
        following=state.but(page=number + 1).url(path) if first + size < total else None,
    )


def last_page(total: int, size: int) -> int:
    return max(1, -(-total // size))


def asked_page(start: Opening, ask: Callable[[Any], Any], size: int) -> tuple[Any, Any]:
    """The opening and what `ask` finds for it; past the end the last page, with a notice.

    What is found has a `total`. Asked a second time only for a page past the end.
    """
    found = ask(start)
    asked, last = start.state.page, last_page(found.total, size)
    if asked <= last:
        return start, found
    has = "has only one page" if last == 1 else f"ends with page {last}, which is shown"
    notice = Notice("page", str(asked), f"the list {has}")
    start = told(replace(start, state=start.state.but(page=last)), notice)
    return start, ask(start)


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
    """Days as whole months, as `30 months`."""
    return words.count(round(days / DAYS_PER_MONTH), "month")


def percent(share: float | None) -> str:
    """A share (0-1) as a whole percentage, halves up; a dash for none."""
    return "–" if share is None else f"{int(100 * share + 0.5 + 1e-9)}%"


def grades_given(start: Opening) -> tuple[Grade, ...]:
    """Columns of files, whatever is asked: the first framework's grades, and those of every
    scale that a report published by the page's day has used."""
    whole = [row for row in start.book.in_order if row.is_whole_service]

    def used() -> set[str]:
        return {
            judged.grade.scale
            for row in start.record.inspections
            if row.publication_date <= start.day and row.framework.is_whole_service
            for judged in row.judgements
        }

    scales = start.record.remember(("scales used", start.day), used)
    return start.book.scales({row.scale for row in whole[:1]} | scales)
