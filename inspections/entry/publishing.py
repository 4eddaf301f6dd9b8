"""From a draft to the public pages: looked at first as if it were published, then published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import resolve
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from inspections import actions
from inspections.actions import SameEventError
from inspections.importers.collect.reached import reached_by_last_look
from inspections.importers.points import new_point
from inspections.models import (
    Council,
    Draft,
    Framework,
    Grade,
    Inspection,
    JudgementArea,
    Source,
    User,
    Visit,
)
from inspections.questions.checks import findings_about
from inspections.record import Record
from inspections.rules.of_record import RuleBreach
from inspections.store import hold
from inspections.store.rows import read_record
from inspections.twins import near, twin_of
from inspections.vocabulary import Checked, Confidence, PointKind, SourceKind, ThemeBasis

GRADE = "grade:"
SOONEST_PUBLICATION_DAYS, USUAL_PUBLICATION_DAYS = 14, 120
"""A reason is asked for a publication so few days after the last day on site, or more than so many.
"""
WIDER_RULE = "published-in-usual-time"
ENOUGH_TO_COMPARE = 10
_DATES = ("start_date", "end_date", "publication_date")
_NUMBERS = ("improvement_points", "priority_actions", "sequence")


@dataclass
class Check:
    """What would happen. `errors` by field forbid it; what is `unusual` needs a reason."""

    errors: dict[str, list[str]] = field(default_factory=dict)
    unusual: list[RuleBreach] = field(default_factory=list)
    same: Inspection | Visit | None = None
    page: str = ""

    def lacks_reason(self, reasons: Mapping[str, str]) -> list[RuleBreach]:
        return [row for row in self.unusual if not reasons.get(row.rule, "").strip()]


def check(draft: Draft, *, by: User) -> Check:
    """Publishes the draft in a transaction that is undone, and tells what came of it.

    So every rule of the record is asked, and the page is the very one that readers will see.
    """
    found = Check()
    with transaction.atomic():
        try:
            event = _write(draft, by=by, reason="Looked at before it is published", is_look=True)
        except SameEventError as error:
            found.same = error.other
        except ValidationError as error:
            found.errors = _by_field(error)
        else:
            record = read_record(None)
            found.unusual = _findings(event, record)
            found.page = public_page(event, record=record, day=_day_of(event))
        finally:
            transaction.set_rollback(True)
    return found


def publish_whole(draft: Draft, *, by: User) -> str:
    """Publishes the draft, or says what stands against it. The record read to look for that is
    the one that this process goes on with."""
    try:
        with transaction.atomic():
            event = publish(draft, by=by)
            record = read_record(None)
            looked = Check(unusual=_findings(event, record))
            if looked.lacks_reason(draft.reasons):
                transaction.set_rollback(True)
                return "Say why each of these is right, or go back and change it."
            transaction.on_commit(partial(hold, record))
    except (SameEventError, ValidationError) as error:
        return " ".join(error.messages)
    return ""


def _day_of(event: Inspection | Visit) -> date:
    """On which readers see it first."""
    return max(timezone.localdate(), event.publication_date or date.min)


def _findings(event: Inspection | Visit, record: Record) -> list[RuleBreach]:
    told = findings_about(record, event.council.slug, event.reference, today=_day_of(event))
    return [*(row for row in told if row.rule != WIDER_RULE), *_unusual(event, record)]


def public_page(event: Inspection | Visit | Council, **shown: object) -> str:
    """The main part of the public page of an event or a council. `shown`: of another record, or
    on another day."""
    request = HttpRequest()
    request.method, request.path = "GET", event.get_absolute_url()
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    for name, given in shown.items():
        setattr(request, {"record": "record_now", "day": "shown_on"}[name], given)
    view, args, kwargs = resolve(request.path)
    main = LexborHTMLParser(view(request, *args, **kwargs).content.decode()).css_first("main")
    page = (main.inner_html or "") if main else ""
    return page.replace("<h1", "<h2").replace("</h1>", "</h2>")


@actions.together()
def publish(draft: Draft, *, by: User | None) -> Inspection | Visit:
    """Writes the event, its judgements, points and source; the event of a second press is the
    first one's. Raises ValidationError where a rule is broken, SameEventError as `record` does.
    """
    actions.wait_for_turn()
    kept = Draft.objects.select_for_update().get(pk=draft.pk)
    if kept.state in Draft.DONE:
        return kept.inspection or kept.visit  # type: ignore[return-value]
    if kept.state not in Draft.WAITING:
        raise ValidationError("Somebody has thrown it away meanwhile.")
    told = [f"{rule}: {why.strip()}" for rule, why in sorted(kept.reasons.items()) if why.strip()]
    event = _write(kept, by=by, reason="; ".join(["Entered", *told]))
    kept.state, kept.changed_at = Draft.State.PUBLISHED, timezone.now()
    kept.scheduled_at = None
    if isinstance(event, Inspection):
        kept.inspection = event
    else:
        kept.visit = event
    kept.save()
    reached_by_last_look()
    return event


def host_of(address: str) -> str:
    """Empty where it is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def ofsteds_hosts() -> frozenset[str]:
    """Where Ofsted's reports and letters stand."""
    addresses = (settings.COLLECT_SITE, settings.COLLECT_FILES)
    return frozenset({"www.gov.uk", *(urlsplit(address).netloc for address in addresses)})


def expected_host() -> str:
    return f"Expected an address of Ofsted's, on {' or '.join(sorted(ofsteds_hosts()))}."


def undo(draft: Draft, *, by: User) -> None:
    """Withdraws what the draft became and opens the draft again."""
    event = draft.inspection or draft.visit
    with transaction.atomic():
        if event is not None:
            actions.withdraw(event, reason="Undone after it was published", by=by)
        draft.state, draft.inspection, draft.visit = Draft.State.DRAFT, None, None
        draft.changed_at, draft.changed_by = timezone.now(), by
        draft.save()


def _write(
    draft: Draft, *, by: User | None, reason: str, is_look: bool = False
) -> Inspection | Visit:
    """`is_look`: as on the day on which it is to appear."""
    facts = draft.facts
    errors = {name: [f'"{text}" was not understood.'] for name, text in draft.typed.items()}
    if draft.council is None:
        errors["council"] = ["Say which council it is."]
    for name in ("kind", "start_date" if draft.is_visit else "publication_date"):
        if not facts.get(name) and name not in errors:
            errors[name] = ["This is needed."]
    if not draft.is_visit and not any(name.startswith(GRADE) for name in facts):
        errors["grades"] = ["Give at least one grade: an event without grades is a visit."]
    if draft.document_url and host_of(draft.document_url) not in ofsteds_hosts():
        errors["document_url"] = [expected_host()]
    if errors or draft.council is None:
        raise ValidationError(errors)
    values = {
        name: _value(name, text)
        for name, text in facts.items()
        if not name.startswith(GRADE) and name != "framework"
    }
    _council_existed(draft.council, values)
    source = _source(draft, by=by, reason=reason)
    event: Inspection | Visit
    if draft.is_visit:
        event = Visit(
            council=draft.council,
            letter_url=draft.document_url,
            confidence=Confidence.LETTER,
            start_precision="day" if values.get("start_date") else "unknown",
            **values,
        )
        event.scheduled_date = to_come(draft) if is_look else None
        actions.record(
            event,
            by=by,
            reason=_told_apart(draft, event, reason),
            sources=[source] if source else [],
            is_another=draft.is_another,
        )
    else:
        framework = Framework.objects.filter(code=facts.get("framework", "")).first()
        if framework is None:
            raise ValidationError({"framework": ["Say under which framework it was."]})
        event = Inspection(
            council=draft.council,
            framework=framework,
            report_url=draft.document_url,
            checked=Checked.REPORT if draft.document else Checked.ENTERED,
            **values,
        )
        event.scheduled_date = to_come(draft) if is_look else None
        actions.record_inspection(
            event,
            judgements=_judgements(framework, facts),
            by=by,
            reason=_told_apart(draft, event, reason),
            sources=[source] if source else [],
            is_another=draft.is_another,
        )
    _write_points(draft, event, source, reason, by)
    return event


def _told_apart(draft: Draft, event: Inspection | Visit, reason: str) -> str:
    """The reason to be kept; raises SameEventError where nobody has said yet that it is another
    than one of the same days or the same document. What is certainly the same `actions` refuses."""
    other = near(event) or _of_same_document(draft)
    if other is None or twin_of(event):
        return reason
    if not draft.is_another.strip():
        raise SameEventError(other)
    return f"{reason} (Another than {other.reference}: {draft.is_another.strip()})"


def _of_same_document(draft: Draft) -> Inspection | Visit | None:
    same = Draft.objects.filter(sha256=draft.sha256, state=Draft.State.PUBLISHED)
    held = same.exclude(sha256="").exclude(pk=draft.pk).first()
    return (held.inspection or held.visit) if held else None


def to_come(draft: Draft) -> date | None:
    """The publication date of a draft where that has not come yet."""
    text = draft.facts.get("publication_date", "")
    day = date.fromisoformat(text) if text else None
    return day if day and day > timezone.localdate() else None


def _judgements(framework: Framework, facts: Mapping[str, str]) -> dict[JudgementArea, Grade]:
    areas = {area.code: area for area in framework.areas.all()}
    grades = {grade.code: grade for grade in framework.scale.grades.all()}
    return {
        areas[name.removeprefix(GRADE)]: grades[code]
        for name, code in facts.items()
        if name.startswith(GRADE) and name.removeprefix(GRADE) in areas and code in grades
    }


def _council_existed(council: Council, values: Mapping[str, object]) -> None:
    day = values.get("start_date") or values.get("publication_date")
    if (
        isinstance(day, date)
        and not Council.objects.existing_on(day).filter(pk=council.pk).exists()
    ):
        raise ValidationError({"council": [f"{council} did not exist on {day}."]})


def _source(draft: Draft, *, by: User | None, reason: str) -> Source | None:
    """The document as a source; None where there is neither a document nor an address."""
    if not draft.document_url and not draft.sha256:
        return None
    kind = SourceKind.LETTER if draft.is_visit else SourceKind.REPORT
    number = urlsplit(draft.document_url).path.rstrip("/").rpartition("/")[2]
    key = f"{kind}-{draft.sha256[:24] or number or draft.pk}"[:80]
    held = Source.objects.filter(key=key).first()
    if held:
        return held
    source = Source(
        key=key,
        kind=kind,
        title=f"Ofsted's {kind}: {draft.council}"[:250],
        publisher="Ofsted",
        url=draft.document_url,
        published_date=draft.facts.get("publication_date") or None,
        licence="Open Government Licence v3.0",
    )
    actions.record(source, by=by, reason=reason)
    return source


def _write_points(
    draft: Draft, event: Inspection | Visit, source: Source | None, reason: str, by: User | None
) -> None:
    """The sentences, areas for priority action first, under the themes that a person chose, or
    that their words name."""
    actions_first = sorted(draft.points, key=lambda point: not point.get("is_priority_action"))
    rows = []
    for number, point in enumerate(actions_first, start=1):
        kind = PointKind.PRIORITY if point.get("is_priority_action") else PointKind.IMPROVEMENT
        row = new_point(kind, number, text=point["text"], page=point.get("page"))
        row.source = source
        if "themes" in point:
            row.themes, row.basis = "|".join(point["themes"]), ThemeBasis.PERSON
        if isinstance(event, Inspection):
            row.inspection = event
        else:
            row.visit = event
        rows.append(row)
    actions.record_many(rows, reason=reason, by=by)


def _unusual(event: Inspection | Visit, record: Record) -> Iterator[RuleBreach]:
    """What a person is asked about, though the record's own rules let it pass."""
    subject = f"{event.council.slug} {event.reference}"
    last = event.end_date or event.start_date
    if last and event.publication_date:
        days = (event.publication_date - last).days
        if not SOONEST_PUBLICATION_DAYS < days <= USUAL_PUBLICATION_DAYS:
            told = f"It was published {days} days after the last day on site"
            yield RuleBreach("publication-soon-or-late", "", subject, told)
    if isinstance(event, Visit) or event.has_two_periods:
        return
    others = [
        (row.end_date - row.start_date).days + 1
        for row in record.inspections
        if row.kind == event.kind and row.id != event.pk and not row.has_two_periods
        if row.start_date and row.end_date
    ]
    if event.start_date and event.end_date and len(others) >= ENOUGH_TO_COMPARE:
        days, least, most = (event.end_date - event.start_date).days + 1, min(others), max(others)
        if not least <= days <= most:
            told = f"It took {days} days; the {len(others)} of its kind took {least} to {most}"
            yield RuleBreach("length-of-its-kind", "", subject, told)


def _value(name: str, text: str) -> object:
    if name in _DATES:
        return date.fromisoformat(text) if text else None
    if name in _NUMBERS:
        return int(text) if text else None
    return text == "True" if name == "has_two_periods" else text


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return dict(error.message_dict)
    return {"": list(error.messages)}
