"""What inspectors asked for, on the page of an event and of a council: rows to words and links.

Words are careful: the same theme is not the same fault, and not raised does not mean put right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard import words
from dashboard.state.opening import Opening
from dashboard.words import presenters
from dashboard.words.coverage import complete
from inspections.country_rows import Coverage
from inspections.questions.asked_for import AskedFor, RaisedAgain, ThemeAsked, raised_again
from inspections.rows import Council, Event, Inspection, Point, Theme
from inspections.vocabulary import VisitKind

LETTERS = (VisitKind.FOCUSED,)  # whose points are read; assurance visits have ended


@dataclass(frozen=True, slots=True)
class EventLink:
    """An event by its month; `kind` says of a visit that it is one."""

    href: str
    month: str
    kind: str


@dataclass(frozen=True, slots=True)
class PointLine:
    """One point: its sentence where it is held and not told in an earlier row, and its page.
    `href` is empty where the document has no address here; `page` None where it was typed."""

    number: int
    is_priority: bool
    text: str
    told_under: str
    page: int | None
    href: str
    is_unsure: bool

    @property
    def name(self) -> str:
        return f"Point {self.number}"


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme of an event with its points and the other events that raise it."""

    theme: Theme
    points: tuple[PointLine, ...]
    before: tuple[EventLink, ...]
    after: tuple[EventLink, ...]


def document_of(event: Event) -> str:
    """The address of the report or letter; empty where none is recorded."""
    return event.report_url if isinstance(event, Inspection) else event.letter_url


def document_name(event: Event) -> str:
    return "report" if isinstance(event, Inspection) else "letter"


def page_address(event: Event, page: int | None) -> str:
    """The document opened at a page; empty where either is not recorded."""
    address = document_of(event)
    return f"{address}#page={page}" if address and page else ""


def event_link(council: Council, event: Event, keep: str) -> EventLink:
    kind = "" if isinstance(event, Inspection) else presenters.event_name(event).lower()
    path = f"/councils/{council.slug}/inspections/{event.reference}/{keep}"
    return EventLink(path, presenters.event_month(event), kind)


def context(found: AskedFor | None, council: Council, start: Opening) -> dict[str, Any] | None:
    """What the block shows; None where the event's points are not on record."""
    if found is None:
        return None
    told: dict[int, str] = {}
    rows = [_row(asked, found.event, council, start, told) for asked in found.themes]
    return {
        "event": found.event,
        "document": document_name(found.event),
        "sentences": list(sentences(found)),
        "rows": rows,
        "of_none": [_line(point, found.event, told, "") for point in found.of_none],
        "has_earlier": bool(found.earlier),
        "has_later": bool(found.later),
        "cautions": list(cautions(found, start.record.coverage, start.day)),
        "share": share_words(raised_again(start.record, start.day)),
        "has_unsure": any(line.is_unsure for row in rows for line in row.points),
    }


def _row(
    asked: ThemeAsked, event: Event, council: Council, start: Opening, told: dict[int, str]
) -> ThemeRow:
    name = asked.theme.name
    return ThemeRow(
        asked.theme,
        tuple(_line(point, event, told, name) for point in asked.points),
        tuple(event_link(council, row, start.keep) for row in asked.before),
        tuple(event_link(council, row, start.keep) for row in asked.after),
    )


def _line(point: Point, event: Event, told: dict[int, str], name: str) -> PointLine:
    """A sentence stands once, under the first of its themes; `told` keeps under which."""
    under = told.setdefault(point.number, name) if point.text else ""
    is_first = under == name
    return PointLine(
        number=point.number,
        is_priority=point.is_priority_action,
        text=point.text.removesuffix(".") if is_first else "",  # its page stands behind it
        told_under="" if is_first else under,
        page=point.page,
        href=page_address(event, point.page),
        is_unsure=point.basis == "unsure",
    )


def _listed(points: Sequence[Point]) -> str:
    """`13 points to improve`, and how many of them are areas for priority action."""
    urgent = sum(point.is_priority_action for point in points)
    said = f"{words.count(len(points), 'point')} to improve"
    if not urgent:
        return said
    areas = "an area" if urgent == 1 else "areas"
    return f"{said}, {urgent} of them {areas} for priority action"


def sentences(found: AskedFor) -> Iterable[str]:
    """How much was asked for, what of it had been raised before, and what has not been since."""
    name = document_name(found.event)
    if not found.points:
        yield f"The {name} lists nothing that has to improve."
        return
    themes = words.count(len(found.themes), "theme")
    yield f"The {name} lists {_listed(found.points)}, on {themes}."
    if found.repeated and found.previous:
        before = f"the full report before it ({words.month(found.previous.event_date)})"
        yield _raised_before(found.repeated.repeated, found.repeated.points, before)
    elif not found.earlier:
        yield "No earlier report or letter of this council has its points on record."
    if found.later and found.themes:
        number = len(found.later)
        later = (
            "one later report or letter" if number == 1 else f"{number} later reports and letters"
        )
        again = _came_again(len(found.themes) - len(found.not_since), len(found.themes))
        yield again.format(f"in the {later} whose points are on record")
    elif not found.later:
        yield "No later report or letter has its points on record."


def _raised_before(repeated: int, points: int, before: str) -> str:
    """`9 of the 13 are on themes that the full report before it (July 2022) had raised too.`"""
    if not repeated:
        none = "It is on no theme" if points == 1 else "None of them is on a theme"
        return f"{none} that {before} had raised."
    if points == 1:
        who = "It is on a theme"
    elif repeated == points:
        who = f"All {points} are on themes"
    else:
        who = f"{repeated} of the {points} {'is on a theme' if repeated == 1 else 'are on themes'}"
    return f"{who} that {before} had raised too."


def _came_again(again: int, themes: int) -> str:
    """`2 of the 3 themes came up again {}; 1 did not.`"""
    if themes == 1:
        return "The theme came up again {}." if again else "The theme did not come up again {}."
    if not again:
        return f"None of the {themes} themes came up again {{}}."
    if again == themes:
        return f"All {themes} themes came up again {{}}."
    return f"{again} of the {themes} themes came up again {{}}; {themes - again} did not."


def cautions(found: AskedFor, coverage: Mapping[str, Coverage], day: date) -> Iterable[str]:
    """What the rows do not say, and to which day what came later is known."""
    yield "The same theme is not the same fault: a theme covers much, and teams and reasons differ."
    if found.later:
        yield (
            "Not raised again does not mean put right: a visit looks at one part of the service, "
            "and a report names what matters most then."
        )
    name = document_name(found.event)
    yield f"What inspectors praised is not collected here; it stands in the {name}."
    yield from known_words(found, coverage, day)


def known_words(found: AskedFor, coverage: Mapping[str, Coverage], day: date) -> Iterable[str]:
    """To which day what came later is known, and what of it is not read here."""
    known = f"full inspections are complete to {words.day(found.seen_to)}"
    if letters := complete(coverage, found.event.event_date or date.min, day, LETTERS):
        known += f", {letters}"
    yield f"What came later is known as far as the record goes: {known}."
    if found.unread_report:
        yield words.newer_report(found.unread_report.publication_date)
    if found.unread_later:
        number = len(found.unread_later)
        yield (
            f"{words.count(number, 'later report or letter', 'later reports and letters')} "
            f"{'has' if number == 1 else 'have'} no points on record "
            f"({words.listing(_kinds(found.unread_later))})."
        )


def _kinds(events: Sequence[Event]) -> list[str]:
    """`2 monitoring visits`, `1 joint targeted area inspection`."""
    names = [presenters.event_name(event) for event in events]
    return [
        words.count(names.count(name), name[0].lower() + name[1:]) for name in dict.fromkeys(names)
    ]


def share_words(found: RaisedAgain) -> str:
    """How usual it is that a theme comes again, with what would be so by chance; empty for none."""
    own, others = found.own.share, found.others.share
    if own is None or others is None:
        return ""
    return (
        f"In England {own:.1%} of the points of a full report belong to a theme that the same "
        f"council's full report before had raised; set beside the reports before of other "
        f"councils it would be {others:.1%}. Themes are broad, so most of what comes again would "
        f"do so by chance (n = {found.own.points:,} points of {found.reports} reports)."
    )
