"""Grades held on a day in words: which inspections count, how many hold what, and a year before."""

from datetime import date
from typing import Any

from dashboard import words
from dashboard.state import lists
from dashboard.state.address import OVERALL
from dashboard.state.opening import Opening
from inspections.questions.statistics import AREA, KIND, CouncilGroup, Statistics, statistics
from inspections.rules.clock import a_year_before
from inspections.rules.position import OfstedRule, PublishedBy, Reading


def clock_words(reading: Reading, told_to: date) -> str:
    """Which inspections count, as a sentence without a full stop."""
    day = words.day(reading.as_at if isinstance(reading, OfstedRule) else told_to)
    if isinstance(reading, OfstedRule):
        late = reading.counted_late
        also = f"; {words.count(len(late), 'inspection')} counted late by Ofsted" if late else ""
        return (
            f"Ofsted's own rule: the latest full inspection begun by {day} and published by "
            f"{words.day(reading.cut_off)}, of councils that exist on {day}{also}"
        )
    return f"the latest full inspection published by {day}, of councils that exist on {day}"


def day_of(found: Statistics, start: Opening) -> str:
    """The day of the grades, in words."""
    reading = found.reading
    return words.day(reading.as_at if isinstance(reading, OfstedRule) else start.told_to)


def not_judged_words(found: Statistics, start: Opening) -> str:
    """Why some councils have no overall grade; empty where the table counts none."""
    lanes = [row for row in found.groups if found.by == AREA or found.lane.code == OVERALL]
    latest = [row for row in start.book.in_order if row.is_whole_service][-1]
    is_counted = any(row.not_judged and row.key in {OVERALL, ""} for row in (*lanes, found.total))
    if latest.has_overall or not is_counted:
        return ""
    since = words.month(start.book.without_overall_since(latest))
    return f"Not judged overall: inspected since {since}; Ofsted has given no overall grade since."


def year_before(start: Opening) -> CouncilGroup:
    """What was counted a year before the page's day, of the same councils and area."""
    day = start.told_to
    state: Any = start.state
    return statistics(
        start.record,
        by=KIND,
        lane=start.book.lane(state.area),
        reading=PublishedBy(a_year_before(day)),
        among=lists.among_of(state.region, state.kind, state.regions),
    ).total


def change_words(found: Statistics, before: CouncilGroup) -> str:
    """`, up from 95 of 153 a year before`; empty where nothing was counted then."""
    total, good = found.total, found.good
    then, now = before.count(good), total.count(good)
    if not before.graded:
        return ""
    of = f"{then} of {before.graded} a year before"
    if before.graded != total.graded:
        return f"; {of}"
    way = "up from" if now > then else "down from" if now < then else "as were"
    return f", {way} {of}"


def sentence(found: Statistics, start: Opening) -> str:
    """How many are good or better, and were a year before; how many hold each grade."""
    total, state = found.total, start.state
    among = lists.among_words(state.region, state.kind)
    name, day = found.lane.name.lower(), day_of(found, start)
    if not total.graded:
        return f"On {day} no council{among} held a grade of its own for {name}, by this reading."
    parts = [
        f"{total.by_grade[grade.key]} {grade.title}"
        for grade in found.grades
        if total.by_grade[grade.key]
    ]
    good = total.count(found.good)
    without = total.councils - total.graded
    rest = f" {without} of {total.councils} had none." if without else ""
    is_by_rule = isinstance(found.reading, OfstedRule)
    change = "" if is_by_rule else change_words(found, year_before(start))
    return (
        f"On {day}, {good} of {words.count(total.graded, 'council')}{among} with a grade for "
        f"{name} were Good or better ({lists.percent(total.share(found.good))}){change}. "
        f"Grades: {words.listing(parts)}.{rest}"
    )
