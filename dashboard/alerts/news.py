"""What happened between two records, in the words that a letter uses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard import words
from dashboard.charted.banner import shown
from dashboard.council.event import headline, inspection_sentence
from dashboard.state.address import PlainState
from dashboard.state.opening import Opening
from dashboard.words import presenters
from inspections.diff import Changed, Gone, Scope, difference
from inspections.record import Record
from inspections.rows import Council, Event, Inspection, Visit
from inspections.vocabulary import NewsKind, VisitKind

RECENT_DAYS = 183
"""An event that is recorded later than this after its publication is no news."""
KINDS = {VisitKind.FOCUSED: NewsKind.FOCUSED, VisitKind.MONITORING: NewsKind.MONITORING}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tell. `councils`: its own id and those of its predecessors; `path`: pinned."""

    key: str
    kind: str
    councils: frozenset[int]
    regions: frozenset[str]
    topics: frozenset[str]
    themes: frozenset[str]
    heading: str
    words: str
    path: str


def news_between(then: Record, now: Record, *, today: date) -> list[Item]:
    """Events that are public and were not on record, corrections of events, withdrawals."""
    teller = _NewsTeller(now, today)
    found = difference(then, now, today, Scope())
    recent = today - timedelta(days=RECENT_DAYS)
    items = [
        teller.entered(row)
        for row in sorted(found.entered, key=lambda row: (row.publication_date or date.min, row.id))
        if row.publication_date and row.publication_date >= recent
    ]
    changed: dict[tuple[int, str], list[Changed]] = {}
    for row in found.changed:
        changed.setdefault((row.event.council_id, row.event.reference), []).append(row)
    items += [teller.changed(rows) for rows in changed.values()]
    items += [teller.gone(row) for row in found.gone]
    return items


class _NewsTeller:
    def __init__(self, now: Record, today: date) -> None:
        self.now, self.today = now, today
        moment = now.changed_at
        self.pinned = PlainState(as_at=today, known=moment)
        self.start = Opening(now, now, PlainState(), (), today, today)

    def entered(self, row: Event) -> Item:
        council = self.now.council(row.council_id)
        return self._item(row, council, kind_of(row), "", " ".join(self._said(row, council)))

    def _said(self, row: Event, council: Council) -> Iterator[str]:
        yield f"Published {words.day(row.publication_date)}."
        if isinstance(row, Inspection):
            said = headline(row, council, self.start) or inspection_sentence(row, self.now.book)
            yield presenters.marked(row, said)
        else:
            yield presenters.visit_sentence(row)
        themes = [self.now.theme_by_code[code].name for code in sorted(self._themes(row))]
        if themes:
            yield f"Points on: {'; '.join(themes)}."

    def changed(self, rows: list[Changed]) -> Item:
        event = rows[0].event
        told = " ".join(f"{_what(row)}: {_old_to_new(row)}." for row in rows)
        why = next((row.entry.reason for row in rows if row.entry and row.entry.reason), "")
        said = f"{told} Why: {why.rstrip('.')}." if why else told
        council = self.now.council(event.council_id)
        return self._item(event, council, NewsKind.CORRECTION, "Corrected: ", said)

    def gone(self, row: Gone) -> Item:
        council = self.now.council(row.event.council_id)
        why = f"Why: {row.entry.reason.rstrip('.')}." if row.entry and row.entry.reason else ""
        word = "Withdrawn: " if row.is_withdrawn else "No longer shown: "
        said = f"It is no longer on this record. {why}".strip()
        return self._item(row.event, council, NewsKind.CORRECTION, word, said)

    def _item(self, row: Event, council: Council, kind: str, mark: str, said: str) -> Item:
        what = "visit" if isinstance(row, Visit) else "inspection"
        path = f"/councils/{council.slug}/inspections/{row.reference}/"
        name = f"{presenters.event_name(row).lower()}, {presenters.event_month(row)}"
        return Item(
            key=f"{kind} {what} {council.slug}/{row.reference} {self.now.version}",
            kind=kind,
            councils=frozenset({council.id, *council.predecessors}),
            regions=frozenset({council.ons_region, council.ofsted_region}),
            topics=frozenset(row.topic_codes.split("|")) if isinstance(row, Visit) else frozenset(),
            themes=self._themes(row),
            heading=f"{mark}{council.short_name}: {name}",
            words=said,
            path=self.pinned.url(path),
        )

    def _themes(self, row: Event) -> frozenset[str]:
        return frozenset(code for point in self.now.points_of(row) for code in point.themes)


def kind_of(row: Event) -> str:
    if isinstance(row, Inspection):
        return NewsKind.INSPECTION
    return KINDS.get(VisitKind(row.kind), NewsKind.OTHER_VISIT)


def _what(row: Changed) -> str:
    if row.area and isinstance(row.event, Inspection):
        names = {area.code: area.short_name for area in row.event.framework.areas}
        return names.get(row.area, row.area)
    text = words.field(row.field, "visit" if isinstance(row.event, Visit) else "")
    return text[:1].upper() + text[1:]


def _old_to_new(row: Changed) -> str:
    return words.corrected(shown(row.old), shown(row.new))
