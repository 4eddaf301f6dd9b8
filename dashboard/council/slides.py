"""A council's slides of words for meeting mode: what was asked for, and questions, one a slide."""

from dashboard import words
from dashboard.charted.kind import Shown, WordSlide
from dashboard.council.questions import Question, questions_of, raised_before
from dashboard.findings.asked_for import document_name, sentences
from dashboard.words import presenters
from inspections.questions.asked_for import AskedFor, ThemeAsked, asked_for
from inspections.questions.council import council_answer

A_SLIDE = 6  # themes


def word_slides(shown: Shown) -> tuple[WordSlide, ...]:
    """Of the newest full inspection: the themes of its points, then questions, one a slide."""
    start, council = shown.start, shown.council
    if council is None:
        return ()
    answer = council_answer(start.record, council, start.day)
    latest = answer.position.latest if answer.position else None
    asked = asked_for(start.record, latest, start.day) if latest else None
    # One that is gone is asked nothing, here as in its briefing.
    questions = () if council.closed_by(start.day) else questions_of(start, answer, asked)
    return (
        *(asked_slides(asked) if asked and asked.themes else ()),
        *(
            WordSlide(
                f"Question {number} of {len(questions)}", row.text, (row.fact,), source(row), True
            )
            for number, row in enumerate(questions, start=1)
        ),
    )


def source(row: Question) -> str:
    return f"{row.source}: {row.address}" if row.address else row.source


def asked_slides(asked: AskedFor) -> list[WordSlide]:
    """A few themes a slide; those that had been raised before come first."""
    rows = sorted(asked.themes, key=lambda row: (not row.before, row.theme.order))
    parts = [rows[first : first + A_SLIDE] for first in range(0, len(rows), A_SLIDE)]
    month = presenters.event_month(asked.event)
    said = " ".join(list(sentences(asked))[:2])
    return [
        WordSlide(
            f"What the {document_name(asked.event)} of {month} asked for"
            + (f", {number} of {len(parts)}" if len(parts) > 1 else ""),
            said if number == 1 else "",
            tuple(map(theme_line, part)),
            "The same theme is not the same fault.",
        )
        for number, part in enumerate(parts, start=1)
    ]


def theme_line(row: ThemeAsked) -> str:
    """`Plans and reviews: 2 points; raised before in January 2016 and June 2018`."""
    line = f"{row.theme.name}: {words.count(len(row.points), 'point')}"
    return f"{line}; {raised_before(row)}" if row.before else line
