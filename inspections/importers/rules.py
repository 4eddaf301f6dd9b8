"""The rules the parsers work by, as plain rows: frameworks, areas, grade wordings. Pure.

They come from the database or from the shipped tables; nothing here knows a framework by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple


class Period(NamedTuple):
    """First and last day, both included."""

    start_date: date
    end_date: date


@dataclass(frozen=True)
class AreaRule:
    code: str
    official_name: str
    order: int
    is_overall: bool


@dataclass(frozen=True)
class FrameworkRule:
    """One framework; ``grades`` maps a grade's code to its printed wordings (lower case)."""

    code: str
    name: str
    in_force_from: date
    in_force_to: date | None
    areas: tuple[AreaRule, ...]
    grades: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def is_in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


@dataclass(frozen=True)
class ReadingRules:
    """Everything a parser may know about the world, and the day it counts as today."""

    frameworks: tuple[FrameworkRule, ...]
    today: date

    def in_force(self, day: date) -> tuple[FrameworkRule, ...]:
        return tuple(rule for rule in self.frameworks if rule.is_in_force(day))

    def framework(self, code: str) -> FrameworkRule | None:
        return next((rule for rule in self.frameworks if rule.code == code), None)

    def to_data(self) -> dict[str, object]:
        """Plain data for the child process; :func:`rules_from_rows` turns it back."""
        return {
            "today": self.today.isoformat(),
            "frameworks": [
                {
                    "code": rule.code,
                    "name": rule.name,
                    "in_force_from": rule.in_force_from.isoformat(),
                    "in_force_to": rule.in_force_to.isoformat() if rule.in_force_to else "",
                    "grades": {code: list(words) for code, words in rule.grades.items()},
                }
                for rule in self.frameworks
            ],
            "areas": [
                {
                    "framework": rule.code,
                    "code": area.code,
                    "official_name": area.official_name,
                    "order": str(area.order),
                    "is_overall": "true" if area.is_overall else "false",
                }
                for rule in self.frameworks
                for area in rule.areas
            ],
        }


def rules_from_rows(
    frameworks: Iterable[Mapping[str, Any]],
    areas: Iterable[Mapping[str, Any]],
    today: date,
) -> ReadingRules:
    """Build the rules from rows like those of frameworks.csv and judgement_areas.csv."""
    by_framework: dict[str, list[AreaRule]] = {}
    for row in areas:
        by_framework.setdefault(str(row["framework"]), []).append(
            AreaRule(
                str(row["code"]),
                str(row["official_name"]),
                int(str(row["order"])),
                str(row["is_overall"]).lower() == "true",
            )
        )
    rules = []
    for row in frameworks:
        code, last = str(row["code"]), str(row.get("in_force_to") or "")
        grades = row.get("grades") or {}
        rules.append(
            FrameworkRule(
                code,
                str(row["name"]),
                date.fromisoformat(str(row["in_force_from"])),
                date.fromisoformat(last) if last else None,
                tuple(sorted(by_framework.get(code, []), key=lambda area: area.order)),
                {key: tuple(words) for key, words in grades.items()},
            )
        )
    return ReadingRules(tuple(rules), today)
