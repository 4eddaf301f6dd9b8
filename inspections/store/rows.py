"""Reads a whole `Record` from the tables, or from the kept history as at a moment."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from inspections import framework_rows, models, rows
from inspections.record import EventKey, Record
from inspections.rules.clock import Clock, Pause
from inspections.store.frameworks import framework_book
from inspections.store.history import as_known
from inspections.vocabulary import AliasScheme, FigureOrigin, Status

COUNCIL_FIELDS = (
    "id", "slug", "name", "short_name", "ons_code", "dfe_code", "ofsted_urn", "kind",
    "ons_region", "ofsted_region", "opened_date", "closed_date", "is_continuing_record",
    "website", "notes",
)  # fmt: skip
INSPECTION_FIELDS = (
    "status", "id", "council_id", "reference", "framework_id", "kind", "start_date", "end_date",
    "has_two_periods", "publication_date", "lead_inspector", "improvement_points",
    "report_url", "checked", "notes",
)  # fmt: skip
VISIT_FIELDS = (
    "status", "id", "council_id", "reference", "kind", "start_date", "start_precision",
    "end_date", "publication_date", "topic", "topic_codes", "priority_actions",
    "improvement_points", "sequence", "lead_inspector", "letter_url", "confidence", "notes",
)  # fmt: skip
STATEMENT_FIELDS = tuple(rows.Statement.__slots__)
CORRECTION_FIELDS = (
    "id", "council_id", "kind", "event_reference", "area", "field",
    "subject_date", "old", "new",
    "reason", "source_text", "corrected_at", "was_ofsteds",
)  # fmt: skip
FIGURE_FIELDS = (
    "key", "measure", "as_at_date", "from_date", "cut_off_date", "earlier_cut_off_date",
    "reading", "region_scheme", "region",
)  # fmt: skip


def read_record(known: datetime | None) -> Record:
    """Reads every table once; the caller sees to it that nothing is written meanwhile."""
    state = models.RecordState.objects.filter(pk=1).first() or models.RecordState()
    release = (
        models.Release.objects.filter(loaded_at__lte=known).first() if known is not None else None
    )
    as_at_date = state.as_at_date if known is None else release and release.as_at_date
    book = framework_book(known)
    inspections, withdrawn = _inspections(book, known)
    visits, withdrawn_visits = _visits(known)
    sources = {
        row[0]: rows.Source(*row)
        for row in as_known(models.Source, known).values_list(*rows.Source.__slots__)
    }
    return Record(
        identity=state.identity,
        version=state.version,
        known=known,
        changed_at=state.changed_at,
        as_at_date=as_at_date,
        compiled_date=state.compiled_date,
        book=book,
        councils=_councils(known),
        inspections=inspections,
        visits=visits,
        withdrawn=(*withdrawn, *withdrawn_visits),
        statements=_statements(known),
        citations=_citations(known, sources),
        points=_points(sources),
        corrections=tuple(
            rows.Correction(*line)
            for line in models.Correction.objects.known_at(known)
            .order_by("-corrected_at", "-pk")
            .values_list(*CORRECTION_FIELDS)
        ),
        figures=_figures(known, sources, book),
        counted_late=_counted_late(known),
        polling_days=tuple(
            rows.PollingDay(*line)
            for line in as_known(models.PollingDay, known)
            .order_by("polling_date")
            .values_list("polling_date", "name")
        ),
        clock=Clock(
            tuple(
                Pause(first, last)
                for first, last in as_known(models.InspectionPause, known)
                .order_by("first_date")
                .values_list("first_date", "last_date")
            )
        ),
        unread=tuple(
            rows.UnreadReport(*line)
            for line in as_known(models.UnreadReport, known)
            .order_by("council_id", "start_date")
            .values_list(*rows.UnreadReport.__slots__)
        ),
        revisions=_revisions(known),
        coverage={
            line[0]: rows.Coverage(*line)
            for line in as_known(models.Coverage, known).values_list(*rows.Coverage.__slots__)
        },
        exceptions=tuple(
            rows.RuleException(*line)
            for line in models.RuleException.objects.values_list(*rows.RuleException.__slots__)
        ),
    )


def _former_names(
    lines: Sequence[tuple[Any, ...]], known: datetime | None
) -> dict[int, list[tuple[str, str]]]:
    """By council, as aliases: the names that it had here before somebody changed them."""
    held = models.Council.history.order_by("history_id")
    if known is not None:
        held = held.filter(history_date__lte=known)
    now = {line[0]: {line[2], line[3]} for line in lines}
    found: dict[int, dict[tuple[str, str], None]] = {}
    for pk, *written in held.values_list("id", "name", "short_name"):
        for name in written:
            if name not in now.get(pk, {name}):
                found.setdefault(pk, {})[AliasScheme.NAME.value, name] = None
    return {pk: list(names) for pk, names in found.items()}


def _councils(known: datetime | None) -> tuple[rows.Council, ...]:
    """By short name. A council keeps its present address, whatever it was called then."""
    aliases = _grouped(
        as_known(models.CouncilAlias, known)
        .order_by("scheme", "value")
        .values_list("council_id", "scheme", "value")
    )
    neighbours = _grouped(
        as_known(models.StatisticalNeighbour, known)
        .order_by("rank")
        .values_list("council_id", "neighbour_id")
    )
    lines = list(
        as_known(models.Council, known).order_by("short_name").values_list(*COUNCIL_FIELDS)
    )
    slugs = {line[0]: line[1] for line in lines}
    if known is not None:
        slugs = dict(models.Council.objects.values_list("id", "slug"))
    former = _former_names(lines, known)
    names = {line[0]: line[3] for line in lines}
    links = sorted(
        (
            (later, earlier)
            for later, earlier in models.Council.predecessors.through.objects.values_list(
                "from_council_id", "to_council_id"
            )
            if later in names and earlier in names
        ),
        key=lambda link: (names[link[0]], names[link[1]]),
    )
    before = _grouped((later, earlier) for later, earlier in links)
    after = _grouped((earlier, later) for later, earlier in links)
    return tuple(
        rows.Council(
            line[0],
            slugs.get(line[0], line[1]),
            *line[2:],
            aliases=tuple(aliases.get(line[0], ())) + tuple(former.get(line[0], ())),
            predecessors=tuple(pk for (pk,) in before.get(line[0], ())),
            successors=tuple(pk for (pk,) in after.get(line[0], ())),
            neighbours=tuple(pk for (pk,) in neighbours.get(line[0], ()) if pk in names),
        )
        for line in lines
    )


def _inspections(
    book: framework_rows.FrameworkBook, known: datetime | None
) -> tuple[tuple[rows.Inspection, ...], tuple[rows.Inspection, ...]]:
    """Published and withdrawn ones."""
    judged: dict[int, list[rows.Judgement]] = defaultdict(list)
    for inspection, area, grade, note in as_known(models.Judgement, known).values_list(
        "inspection_id", "area_id", "grade_id", "note"
    ):
        judged[inspection].append(rows.Judgement(book.areas[area], book.grades[grade], note))
    found: dict[str, list[rows.Inspection]] = defaultdict(list)
    for status, pk, council, reference, framework, *rest in as_known(
        models.Inspection, known
    ).values_list(*INSPECTION_FIELDS):
        given = tuple(sorted(judged.get(pk, ()), key=lambda row: row.area.order))
        found[status].append(
            rows.Inspection(pk, council, reference, book.frameworks[framework], *rest, given)
        )
    return tuple(found[Status.PUBLISHED]), tuple(found[Status.WITHDRAWN])


def _visits(known: datetime | None) -> tuple[tuple[rows.Visit, ...], tuple[rows.Visit, ...]]:
    found: dict[str, list[rows.Visit]] = defaultdict(list)
    for status, *line in as_known(models.Visit, known).values_list(*VISIT_FIELDS):
        found[status].append(rows.Visit(*line))
    return tuple(found[Status.PUBLISHED]), tuple(found[Status.WITHDRAWN])


def _statements(known: datetime | None) -> tuple[rows.Statement, ...]:
    found = as_known(models.Statement, known).order_by("stated_date", "reference", "council_id")
    return tuple(rows.Statement(*line) for line in found.values_list(*STATEMENT_FIELDS))


def _citations(
    known: datetime | None, sources: dict[int, rows.Source]
) -> dict[EventKey, tuple[rows.Citation, ...]]:
    """By event, in the order of the sources' keys."""
    found: dict[EventKey, list[rows.Citation]] = defaultdict(list)
    for inspection, visit, source, place in (
        as_known(models.Citation, known)
        .order_by("id")
        .values_list("inspection_id", "visit_id", "source_id", "place")
    ):
        if source in sources:
            found[_event_key(inspection, visit)].append(rows.Citation(sources[source], place))
    return {
        key: tuple(sorted(cited, key=lambda row: row.source.key)) for key, cited in found.items()
    }


def _points(sources: dict[int, rows.Source]) -> dict[EventKey, tuple[rows.Point, ...]]:
    """By event, priority actions first, in printed order: of the source imported last.

    A report's points are read with it and never changed, so those of a moment are the ones
    whose source was here then.
    """
    found: dict[EventKey, dict[int, list[rows.Point]]] = defaultdict(lambda: defaultdict(list))
    for inspection, visit, source, *line in models.ImprovementPoint.objects.order_by().values_list(
        "inspection_id", "visit_id", "source_id", "order", "text", "page", "is_priority_action"
    ):
        if source in sources:
            held_by = found[_event_key(inspection, visit)]
            held_by[source].append(rows.Point(sources[source], *line))
    return {
        key: tuple(
            sorted(
                by_source[max(by_source)], key=lambda row: (not row.is_priority_action, row.order)
            )
        )
        for key, by_source in found.items()
    }


def _figures(
    known: datetime | None, sources: dict[int, rows.Source], book: framework_rows.FrameworkBook
) -> tuple[rows.OfficialFigure, ...]:
    lanes = dict(as_known(models.Lane, known).values_list("id", "code"))
    return tuple(
        rows.OfficialFigure(
            *plain,
            lanes.get(lane, ""),
            frozenset(filter(None, frameworks.split("|"))),
            frozenset(filter(None, kinds.split("|"))),
            tuple(filter(None, grades.split("|"))),
            movement,
            value,
            unit,
            origin != FigureOrigin.PRESS,
            sources[source],
            our_value,
            difference,
        )
        for (
            *plain, lane, frameworks, kinds, grades, movement, value, unit, origin, source,
            our_value, difference,
        ) in as_known(models.OfficialFigure, known)
        .order_by("as_at_date", "key")
        .values_list(
            *FIGURE_FIELDS, "lane_id", "frameworks", "kinds", "grades", "movement", "value",
            "unit", "origin", "source_id", "our_value", "difference",
        )
    )  # fmt: skip


def _counted_late(known: datetime | None) -> dict[date, frozenset[int]]:
    found: dict[date, set[int]] = defaultdict(set)
    for day, pk in as_known(models.CountedLate, known).values_list("as_at_date", "inspection_id"):
        found[day].add(pk)
    return {day: frozenset(pks) for day, pks in found.items()}


def _revisions(known: datetime | None) -> dict[Hashable, int]:
    """How often each fact has been changed since it was recorded, from its kept history."""
    found: dict[Hashable, int] = {}
    for name, model, keys in (
        ("inspection", models.Inspection, ("id",)),
        ("visit", models.Visit, ("id",)),
        ("statement", models.Statement, ("council_id", "reference")),
    ):
        history: Any = model.history  # type: ignore[attr-defined]
        kept = history.filter(history_date__lte=known) if known else history
        counted = kept.order_by().values_list(*keys).annotate(n=Count("pk"))
        for *key, number in counted.filter(n__gt=1).values_list(*keys, "n"):
            found[(name, *key)] = number - 1
    return found


def _event_key(inspection: int | None, visit: int | None) -> EventKey:
    return ("inspection", inspection) if inspection is not None else ("visit", visit or 0)


def _grouped(lines: Iterable[tuple[Any, ...]]) -> dict[Any, list[tuple[Any, ...]]]:
    """By the first value of each line, the others in the order given."""
    found: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for first, *rest in lines:
        found[first].append(tuple(rest))
    return found
