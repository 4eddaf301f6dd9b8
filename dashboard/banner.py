"""The banner of a pinned page: does it still show what the record says?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import words
from inspections.queries import events
from inspections.queries.held import Among
from inspections.queries.since import (
    ENGLAND_FACTS,
    Change,
    Event,
    Newer,
    Since,
    changes_since,
    newer_full_inspections,
)
from inspections.rows import CouncilRow
from inspections.vocabulary import Status

SHOWN = 5
NONE_NEWER = "No full inspection has been published since."


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


def banner(
    start: Any,
    then: Sequence[Event],
    *,
    council_ids: Collection[int] | None = None,
    reference: str | None = None,
    names: dict[int, str] | None = None,
    whole_service_only: bool = False,
    with_visits: bool = True,
    with_statements: bool = False,
    facts: Collection[str] = (),
    reference_data: Sequence[str] = (),
) -> Banner | None:
    """None where neither clock is pinned. `then`: the events that the page was made from;
    `names` of councils where several are shown."""
    if not start.state.is_pinned:
        return None
    since = changes_since(
        start.book,
        start.clock,
        start.today,
        then=then,
        with_visits=with_visits,
        council_ids=council_ids,
        reference=reference,
        whole_service_only=whole_service_only,
        with_statements=with_statements,
        facts=facts,
        reference_data=reference_data,
    )
    return told(since, start, names or {})


def england_banner(
    start: Any,
    among: Among,
    *,
    council: CouncilRow | None = None,
    with_visits: bool = False,
    with_statements: bool = False,
    reference_data: Sequence[str] = (),
) -> Banner | None:
    """The banner of a view about all councils or some, which asks for what it rests on."""
    if not start.state.is_pinned:
        return None
    if start.clock.known is None:
        newer = newer_full_inspections(
            after=start.clock.as_at,
            today=start.today,
            among=among,
            council_id=council.id if council else None,
        )
        kind = "newer" if newer.number else "unchanged"
        return Banner(kind, _opening(start), (_newer(newer),))
    councils = events.councils()
    ids = None if among == Among() else [row.id for row in councils if among.has(row)]
    ids = [council.id] if council else ids
    then: list[Event] = [
        *events.inspections(start.book, start.clock, council_ids=ids, whole_service_only=True),
        *(events.visits(start.clock, council_ids=ids) if with_visits else ()),
    ]
    return banner(
        start,
        then,
        council_ids=ids,
        names={row.id: row.short_name for row in councils},
        whole_service_only=True,
        with_visits=with_visits,
        with_statements=with_statements,
        facts=ENGLAND_FACTS,
        reference_data=reference_data,
    )


def told(since: Since, start: Any, names: dict[int, str]) -> Banner:
    opening, known = _opening(start), start.clock.known
    if since.before_the_record:
        return Banner(
            "early",
            opening,
            ("This site held no record yet at that moment, so nothing is shown.",),
        )
    lines = _some([_corrected(row, names) for row in since.corrected], "corrections")
    lines += _some([_withdrawn(row, names) for row in since.withdrawn], "withdrawals")
    lines += _some(
        [
            f"Recorded here since, though public before: {_of(row.council_id, names)}"
            f"{_low(row.subject)}."
            for row in since.entered
        ],
        "late entries",
    )
    if since.reference:
        lines.append(
            f"Recorded or corrected since, and not shown here: {words.listing(since.reference)}."
        )
    kind = "corrected" if lines else "newer" if since.newer else "unchanged"
    if since.newer:
        latest = since.newer[0]
        name = names.get(latest.council_id, "")
        lines.append(_newer(Newer(len(since.newer), latest.publication_date, name)))
    if not lines:
        lines.append("Nothing shown here has changed since." if known else NONE_NEWER)
    return Banner(kind, opening, tuple(lines))


def _opening(start: Any) -> str:
    known = start.clock.known
    held = f" and as this site held it on {words.moment(known)}" if known else ""
    return f"This page shows the record as it had been published by {start_day(start)}{held}."


def start_day(start: Any) -> str:
    return words.day(start.clock.as_at)


def _some(lines: list[str], what: str) -> list[str]:
    more = len(lines) - SHOWN
    return lines if more <= 0 else [*lines[:SHOWN], f"{more} more {what}: see the corrections log."]


def _of(council_id: int, names: dict[int, str]) -> str:
    return f"{names[council_id]}, " if council_id in names else ""


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def _corrected(row: Change, names: dict[int, str]) -> str:
    when = f"was corrected on {words.moment_day(row.on)}" if row.on else "has been changed"
    text = (
        f"A fact shown here {when}: {_of(row.council_id, names)}{_low(row.subject)}, "
        f"{row.field}: {row.old} → {row.new}."
    )
    if row.reason:
        text += f" Why: {row.reason.rstrip('.')}."
    if row.source:
        text += f" Source: {row.source.rstrip('.')}."
    return text


def _withdrawn(row: Change, names: dict[int, str]) -> str:
    when = f" on {words.moment_day(row.on)}" if row.on else ""
    why = f" Why: {row.reason.rstrip('.')}." if row.reason else ""
    if row.new != Status.WITHDRAWN.label:
        return f"{_of(row.council_id, names)}{row.subject} is no longer shown{when}.{why}"
    return f"Withdrawn{when}: {_of(row.council_id, names)}{_low(row.subject)}.{why}"


def _newer(found: Newer) -> str:
    if not found.number:
        return NONE_NEWER
    day = words.day(found.last_date)
    if found.number == 1:
        whose = f" ({found.council_name})" if found.council_name else ""
        return f"A newer inspection{whose} was published on {day}."
    return f"{found.number:,} newer inspections have been published, the last on {day}."
