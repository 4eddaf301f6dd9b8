"""What became of what was expected, in words: a verdict on each, a sentence on all of them."""

from collections import Counter
from datetime import date

from dashboard import words
from dashboard.state.opening import Opening
from inspections.questions.expectations import Came, Expectation, Expectations
from inspections.rows import Statement
from inspections.vocabulary import ExpectedEvent

VERDICTS = {
    Came.INSIDE: "Met",
    Came.EARLIER: "Earlier",
    Came.LATER: "Later",
    Came.AT_THE_EDGE: "At the edge of that time",
}


def is_over(row: Expectation, day: date) -> bool:
    """Has the time that was given passed, or what was expected come?"""
    last = row.said.expected_to_date
    return bool((row.happened and row.happened.day) or (last and last < day))


SHORT_WORDS = {
    ExpectedEvent.FULL_INSPECTION: "inspected from",
    ExpectedEvent.GOOD: "good or better,",
    ExpectedEvent.FIRST_VISIT: "first visit on record,",
}


def verdict(row: Expectation) -> tuple[str, str]:
    """One word on what was expected, and what came when: `Later`, `inspected from 11 July 2022`.

    Absence is told to the day to which the record is complete. Both empty without a time.
    """
    found, last = row.happened, row.said.expected_to_date
    if found is None or last is None:
        return "", ""
    if row.said.expected_event == ExpectedEvent.ACTION_PLAN:
        due = found.deadline.due_date if found.deadline else None
        return "Not on record", f"the last day by law was {words.day(due)}" if due else ""
    if found.day is None:
        return not_come(row.said, last, found.seen_to)
    event = SHORT_WORDS[ExpectedEvent(row.said.expected_event)]
    when = words.month(found.day) if found.is_month else words.day(found.day)
    return VERDICTS[found.came], f"{event} {when}"


def not_come(said: Statement, last: date, seen_to: date | None) -> tuple[str, str]:
    """Not met only where the record is complete to the end of the time that was given, and never
    of an inspection: one that had begun may not have been published. Ofsted does not publish the
    first monitoring visit, so that one may have come unseen."""
    if seen_to is None:
        return "Not on record", ""
    if seen_to < last:
        return "Not known", f"the record is complete to {words.day(seen_to)}"
    if said.expected_event == ExpectedEvent.FULL_INSPECTION:
        return "None published", f"no report on one by {words.day(seen_to)}"
    is_visit = said.expected_event == ExpectedEvent.FIRST_VISIT
    return "Not known" if is_visit else "Not met", f"none on record to {words.day(seen_to)}"


def sentence(found: Expectations, start: Opening) -> str:
    """How many of those that named a time came in it, and what became of the others."""
    by = f", made by {words.day(start.day)}" if start.state.as_at else ""
    became = Counter(
        said for row in found.rows if (said := verdict(row)[0]) and is_over(row, start.day)
    )
    is_told = became and not start.state.everything and found.total == len(found.rows)
    if is_told:
        return came_words(became, about_words(found))
    return (
        f"{words.count(found.total, 'statement')} "
        f"{'' if start.state.everything else 'about what would happen '}"
        f"{'is' if found.total == 1 else 'are'} on record{by}."
    )


BECAME = {
    VERDICTS[Came.EARLIER]: "came earlier",
    VERDICTS[Came.LATER]: "came later",
    VERDICTS[Came.AT_THE_EDGE]: "came at the edge of that time",
    "Not met": "had not come",
    "None published": "had no published report",
    "Not known": "cannot be told yet",
    "Not on record": "cannot be told from the record",
}

# Of these it is not known whether they came in time.
UNTOLD = {"None published", "Not known", "Not on record"}


MOST_NAMED = 3  # councils in a title


def about_words(found: Expectations) -> str:
    """Of which councils the statements tell, `Luton and Nottingham`; empty where they are many or
    not all are here."""
    names = sorted({row.council.short_name for row in found.rows})
    is_told = found.total == len(found.rows) and len(names) <= MOST_NAMED
    return words.listing(names) if is_told else ""


def came_words(became: Counter[str], about: str = "") -> str:
    """`Of 6 things said to come in Luton by a time now past, none came in time: 4 came later, …`:
    by verdict, the most frequent first."""
    where = f" in {about}" if about else ""
    met, total = became[VERDICTS[Came.INSIDE]], became.total()
    if total == 1:
        (verdict,) = became
        came = BECAME.get(verdict, "came in time")
        return f"The one thing said to come{where} by a time now past {came}."
    others = [(verdict, n) for verdict, n in became.most_common() if verdict in BECAME]
    rest = (
        f": {words.listing([f'{n} {BECAME[verdict]}' for verdict, n in others])}" if others else ""
    )
    number = words.count(total, "thing")
    none = "none is known to have come" if UNTOLD & set(became) else "none came"
    came = f"{met} came" if met else none
    return f"Of {number} said to come{where} by a time now past, {came} in time{rest}."


def chosen_how(found: Expectations, start: Opening) -> str:
    """Where the statements come from, and that they are no sample of councils or speakers."""
    about = Counter(row.council.short_name for row in found.rows)
    if not about or found.total != len(found.rows):
        return ""
    named = words.listing([f"{name} ({n})" for name, n in sorted(about.items())])
    return (
        f"{words.count(found.total, 'statement')} in all, about {named}, as found in news articles "
        f"and other public texts: no sample of councils or of speakers.{paused_words(found, start)}"
    )


def paused_words(found: Expectations, start: Opening) -> str:
    """` Routine inspection was paused from 17 March 2020 to 11 April 2021.`: of each pause that
    fell into what was expected; empty without any."""
    pauses = [
        (pause.first_date, pause.last_date)
        for pause in start.record.clock.pauses
        if pause.last_date
        and any(
            row.happened
            and row.said.stated_date <= pause.last_date
            and (row.said.expected_to_date or date.min) >= pause.first_date
            for row in found.rows
        )
    ]
    told = [f"from {words.day(first)} to {words.day(last)}" for first, last in pauses]
    return f" Routine inspection was paused {words.listing(told)}." if told else ""
