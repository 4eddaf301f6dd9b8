"""Rules about days: their order, and what they must lie within."""

import itertools
from datetime import date

from inspections.rows import Event
from inspections.rules.of_record.rule import (
    Broken,
    RecordRule,
    Rows,
    RuleBasis,
    last_day,
    precise_start,
)

SATURDAY = 5
FEWEST_DAYS_TO_PUBLICATION, MOST_DAYS_TO_PUBLICATION = 14, 300
LONGEST_STAY_DAYS = 40
CLOSE_DAYS = 60
DAYS_KNOWN_SINCE = 2014  # the year of publication; earlier reports are not at hand


def framework_not_in_force(rows: Rows) -> Broken:
    for inspection in rows.inspections:
        rules, start = inspection.framework, inspection.start_date
        if not start:
            continue
        if start < rules.in_force_from or (rules.in_force_to and start > rules.in_force_to):
            yield (
                inspection,
                f"it began on {start}; {rules.short_name} was in force from "
                f"{rules.in_force_from} to {rules.in_force_to or 'today'}",
            )


def days_out_of_order(rows: Rows) -> Broken:
    for event in rows.events:
        named = [
            ("first day", event.start_date),
            ("last day", event.end_date),
            ("publication", event.publication_date),
        ]
        known = [(name, day) for name, day in named if day]
        for (before, earlier), (after, later) in itertools.pairwise(known):
            if later < earlier:
                yield event, f"the {after}, {later}, is before the {before}, {earlier}"
                break


def days_to_come(rows: Rows) -> Broken:
    for event in rows.events:
        days = (event.start_date, event.end_date, event.publication_date)
        latest = max(filter(None, days), default=None)
        if latest and latest > rows.today:
            yield event, f"{latest} is in the future"


def council_not_there(rows: Rows) -> Broken:
    for event in rows.events:
        council, day = rows.council[event.council_id], event.event_date
        if not day or council.existed_on(day):
            continue
        if council.closed_date and day > council.closed_date:
            yield event, f"{day} is after the council's last day, {council.closed_date}"
        else:
            yield event, f"{day} is before the council's first day, {council.opened_date}"


def begun_at_a_weekend(rows: Rows) -> Broken:
    for event in rows.events:
        start = precise_start(event)
        if start and start.weekday() >= SATURDAY:
            yield event, f"the first day, {start}, was a {start:%A}"


def unusual_time_to_publication(rows: Rows) -> Broken:
    for event in rows.events:
        last = last_day(event)
        if not last or not event.publication_date or event.publication_date < last:
            continue
        days = (event.publication_date - last).days
        if not FEWEST_DAYS_TO_PUBLICATION <= days <= MOST_DAYS_TO_PUBLICATION:
            yield event, f"published {days} days after the last day on site"


def stayed_too_long(rows: Rows) -> Broken:
    for event in rows.events:
        start = precise_start(event)
        if not start or not event.end_date or getattr(event, "has_two_periods", False):
            continue
        days = (event.end_date - start).days
        if days > LONGEST_STAY_DAYS:
            yield event, f"{days} days from the first day on site to the last, in one period"


def days_not_known(rows: Rows) -> Broken:
    for inspection in rows.inspections:
        if inspection.publication_date.year < DAYS_KNOWN_SINCE:
            continue
        if not inspection.start_date:
            yield inspection, "the days on site are not recorded"
        elif not inspection.end_date:
            yield inspection, "the last day on site is not recorded"


def inspected_twice_in_a_row(rows: Rows) -> Broken:
    for held in rows.inspections_of.values():
        for before, after in itertools.pairwise(held):
            days = (after.event_date - before.event_date).days
            if days <= CLOSE_DAYS:
                yield after, f"{days} days after the council's inspection {before.reference}"


def visited_twice_in_a_day(rows: Rows) -> Broken:
    seen: dict[tuple[int, date], Event] = {}
    for visit in rows.visits:
        start = precise_start(visit)
        if not start:
            continue
        first = seen.setdefault((visit.council_id, start), visit)
        if first is not visit:
            yield visit, f"it began on {start}, as the visit {first.reference} did"


def visited_during_an_inspection(rows: Rows) -> Broken:
    for visit in rows.visits:
        start = precise_start(visit)
        for held in rows.inspections_of[visit.council_id]:
            if not start or not held.start_date or not held.end_date or held.has_two_periods:
                continue
            if held.start_date <= start <= held.end_date:
                yield visit, f"it began during the council's inspection {held.reference}"


RULES = (
    RecordRule(
        "framework-in-force",
        "An inspection began while its framework was in force.",
        RuleBasis.OFSTED,
        "frameworks.csv, after Ofsted's frameworks and announcements",
        framework_not_in_force,
    ),
    RecordRule(
        "days-in-order",
        "First day, last day and publication come in this order.",
        RuleBasis.RECORD,
        "a report tells of days that have passed",
        days_out_of_order,
    ),
    RecordRule(
        "no-day-to-come",
        "No recorded day lies in the future.",
        RuleBasis.RECORD,
        "the record holds what has happened",
        days_to_come,
    ),
    RecordRule(
        "council-existed",
        "A council was inspected or visited while it existed.",
        RuleBasis.RECORD,
        "councils.csv; a continuing record counts before its council's first day too",
        council_not_there,
    ),
    RecordRule(
        "begun-on-a-working-day",
        "Inspections and visits begin from Monday to Friday.",
        RuleBasis.MEASURED,
        "496 of 496 inspections and 561 of 562 visits with a known first day",
        begun_at_a_weekend,
    ),
    RecordRule(
        "published-in-usual-time",
        "Publication follows 14 to 300 days after the last day on site.",
        RuleBasis.MEASURED,
        "492 of 492 inspections took 18 to 203 days, visits 22 to 104",
        unusual_time_to_publication,
    ),
    RecordRule(
        "stay-of-usual-length",
        "Inspectors are on site for at most 40 days, unless there were two periods.",
        RuleBasis.MEASURED,
        "the longest of 488 inspections in one period took 28 days",
        stayed_too_long,
    ),
    RecordRule(
        "days-known-since-2014",
        "The days on site of an inspection published since 2014 are recorded.",
        RuleBasis.RECORD,
        "every report prints them on its cover",
        days_not_known,
    ),
    RecordRule(
        "inspections-apart",
        "A council's inspections begin more than 60 days apart: closer ones are one twice.",
        RuleBasis.MEASURED,
        "the closest two of 556 pairs are 76 days apart",
        inspected_twice_in_a_row,
    ),
    RecordRule(
        "one-visit-a-day",
        "No two visits to a council begin on the same day: they are one visit twice.",
        RuleBasis.MEASURED,
        "562 visits with a known first day",
        visited_twice_in_a_day,
    ),
    RecordRule(
        "no-visit-during-an-inspection",
        "No visit begins while inspectors are on site for a full inspection.",
        RuleBasis.MEASURED,
        "562 visits with a known first day",
        visited_during_an_inspection,
    ),
)
