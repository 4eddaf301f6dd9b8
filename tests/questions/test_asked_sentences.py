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


def some(number: int, of: int, one: str, verbs: str, not_one: str) -> str:
    """`2 of the 3 points belong`; `The point belongs` or what is said of one that does not."""
    single, several = verbs.split("|")
    if of == 1:
        return f"The {one} {single if number else not_one}"
    return f"{number} of the {of} {one}s {single if number == 1 else several}"


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
        share = some(again, len(points), "point", "belongs|belong", "does not belong")
        when = month_of(full[-1])
        said.append(f"{share} to a theme that the full report before ({when}) had raised.")
    elif not earlier:
        said.append("No earlier report or letter of this council has its points on record.")
    if later:
        raised = set().union(*(row.themes for row in later))
        silent = len(event.themes - raised)
        share = some(silent, themes, "theme", "was not raised|were not raised", "was raised")
        one = "one later report or letter"
        number = one if len(later) == 1 else f"{len(later)} later reports and letters"
        said.append(f"{share} again in the {number} whose points are on record.")
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
