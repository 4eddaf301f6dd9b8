"""The themes of a draft's points: those that their words name, until a person chooses.

What a person chose stands with the point in `Draft.points`, as `themes`: a list of codes, which
may be empty. A point without it goes by its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from inspections.models import Draft, ImprovementPoint, Theme
from inspections.rules.themes import propose
from inspections.vocabulary import Status, ThemeBasis

ALIKE = 0.5
"""Share of the words that a line has to keep, so that what a person chose for it stays."""


@dataclass(frozen=True)
class Choice:
    """One theme to choose. `reason`: the words that propose it; empty where none do."""

    code: str
    name: str
    reason: str
    is_sure: bool
    is_chosen: bool

    @property
    def said(self) -> str:
        return f"“{self.reason}”" + ("" if self.is_sure else ", which may mean something else")


@dataclass(frozen=True)
class ThemedPoint:
    """One point as it is to be published, and every theme beside it."""

    number: int
    at: int
    """Where it stands in the draft."""
    key: str
    text: str
    page: int | None
    by_person: bool
    choices: Sequence[Choice]

    @property
    def chosen(self) -> list[Choice]:
        return [row for row in self.choices if row.is_chosen]

    @cached_property
    def is_unsure(self) -> bool:
        """Must a person decide, as the words name no theme or one that they may not mean?"""
        return not self.by_person and not all([self.chosen, *(c.is_sure for c in self.chosen)])


def key_of(text: str) -> str:
    """Of a point in the form's fields; another text has another, a sentence said twice the same."""
    return sha256(text.encode()).hexdigest()[:10]


def themed(draft: Draft) -> list[ThemedPoint]:
    """The points in the order in which they are published, areas for priority action first."""
    if not draft.points:
        return []
    known = [(row.code, row.short_name) for row in Theme.objects.all()]
    places = sorted(
        range(len(draft.points)), key=lambda at: not draft.points[at].get("is_priority_action")
    )
    return [_themed(n, at, draft.points[at], known) for n, at in enumerate(places, start=1)]


def _themed(
    number: int, at: int, point: dict[str, Any], known: list[tuple[str, str]]
) -> ThemedPoint:
    proposed = {row.theme: row for row in propose(point["text"])}
    chosen = point.get("themes", proposed)
    choices = [
        Choice(
            code,
            name,
            proposed[code].reason if code in proposed else "",
            "themes" in point or (code in proposed and proposed[code].is_sure),
            code in chosen,
        )
        for code, name in known
    ]
    text, page = point["text"], point.get("page")
    return ThemedPoint(number, at, key_of(text), text, page, "themes" in point, choices)


def take_themes(draft: Draft, given: QueryDict) -> bool:
    """Keeps what a person chose with each point that the form showed; whether one goes by its
    words again. Ticks that are the proposal itself decide nothing, unless the person says so."""
    shown, goes_back = given.getlist("themed"), False
    for row in themed(draft) if shown else ():
        if (key := row.key) not in shown:
            continue
        ticked = set(given.getlist(f"theme-{key}"))
        codes = [choice.code for choice in row.choices if choice.code in ticked]
        is_same = codes == [choice.code for choice in row.chosen]
        anew = f"anew-{key}" in given and row.by_person
        goes_back = goes_back or anew
        rest = {name: value for name, value in draft.points[row.at].items() if name != "themes"}
        if anew:
            draft.points[row.at] = rest
        elif row.by_person or not is_same or f"right-{key}" in given:
            draft.points[row.at] = {**rest, "themes": codes}
    return goes_back


def chosen_for(texts: Iterable[str], before: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """What a person chose for these lines: a line that was changed keeps it, one that is new,
    or says something else, has none."""
    texts = list(texts)
    found = {p["text"]: p["themes"] for p in before if "themes" in p}
    gone = [(set(text.lower().split()), found.pop(text)) for text in [*found] if text not in texts]
    held = {point["text"] for point in before}
    for text in texts:
        words = set(text.lower().split())
        if text in held or not words:
            continue
        for own, themes in gone:
            if len(own & words) >= ALIKE * max(len(own), len(words)):
                found[text] = themes
                gone.remove((own, themes))
                break
    return found


def told(points: Sequence[ThemedPoint]) -> str:
    """By whom the themes of the points were chosen, in one line for the last look."""
    unsure = [str(row.number) for row in points if row.is_unsure]
    people = sum(row.by_person for row in points)
    parts = [
        (people, f"{people} chosen by a person"),
        (
            len(points) - people - len(unsure),
            f"{len(points) - people - len(unsure)} by their words",
        ),
        (len(unsure), f"{len(unsure)} unsure (point {', '.join(unsure)}), for a person to decide"),
    ]
    return ", ".join(text for count, text in parts if count)


def proposal_of(text: str) -> str:
    """What the words of a published sentence propose; empty where no sentence is held."""
    if not text:
        return ""
    (point,) = themed(Draft(points=[{"text": text}]))
    found = [f"{row.name} ({row.said})" for row in point.chosen]
    return f"Its words say: {', '.join(found) or 'no theme'}."


def undecided() -> QuerySet[ImprovementPoint]:
    """Published points whose words leave their themes open: for a person to decide."""
    of_public = Q(inspection__status=Status.PUBLISHED) | Q(visit__status=Status.PUBLISHED)
    points = ImprovementPoint.objects.filter(of_public, basis=ThemeBasis.UNSURE)
    return points.select_related("inspection__council", "visit__council").order_by(
        "-inspection", "-visit", "number"
    )
