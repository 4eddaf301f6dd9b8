"""A draft of what was read of a document, for a person to complete."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from django.core.files import File
from django.utils import timezone

from inspections.models import Council, Draft, User

from .comparing import ImportPlan
from .known import directory_from_database, rules_from_database
from .parsers.document import with_given_date
from .pipeline import plan_of
from .pool import read_files
from .telling import Telling


def new_draft(
    plan: ImportPlan,
    path: Path,
    *,
    origin: Draft.Origin,
    url: str = "",
    council: Council | None = None,
    by: User | None = None,
) -> Draft:
    """A draft with what was read without doubt, its pages, the problems and the document; unsaved.

    `council`: of the page that lists the document; else the one that the document names.
    """
    told = plan.events[0].told if len(plan.events) == 1 else None
    now = timezone.now()
    points = (*(told.points or ()), *(told.actions or ())) if told else ()
    draft = Draft(
        origin=origin,
        council=council or (Council.objects.filter(slug=told.council).first() if told else None),
        is_visit=bool(told and told.is_visit),
        facts=dict(told.facts) if told else {},
        places=_places(told) if told else {},
        points=[asdict(point) for point in points],
        problems=[asdict(row) for row in plan.problems if not row.is_lacking],
        document_url=url,
        file_name=plan.reading.file[:255],
        sha256=plan.reading.sha256,
        made_by=by,
        changed_by=by,
        made_at=now,
        changed_at=now,
    )
    with path.open("rb") as stream:
        name = f"{plan.reading.sha256[:24] or 'unread'}.pdf"
        draft.document.save(name, File(stream), save=False)
    return draft


def _places(told: Telling) -> dict[str, str]:
    """Fact to its page and, where it is known, the page's own words: `page 1: Lead inspector: …`"""
    names = {"file name": "the file's name", "--published": "Ofsted's list"}
    places = {"council": told.record.place, **told.places}
    said = told.record.said
    return {
        fact: f"{place}: {said[fact]}" if fact in said else names.get(place, place)
        for fact, place in places.items()
    }


def read_one(path: Path, name: str, published: date | None, today: date) -> ImportPlan:
    """What recording one document would do; `name` is the file's own, as problems tell it."""
    rules, directory = rules_from_database(today), directory_from_database()
    ((_, reading),) = read_files([path], rules, workers=1)
    reading = replace(reading, file=name)
    dated = with_given_date(reading, published, today) if published else reading
    return plan_of(dated, directory, today, {})
