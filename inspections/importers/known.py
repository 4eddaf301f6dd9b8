"""The parsers' world out of the database: frameworks and areas as rows, councils as a directory."""

from __future__ import annotations

from datetime import date

from inspections.models import Council, Framework
from inspections.rules.matching import CouncilEntry, Directory
from inspections.vocabulary import AliasScheme

from .rules import AreaRule, FrameworkRule, ReadingRules
from .wording.grades import GRADE_WORDINGS


def rules_from_database(today: date) -> ReadingRules:
    """Frameworks with their areas and the printed words of their grades."""
    frameworks = Framework.objects.select_related("scale").prefetch_related(
        "areas", "scale__grades"
    )
    return ReadingRules(
        tuple(
            FrameworkRule(
                code=framework.code,
                name=framework.name,
                in_force_from=framework.in_force_from,
                in_force_to=framework.in_force_to,
                areas=tuple(
                    AreaRule(area.code, area.official_name, area.order, area.is_overall)
                    for area in framework.areas.all()
                ),
                grades={
                    grade.code: tuple(
                        dict.fromkeys(
                            (grade.official_name.lower(), *GRADE_WORDINGS.get(grade.code, ()))
                        )
                    )
                    for grade in framework.scale.grades.all()
                },
            )
            for framework in frameworks
        ),
        today,
    )


def directory_from_database() -> Directory:
    """Councils with every name and code; a continuing record has no first day."""
    councils = Council.objects.prefetch_related("aliases", "predecessors", "successors")
    return Directory(
        CouncilEntry(
            slug=council.slug,
            name=council.name,
            short_name=council.short_name,
            aliases=tuple(
                alias.value for alias in council.aliases.all() if alias.scheme == AliasScheme.NAME
            ),
            codes=(
                council.ons_code,
                *(a.value for a in council.aliases.all() if a.scheme == AliasScheme.ONS_CODE),
            ),
            opened=None if council.is_continuing_record else council.opened_date,
            closed=council.closed_date,
            predecessors=tuple(other.slug for other in council.predecessors.all()),
            successors=tuple(other.slug for other in council.successors.all()),
        )
        for council in councils
    )
