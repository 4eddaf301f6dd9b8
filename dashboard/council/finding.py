"""What a council's grades come to in one sentence, with before and after, made from the rows.

It is the first line of the council's page, of its chart and of the preview of both.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from dashboard import words
from inspections.figure_rows import GradesOverTime, GradeSpan
from inspections.framework_rows import Grade

NOTHING = "No full inspection is on record to this day."


def finding(rows: GradesOverTime) -> str:
    """`Up from Inadequate overall in 2020 to Good in 2026; care leavers still Requires
    improvement.` Where the latest inspection gave no overall grade, by areas. Two grades are
    set beside each other only where the record says that they can be compared."""
    days = sorted({span.start for span in rows.spans})
    if not days:
        return NOTHING
    now = [span for span in rows.spans if span.start == days[-1] and span.grade]
    then = {span.lane: span for span in rows.spans if span.start in days[-2:-1]}
    overall = [span for span in rows.spans if span.is_overall and span.grade]
    areas = [span for span in now if not span.is_overall]
    if overall and overall[-1] in now:
        return f"{_overall(overall)}{_others(overall[-1], areas, then)}."
    if not areas:
        return f"Inspected in {words.month(days[-1])}; none of these areas was graded."
    return f"{words.month(days[-1])}: {_grades(areas)}{_moves(areas, then)}."


def _overall(spans: Sequence[GradeSpan]) -> str:
    """The overall grade and where its last run of moves in one direction began."""
    last, place = spans[-1], len(spans) - 1
    grade, before = _name(last), last.before
    if before is None:
        return f"{grade} overall in {words.month(last.start)}"
    if last.steps == 0:
        since = f", as in {_year(spans[-2], last)}" if place else " again"
        return f"{grade} overall in {_year(last, spans[-2] if place else last)}{since}"
    while place and _direction(spans[place]) == _direction(last):
        place -= 1
    way = "Up" if last.steps > 0 else "Down"
    first = spans[place]
    if _direction(first) == _direction(last) and first.before:  # it began before what is shown
        return f"{way} from {first.before.name} overall to {grade} in {last.start.year}"
    start, end = _year(first, last), _year(last, first)
    return f"{way} from {_name(first)} overall in {start} to {grade} in {end}"


def _direction(span: GradeSpan) -> int:
    """1 for a move up, -1 for one down, 0 for none or none that can be compared."""
    return (span.steps > 0) - (span.steps < 0) if span.before else 0


def _year(span: GradeSpan, other: GradeSpan) -> str:
    """The year of a span, or its month where the other began in the same year."""
    is_alone = span.start.year != other.start.year or span is other
    return str(span.start.year) if is_alone else words.month(span.start)


def _others(overall: GradeSpan, areas: Sequence[GradeSpan], then: dict[str, GradeSpan]) -> str:
    """The areas with another grade than overall; `still` where it is what covered them before."""
    found = []
    for grade, members in _by_grade([span for span in areas if span.grade != overall.grade]):
        before = [then[span.lane].grade if span.lane in then else None for span in members]
        still = "still " if all(was == grade for was in before) else ""
        found.append(f"; {_named(members)} {still}{grade.name}")
    return "".join(found)


def _grades(areas: Sequence[GradeSpan]) -> str:
    groups = _by_grade(areas)
    names = {span.area_name for span in areas}
    if len(groups) == 1 and len(names) > 2:
        return f"{groups[0][0].name} in all {words.NUMBERS[len(names)]} areas"
    return "; ".join(f"{grade.name} for {_named(members)}" for grade, members in groups)


def _moves(areas: Sequence[GradeSpan], then: dict[str, GradeSpan]) -> str:
    """What moved since the inspection before, with the grade that it moved from."""
    moved: dict[tuple[int, Grade], list[GradeSpan]] = defaultdict(list)
    compared = [span for span in areas if span.before]
    for span in compared:
        if span.steps and span.before:
            moved[(_direction(span), span.before)].append(span)
    parts = [
        f"{'up' if way > 0 else 'down'} from {was.name} for {_named(members)}"
        for (way, was), members in sorted(moved.items(), key=lambda item: -item[0][0])
    ]
    when = _since(compared, then)
    if not parts:
        return f", the same as in {when}" if when and len(compared) == len(areas) else ""
    return f"; {', '.join(parts)}" + (f", since {when}" if when else "")


def _since(compared: Sequence[GradeSpan], then: dict[str, GradeSpan]) -> str:
    """The month of the inspection before, where every grade compared with is that one's."""
    is_of_one = compared and all(
        span.lane in then and then[span.lane].grade == span.before for span in compared
    )
    days: set[date] = {span.start for span in then.values()}
    return words.month(days.pop()) if is_of_one and len(days) == 1 else ""


def _by_grade(spans: Sequence[GradeSpan]) -> list[tuple[Grade, list[GradeSpan]]]:
    """Spans by their grade, best first."""
    groups: dict[Grade, list[GradeSpan]] = defaultdict(list)
    for span in spans:
        if span.grade:
            groups[span.grade].append(span)
    return sorted(groups.items(), key=lambda item: item[0].place)


def _named(spans: Sequence[GradeSpan]) -> str:
    """`leaders and care leavers`; one judgement of two areas is named once."""
    names = [name[0].lower() + name[1:] for name in dict.fromkeys(x.area_name for x in spans)]
    if len(names) > 1 and any(" and " in name for name in names):
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return words.listing(names)


def _name(span: GradeSpan) -> str:
    return span.grade.name if span.grade else ""
