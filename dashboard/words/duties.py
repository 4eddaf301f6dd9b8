"""The duties that follow a report, in words."""

from datetime import date
from typing import Any

from dashboard import words
from inspections.rows import Inspection, UnreadReport, Visit
from inspections.rules.duties import LAW, LAW_URL, duties_of, letter_plan_of
from inspections.rules.working_days import (
    ACTION_PLAN_WORKING_DAYS,
    PUBLICATION_WORKING_DAYS,
    Deadline,
)


def duty_words(duty: Deadline, working_days: int, as_at: date) -> str:
    """`was due about 13 December 2022 (70 working days after the report)`.

    About: it is a day later if the count began a day later.
    """
    verb = "was due" if duty.is_past(as_at) else "due"
    day = words.day(duty.due_date)
    return f"{verb} about {day} ({working_days} working days after the report)"


def plan_words(duty: Deadline, as_at: date) -> str:
    return duty_words(duty, ACTION_PLAN_WORKING_DAYS, as_at)


def publication_words(duty: Deadline, as_at: date) -> str:
    return duty_words(duty, PUBLICATION_WORKING_DAYS, as_at)


def duties_context(inspection: Inspection | UnreadReport, as_at: date) -> dict[str, Any] | None:
    """Both duties in words, with the law; None where the report starts none."""
    duties = duties_of(inspection)
    if duties is None:
        return None
    return {
        "published": words.day(inspection.publication_date),
        "action_plan": plan_words(duties.action_plan, as_at),
        "own_publication": publication_words(duties.own_publication, as_at),
        "law": LAW,
        "law_url": LAW_URL,
    }


def letter_plan_words(visit: Visit, as_at: date) -> str:
    """By when the plan on a letter's areas for priority action is due; empty where none is."""
    deadline = letter_plan_of(visit)
    if deadline is None:
        return ""
    verb = "was due" if deadline.is_past(as_at) else "due"
    day = words.day(deadline.due_date)
    return f"{verb} about {day} ({ACTION_PLAN_WORKING_DAYS} working days after the letter)"
