"""The form of a draft. What is understood goes into its facts; other text is kept as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from inspections.entry.days import typed_day, usual_ends
from inspections.entry.fields import DAYS, DOUBTS, GRADE, NUMBERS, EntryField
from inspections.entry.offers import (
    Before,
    before,
    frameworks_on,
    inspection_kinds,
    next_number,
    visit_kinds,
)
from inspections.entry.themes import ThemedPoint, chosen_for, take_themes, themed
from inspections.importers.known import directory_from_database
from inspections.importers.wording.dates import spelt
from inspections.models import Council, Draft, Framework, JudgementArea
from inspections.vocabulary import VisitKind, VisitTopic

_MARK = re.compile(r"^\s*(?:[•▪–*-]|\d{1,2}[.)])\s+")


class EntryForm:
    """A draft's fields, in the order in which a report tells them, and how they are taken in."""

    def __init__(self, draft: Draft, errors: Mapping[str, list[str]] | None = None) -> None:
        self.draft = draft
        self.errors = errors or {}
        self.today = timezone.localdate()
        self.framework = self._framework()
        self.shows_other_points = False
        self.areas = list(self.framework.areas.prefetch_related("lanes")) if self.framework else []

    def _framework(self) -> Framework | None:
        """The one of the facts; else the newest in force on the first day, or today."""
        if self.draft.is_visit:
            return None
        text = self.draft.facts.get("framework", "")
        if text and (found := Framework.objects.filter(code=text).first()):
            return found
        return next(iter(reversed(frameworks_on(self._first_day()))), None)

    def _first_day(self) -> date:
        text = self.draft.facts.get("start_date", "")
        return date.fromisoformat(text) if text else self.today

    @property
    def before(self) -> Before | None:
        return before(self.draft.council, self.areas) if self.draft.council else None

    # What is shown

    def event_fields(self) -> Iterator[EntryField]:
        draft = self.draft
        yield self._field("council", "Council", str(draft.council or ""))
        kinds = (
            visit_kinds(self.today)
            if draft.is_visit
            else inspection_kinds([self.framework] if self.framework else [])
        )
        kind = draft.facts.get("kind", "")
        if kind and kind not in dict(kinds):
            kinds = [*kinds, (kind, kind.replace("_", " ").capitalize())]
        yield self._field("kind", "Kind", kind, options=(("", "Choose"), *kinds))
        for name, label in DAYS.items():
            yield self._field(name, label, self._shown_day(name), hint=self._hint(name))
        if self.framework is not None:
            others = [(row.code, row.name) for row in self._frameworks()]
            yield self._field("framework", "Framework", self.framework.code, options=tuple(others))
        yield self._field("lead_inspector", "Lead inspector", draft.facts.get("lead_inspector", ""))
        yield self._field(
            "document_url", "Address of Ofsted's document", draft.document_url,
            hint="It begins https://files.ofsted.gov.uk/v1/file/",
        )  # fmt: skip

    def grade_fields(self) -> Iterator[EntryField]:
        if self.framework is None:
            return
        grades = [(row.code, row.name) for row in self.framework.scale.grades.order_by("order")]
        held = self.before
        for area in sorted(self.areas, key=lambda row: row.order):
            name = GRADE + area.code
            yield self._field(
                name,
                area.short_name,
                self.draft.facts.get(name, ""),
                options=(("", "Not judged"), *grades),
                before=held.grades.get(area.code, "") if held else "",
            )

    def visit_fields(self) -> Iterator[EntryField]:
        if not self.draft.is_visit:
            return
        facts = self.draft.facts
        number = facts.get("sequence", "")
        hint = ""
        if facts.get("kind") == VisitKind.MONITORING and self.draft.council:
            hint = (
                f"{next_number(self.draft.council)} by the visits on record since the last report"
            )
        yield self._field("sequence", NUMBERS["sequence"], number, hint=hint)

    def topics(self) -> list[tuple[str, str, bool]]:
        """Code, label and whether it is chosen, of each topic of a visit."""
        chosen = set(self.draft.facts.get("topic_codes", "").split("|"))
        return [(code, label, code in chosen) for code, label in VisitTopic.choices()]

    def number_fields(self) -> Iterator[EntryField]:
        """How many points there are, for where their text is not to be typed."""
        names = ["improvement_points", *(["priority_actions"] if self.draft.is_visit else [])]
        for name in names:
            yield self._field(name, NUMBERS[name], self.draft.facts.get(name, ""))

    @cached_property
    def themed(self) -> list[ThemedPoint]:
        return themed(self.draft)

    @property
    def points_text(self) -> str:
        return _lines(self.draft, is_priority_action=False)

    @property
    def actions_text(self) -> str:
        return _lines(self.draft, is_priority_action=True)

    @property
    def ends(self) -> list[tuple[str, str]]:
        """Last days to choose from: the Fridays after a Monday, while none is given."""
        text = self.draft.facts.get("start_date", "")
        if not text or self.draft.facts.get("end_date") or self.draft.is_visit:
            return []
        return [(day.isoformat(), spelt(day)) for day in usual_ends(date.fromisoformat(text))]

    def _frameworks(self) -> list[Framework]:
        found = frameworks_on(self._first_day())
        if self.framework is not None and self.framework not in found:
            found.append(self.framework)
        return found

    def _shown_day(self, name: str) -> str:
        text = self.draft.facts.get(name, "")
        if text:
            return spelt(date.fromisoformat(text))
        return ""

    def _hint(self, name: str) -> str:
        if name == "publication_date" and not self.draft.facts.get(name):
            return f"Left empty it is today, {spelt(self.today)}."
        return "For example 27 November 2026, or 27/11/26." if name == "start_date" else ""

    def _field(self, name: str, label: str, value: str, **more: object) -> EntryField:
        return EntryField(
            name=name,
            label=label,
            value=self.draft.typed.get(name, value),
            place=self.draft.places.get(name, ""),
            error=" ".join(self.errors.get(name, ())),
            doubt="" if value else self._doubts().get(name, ""),
            **more,  # type: ignore[arg-type]
        )

    def _doubts(self) -> dict[str, str]:
        """By field: why the reader left it empty."""
        found: dict[str, str] = {}
        for problem in self.draft.problems:
            said = f"Found {problem['found']}; expected {problem['expected']}. {problem['advice']}"
            for name in DOUBTS.get(problem["fact"], (problem["fact"],)):
                found.setdefault(name, said)
        return found

    @property
    def other_problems(self) -> list[dict[str, str]]:
        """What the reader was not sure of and stands beside no field."""
        fields = {row.name for row in self._all() if row.doubt or not row.place}
        return [
            row
            for row in self.draft.problems
            if not fields.intersection(DOUBTS.get(row["fact"], (row["fact"],)))
        ]

    def _all(self) -> list[EntryField]:
        return [*self.grade_fields(), *self.event_fields(), *self.visit_fields()]

    @property
    def open_fields(self) -> list[EntryField]:
        """What a person is asked for, where the rest was read from a document."""
        return [row for row in self._all() if row.is_open] if self.draft.sha256 else []

    def _read(self, fields: Iterator[EntryField]) -> list[EntryField]:
        """Those that are not asked for above."""
        return [row for row in fields if not (self.draft.sha256 and row.is_open)]

    @property
    def read_grades(self) -> list[EntryField]:
        return self._read(self.grade_fields())

    @property
    def read_event(self) -> list[EntryField]:
        return self._read(self.event_fields())

    @property
    def read_visit(self) -> list[EntryField]:
        return self._read(self.visit_fields())

    # What is taken in

    def take(self, typed: QueryDict) -> None:
        """Puts what was typed into the draft, unsaved; nothing that was typed is lost.

        A field that is not among `typed` stays as it is.
        """
        draft, given = self.draft, {name: str(text) for name, text in typed.items()}
        draft.typed = {}
        if "council" in given:
            self._take_council(given["council"])
        for name in DAYS:
            if name in given:
                self._take(name, given[name], _day_text(given[name]))
        if choice := given.get("end_choice"):
            draft.facts["end_date"] = choice
        for name in NUMBERS:
            if name in given:
                text = given[name].strip()
                self._take(name, text, text if text.isdigit() and len(text) < 4 else "")
        for name in ("kind", "lead_inspector", "framework"):
            if name in given:
                self._take(name, given[name], " ".join(given[name].split()))
        if "document_url" in given:
            self._take_address(given["document_url"])
        if draft.is_visit and "kind" in given:
            draft.facts["topic_codes"] = "|".join(
                code for code in typed.getlist("topics") if code in list(VisitTopic)
            )
            self._take("topic_codes", draft.facts["topic_codes"], draft.facts["topic_codes"])
        self._fit_framework()
        self._take_grades(given)
        self._take_points(given, typed)
        if not draft.facts.get("publication_date") and "publication_date" not in draft.typed:
            draft.facts["publication_date"] = self.today.isoformat()

    def _take(self, name: str, text: str, value: str) -> None:
        """`value` is what `text` means, empty where it means nothing."""
        self.draft.facts.pop(name, None)
        if value:
            self.draft.facts[name] = value
        elif text.strip():
            self.draft.typed[name] = text.strip()[:500]

    def _take_council(self, text: str) -> None:
        if text.strip() == str(self.draft.council or ""):
            return
        self.draft.council = council_called(text)
        if self.draft.council is None and text.strip():
            self.draft.typed["council"] = text.strip()[:200]

    def _take_address(self, text: str) -> None:
        text = text.strip()
        try:
            parts = urlsplit(text)
        except ValueError:  # `https://[::1`
            parts = urlsplit("")
        if text and not (parts.scheme in ("http", "https") and parts.netloc and len(text) <= 500):
            self.draft.typed["document_url"] = text[:500]
            return
        self.draft.document_url = text

    def _fit_framework(self) -> None:
        """The first day decides: the newest framework in force on it, unless the chosen one was."""
        in_force = (
            [] if self.draft.is_visit else [row.code for row in frameworks_on(self._first_day())]
        )
        if in_force and self.draft.facts.get("framework") not in in_force:
            self.draft.facts["framework"] = in_force[-1]

    def _take_grades(self, given: Mapping[str, str]) -> None:
        """A framework that another took the place of takes its areas' grades with it."""
        facts = self.draft.facts
        if not any(name.startswith(GRADE) for name in given):
            return
        self.framework = self._framework()
        areas: list[JudgementArea] = list(self.framework.areas.all()) if self.framework else []
        known = {GRADE + area.code for area in areas}
        for name in [name for name in facts if name.startswith(GRADE)]:
            del facts[name]
        facts |= {name: value for name, value in given.items() if name in known and value}

    def _take_points(self, given: Mapping[str, str], typed: QueryDict) -> None:
        """Points as lines, with the themes that a person chose; one whose text is unchanged keeps
        its page."""
        before = [point["text"] for point in self.draft.points]
        goes_back = take_themes(self.draft, typed)
        self.shows_other_points = goes_back
        if "points" not in given and "actions" not in given:
            return
        lines = [
            (text, is_action)
            for name, is_action in (("points", False), ("actions", True))
            for text in _sentences(given.get(name, ""))
        ]
        pages = {point["text"]: point.get("page") for point in self.draft.points}
        chosen = chosen_for((text for text, _ in lines), self.draft.points)
        self.draft.points = [
            {"text": text, "page": pages.get(text), "is_priority_action": is_action}
            | ({"themes": chosen[text]} if text in chosen else {})
            for text, is_action in lines
        ]
        after = [point["text"] for point in self.draft.points]
        self.shows_other_points = goes_back or after != before
        counts = {"improvement_points": False, "priority_actions": True}
        for name, is_action in counts.items():
            number = sum(p["is_priority_action"] == is_action for p in self.draft.points)
            if number:
                self.draft.facts[name] = str(number)


def council_called(text: str) -> Council | None:
    """The one council of this name, former name or code; None where there is none, or several."""
    text = text.strip()
    match = directory_from_database().find(text)
    if match.slug:
        return Council.objects.get(slug=match.slug)
    codes = Q(ons_code__iexact=text) | Q(ofsted_urn=text) | Q(dfe_code=text)
    return Council.objects.filter(codes).first() if text else None


def councils_like(text: str) -> QuerySet[Council]:
    """Those with the text in a name; for where no single one is called so."""
    like = Q(name__icontains=text) | Q(aliases__value__icontains=text)
    return Council.objects.filter(like).distinct()[:20] if text else Council.objects.none()


def no_council_called(text: str) -> str:
    like = ", ".join(row.short_name for row in councils_like(text))
    return f'No one council is called "{text[:80]}".' + (like and f" Is it one of these? {like}.")


def council_names() -> list[str]:
    return [row.short_name for row in Council.objects.order_by("short_name")]


def _day_text(text: str) -> str:
    day = typed_day(text)
    return day.isoformat() if day else ""


def _sentences(text: str) -> list[str]:
    """Lines without the marks of a list."""
    lines = (_MARK.sub("", line).strip() for line in text.splitlines())
    return [line[:2000] for line in lines if line][:200]


def _lines(draft: Draft, *, is_priority_action: bool) -> str:
    rows = (p for p in draft.points if bool(p.get("is_priority_action")) == is_priority_action)
    return "\n".join(" ".join(row["text"].split()) for row in rows)
