"""What every page begins with: the state of its address, the clocks, the frameworks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from dashboard import words
from dashboard.state.address import (
    HELP,
    KIND,
    LANE,
    LOOK,
    REGION,
    Choices,
    LookState,
    Notice,
    PlainState,
    RefusedError,
    ViewState,
    is_file,
    param,
    shown,
    to_slug,
)
from dashboard.words.meanings import meanings
from inspections import store
from inspections.framework_rows import FrameworkBook
from inspections.questions.council import as_held, find_council
from inspections.questions.search import near
from inspections.record import Record, Text
from inspections.rows import Council, Event
from inspections.vocabulary import CoverageKind, Region

SITE_NAME = "Children's services inspections in England"
VISITS = (CoverageKind.FOCUSED, CoverageKind.MONITORING, CoverageKind.ASSURANCE)


@dataclass(frozen=True)
class Preview:
    """What a chat shows of a shared link, as Open Graph has it; addresses are whole ones.

    `oembed` is empty where there is none.
    """

    title: str
    description: str
    image: str
    alt: str
    url: str
    oembed: str = ""


@dataclass(frozen=True, kw_only=True)
class PicturedState(ViewState):
    """The parameters that a page hands on to the chart of grades held, its picture."""

    area: str = param(LANE, default=HELP, write=to_slug)
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)


@dataclass(frozen=True)
class Opening:
    """A page's beginning; `keep` carries its clocks along in links to other pages.

    `now` is the record as it is, `record` the one that the address shows: the same, or that of
    an earlier moment. `day`: only what had been published by it is shown.
    """

    now: Record
    record: Record
    state: Any
    notices: tuple[Notice, ...]
    day: date
    today: date
    path: str = "/"

    @property
    def book(self) -> FrameworkBook:
        return self.record.book

    def council(self, text: str) -> tuple[Council | None, bool]:
        """The council of an address as the page's record holds it, and whether the address is
        its own. An address leads to its council whatever it was called then."""
        found, is_slug = find_council(self.now, text)
        return (as_held(self.record, found) if found else None), is_slug

    @property
    def known(self) -> datetime | None:
        return self.state.known

    @cached_property
    def clocks(self) -> PlainState:
        return PlainState(as_at=self.state.as_at, known=self.state.known)

    @cached_property
    def keep(self) -> str:
        return self.clocks.url("")

    @property
    def is_earlier(self) -> bool:
        """Does the page stand on a day before what the record tells of today was written?"""
        return self.day < (self.now.known_to or self.today)

    @cached_property
    def seen_to(self) -> date:
        """The last day of the page to which full inspections are complete. Whatever is said
        not to have happened is said to this day."""
        return self.record.seen_to(self.day)

    @property
    def told_to(self) -> date:
        """The day up to which the page tells what is held, and counts it."""
        return self.record.told_to(self.day)

    @cached_property
    def stands(self) -> str:
        """The page's day in words: `As at 1 May 2026`, or the day that the record ends."""
        if self.seen_to == self.day:
            return f"As at {words.day(self.day)}"
        ends = words.day(self.seen_to)
        if self.state.as_at:
            return f"As at {words.day(self.day)}; the record is complete to {ends}"
        return f"To {ends}"

    @property
    def visits_to(self) -> str:
        """`all visits to March 2025`: the earliest day to which each kind of visit is complete;
        empty where the inspections' is no later."""
        held = self.record.coverage
        ends = min((held[kind].complete_to_date for kind in VISITS if kind in held), default=None)
        if ends is None or ends >= self.seen_to:
            return ""
        return f"all visits to {words.month_end(ends)}"

    @property
    def has_later_visits(self) -> bool:
        """Are visits on record of a time for which they are not complete?"""
        held = self.record.coverage

        def found() -> bool:
            return any(
                row.publication_date and row.publication_date > held[row.kind].complete_to_date
                for row in self.record.visits
                if row.kind in held
            )

        return self.record.remember(("visits later than complete",), found)

    @cached_property
    def day_words(self) -> str:
        """The page's day for the chip beside its title: to when what is known, or the day asked
        for. It breaks between its parts alone."""
        known = [f"all inspections to {words.day(self.seen_to)}", self.visits_to]
        if self.visits_to and self.has_later_visits:
            known.append("some later")
        if self.state.as_at:
            known = known[: self.seen_to < self.day]
            known.insert(0, f"As at {words.day(self.day)}")
        parts = [part.replace(" ", "\N{NO-BREAK SPACE}") for part in known if part]
        return words.begun(", ".join(parts))

    @property
    def covered(self) -> list[tuple[str, date]]:
        """Each kind of fact with the day to which it is complete, as the page's record knew."""
        held = self.record.coverage
        return [(kind.label, held[kind].complete_to_date) for kind in CoverageKind if kind in held]

    @property
    def coverage(self) -> str:
        """To which day each kind of fact is complete, in a sentence; empty where none is known."""
        told = "; ".join(f"{kind.lower()} to {words.day(day)}" for kind, day in self.covered)
        return f"The record is complete: {told}." if told else ""

    @property
    def clock_lines(self) -> tuple[tuple[str, str], ...]:
        """Both clocks and the days to which each kind of fact is complete, as a file heads them."""
        return (
            ("As at", self.day.isoformat()),
            ("Known", self.known.isoformat() if self.known else "now"),
            *((f"{kind} complete to", day.isoformat()) for kind, day in self.covered),
        )

    @property
    def today_name(self) -> str:
        """What a picture calls the page's day."""
        if self.seen_to < self.day:
            return "known to here"
        return "as at" if self.state.as_at else "today"

    def but_notice(self, notice: Notice, **changes: Any) -> "Opening":
        """The same beginning with parameters changed, and told why."""
        state, notices = self.state.but(**changes), (*self.notices, notice)
        return replace(self, state=state, notices=notices)

    def showing(self, name: str, day: date) -> "Opening":
        """The same beginning; where this parameter was ignored, the notice says the day shown."""
        notices = (
            replace(row, instead=words.day(day)) if row.name == name else row
            for row in self.notices
        )
        return replace(self, notices=tuple(notices))

    def drawn_to(self, events: Iterable[Event]) -> date:
        """The day to which a picture draws what is held: the record's end, or the newest event
        that somebody has entered since."""
        published = (row.publication_date for row in events if row.publication_date)
        return max([self.seen_to, *published])

    @property
    def clock_line(self) -> str:
        """What a page says where the machine's clock is wrong."""
        clock = timezone.localdate()
        if clock >= today_of(self.now):
            return ""
        return (
            f"This machine's clock says {words.day(clock)}, which is before the day to which the "
            f"record is complete, {words.day(self.now.known_to)}. The page counts from that day."
        )

    def draw(self, key: tuple[Any, ...], make: Callable[[], Text]) -> Text:
        """A piece of the page, made once for its record, its days and `key`."""
        return self.record.draw((*key, self.day, self.today, self.keep), make)

    @property
    def feeds(self) -> list[tuple[str, str]]:
        """Title and address of the feed for the page's head: of its region, else of England."""
        if region := getattr(self.state, "region", None):
            name = Region.label_of(region)
            return [(f"Inspections: {name}", f"/england/{to_slug(region)}.atom")]
        return [("Inspections of every council", "/england.atom")]

    def context(self, title: str = "", /, **more: Any) -> dict[str, Any]:
        """What every page is told; `title` names one without a preview of its own."""
        as_at = self.day
        title = f"{title}: inspections of children's services" if title else SITE_NAME
        return {
            "draw": self.draw,
            "book": self.book,
            "clock_line": self.clock_line,
            "key_grades": self.book.scale(order[-1].scale) if (order := self.book.in_order) else (),
            "meanings": lambda: meanings(self.book),
            "record": self.now,
            "coverage": self.coverage,
            "stands": self.stands,
            "atom": self.feeds,
            "day_words": self.day_words,
            "elsewhere": parse_qsl(self.state.but(as_at=None, known=None).query()),
            "stands_within": words.within(self.stands),
            "seen_to": self.seen_to,
            "ends_before": self.seen_to < as_at,
            "state": self.state,
            "notices": self.notices,
            "meant": self.meant(more.get("notices", self.notices)),
            "as_at": as_at,
            "as_at_words": words.day(as_at),
            "next_framework": self.book.next_due(self.today),
            "is_past": self.state.is_pinned,
            "is_earlier": self.is_earlier,
            "keep": self.keep,
            "latest_url": self.state.but(as_at=None, known=None).url(self.path),
            "clocks": parse_qsl(self.clocks.query()),
            "today": self.today,
            "title": title,
            "preview": self.preview(
                title,
                "What Ofsted's inspectors have judged in every council's children's services in "
                "England, when, and what changed.",
            ),
            **more,
        }

    def meant(self, notices: Sequence[Notice]) -> list[tuple[str, str]]:
        """Councils that a misspelt one of the address may be, each with this view of it."""
        if not hasattr(self.state, "council"):
            return []  # a page that is of no council
        texts = [row.found for row in notices if row.name == "council"]
        return [
            (row.council.short_name, self.state.but(council=row.council.slug).url(self.path))
            for text in texts
            if not self.council(text)[0]
            for row in near(text, self.now.councils)
        ]

    def preview(self, title: str, description: str, council: Council | None = None) -> Preview:
        """Of a page without a chart of its own: the picture is the council's or England's."""
        names = () if council else ("area", "region", "kind")
        shared = {name: value for name in names if (value := getattr(self.state, name, None))}
        state = PicturedState(as_at=self.state.as_at, known=self.state.known, **shared)
        page = f"/councils/{council.slug}/" if council else ""
        picture = f"{page}grades" if council else "/england/grades-held"
        return Preview(
            title=title,
            description=" ".join(description.split()),
            image=settings.SITE_URL + state.url(f"{picture}.preview.png"),
            alt=f"{title}: a chart of the grades",
            url=settings.SITE_URL + self.state.url(page or self.path),
        )


def look(request: HttpRequest) -> LookState:
    """Size, scheme and meeting mode; what cannot be read is left at the default."""
    return look_of(request.path, dict(request.GET.lists()))


def look_of(path: str, query: Mapping[str, Sequence[str]]) -> LookState:
    asked = {name: cells for name, cells in query.items() if name in LOOK}
    state, notices = LookState.read(asked, Choices(timezone.localdate()))
    if notices and is_file(path):
        raise RefusedError(notices)
    return state


def opening(request: HttpRequest, kind: type[ViewState] = PlainState) -> Opening:
    """Reads the request's address and takes the record that it shows; one query.

    A page may be looked at before its day: `request.shown_on` then stands for today.
    """
    return opening_of(request, kind, request.path, dict(request.GET.lists()))


def opening_of(
    request: HttpRequest, kind: type[ViewState], path: str, asked: Mapping[str, Sequence[str]]
) -> Opening:
    """The opening of a path and a query: the request's own, or those of an address that it names.

    With `known` the record is that of an earlier moment, and what may be named is read anew.
    """
    look_of(path, asked)
    query = {name: cells for name, cells in asked.items() if name not in LOOK}
    now = record = getattr(request, "record_now", None) or store.current_record()
    today = getattr(request, "shown_on", None) or today_of(now)
    state, notices = kind.read(query, Choices.of(now, today))
    if state.known is not None:
        record = store.record_known_at(state.known, now)
        state, notices = kind.read(query, Choices.of(record, today))
    start = Opening(now, record, state, notices, state.as_at or today, today, path)
    start = start.showing("as_at", start.day)
    return told(in_order(with_councils(start)))


def today_of(now: Record) -> date:
    """Today, but never before the day to which the record is complete: a clock that stands there
    is wrong, and would tell grades of years ago as today's."""
    return max(timezone.localdate(), now.known_to or date.min)


def told(start: Opening, *ignored: Notice) -> Opening:
    """The opening with more that is ignored of its address; a file, an embed or a picture, in
    which nobody reads that, is refused."""
    start = replace(start, notices=(*start.notices, *ignored))
    if start.notices and is_file(start.path):
        raise RefusedError(start.notices)
    return start


def in_order(start: Opening) -> Opening:
    """A time that would end before it begins is taken from the first on, and told."""
    first, last = (getattr(start.state, name, None) for name in ("start", "end"))
    if first is None or last is None or first <= last:
        return start
    return start.but_notice(Notice("from", str(first), f"it is after {last}, the end"), start=None)


def with_councils(start: Opening) -> Opening:
    """The councils that the address names by the addresses they have; others are told."""
    state, notices = start.state, list(start.notices)
    reason = "there is no such council; expected a council's address, code or name"
    if text := getattr(state, "council", None):
        found, _ = start.council(text)
        if found:
            state = state.but(council=found.slug)
        elif is_file(start.path):
            notices.append(Notice("council", shown(text), reason))
    if texts := getattr(state, "councils", ()):
        pairs = [(text, start.council(text)[0]) for text in texts]
        slugs = dict.fromkeys(found.slug for _, found in pairs if found)
        state = state.but(councils=tuple(slugs))
        notices += [Notice("councils", shown(text), reason) for text, found in pairs if not found]
    return replace(start, state=state, notices=tuple(notices))
