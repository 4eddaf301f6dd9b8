"""A document's tellings against the record: what is new, changed, filled in, kept, or a problem."""

from dataclasses import dataclass, field, replace

from inspections.rules import trust
from inspections.vocabulary import SourceKind

from ..records import LEFT_OUT, REFUSED, DocumentReading, Problems
from .recorded import CouncilRecord, Recorded
from .telling import GRADE, Telling, same_value

NEW, CHANGED, FILLED, KEPT, SAME = "new", "changed", "filled", "kept", "same"
_NEEDED = ("framework", "kind", "publication_date")


@dataclass(frozen=True)
class FactChange:
    """One fact: what the record has, what the document says, and what is to be done.

    ``action``: new (a new event's fact), filled (was unknown), changed (the document is trusted
    more), kept (the record's value is trusted as much or more: a disagreement), same.
    """

    event: str
    fact: str
    old: str
    new: str
    action: str


@dataclass
class EventPlan:
    """One event of a document and what to do with each of its facts."""

    told: Telling
    recorded: Recorded | None
    changes: list[FactChange]


@dataclass
class ImportPlan:
    """What importing a document would do; nothing is written by making it."""

    reading: DocumentReading
    source_key: str
    events: list[EventPlan] = field(default_factory=list)
    problems: Problems = field(default_factory=lambda: Problems(""))

    @property
    def changes(self) -> list[FactChange]:
        return [change for event in self.events for change in event.changes]

    @property
    def outcome(self) -> str:
        if any(problem.severity == REFUSED for problem in self.problems):
            return "problem"
        if any(event.recorded is None for event in self.events):
            return "new"
        if any(change.action in (CHANGED, FILLED) for change in self.changes):
            return "changed"
        return "unchanged"

    @property
    def is_kept_back_by_rows(self) -> bool:
        """Is it refused for nothing but some rows of a workbook?"""
        refusals = [p for p in self.problems if p.severity == REFUSED]
        return bool(refusals and self.events) and all(p.is_row for p in refusals)

    def leave_out_rows(self) -> None:
        """Keep the rows that can be recorded: a person chose to do without the others."""
        self.problems[:] = [
            replace(p, severity=LEFT_OUT) if p.is_row and p.severity == REFUSED else p
            for p in self.problems
        ]


def kind_of(reading: DocumentReading) -> SourceKind:
    """What kind of source a document is."""
    kinds = {"workbook": SourceKind.WORKBOOK, "letter": SourceKind.LETTER}
    return kinds.get(reading.layout, SourceKind.REPORT)


def source_key(reading: DocumentReading) -> str:
    """The key of the source a document is: a workbook by its year, others by their content."""
    if reading.layout == "workbook" and reading.as_at:
        return f"ofsted-workbook-{reading.as_at.year}"
    return f"{kind_of(reading)}-{reading.sha256[:24] or reading.file[:40]}"


def make_plan(
    reading: DocumentReading,
    told: list[Telling],
    problems: Problems,
    seen: dict[tuple[str, str], str],
    newest: int | None,
) -> ImportPlan:
    """Compare everything told with the record.

    ``newest`` is the year of the newest workbook known to the record or this run. ``seen`` holds
    the events that earlier documents of this run told of, by (source's kind, event), so that
    two reports for one inspection are noticed before anything is written.
    """
    plan = ImportPlan(reading, source_key(reading), problems=problems)
    record = CouncilRecord({item.council for item in told})
    is_workbook = reading.layout == "workbook"
    for item in told:
        matches = record.matches(item)
        if len(matches) > 1:
            problems.refuse(
                item.record.place, "event",
                f"{item.label}, which may be {len(matches)} recorded events ({_names(matches)})",
                "one", "Settle the recorded events by hand first.",
            )  # fmt: skip
            continue
        recorded = matches[0] if matches else None
        if recorded is None and (near := record.same(item)):
            problems.refuse(
                item.record.place, "event",
                f"{item.label}, a few weeks from one of its kind on record ({_names(near)})",
                "the days of the recorded one, or others more than two months away",
                "If it is that one, correct its days; else enter it by hand and say why.",
            )  # fmt: skip
            continue
        if not is_workbook and _is_second(plan, item, recorded, seen):
            continue
        if recorded is None:
            _complete_kind(item, record, problems)
            # A report that could not be read is refused for that, not for what is missing then.
            is_refused = not is_workbook and not reading.is_readable
            if not is_refused and _is_incomplete(item, problems) and is_workbook:
                continue
            changes = [FactChange(item.label, f, "", v, NEW) for f, v in sorted(item.facts.items())]
        else:
            rank = trust.rank(kind_of(reading), plan.source_key, newest)
            changes = _compare(item, recorded, rank, newest)
        plan.events.append(EventPlan(item, recorded, changes))
    return plan


def _names(found: list[Recorded]) -> str:
    return "; ".join(str(one.event) for one in found)


def _compare(
    told: Telling, recorded: Recorded, rank: tuple[int, int], newest: int | None
) -> list[FactChange]:
    changes = []
    for fact, value in sorted(told.facts.items()):
        held = recorded.values.get(fact, "")
        if same_value(fact, held, value):
            action = SAME
        elif fact in recorded.confirmed:
            action = KEPT
        elif not held and fact.startswith(GRADE):
            # A grade beside recorded ones is a claim against "not judged": trust decides.
            best = max(
                (recorded.holder_rank(f, newest) for f in recorded.values if f.startswith(GRADE)),
                default=trust.OTHER,
            )
            action = FILLED if rank > best or not recorded.judgements else KEPT
        elif not held:
            action = FILLED
        else:
            action = CHANGED if rank > recorded.holder_rank(fact, newest) else KEPT
        if fact == "framework" and action == CHANGED:
            action = KEPT  # a person must move an inspection to another framework
        changes.append(FactChange(told.label, fact, held, value, action))
    return changes


def _complete_kind(told: Telling, record: CouncilRecord, problems: Problems) -> None:
    """The kind of a single framework inspection whose report doesn't say: first or again?

    Four re-inspections say so nowhere. One that the record has an earlier inspection before is
    a re-inspection; else it is entered as the framework's inspection, with a note.
    """
    if told.is_visit or told.family != "sif" or "kind" in told.facts or not told.publication_date:
        return
    earlier = record.has_earlier(told)
    told.facts["kind"] = "sif_reinspection" if earlier else "sif"
    told.places["kind"] = "not printed"
    found = "an earlier inspection" if earlier else "no earlier inspection"
    problems.note(
        told.record.place, "kind",
        f"{told.label}: not said; the record has {found} under this framework",
        '"re-inspection" where it is one',
        "Check the kind on Ofsted's site where the record begins later than 2013.",
    )  # fmt: skip


def _is_incomplete(told: Telling, problems: Problems) -> bool:
    """A new event needs some facts; without them there is nothing to hold on to."""
    needed = ("kind", "start_date") if told.is_visit else _NEEDED
    missing = [name for name in needed if name not in told.facts]
    if missing:
        problems.lack(
            told.record.place, missing[0],
            f"{told.label}: new, and without {', '.join(missing)}",
            f"{', '.join(needed)} for an event that is not in the record yet", _advice(missing),
        )  # fmt: skip
    return bool(missing)


def _advice(missing: list[str]) -> str:
    if missing == ["publication_date"]:
        return (
            "Reports since 2018 don't print it: look the day up on Ofsted's site and import this "
            "file alone with --published YYYY-MM-DD."
        )
    return "Import a source that tells them first, or enter the event by hand."


def _is_second(
    plan: ImportPlan, told: Telling, recorded: Recorded | None, seen: dict[tuple[str, str], str]
) -> bool:
    """Two reports for one inspection, or a revised one: never taken without a person.

    A second one that says the same as the record is noted, and is none.
    """
    if not (told.start_date or told.publication_date):
        return False  # nobody knows which event it is; its dates are a problem already
    kind = kind_of(plan.reading)
    earlier = seen.get((kind, told.label))
    if earlier is None and recorded is not None:
        others = (s.title for s in recorded.sources_of_kind(kind) if s.key != plan.source_key)
        earlier = next(others, None)
    seen.setdefault((kind, told.label), plan.reading.file)
    if earlier is None:
        return False
    differs = recorded is None or any(
        not same_value(fact, recorded.values.get(fact, ""), value)
        for fact, value in told.facts.items()
    )
    tell = plan.problems.refuse if differs else plan.problems.note
    tell(
        told.record.place, "event",
        f"a second {kind} for {told.label}; the first was {earlier}", f"one {kind} for each",
        "If it is a revised one, correct the facts by hand and say why."
        if differs
        else "It says the same as the record; nothing needs doing.",
    )  # fmt: skip
    return differs
