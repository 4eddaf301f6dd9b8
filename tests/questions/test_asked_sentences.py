"""Each sentence on what was asked for, over the whole record, against loops over the files."""

from calendar import month_name
from datetime import date

import pytest

from dashboard.council.pack.content import PackState
from dashboard.findings import asked_for as told
from dashboard.state.opening import Opening
from inspections.questions.asked_for import asked_for
from inspections.store import current_record
from tests.questions import plain_points as plain
from tests.questions.plain_points import PlainEvent

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2035, 1, 1)


def share(number: int, of: int) -> str:
    """`All 3`, `2 of the 3`, `None of the 3`."""
    return f"All {of}" if number == of else f"{number or 'None'} of the {of}"


def month_of(event: PlainEvent) -> str:
    day = event.begun or event.published
    assert day
    return f"{month_name[day.month]} {day.year}"


def meant(event: PlainEvent, earlier: list[PlainEvent], later: list[PlainEvent]) -> list[str]:
    """What the block has to say. `earlier`, `later`: the other events with points on record."""
    points, name = event.points, "report" if event.kind == "inspection" else "letter"
    assert points is not None
    if not points:
        return [f"The {name} lists nothing that has to improve."]
    listed = f"{len(points)} point{'s' * (len(points) > 1)} to improve"
    if event.urgent:
        areas = "an area" if event.urgent == 1 else "areas"
        listed += f", {event.urgent} of them {areas} for priority action"
    themes = len(event.themes)
    said = [f"The {name} lists {listed}, on {themes} theme{'s' * (themes != 1)}."]
    full = [row for row in earlier if row.is_full]
    if full:
        again = sum(bool(point & full[-1].themes) for point in points)
        theme = "are on themes" if again > 1 else "is on a theme"
        who = f"{share(again, len(points))} {theme}"
        if len(points) == 1:
            who = "It is on a theme" if again else "It is on no theme"
        elif not again:
            who = "None of them is on a theme"
        when, too = month_of(full[-1]), " too" if again else ""
        said.append(f"{who} that the full report before it ({when}) had raised{too}.")
    elif not earlier:
        said.append("No earlier report or letter of this council has its points on record.")
    if later:
        raised = set().union(*(row.themes for row in later))
        silent = len(event.themes - raised)
        one = "one later report or letter"
        number = one if len(later) == 1 else f"{len(later)} later reports and letters"
        who = f"{share(themes - silent, themes)} themes came"
        if themes == 1:
            who = "The theme did not come" if silent else "The theme came"
        rest = f"; {silent} did not" if 0 < silent < themes else ""
        if themes:
            said.append(f"{who} up again in the {number} whose points are on record{rest}.")
    else:
        said.append("No later report or letter has its points on record.")
    return said


def test_every_sentence_and_every_link_equals_a_plain_recount() -> None:
    record = current_record()
    start = Opening(record, record, PackState(), (), DAY, DAY, "/")
    told_of = 0
    for slug in plain.councils():
        council, own = record.council_by_slug[slug], plain.events_of(slug)
        events = record.events_of(council.id, DAY)
        for place, (event, row) in enumerate(zip(events, own, strict=True)):
            found = asked_for(record, event, DAY)
            if row.points is None or found is None:
                continue
            earlier = [one for one in own[:place] if one.points is not None]
            later = [one for one in own[place + 1 :] if one.points is not None]
            assert list(told.sentences(found)) == meant(row, earlier, later), (slug, row.reference)
            shown = told.context(found, council, start)
            assert shown
            for line in shown["rows"]:
                for links, others in ((line.before, earlier), (line.after, later)):
                    assert [(link.href.split("/")[4], link.month) for link in links] == [
                        (one.reference, month_of(one))
                        for one in others
                        if line.theme.code in one.themes
                    ]
            careful = " ".join(told.cautions(found, record.coverage, DAY))
            assert "The same theme is not the same fault" in careful
            assert ("Not raised again does not mean put right" in careful) is bool(later)
            told_of += 1
    assert told_of > 834


REPEATED = [
    # points that had been raised, points; the sentence
    (0, 1, "It is on no theme that X had raised."),
    (1, 1, "It is on a theme that X had raised too."),
    (0, 3, "None of them is on a theme that X had raised."),
    (1, 3, "1 of the 3 is on a theme that X had raised too."),
    (2, 3, "2 of the 3 are on themes that X had raised too."),
    (3, 3, "All 3 are on themes that X had raised too."),
]
AGAIN = [
    # themes that came up again, themes; the sentence
    (0, 1, "The theme did not come up again later."),
    (1, 1, "The theme came up again later."),
    (0, 3, "None of the 3 themes came up again later."),
    (2, 3, "2 of the 3 themes came up again later; 1 did not."),
    (3, 3, "All 3 themes came up again later."),
]


@pytest.mark.parametrize(("repeated", "points", "sentence"), REPEATED)
def test_what_had_been_raised_before_in_words(repeated: int, points: int, sentence: str) -> None:
    assert told._raised_before(repeated, points, "X") == sentence


@pytest.mark.parametrize(("again", "themes", "sentence"), AGAIN)
def test_what_came_up_again_in_words(again: int, themes: int, sentence: str) -> None:
    assert told._came_again(again, themes).format("later") == sentence
