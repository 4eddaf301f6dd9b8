"""The only writer of facts: record, correct, withdraw.

Each action is atomic, checks every rule before it writes, keeps the history of the fact
(who, when, old, new, why) and raises the record's version. A fact is never edited in
place behind the history's back. One action writes at a time: the others wait for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from inspections import corrections_log, twins
from inspections.models import (
    Citation,
    Correction,
    Draft,
    Inspection,
    Judgement,
    Source,
    User,
    Visit,
)
from inspections.turns import raise_version, together, wait_for_turn
from inspections.vocabulary import Status

__all__ = [
    "correct",
    "correct_many",
    "publish_again",
    "raise_version",
    "record",
    "record_inspection",
    "record_many",
    "relate",
    "together",
    "wait_for_turn",
    "withdraw",
]

Fact = models.Model
BATCH = 500
ANOTHER = "is_another"


class SameEventError(ValidationError):
    """The event is on record already, as `other`; a stated reason would let it through."""

    def __init__(self, other: Inspection | Visit) -> None:
        self.other = other
        super().__init__(
            f"This is on record already: {other} ({other.get_absolute_url()}). "
            "If it is another one, say why.",
            code=ANOTHER,
        )


def make_reference(fact: Inspection | Visit) -> str:
    """The address of a new event: its first day on site; else what is known of it.

    A day that the council's other event already uses is made unique by the kind.
    """
    kind = fact.kind.replace("_", "-")
    if fact.start_date is None:
        day = fact.publication_date
        base = f"pub-{day}" if isinstance(fact, Inspection) else f"{kind}-pub-{day or 'unknown'}"
    elif isinstance(fact, Visit) and fact.start_precision == "month":
        base = f"{kind}-{fact.start_date:%Y-%m}"
    else:
        base = f"{fact.start_date:%Y-%m-%d}"
    taken = {
        *Inspection.objects.filter(council=fact.council).values_list("reference", flat=True),
        *Visit.objects.filter(council=fact.council).values_list("reference", flat=True),
    }
    candidates = [base, f"{kind}-{base}", *(f"{kind}-{base}-{n}" for n in range(2, 100))]
    return next(name for name in candidates if name not in taken)


@together()
def record(
    fact: Fact,
    *,
    by: User | None,
    reason: str = "",
    sources: Iterable[Source] = (),
    is_another: str = "",
    comes_with_event: bool = False,
    lists: Mapping[str, Iterable[Fact]] | None = None,
) -> Fact:
    """Writes a new fact after checking every rule. Raises ValidationError by field.

    `sources` are cited for an inspection or a visit; no other fact cites its own. An event that
    is on record already raises SameEventError, unless `is_another` says why it is another one.
    A judgement is logged as a correction, unless it `comes_with_event`. `lists`: other facts that
    it comes with, by field (predecessors, lanes).
    """
    wait_for_turn()
    if isinstance(fact, Inspection | Visit):
        if not fact.reference and fact.council_id:
            fact.reference = make_reference(fact)
        fact.full_clean()
        reason = _refuse_twice(fact, reason, is_another)
    else:
        fact.full_clean()
    _save(fact, by=by, reason=reason)
    for name, others in (lists or {}).items():
        getattr(fact, name).set(others)
    for source in sources:
        record(Citation(source=source, **{_target(fact): fact}), by=by, reason=reason)
    if isinstance(fact, Judgement) and not comes_with_event:
        _log(corrections_log.row_of(fact, is_new=True, reason=reason, by=by))
    raise_version()
    return fact


@together()
def record_inspection(
    inspection: Inspection,
    *,
    judgements: Mapping[Any, Any],
    by: User | None,
    reason: str = "",
    sources: Iterable[Source] = (),
    is_another: str = "",
) -> Inspection:
    """Writes an inspection with its judgements (area → grade), whole or not at all."""
    record(inspection, by=by, reason=reason, sources=sources, is_another=is_another)
    for area, grade in judgements.items():
        judgement = Judgement(inspection=inspection, area=area, grade=grade)
        record(judgement, by=by, reason=reason, comes_with_event=True)
    return inspection


@together()
def correct(
    fact: Fact,
    *,
    changes: Mapping[str, Any],
    reason: str,
    by: User | None,
    source_text: str = "",
    is_another: str = "",
) -> list[Correction]:
    """Changes fields of a recorded fact and logs each change with its reason.

    Returns the corrections written, none where nothing differs. Raises ValidationError
    where a rule is broken or no reason is given; `is_another` as in `record`.
    """
    wait_for_turn()
    # The caller's copy may be old: only the fields named in `changes` are taken from it.
    kept = type(fact)._default_manager.select_for_update().get(pk=fact.pk)
    wanted = {name: _read(kept, name, value) for name, value in changes.items()}
    changed = {name: value for name, value in wanted.items() if getattr(kept, name) != value}
    if not changed:
        return []
    if not reason.strip():
        raise ValidationError({"reason": "Say why the fact is corrected."})
    if "reference" in changed:
        raise ValidationError({"reference": "An address once published is never changed."})
    logged = [
        corrections_log.change_of(kept, name, value, reason=reason, by=by, source_text=source_text)
        for name, value in changed.items()
    ]
    for name, value in changed.items():
        setattr(kept, name, value)
    kept.full_clean()
    if isinstance(kept, Inspection | Visit) and _may_be_twice(kept, changed):
        reason = _refuse_twice(kept, reason, is_another)
    _save(kept, by=by, reason=reason)
    for name, value in changed.items():
        setattr(fact, name, value)
    written = Correction.objects.bulk_create([entry for entry in logged if entry is not None])
    if isinstance(kept, Inspection | Visit) and "status" in changed:
        states = {Status.PUBLISHED: Draft.State.PUBLISHED, Status.WITHDRAWN: Draft.State.WITHDRAWN}
        became = Draft.objects.filter(**{_target(kept): kept})
        became.update(state=states[Status(kept.status)], changed_at=timezone.now())
    raise_version()
    return written


@together()
def withdraw(fact: Fact, *, reason: str, by: User | None) -> None:
    """Takes a fact off the public pages and logs it; its history stays.

    Inspections and visits are marked withdrawn; a judgement's row goes, as an area
    without a grade has no row.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why the fact is withdrawn."})
    if isinstance(fact, Inspection | Visit):
        correct(fact, changes={"status": Status.WITHDRAWN}, reason=reason, by=by)
        return
    wait_for_turn()
    kept = type(fact)._default_manager.select_for_update().get(pk=fact.pk)
    entry = corrections_log.row_of(kept, is_new=False, reason=reason, by=by)
    _sign(kept, by=by, reason=reason)
    kept.delete()
    _log(entry)
    raise_version()


@together()
def publish_again(
    fact: Inspection | Visit, *, reason: str, by: User | None, is_another: str = ""
) -> None:
    """Puts a withdrawn inspection or visit back on the public pages, and logs it."""
    changes = {"status": Status.PUBLISHED}
    correct(fact, changes=changes, reason=reason, by=by, is_another=is_another)


@together()
def relate(fact: Fact, *, name: str, others: Iterable[Fact], reason: str, by: User | None) -> bool:
    """Sets a list of other facts (predecessors, lanes); whether anything changed.

    The fact gets a line of history with the reason, as the list is kept beside its row.
    """
    wait_for_turn()
    manager, wanted = getattr(fact, name), list(others)
    held = list(manager.all())
    if {other.pk for other in wanted} == {other.pk for other in held}:
        return False
    if not reason.strip():
        raise ValidationError({"reason": "Say why the fact is corrected."})
    entry = corrections_log.entry(
        fact,
        name,
        old=", ".join(sorted(map(str, held))) or "none",
        new=", ".join(sorted(map(str, wanted))) or "none",
        reason=reason,
        by=by,
    )
    _log(entry)
    _sign(fact, by=by, reason=reason)
    manager.set(wanted)
    _save(fact, by=by, reason=reason)
    raise_version()
    return True


@transaction.atomic
def record_many(facts: Sequence[Fact], *, reason: str, by: User | None = None) -> None:
    """Writes many new facts of one kind with their history.

    Their reader has checked them, and raises the version once when it has written all.
    """
    if facts:
        model = type(facts[0])
        if hasattr(model, "history"):
            bulk_create_with_history(
                facts, model, batch_size=BATCH, default_user=by, default_change_reason=reason
            )
        else:
            model._default_manager.bulk_create(facts, batch_size=BATCH)


@transaction.atomic
def correct_many(
    changed: Sequence[tuple[Fact, Mapping[str, Any]]], *, reason: str, is_logged: bool
) -> None:
    """Changes many facts of one kind with their history; as `record_many` for the rest.

    `is_logged` writes the corrections log too, but for the record's own words about a fact.
    """
    if not changed:
        return
    model = type(changed[0][0])
    entries = []
    for fact, changes in changed:
        for name, value in changes.items():
            if is_logged and name not in corrections_log.OWN_WORDS:
                entries.append(
                    corrections_log.change_of(
                        fact, name, value, reason=reason, by=None, source_text=""
                    )
                )
            setattr(fact, name, value)
    fields = sorted({name for _, changes in changed for name in changes})
    facts = [fact for fact, _ in changed]
    if hasattr(model, "history"):
        bulk_update_with_history(
            facts, model, fields, batch_size=BATCH, default_change_reason=reason
        )
    else:
        model._default_manager.bulk_update(facts, fields, batch_size=BATCH)
    Correction.objects.bulk_create([entry for entry in entries if entry is not None])


def _may_be_twice(fact: Inspection | Visit, changed: Mapping[str, Any]) -> bool:
    """Could the change make the event the same as another? Only a published one counts."""
    is_shown = fact.status == Status.PUBLISHED
    return is_shown and bool(changed.keys() & {*twins.SAYS_WHICH, "status"})


def _refuse_twice(fact: Inspection | Visit, reason: str, is_another: str) -> str:
    """The reason to be kept; raises SameEventError where the event is on record already."""
    other = twins.twin_of(fact)
    if other is None:
        return reason
    if not is_another.strip():
        raise SameEventError(other)
    told = f"Another than {other.council.slug}/{other.reference}: {is_another.strip()}"
    return f"{reason.strip()} ({told})" if reason.strip() else told


def _log(entry: Correction | None) -> None:
    if entry is not None:
        entry.save()


def _read(fact: Fact, name: str, value: Any) -> Any:
    """The value as its field keeps it: `2022-07-11` as a date."""
    field: Any = fact._meta.get_field(name)
    return value if field.is_relation else field.to_python(value)


def _sign(fact: Any, *, by: User | None, reason: str) -> None:
    """What the line of history will say of the change that follows."""
    fact._history_user, fact._change_reason = by, reason


def _save(fact: Fact, *, by: User | None, reason: str) -> None:
    _sign(fact, by=by, reason=reason)
    try:
        with transaction.atomic():
            fact.save()
    except IntegrityError as error:
        # Every rule was checked before; what the database refuses on top is told, not hidden.
        raise ValidationError(f"The record refused this: {error}") from error


def _target(fact: Fact) -> str:
    if isinstance(fact, Inspection):
        return "inspection"
    if isinstance(fact, Visit):
        return "visit"
    raise TypeError(f"{type(fact).__name__}: sources are cited for an inspection or a visit")
