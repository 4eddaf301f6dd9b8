"""Questions worth asking, each made from a fact of this council that stands beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from dashboard import words
from dashboard.england.expected import stated
from dashboard.england.expected_words import verdict
from dashboard.findings.asked_for import document_of
from dashboard.state.opening import Opening
from dashboard.words import presenters
from dashboard.words.beside import band_words, newest, where
from inspections.questions.asked_for import AskedFor, ThemeAsked, asked_for
from inspections.questions.context import Measured, outside
from inspections.questions.council import CouncilAnswer
from inspections.questions.expectations import Came, Expectation
from inspections.rows import Council, Inspection, UnreadReport
from inspections.rules.working_days import action_plan_deadline

MOST = 8
FROM_FIGURES = 2
FROM_A_LETTER = 2  # of the newest letter since the report, ahead of the report itself
MOST_MONTHS = 3  # named of those that raised a theme before
FROM_THEMES_FIRST = 4  # of what had been raised before, ahead of everything else


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the fact that it rests on, and where that fact is from, with its address."""

    text: str
    fact: str
    source: str
    address: str = ""


def questions_of(
    start: Opening, answer: CouncilAnswer, asked: AskedFor | None
) -> tuple[Question, ...]:
    """At most eight: what the newest letter since raised again, what the report had, figures that
    stand out, what was said, duties, what was raised for the first time, more figures; where that
    is fewer, second questions on the report's themes, and what other events raised."""
    again = list(_of_themes(asked, list(asked.again)) if asked else ())
    first = list(
        _of_themes(asked, [row for row in asked.themes if not row.before]) if asked else ()
    )
    letter = _of_newest_letter(asked, start) if asked else []
    figures = list(_of_figures(start, answer.council))
    found = chain(
        letter[:FROM_A_LETTER],
        again[: FROM_THEMES_FIRST - len(letter[:FROM_A_LETTER])],
        figures[:FROM_FIGURES],
        _of_what_was_said(answer, start),
        _of_duties(answer, start),
        again,
        first,
        figures[FROM_FIGURES:],
        _second(asked) if asked else (),
        _of_other_events(start, answer.council),
    )
    kept: dict[str, Question] = {}
    for row in found:
        kept.setdefault(row.text, row)
    return tuple(kept.values())[:MOST]


def _of_themes(asked: AskedFor, rows: list[ThemeAsked]) -> Iterator[Question]:
    """Areas for priority action first, then what the most earlier events had raised."""

    def weight(row: ThemeAsked) -> tuple[bool, int, int]:
        is_urgent = any(point.is_priority_action for point in row.points)
        return not is_urgent, -len(row.before), row.theme.order

    for row in sorted(rows, key=weight):
        yield Question(row.theme.question_1, _fact(asked, row), *_source(asked))


def _of_newest_letter(asked: AskedFor, start: Opening) -> list[Question]:
    """Of the newest letter since the report: what had been raised before it."""
    letter = asked_for(start.record, asked.later[-1], start.day) if asked.later else None
    return list(_of_themes(letter, list(letter.again))) if letter else []


def _of_other_events(start: Opening, council: Council) -> Iterator[Question]:
    """Of each report and letter whose points are on record, the newest first."""
    for event in reversed(start.record.events_of(council.id, start.day)):
        if asked := asked_for(start.record, event, start.day):
            yield from _of_themes(asked, list(asked.themes))


def _second(asked: AskedFor) -> Iterator[Question]:
    for row in asked.themes:
        yield Question(row.theme.question_2, _fact(asked, row), *_source(asked))


def _fact(asked: AskedFor, row: ThemeAsked) -> str:
    when = presenters.event_month(asked.event)
    fact = f"{row.theme.name}: {words.count(len(row.points), 'point')} in {when}"
    if row.before:
        fact += f", {raised_before(row)}"
    return f"{fact}."


def raised_before(row: ThemeAsked) -> str:
    """`raised before in May 2015 and June 2018`: the last three, and that there were earlier."""
    months = [presenters.event_month(event) for event in row.before[-MOST_MONTHS:]]
    earlier = ["earlier"] if len(row.before) > MOST_MONTHS else []
    return f"raised before in {words.listing([*months, *earlier])}"


def _source(asked: AskedFor) -> tuple[str, str]:
    name = presenters.event_name(asked.event).lower()
    return f"Ofsted, {name} of {presenters.event_month(asked.event)}", document_of(asked.event)


def figure_words(row: Measured) -> str:
    """`Agency workers: 28.9% on 30 September 2025, above its neighbours (7.8% to 20.9%)`."""
    measure, latest = row.measure, row.latest
    said = f"{measure.short_name}: {newest(row)} {measure.period_of(latest.year)}, {where(row)}"
    return f"{said} ({band_words(latest, measure)})" if latest.band else said


def _of_figures(start: Opening, council: Council) -> Iterator[Question]:
    for row in outside(start.record, council, start.day).stand_out:
        yield Question(
            f"{row.measure.short_name}: what lies behind our figure, and is it what we want?",
            f"{figure_words(row)}.",
            f"{row.measure.publisher}, {row.measure.source}",
        )


def _of_what_was_said(answer: CouncilAnswer, start: Opening) -> Iterator[Question]:
    """Of the last thing expected since the newest report that had not come by its day, if any."""
    latest = answer.position.latest if answer.position else None
    late = [
        row
        for row in answer.expectations
        if _is_late(row, start.seen_to)
        and (latest is None or row.said.stated_date >= latest.publication_date)
    ]
    for row in late[-1:]:
        yield Question(
            "What was expected did not come in its time: why, and what is expected now?",
            f"Said in {stated(row.said)}: {row.said.what.rstrip('.')}. {came_words(row)}",
            row.said.source_text,
        )


def came_words(row: Expectation) -> str:
    """`Later: inspected from 11 July 2022.`; empty where no time was given."""
    said, came = verdict(row)
    return f"{said}: {came}." if came else f"{said}." if said else ""


def _is_late(row: Expectation, seen_to: date) -> bool:
    """Did it come after its time, or is its time over without it?"""
    if row.happened is None or row.happened.deadline:
        return False
    last = row.said.expected_to_date
    is_over = row.happened.came is Came.NOT_YET and last is not None and last < seen_to
    return row.happened.came is Came.LATER or is_over


def newest_report(answer: CouncilAnswer, start: Opening) -> Inspection | UnreadReport | None:
    """The report whose duties run: the newest that is out, whether or not it is read here."""
    unread = start.record.unread_by(start.day).get(answer.council.id)
    return unread or (answer.position.latest if answer.position else None)


def _of_duties(answer: CouncilAnswer, start: Opening) -> Iterator[Question]:
    latest = newest_report(answer, start)
    if latest is None:
        return
    due = action_plan_deadline(latest.publication_date).due_date
    is_to_come = due > start.day
    yield Question(
        "When does this committee see the statement of action before it is sent?"
        if is_to_come
        else "Which actions of the statement that followed the report are not finished, and why?",
        f"The statement of the action proposed {'is' if is_to_come else 'was'} due about "
        f"{words.day(due)}; it is not on record here.",
        "Education and Inspections Act 2006, section 137; SI 2007/462",
    )
