"""Every chart that has an address of its own: its settings, its question, its files.

A page, an embed, a picture, a download and a preview of one chart all begin with `show`,
so that the same query means the same everywhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import plotly.graph_objects as go
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.text import slugify

from dashboard.charted.banner import of_england
from dashboard.charted.entry import Chart, Entry
from dashboard.data.document import Document, Table, head_of
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import Notice, ViewState
from dashboard.state.controls import Field, Filters, filters
from dashboard.state.opening import Opening, Preview, told
from inspections.diff import ENGLAND_FACTS, Scope
from inspections.questions.among import Among
from inspections.rows import Council, Inspection


@dataclass(frozen=True)
class Answer:
    """A chart's rows, and the table of the same for page and files, made when it is wanted.

    `more`: further tables of files.
    """

    rows: Any
    table: Callable[[], PageTable]
    is_empty: bool
    more: Callable[[], tuple[Table, ...]] = tuple
    reports: tuple[Inspection, ...] = ()
    council_ids: frozenset[int] | None = None  # where it shows some councils and no others
    notices: tuple[Notice, ...] = ()
    explored: Callable[[], Any] | None = None
    """The rows with every case by name, which only the interactive chart draws."""


@dataclass(frozen=True, slots=True)
class WordSlide:
    """A slide of words in meeting mode: a heading, a sentence, a list and where it is from."""

    title: str
    sentence: str
    lines: tuple[str, ...] = ()
    source: str = ""
    is_question: bool = False


MEANINGS = "components/_meanings.html"  # what grades and areas mean, below a chart of them


@dataclass(frozen=True)
class ChartKind:
    """A chart with an address of its own: below each council, or below England."""

    entry: Entry
    state: type[ViewState]
    is_of_council: bool
    ask: Callable[[Any, Any], Answer]  # of the opening and the council; None below England
    rests_on: Callable[[Any], Among] = lists.among_in
    place: Callable[[Any, Any], str] = lists.place  # of the state and the rows
    reference_data: frozenset[str] = frozenset()  # that it rests on, beside events
    below: str = ""  # the template of what stands under the chart on its own page
    more: Callable[["Shown"], Any] | None = None  # what that template shows, as `more`
    choices: Callable[["Shown"], tuple[Sequence[Field], ...]] = lambda shown: ((),)
    """What a reader may choose of its state: a row of fields, and those behind it."""
    word_slides: Callable[["Shown"], tuple[WordSlide, ...]] | None = None  # in meeting mode

    @property
    def slug(self) -> str:
        return self.entry.slug

    def stem(self, council: Council | None) -> str:
        """The address without its suffix."""
        return f"/councils/{council.slug}/{self.slug}" if council else f"/england/{self.slug}"

    def show(self, start: Opening, council: Council | None) -> "Shown":
        """Raises RefusedError where a file, an embed or a picture would ignore what was asked."""
        answer = self.ask(start, council)
        return Shown(self, told(start, *answer.notices), council, answer)


@dataclass(frozen=True)
class Shown:
    """One chart as one address shows it. `start` is the page's opening."""

    kind: ChartKind
    start: Opening
    council: Council | None
    answer: Answer

    @property
    def place(self) -> str:
        return (
            self.council.short_name
            if self.council
            else self.kind.place(self.start.state, self.answer.rows)
        )

    @property
    def scope(self) -> Scope:
        """What the chart rests on, for the banner."""
        rests_on = self.kind.reference_data
        if self.council:
            return Scope(frozenset({self.council.id}), reference_data=rests_on)
        if self.answer.council_ids is not None:
            ids = self.answer.council_ids
            return Scope(ids, has_visits=False, facts=ENGLAND_FACTS, reference_data=rests_on)
        among = self.kind.rests_on(self.start.state)
        return of_england(among, self.start, reference_data=rests_on)

    @property
    def title(self) -> str:
        title = self.kind.entry.title(self.answer.rows)
        return f"{self.place}: {title[0].lower()}{title[1:]}"

    @property
    def sentence(self) -> str:
        return self.kind.entry.sentence(self.answer.rows)

    def preview(self, page: str = "") -> Preview:
        """The preview of the chart's own page, or of the `page` that shows it by its query."""
        return Preview(
            title=self.title,
            description=f"{self.sentence} {self.as_at}.",
            image=settings.SITE_URL + self.path(".preview.png"),
            alt=f"{self.title}. {self.sentence}",
            url=settings.SITE_URL + self.start.state.url(page) if page else self.address,
            oembed="" if page else self.address,
        )

    @property
    def as_at(self) -> str:
        """The chart's day; a council's chart draws visits, which end earlier on record."""
        visits = self.start.visits_to if self.kind.is_of_council else ""
        return ", ".join(filter(None, (self.start.stands, visits)))

    def path(self, suffix: str = "/") -> str:
        return self.start.state.url(self.kind.stem(self.council) + suffix)

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.path()

    def filters(self, path: str = "", *, without: str = "") -> Filters:
        """What a reader may choose, all of it in the address of the chart's own page, or of the
        page at `path` that has the same settings, and chooses `without` in another place."""
        path = path or self.kind.stem(self.council) + "/"
        offered = (
            [field for field in row if field.name != without] for row in self.kind.choices(self)
        )
        return filters(self.start.state, path, *offered)

    @cached_property
    def figure(self) -> go.Figure:
        return self.kind.entry.figure(self.answer.rows)

    @cached_property
    def glance(self) -> tuple[go.Figure, str]:
        """The figure for a preview, and its sentence, which says what is left out."""
        rows, left_out = self.kind.entry.at_a_glance(self.answer.rows)
        figure = self.kind.entry.figure(rows) if left_out else self.figure
        return figure, f"{self.sentence} {left_out}".strip()

    @cached_property
    def slides(self) -> list[tuple[Chart, str]]:
        """The chart for meeting mode, each slide with what it shows of all."""
        return [] if self.answer.is_empty else self.kind.entry.slides(self.answer.rows)

    @cached_property
    def chart(self) -> Chart:
        """Its pictures and table are made once for one Record, state and day, for all pages."""
        start = self.start
        key = (
            self.kind.slug,
            self.council and self.council.id,
            start.state,
            start.day,
            start.today,
        )

        def draw(name: str, make: Callable[[], SafeString]) -> SafeString:
            return start.draw((*key, name), make)

        figure_url = self.path(".figure.json")
        table = self.answer.table()
        return self.kind.entry.chart(
            self.answer.rows, figure_url=figure_url, table=table, draw=draw, choose=self.filters
        )

    @property
    def stem(self) -> str:
        """The name of files: council, chart and day."""
        place = slugify(self.council.slug if self.council else self.place)
        return f"{place}-{self.kind.slug}-as-at-{self.start.day}"

    def document(self, *, since: str = "") -> Document:
        """The chart's data with its head; `since` says what has been corrected since."""
        says, source = ("Says", self.sentence), self.kind.entry.file_source
        head = head_of(self.start, self.kind.stem(self.council) + "/", says, source=source)
        if self.council:
            of = (("Council", self.council.short_name), ("ONS code", self.council.ons_code))
            head = (*of, *head)
        if since:
            head = (*head, ("Since then", since))
        tables = (self.answer.table().table, *self.answer.more())
        return Document(self.title, self.stem, head, tables)
