"""Councils to set a council beside: its statistical neighbours, its region, its type."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard import words
from dashboard.state.address import MOST_IN_A_LIST, to_slug
from dashboard.state.opening import Opening
from dashboard.words import presenters
from inspections.framework_rows import Lane
from inspections.questions.council import CouncilAnswer
from inspections.questions.positions import Position, positions
from inspections.vocabulary import CouncilKind, Region


@dataclass(frozen=True, slots=True)
class AlikeCouncils:
    """Councils like one: what they are called, the page of them, and what they hold by lane."""

    name: str
    href: str
    cells: SafeString


def neighbours_said(answer: CouncilAnswer) -> str:
    """`The 10 councils`, or `9 of the 10 councils`."""
    shown, named = len(answer.neighbours), len(answer.council.neighbours)
    modelled = f"{words.count(named, 'council')} that DfE's model of 2025 finds most alike"
    if shown == named:
        return f"The {modelled}"
    return f"{shown} of the {modelled} (not those that did not exist on this day)"


def rows(answer: CouncilAnswer, start: Opening, lanes: list[Lane]) -> SafeString:
    """The council itself, then its neighbours by name; empty where it has none."""
    if not answer.neighbours:
        return SafeString()
    own = (answer.position,) if answer.position else ()
    return format_html_join(
        "",
        '<tr{}><th scope="row"><a href="/councils/{}/{}">{}</a></th>{}<td>{}</td></tr>',
        (
            (
                SafeString(' class="own"') if row is answer.position else "",
                row.council.slug,
                start.keep,
                row.council.short_name,
                presenters.lane_cells(row.latest, lanes),
                presenters.inspected(row) or "no full inspection yet",
            )
            for row in (*own, *answer.neighbours)
        ),
    )


def groups(answer: CouncilAnswer, start: Opening, lanes: list[Lane]) -> list[AlikeCouncils]:
    """How many of the neighbours, of the region and of the same type hold each grade."""
    council, every = answer.council, positions(start.record, start.day)
    state = start.clocks
    kept = f"&{state.query()}" if state.query() else ""
    slugs = [council.slug, *(row.council.slug for row in answer.neighbours)][:MOST_IN_A_LIST]
    region, kind = Region.label_of(council.ons_region), CouncilKind.label_of(council.kind)
    found = [
        (
            "Neighbours",
            f"/compare/?councils={'~'.join(slugs)}&council={council.slug}{kept}",
            answer.neighbours,
        ),
        (
            region,
            f"/councils/?region={to_slug(council.ons_region)}{kept}",
            [row for row in every if row.council.ons_region == council.ons_region],
        ),
        (
            kind,
            f"/councils/?kind={to_slug(council.kind)}{kept}",
            [row for row in every if row.council.kind == council.kind],
        ),
    ]
    return [
        AlikeCouncils(f"{name} ({len(members)})", href, _cells(members, lanes))
        for name, href, members in found
        if members
    ]


def _cells(members: Sequence[Position], lanes: list[Lane]) -> SafeString:
    """A cell a lane: `O 2, G 6, RI 2`, the best first."""
    return format_html_join("", "<td>{}</td>", ((_counts(members, lane),) for lane in lanes))


def _counts(members: Sequence[Position], lane: Lane) -> SafeString:
    held = [row.latest.in_lane(lane.code) if row.latest else None for row in members]
    counts = Counter(judged.grade for judged in held if judged)
    parts = [
        (grade.title, grade.letter, number)
        for grade, number in sorted(counts.items(), key=lambda item: item[0].place)
    ]
    marks = format_html_join(", ", '<span><abbr title="{}">{}</abbr> <b>{}</b></span>', parts)
    return marks or format_html("{}", "none")
