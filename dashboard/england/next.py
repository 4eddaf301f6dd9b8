"""One council's next full inspection in words: the window, what it rests on, what is not known."""

from datetime import date
from typing import Any

from dashboard import words
from dashboard.england.upcoming_chart import PAST
from inspections.questions.waits import Upcoming
from inspections.rules.estimates import RECENT_DAYS
from inspections.rules.outcomes import OutcomeBasis, Standing
from inspections.rules.windows import Window, WindowStatus

YEARS = RECENT_DAYS // 365


def memory_words(window: Window) -> str:
    """`from 24 June 2023 to 23 June 2026`, the days whose waits a window rests on; or empty.

    The years that are remembered leave a pause out, so the days may lie further apart.
    """
    first, last = window.memory_from_date, window.seen_to_date
    if first is None or last is None:
        return ""
    days = f"from {words.day(first)} to {words.day(last)}"
    is_longer = (last - first).days > RECENT_DAYS
    return days + (f", {YEARS} years without the pause of inspection" if is_longer else "")


def likely_words(window: Window, day: date) -> str:
    """`likely between October 2029 and May 2030, if Ofsted keeps its recent pace`; of a window that
    has begun by the day, or is over, it says so. Empty without a window."""
    first, last = window.earliest_date, window.latest_date
    if window.status in PAST or first is None:
        return ""
    if last is None or window.median_date is None:
        said = f"likely in {words.month(first)} or later"
    elif day < first:
        said = f"likely between {words.month(first)} and {words.month(last)}"
    elif day <= last:
        said = f"its likely window began in {words.month(first)} and ends in {words.month(last)}"
    else:
        span = f"{words.month(first)} to {words.month(last)}"
        return f"its likely window was {span}, if Ofsted kept its recent pace"
    return f"{said}, if Ofsted keeps its recent pace"


def half_words(window: Window, day: date, verbs: tuple[str, str]) -> str:
    """When half of such waits are over, with the verb for a day to come and for one that is past;
    empty where the cases do not show it."""
    if window.median_date is None or window.status in PAST:
        return ""
    return f"{verbs[window.median_date < day]} by {words.month(window.median_date)}"


def council_sentence(row: Upcoming, day: date) -> str:
    """The window of one council in a sentence, as read on a day."""
    window = row.window
    if window.status in PAST:
        if window.status == WindowStatus.BEYOND:
            return (
                "No newer inspection is on record. The wait is longer than every comparable one "
                f"seen {memory_words(window)}."
            )
        by = f" by {words.month(window.latest_date)}" if window.latest_date else " sooner"
        return (
            "No newer inspection is on record. Nine in ten councils in this position had been "
            f"re-inspected{by}."
        )
    if not (likely := likely_words(window, day)):
        return "Next full inspection: too little is on record to say when."
    return f"Next full inspection: {likely}."


def basis_words(row: Upcoming) -> str:
    """What the window rests on: how many waits, after which kind of outcome."""
    window = row.window
    if window.status in {"", WindowStatus.UNKNOWN}:
        return ""
    waiting = window.cases - window.events
    seen = f"Based on {words.count(window.events, 're-inspection')}"
    still = f"{words.count(waiting, 'wait')} not over"
    if window.is_pooled:
        why = (
            "the kind of this outcome cannot be told"
            if not row.wait.standing
            else "too few followed such an outcome"
        )
        return f"{seen} after any outcome ({why}) and {still}"
    read = ", read from the judgements, as there is no overall grade"
    by_rule = read if row.wait.basis == OutcomeBasis.JUDGEMENTS else ""
    outcome = Standing.label_of(row.wait.standing)
    return f"{seen} after an outcome that was {outcome}{by_rule}, and {still}"


def council_context(row: Upcoming | None, as_at: date) -> dict[str, Any] | None:
    """The sentence, its basis and what is not known; None without a window."""
    if row is None or not row.window.status:
        return None
    window = row.window
    return {
        "sentence": council_sentence(row, as_at),
        "likely": words.begun(likely_words(window, as_at)),
        "basis": basis_words(row),
        "half": half_words(
            window, as_at, ("Half of such waits are over", "Half of such waits were over")
        ),
        "known_to": words.day(window.as_at),
        "memory": memory_words(window),
        "may_have_begun": window.has_begun,
        "ended_unseen": words.day(window.latest_date) if window.has_ended_unseen(as_at) else "",
    }
