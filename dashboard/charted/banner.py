"""The banner of a pinned page: does it still show what the record says?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard import words
from dashboard.state.opening import Opening
from inspections import diff
from inspections.diff import Changed, Difference, Gone, Scope
from inspections.questions.among import EVERY, Among
from inspections.questions.corrections import named, subject
from inspections.record import Record
from inspections.rows import Correction, Event, Inspection
from inspections.vocabulary import CorrectedKind

SHOWN = 5
REFERENCE_WORDS = {
    diff.FRAMEWORKS: "frameworks, areas or grades",
    diff.OFFICIAL: "official figures",
    diff.POLLING: "polling days",
    diff.NEIGHBOURS: "statistical neighbours",
    diff.POINTS: "what inspectors asked for, or its themes",
    diff.MEASURES: "figures beside the inspections",
    diff.INTERVENTIONS: "interventions",
}


@dataclass(frozen=True)
class Banner:
    """What stands at the head of a page whose address pins a clock.

    `kind` is unchanged, newer, corrected or early; `lines` are sentences, the gravest first.
    """

    kind: str
    opening: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join((self.opening, *self.lines))


def banner(start: Opening, scope: Scope) -> Banner | None:
    """None where neither clock is pinned. `scope`: what the page rests on."""
    if not start.state.is_pinned:
        return None
    opening, known = _opening(start), start.known
    if known and start.record.is_empty:
        return Banner(
            "early",
            opening,
            ("This site held no record yet at that moment, so nothing is shown.",),
        )
    lines = _differences(start, scope) if known else []
    newer = newer_inspections(start.now, start.day, start.today, scope)
    unread = [
        row.publication_date
        for council_id, row in start.now.unread_by(start.today).items()
        if row.publication_date > start.day
        and (scope.council_ids is None or council_id in scope.council_ids)
    ]
    kind = "corrected" if lines else "newer" if newer or unread else "unchanged"
    if newer:
        lines.append(_newer(newer, start.now, scope))
    if unread:
        lines.append(_unread(unread))
    elif not lines:
        lines.append(
            "Nothing shown here has changed since." if known else _none_newer(start, scope)
        )
    return Banner(kind, opening, tuple(lines))


def _unread(published: list[date]) -> str:
    newest = max(published)
    if len(published) == 1:
        return words.newer_report(newest)
    count = len(published)
    return f"{count} newer reports, the last of {words.day(newest)}, are {words.NOT_YET_HERE}."


def _none_newer(start: Opening, scope: Scope) -> str:
    """Absence is told to the day to which somebody has looked, of a council that is gone to its
    last."""
    ids = scope.council_ids or frozenset()
    gone = [start.now.council(one) for one in ids if len(ids) == 1]
    if gone and gone[0].closed_by(start.today):
        last = words.day(gone[0].closed_date)
        return f"No later full inspection is on record; the council's last day was {last}."
    seen_to = start.now.seen_to(start.today)
    if seen_to <= start.day:
        return f"The record of full inspections is complete to {words.day(seen_to)}."
    return f"By {words.day(seen_to)} no full inspection had been published since."


def of_england(
    among: Among,
    start: Opening,
    *,
    council: Any = None,
    has_visits: bool = False,
    has_statements: bool = False,
    reference_data: frozenset[str] = frozenset(),
) -> Scope:
    """What a view about all councils, or some, rests on."""
    ids = None
    if council or among != EVERY:
        ids = frozenset(
            row.id for row in start.now.councils if (row == council if council else among.has(row))
        )
    return Scope(
        council_ids=ids,
        is_whole_service_only=True,
        has_visits=has_visits,
        has_statements=has_statements,
        facts=diff.ENGLAND_FACTS,
        reference_data=reference_data,
    )


def newer_inspections(now: Record, day: date, today: date, scope: Scope) -> list[Inspection]:
    """Full inspections published after a day, newest first."""
    found = [
        row
        for row in now.full_inspections(today)
        if row.publication_date > day
        and (scope.council_ids is None or row.council_id in scope.council_ids)
    ]
    return sorted(found, key=lambda row: row.publication_date, reverse=True)


def _differences(start: Opening, scope: Scope) -> list[str]:
    found: Difference = diff.difference(start.record, start.now, start.day, scope)
    tell = _Teller(
        start.record,
        start.now,
        is_of_one=scope.council_ids is not None and len(scope.council_ids) == 1,
    )
    entries = [
        (row.entry.corrected_at if row.entry else None, tell.changed(row)) for row in found.changed
    ]
    entries += [(row.corrected_at, tell.logged(row)) for row in found.logged]
    entries.sort(key=lambda pair: (pair[0] is None, pair[0]), reverse=True)
    lines = _some([text for _, text in entries], "corrections")
    lines += _some([tell.gone(row) for row in found.gone], "withdrawals")
    late = [tell.entered(row, named(row)) for row in found.entered]
    late += [
        tell.entered(row, f"Statement of {row.stated_date:%B %Y} ({row.said_by})")
        for row in found.stated
    ]
    lines += _some(late, "late entries")
    if found.reference:
        told = words.listing([REFERENCE_WORDS[name] for name in found.reference])
        lines.append(f"Recorded or corrected since, and not shown here: {told}.")
    return lines


def _opening(start: Opening) -> str:
    held = f" and as this site held it on {words.moment(start.known)}" if start.known else ""
    return f"This page shows the record as it had been published by {words.day(start.day)}{held}."


def _some(lines: list[str], what: str) -> list[str]:
    more = len(lines) - SHOWN
    return lines if more <= 0 else [*lines[:SHOWN], f"{more} more {what}: see the corrections log."]


class _Teller:
    """Differences in words; names the council where a page shows several."""

    def __init__(self, then: Record, now: Record, *, is_of_one: bool) -> None:
        self.then, self.now, self.is_of_one = then, now, is_of_one

    def of(self, council_id: int | None) -> str:
        row = (
            None if self.is_of_one or council_id is None else self.now.council_by_id.get(council_id)
        )
        return f"{row.short_name}, " if row else ""

    def changed(self, row: Changed) -> str:
        what = named(row.event)
        if isinstance(row.event, Inspection) and row.area:
            areas = {area.code: area.short_name for area in row.event.framework.areas}
            what += f", {areas.get(row.area, row.area).lower()}"
        old, new = shown(row.old), shown(row.new)
        field = words.field(
            row.field, "" if isinstance(row.event, Inspection) else CorrectedKind.VISIT
        )
        return self._corrected(row.event.council_id, what, field, old, new, row.entry)

    def logged(self, row: Correction) -> str:
        what = subject(self.then, row)
        field = words.field(row.field, row.kind)
        return self._corrected(row.council_id, what, field, row.old, row.new, row)

    def _corrected(
        self,
        council_id: int | None,
        what: str,
        field: str,
        old: str,
        new: str,
        entry: Correction | None,
    ) -> str:
        when = (
            f"was corrected on {words.moment_day(entry.corrected_at)}"
            if entry
            else "has been changed"
        )
        text = (
            f"A fact shown here {when}: {self.of(council_id)}{_low(what)}, {field}: "
            f"{words.corrected(old, new)}."
        )
        return text + _why(entry)

    def gone(self, row: Gone) -> str:
        """Withdrawn is a status that somebody gave; anything else is told as what it is."""
        on = f" on {words.moment_day(row.entry.corrected_at)}" if row.entry else ""
        what = f"{self.of(row.event.council_id)}{_low(named(row.event))}"
        if row.is_withdrawn:
            return f"Withdrawn{on}: {what}.{_why(row.entry)}"
        if row.now is None:
            return f"No longer shown{on}: {what}.{_why(row.entry)}"
        moved = _moved(row.event, row.now)
        return f"No longer in view, as it was corrected{on}: {what}{moved}.{_why(row.entry)}"

    def entered(self, row: Any, what: str) -> str:
        return f"Recorded here since, though public before: {self.of(row.council_id)}{_low(what)}."


def _moved(old: Event, new: Event) -> str:
    if new.publication_date and new.publication_date != old.publication_date:
        return f", published on {words.day(new.publication_date)}"
    return ""


def shown(value: Any) -> str:
    """A fact's value as a reader would write it."""
    if value is None or value == "":
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return getattr(value, "name", None) or str(value)


def _why(entry: Correction | None) -> str:
    if entry is None:
        return ""
    found = f" Why: {entry.reason.rstrip('.')}." if entry.reason else ""
    return found + (f" Source: {entry.source.rstrip('.')}." if entry.source else "")


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def _newer(found: list[Inspection], now: Record, scope: Scope) -> str:
    day = words.day(found[0].publication_date)
    if len(found) == 1:
        is_of_one = scope.council_ids is not None and len(scope.council_ids) == 1
        whose = "" if is_of_one else f" ({now.council(found[0].council_id).short_name})"
        return f"A newer inspection{whose} was published on {day}."
    return f"{len(found):,} newer inspections have been published, the last on {day}."
