"""Reads a whole `Record` from the tables, or from the kept history as at a moment."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, Max, Min, Model, TextField, Value
from django.db.models.functions import Replace
from simple_history.utils import get_history_manager_for_model

from inspections import country_rows, models, rows
from inspections.framework_rows import FrameworkBook
from inspections.record import EventKey, Record
from inspections.rules.clock import Clock, Pause
from inspections.store.frameworks import framework_book
from inspections.store.history import as_known, lines, rows_of
from inspections.store.measures import measure_book
from inspections.vocabulary import AliasScheme, FigureOrigin, Status

Sources = dict[int, rows.Source]
OF_A_RELEASE = Replace(
    "reason",
    Value("Shipped record as at "),
    Value("The record that comes with this site, as it stood on "),
    output_field=TextField(),
)
"""The reason that former releases wrote into the log, in words that readers understand."""


def read_record(known: datetime | None) -> Record:
    """Reads every table once; the caller sees to it that nothing is written meanwhile."""
    state = models.RecordState.objects.filter(pk=1).first() or models.RecordState()
    as_at_date = state.as_at_date
    if known is not None:
        release = models.Release.objects.filter(loaded_at__lte=known).first()
        as_at_date = release.as_at_date if release else None
    book = framework_book(known)
    inspections, withdrawn = _inspections(book, known)
    visits, withdrawn_visits = _visits(known)
    themes = rows_of(rows.Theme, as_known(models.Theme, known).order_by("order", "id"))
    sources = {row.id: row for row in rows_of(rows.Source, as_known(models.Source, known))}
    corrections = models.Correction.objects.known_at(known).annotate(told=OF_A_RELEASE)
    corrections = corrections.order_by("-corrected_at", "-pk")
    statements = as_known(models.Statement, known)
    revisions, written = _history(known)
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
        statements=rows_of(
            rows.Statement, statements.order_by("stated_date", "reference", "council_id")
        ),
        comments={
            row.inspection_id: row
            for row in rows_of(rows.Comment, as_known(models.CouncilComment, known))
        },
        interventions=rows_of(
            rows.Intervention,
            as_known(models.Intervention, known).order_by("taken_date", "reference", "council_id"),
        ),
        planned=_planned(known),
        citations=_citations(known, sources),
        themes=themes,
        points=_points(known, themes),
        corrections=rows_of(
            rows.Correction,
            corrections,
            reference="event_reference",
            source="source_text",
            reason="told",
        ),
        figures=_figures(known, sources),
        counted_late=_counted_late(known),
        polling_days=rows_of(
            country_rows.PollingDay, as_known(models.PollingDay, known).order_by("polling_date")
        ),
        clock=Clock(rows_of(Pause, as_known(models.InspectionPause, known).order_by("first_date"))),
        unread=rows_of(
            rows.UnreadReport,
            as_known(models.UnreadReport, known).order_by("council_id", "start_date"),
        ),
        revisions=revisions,
        written=written,
        coverage={
            row.kind: row
            for row in rows_of(country_rows.Coverage, as_known(models.Coverage, known))
        },
        measures=measure_book(known, sources),
        exceptions=rows_of(country_rows.RuleException, models.RuleException.objects.all()),
    )


def _councils(known: datetime | None) -> tuple[rows.Council, ...]:
    """By short name. A council keeps its present address, whatever it was called then."""
    found = lines(rows.Council, as_known(models.Council, known).order_by("short_name"))
    slugs = {} if known is None else dict(models.Council.objects.values_list("id", "slug"))
    others = list(
        as_known(models.CouncilAlias, known)
        .order_by("scheme", "value")
        .values_list("council_id", "scheme", "value", "note", "source_text")
    )
    bodies = _grouped(
        (row[0], rows.OtherBody(*row[1:])) for row in others if row[1] in rows.OF_BODIES
    )
    aliases = _grouped((row[0], row[1:3]) for row in others if row[1] not in rows.OF_BODIES)
    for council, name in _former_names(found, known):
        aliases[council].append((AliasScheme.NAME.value, name))
    neighbours = _grouped(
        as_known(models.StatisticalNeighbour, known)
        .order_by("rank")
        .values_list("council_id", "neighbour_id")
    )
    names = {pk: line["short_name"] for pk, line in found.items()}
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
    before = _grouped(links)
    after = _grouped((earlier, later) for later, earlier in links)
    return tuple(
        rows.Council(
            **{**line, "slug": slugs.get(pk, line["slug"])},
            aliases=tuple(aliases[pk]),
            bodies=tuple(bodies[pk]),
            predecessors=tuple(before[pk]),
            successors=tuple(after[pk]),
            neighbours=tuple(other for other in neighbours[pk] if other in names),
        )
        for pk, line in found.items()
    )


def _former_names(
    found: dict[int, dict[str, Any]], known: datetime | None
) -> Iterable[tuple[int, str]]:
    """The names that councils had here before somebody changed them."""
    held = models.Council.history.order_by("history_id")
    if known is not None:
        held = held.filter(history_date__lte=known)
    former: dict[tuple[int, str], None] = {}
    for pk, *written in held.values_list("id", "name", "short_name"):
        for name in written if pk in found else ():
            if name not in {found[pk]["name"], found[pk]["short_name"]}:
                former[pk, name] = None
    return former


def _inspections(
    book: FrameworkBook, known: datetime | None
) -> tuple[tuple[rows.Inspection, ...], tuple[rows.Inspection, ...]]:
    """Published and withdrawn ones."""
    judged: dict[int, list[rows.Judgement]] = defaultdict(list)
    for inspection, area, grade, note in as_known(models.Judgement, known).values_list(
        "inspection_id", "area_id", "grade_id", "note"
    ):
        judged[inspection].append(rows.Judgement(book.areas[area], book.grades[grade], note))
    found: dict[str, list[rows.Inspection]] = defaultdict(list)
    table = as_known(models.Inspection, known)
    for pk, line in lines(rows.Inspection, table, "status").items():
        line["framework"] = book.frameworks[line["framework"]]
        given = tuple(sorted(judged[pk], key=lambda row: row.area.order))
        found[line.pop("status")].append(rows.Inspection(**line, judgements=given))
    return tuple(found[Status.PUBLISHED]), tuple(found[Status.WITHDRAWN])


def _visits(known: datetime | None) -> tuple[tuple[rows.Visit, ...], tuple[rows.Visit, ...]]:
    found: dict[str, list[rows.Visit]] = defaultdict(list)
    for line in lines(rows.Visit, as_known(models.Visit, known), "status").values():
        found[line.pop("status")].append(rows.Visit(**line))
    return tuple(found[Status.PUBLISHED]), tuple(found[Status.WITHDRAWN])


def _citations(
    known: datetime | None, sources: Sources
) -> dict[EventKey, tuple[rows.Citation, ...]]:
    """By event, in the order of the sources' keys."""
    table = as_known(models.Citation, known).order_by("id")
    found = _grouped(
        (_event_key(inspection, visit), rows.Citation(sources[source], place))
        for inspection, visit, source, place in table.values_list(
            "inspection_id", "visit_id", "source_id", "place"
        )
        if source in sources
    )
    return {
        key: tuple(sorted(cited, key=lambda row: row.source.key)) for key, cited in found.items()
    }


def _planned(known: datetime | None) -> tuple[rows.PlannedAction, ...]:
    """Of councils whose register is public now, whatever it was at an earlier moment."""
    public = set(
        models.ActionPlan.objects.filter(is_public=True).values_list("council_id", flat=True)
    )
    if not public:
        return ()
    table = as_known(models.PlannedAction, known).order_by("event_reference", "number")
    found = rows_of(rows.PlannedAction, table)
    return tuple(row for row in found if row.council_id in public)


def _points(
    known: datetime | None, themes: tuple[rows.Theme, ...]
) -> dict[EventKey, tuple[rows.Point, ...]]:
    """By event, in printed order, areas for priority action first."""
    in_order = {theme.code: place for place, theme in enumerate(themes)}

    @cache
    def raised(codes: str) -> tuple[str, ...]:
        return tuple(sorted(in_order.keys() & codes.split("|"), key=in_order.__getitem__))

    table = as_known(models.ImprovementPoint, known).order_by("number")
    columns = [field.name for field in fields(rows.Point)]
    found = _grouped(
        (_event_key(inspection, visit), rows.Point(number, kind, page, raised(codes), *more))
        for inspection, visit, number, kind, page, codes, *more in table.values_list(
            "inspection_id", "visit_id", *columns
        )
    )
    return {
        key: tuple(sorted(points, key=lambda row: not row.is_priority_action))
        for key, points in found.items()
    }


def _figures(known: datetime | None, sources: Sources) -> tuple[country_rows.OfficialFigure, ...]:
    lanes = dict(as_known(models.Lane, known).values_list("id", "code"))
    table = as_known(models.OfficialFigure, known).order_by("as_at_date", "key")
    return tuple(
        country_rows.OfficialFigure(
            **{
                **line,
                "lane": lanes.get(line["lane"], ""),
                "frameworks": frozenset(filter(None, line["frameworks"].split("|"))),
                "kinds": frozenset(filter(None, line["kinds"].split("|"))),
                "grades": tuple(filter(None, line["grades"].split("|"))),
                "is_official": line["is_official"] != FigureOrigin.PRESS,
                "source": sources[line["source"]],
            }
        )
        for line in lines(country_rows.OfficialFigure, table, is_official="origin").values()
    )


def _counted_late(known: datetime | None) -> dict[date, frozenset[int]]:
    table = as_known(models.CountedLate, known)
    found = _grouped(table.values_list("as_at_date", "inspection_id"))
    return {day: frozenset(pks) for day, pks in found.items()}


def _history(
    known: datetime | None,
) -> tuple[dict[Hashable, int], dict[Hashable, tuple[datetime, datetime]]]:
    """How often each fact has been changed since it was recorded, and when it was first and last
    written, from its kept history: at the moment of the version, which all of one load share."""
    revisions: dict[Hashable, int] = {}
    written: dict[Hashable, tuple[datetime, datetime]] = {}
    versions = list(models.RecordMoment.objects.values_list("made_at", flat=True))

    def version_of(moment: datetime) -> datetime:
        place = bisect_left(versions, moment)
        return versions[place] if place < len(versions) else moment

    tables: tuple[tuple[str, type[Model], tuple[str, ...]], ...] = (
        ("inspection", models.Inspection, ("id",)),
        ("visit", models.Visit, ("id",)),
        ("unread", models.UnreadReport, ("id",)),
        ("statement", models.Statement, ("council_id", "reference")),
    )
    for name, model, keys in tables:
        history = get_history_manager_for_model(model)
        kept = history.filter(history_date__lte=known) if known else history
        told = kept.order_by().values_list(*keys)
        counted = told.annotate(n=Count("pk"), a=Min("history_date"), z=Max("history_date"))
        for *key, number, first, last in counted.values_list(*keys, "n", "a", "z"):
            if number > 1:
                revisions[(name, *key)] = number - 1
            written[(name, *key)] = version_of(first), version_of(last)
    return revisions, written


def _event_key(inspection: int | None, visit: int | None) -> EventKey:
    return ("inspection", inspection) if inspection is not None else ("visit", visit or 0)


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    """By the first of each pair, the seconds in the order given."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found
