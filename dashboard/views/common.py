"""What every page begins with: the state of its address, the clocks, the frameworks."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.utils import timezone

from dashboard import words
from dashboard.previews import preview
from dashboard.state import LOOK, Choices, LookState, Notice, PlainState, ViewState
from dashboard.versioned import record_of
from inspections.queries.events import councils
from inspections.queries.frameworks import framework_book, framework_book_then
from inspections.queries.record import RecordRow, complete_then
from inspections.rows import Clock, FrameworkBook


@dataclass(frozen=True)
class Opening:
    """A page's beginning; `keep` carries its clocks along in links to other pages."""

    book: FrameworkBook
    record: RecordRow
    state: Any
    notices: tuple[Notice, ...]
    clock: Clock
    today: date
    path: str = "/"

    @property
    def clocks(self) -> PlainState:
        return PlainState(as_at=self.state.as_at, known=self.state.known)

    @property
    def keep(self) -> str:
        return self.clocks.url("")

    @property
    def is_earlier(self) -> bool:
        """Does the page stand on a day before what the record tells of today was written?"""
        return self.clock.as_at < (self.record.as_at_date or self.today)

    @property
    def complete_to(self) -> date | None:
        """The day to which the record was complete, now or at the pinned moment."""
        known = self.clock.known
        return complete_then(known) if known else self.record.as_at_date

    @property
    def today_name(self) -> str:
        """What a picture calls the page's day."""
        return "as at" if self.state.as_at else "today"

    def names(self) -> dict[int, str]:
        """Short names of councils by id, for a pinned view of several; else no question."""
        return {row.id: row.short_name for row in councils()} if self.state.is_pinned else {}

    def context(self, **more: Any) -> dict[str, Any]:
        as_at = self.clock.as_at
        return {
            "book": self.book,
            "record": self.record,
            "complete_to": self.complete_to,
            "state": self.state,
            "notices": self.notices,
            "as_at": as_at,
            "as_at_words": words.day(as_at),
            "is_past": self.state.is_pinned,
            "is_earlier": self.is_earlier,
            "keep": self.keep,
            "latest_url": self.state.but(as_at=None, known=None).url(self.path),
            "clocks": parse_qsl(self.clocks.query()),
            "today": self.today,
            "section": self.path.split("/")[1] or "england",
            "preview": preview(
                "Children's services inspections in England",
                "What Ofsted's inspectors have judged in every council's children's services in "
                "England, when, and what changed.",
                self.state.url(self.path),
                state=self.state,
            ),
            **more,
        }


def look(request: HttpRequest) -> LookState:
    """Size, scheme and meeting mode; what cannot be read is left at the default."""
    asked = {name: cells for name, cells in request.GET.lists() if name in LOOK}
    return LookState.read(asked, Choices(timezone.localdate()))[0]


def opening(request: HttpRequest, kind: type[ViewState] = PlainState) -> Opening:
    """Reads the address and asks for the frameworks and the record's state: five queries.

    With `known` the frameworks are those of that moment, and what may be named is read anew.
    """
    today = timezone.localdate()
    query = {name: cells for name, cells in request.GET.lists() if name not in LOOK}
    book = framework_book()
    state, notices = kind.read(query, Choices.of(book, today))
    if state.known is not None and (then := framework_book_then(state.known)):
        book = then
        state, notices = kind.read(query, Choices.of(book, today))
    clock, record = state.clock(today), record_of(request)
    return Opening(book, record, state, notices, clock, today, request.path)
