"""What a council's grades come to in one sentence, with before and after, made from the rows.

It is the first line of the council's page, of its chart and of the preview of both. It has at
most two clauses, bad news (inadequate, or down) in the first, and names no area twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from dashboard import words
from inspections.figure_rows import GradesOverTime, GradeSpan
from inspections.framework_rows import Grade

NOTHING = "No full inspection is on record to this day."


def finding(rows: GradesOverTime) -> str:
    """`Up from Inadequate overall in 2020 to Requires improvement in 2022 and Good in 2026; care
    leavers still Requires improvement.` Where the latest inspection gave no overall grade, by
    areas. Two grades are set beside each other only where the record says that they can be
    compared. Those from before a report that is not yet here are called older."""
    said, days = _finding(rows), [span.start for span in rows.spans]
    is_older = rows.unread and days
    return f"Older grades, of {words.month(max(days))}: {said}" if is_older else said


def _finding(rows: GradesOverTime) -> str:
    days = sorted({span.start for span in rows.spans})
    if not days:
        return NOTHING
    now = [span for span in rows.spans if span.start == days[-1] and span.grade]
    then = {span.lane: span for span in rows.spans if span.start in days[-2:-1]}
    overall = [span for span in rows.spans if span.is_overall and span.grade]
    areas = [span for span in now if not span.is_overall]
    if overall and overall[-1] in now:
        is_down = _direction(overall[-1]) < 0  # what fell with it, to the same grade, is told by it
        others = [
            span
            for span in areas
            if span.grade != overall[-1].grade or (_direction(span) < 0 and not is_down)
        ]
        is_first = _is_bad(overall[-1]) or not any(map(_is_bad, others))
        told = _overall(overall, is_first=is_first)
        if not is_first:
            bad, rest = _apart(others)
            also = f", with {_listed(rest, then)}" if rest else ""
            return f"{words.begun(_listed(bad, then))}; {told}{also}."
        return f"{told}; {_listed(others, then)}." if others else f"{told}."
    if not areas:
        return f"Inspected in {words.month(days[-1])}; none of these areas was graded."
    return f"{words.month(days[-1])}: {_by_area(areas, then)}."


def _overall(spans: Sequence[GradeSpan], *, is_first: bool) -> str:
    """The overall grade with each step of its last run of moves in one direction."""
    last, place = spans[-1], len(spans) - 1
    grade, before = _name(last), last.before
    if before is None:
        return f"{grade} overall in {words.month(last.start)}"
    if last.steps == 0:
        since = f", as in {_year(spans[-2], last)}" if place else " again"
        return f"{grade} overall in {_year(last, spans[-2] if place else last)}{since}"
    while place and _direction(spans[place]) == _direction(last):
        place -= 1
    way = "up" if last.steps > 0 else "down"
    way = way.capitalize() if is_first else way
    first = spans[place]
    if _direction(first) == _direction(last) and first.before:  # it began before what is shown
        begun, steps = f"{first.before.name} overall", spans[place:]
    else:
        begun, steps = f"{_name(first)} overall in {_year(first, last)}", spans[place + 1 :]
    told = [f"{_name(span)} in {_when(span, spans)}" for span in steps]
    return f"{way} from {begun} to {words.listing(told)}"


def _direction(span: GradeSpan) -> int:
    """1 for a move up, -1 for one down, 0 for none or none that can be compared."""
    return (span.steps > 0) - (span.steps < 0) if span.before else 0


def _is_bad(span: GradeSpan) -> bool:
    return _direction(span) < 0 or bool(span.grade and span.grade.is_inadequate)


def _apart(spans: Sequence[GradeSpan]) -> tuple[list[GradeSpan], list[GradeSpan]]:
    """What is bad news, and the rest."""
    return [row for row in spans if _is_bad(row)], [row for row in spans if not _is_bad(row)]


def _year(span: GradeSpan, other: GradeSpan) -> str:
    """The year of a span, or its month where the other began in the same year."""
    return _when(span, [span, other])


def _when(span: GradeSpan, spans: Iterable[GradeSpan]) -> str:
    """The year of a span, or its month where another of these began in the same year."""
    days = {row.start for row in spans if row.start.year == span.start.year}
    return str(span.start.year) if len(days) < 2 else words.month(span.start)


def _listed(spans: Sequence[GradeSpan], then: dict[str, GradeSpan]) -> str:
    """Areas beside an overall grade, the worst first: `leaders down to Inadequate, care leavers
    still Requires improvement`; `still` only where the record compares the two, and it is what
    covered each of two areas before that are judged together now."""
    groups: dict[tuple[Grade, str], list[GradeSpan]] = defaultdict(list)
    before = {lane: row.grade for lane, row in then.items()}
    changed = {x.area_name for x in spans if not x.before or before.get(x.lane) != x.grade}
    for span in spans:
        if span.grade:
            way = {1: "up to ", -1: "down to ", 0: "" if span.area_name in changed else "still "}
            groups[span.grade, way[_direction(span)]].append(span)
    worst = sorted(groups.items(), key=lambda item: (-item[0][0].place, item[0][1] != "down to "))
    return ", ".join(f"{_named(members)} {way}{grade.name}" for (grade, way), members in worst)


def _by_area(areas: Sequence[GradeSpan], then: dict[str, GradeSpan]) -> str:
    """The grades of areas: what is bad news first, else what went up, then the rest."""
    compared = [span for span in areas if span.before]
    when, names = _since(compared, then), {span.area_name for span in areas}
    moved = [span for span in compared if span.steps]
    is_one = len({span.grade for span in areas}) == 1 and len(names) > 2
    all_of_them = f"{_name(areas[0])} in all {words.NUMBERS[len(names)]} areas"
    if not moved:
        head = all_of_them if is_one else _grouped(areas, "; ")
        return head + (f", the same as in {when}" if when and len(compared) == len(areas) else "")
    bad, rest = _apart(areas)
    if is_one and not bad:
        return f"{all_of_them}; {_moves(moved, when)}"
    if not bad:
        bad, rest = moved, [span for span in areas if span not in moved]
    told = f"; {_grouped(rest, ', ')}" if rest else ""
    return f"{_grouped(bad, ', and ', when)}{told}"


def _moves(moved: Sequence[GradeSpan], when: str) -> str:
    """What went up, with the grade that it went up from."""
    groups: dict[Grade, list[GradeSpan]] = defaultdict(list)
    for span in moved:
        if span.before:
            groups[span.before].append(span)
    parts = [
        f"up from {was.name} for {_named(members, ' for ')}" for was, members in groups.items()
    ]
    return ", ".join(parts) + (f", since {when}" if when else "")


def _grouped(spans: Sequence[GradeSpan], join: str, when: str = "") -> str:
    """`Inadequate for leaders and for help and protection, down from Good in June 2023`, the worst
    first where something moved; each area is named once, and the month once."""
    groups: dict[tuple[Grade, int, Grade | None], list[GradeSpan]] = defaultdict(list)
    for span in spans:
        if span.grade:
            way = _direction(span)
            groups[span.grade, way, span.before if way else None].append(span)
    sign = 1 if join == "; " else -1  # without any move the best stands first
    parts, month = [], f" in {when}" if when else ""
    for (grade, way, was), members in sorted(
        groups.items(), key=lambda item: (sign * item[0][0].place, item[0][1])
    ):
        since = f", {'up' if way > 0 else 'down'} from {was.name}{month}" if was else ""
        month = "" if was else month
        parts.append(f"{grade.name} for {_named(members, ' for ')}{since}")
    if join == "; " and len(parts) > 2:
        return f"{parts[0]}; {', '.join(parts[1:])}"
    return join.join(parts)


def _since(compared: Sequence[GradeSpan], then: dict[str, GradeSpan]) -> str:
    """The month of the inspection before, where every grade compared with is that one's."""
    is_of_one = compared and all(
        span.lane in then and then[span.lane].grade == span.before for span in compared
    )
    days: set[date] = {span.start for span in then.values()}
    return words.month(days.pop()) if is_of_one and len(days) == 1 else ""


def _named(spans: Sequence[GradeSpan], again: str = " ") -> str:
    """`leaders and care leavers`; one judgement of two areas is named once. Where a name has an
    `and` of its own, `again` stands before each: `leaders and for help and protection`."""
    names = [name[0].lower() + name[1:] for name in dict.fromkeys(x.area_name for x in spans)]
    if len(names) > 1 and any(" and " in name for name in names):
        if again == " ":
            return f"{', '.join(names[:-1])}, and {names[-1]}"
        return f"{f',{again}'.join(names[:-1])} and{again}{names[-1]}"
    return words.listing(names)


def _name(span: GradeSpan) -> str:
    return span.grade.name if span.grade else ""
