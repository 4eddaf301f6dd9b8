"""Letters as other authors might have written them: wordings, names, days and lists.

None of these stands in a letter that was read while the readers were made. Each is read rightly
or refused; nothing is guessed.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.importers.telling import match_council
from inspections.importers.worker import read_path
from inspections.rules.matching import Directory
from tests.importers import documents as d
from tests.importers.readings import read_letter as read
from tests.importers.readings import refused, visit
from tests.importers.world import rules
from tests.invented_rows import council

SERVICES = "Exampleshire children’s services"
DAYS = "4 and 5 November 2025"
ACTIONS = ["A first action that must be taken at once.", "A second action."]
COUNCILS = Directory(
    council(slug=slug, name=name, short_name=short)
    for slug, name, short in (
        ("exampleshire", "Exampleshire County Council", "Exampleshire"),
        ("exampleton", "Exampleton Borough Council", "Exampleton"),
        ("on-sea", "Exampleton-on-Sea City Council", "Exampleton-on-Sea"),
        ("kings-vale", "Borough Council of King’s Vale and West Dale", "King’s Vale and West Dale"),
        ("three", "Poolham, Eastmere and Churchbury Council", "Poolham, Eastmere and Churchbury"),
        ("royal", "Royal Borough of Samplemere and Hithe", "Samplemere and Hithe"),
        ("london", "London Borough of Hillford", "Hillford"),
        ("millgate", "Millgate Metropolitan Borough Council", "Millgate"),
        ("isles", "Council of the Isles of Sample", "Isles of Sample"),
        ("northbridge", "Northbridge City Council", "Northbridge"),
    )
)


def opened(words: str) -> str:
    return f"This letter summarises the findings of the {words}. Rae Sample came."


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Exampleton on Sea", "on-sea"),
        ("Exampleton-on-Sea", "on-sea"),
        ("King’s Vale and West Dale", "kings-vale"),
        ("Poolham, Eastmere & Churchbury", "three"),
        ("the Royal Borough of Samplemere and Hithe", "royal"),
        ("Samplemere & Hithe", "royal"),
        ("the London Borough of Hillford", "london"),
        ("Millgate MBC", "millgate"),
        ("Millgate Metropolitan Borough Council", "millgate"),
        ("the Council of the Isles of Sample", "isles"),
        ("the City of Northbridge", "northbridge"),
        ("Northbridge City Council’s", "northbridge"),
    ],
)
@pytest.mark.parametrize("title", ["Focused visit to {} children’s services", "Focused visit"])
def test_councils_are_called_by_all_their_names(
    tmp_path: Path, name: str, slug: str, title: str
) -> None:
    opening = opened(f"focused visit to {name} children’s services on {DAYS}")
    record = visit(tmp_path / "a.pdf", title=title.format(name), opening=opening)
    assert match_council(record, COUNCILS).slug == slug
    assert record.end_date == date(2025, 11, 5)


@pytest.mark.parametrize(
    "opening",
    [
        f"This letter sets out the findings of the focused visit to {SERVICES} on {DAYS}.",
        f"I am writing to set out what we found on the focused visit to {SERVICES} on {DAYS}.",
        f"I write to report on the focused visit to {SERVICES} which took place on {DAYS}.",
        f"Following the focused visit to {SERVICES} on {DAYS}, this letter summarises what we saw.",
        opened(f"focused visit to Exampleshire children and families services on {DAYS}"),
        opened(f"focused visit to {SERVICES} over two days, {DAYS}"),
        opened(f"focused visit to {SERVICES} over two days on {DAYS}"),
        opened(f"focused visit to your local authority on {DAYS}"),
        opened(f"focused visit to {SERVICES} conducted remotely and on site on {DAYS}"),
        opened(f"focused visit to {SERVICES} ({DAYS})"),
        opened(f"focused visit to {SERVICES}, {DAYS}"),
        opened(f"focused visit to {SERVICES} on 04/11/2025 and 05/11/2025"),
        opened(f"focused visit to {SERVICES} on 4.11.2025 and 5.11.2025"),
        opened(f"focused visit to {SERVICES} on 04-11-2025 to 05-11-2025"),
        opened(f"focused visit to {SERVICES} on Tuesday 4th and Wednesday 5th of November 2025"),
    ],
)
def test_openings_of_other_authors_are_read(tmp_path: Path, opening: str) -> None:
    reading = read(tmp_path / "a.pdf", opening=opening)
    record = reading.visits[0]
    assert reading.is_readable
    assert match_council(record, COUNCILS).slug == "exampleshire"
    assert (record.start_date, record.end_date) == (date(2025, 11, 4), date(2025, 11, 5))


@pytest.mark.parametrize(
    "days",
    [
        "on November 4 and 5, 2025",
        "on 4/11/25 and 5/11/25",
        "commencing on 4 November 2025 and ending on 5 November 2025",
        "on 4 November 2025 and again on 12 November 2025",
        "in the week of 4 November 2025",
    ],
)
def test_days_that_may_be_others_are_refused(tmp_path: Path, days: str) -> None:
    reading = read(tmp_path / "a.pdf", opening=opened(f"focused visit to {SERVICES} {days}"))
    assert reading.visits[0].start_date is None
    assert "dates of the visit" in refused(reading)


@pytest.mark.parametrize(
    "day",
    [
        "Date: 4 December 2025",
        "Date of publication: 4 December 2025",
        "Publication date: 4 December 2025",
        "Published: 4 December 2025",
        "Published on 4 December 2025",
        "Ofsted   4 December 2025",
        "4 December 2025        Piccadilly Gate",
        "Thursday 4th December 2025",
        "04.12.2025",
    ],
)
def test_the_letters_day_may_have_a_label_or_the_letterhead_beside_it(
    tmp_path: Path, day: str
) -> None:
    record = visit(tmp_path / "a.pdf", day=day)
    assert (record.publication_date, record.publication_source) == (date(2025, 12, 4), "printed")


@pytest.mark.parametrize(
    ("words", "sequence"),
    [
        ("This was the local authority’s third monitoring visit since May 2024.", 3),
        ("This was Exampleshire’s fifth monitoring visit.", 5),
        ("This was the seventeenth monitoring visit.", 17),
        ("This was the second published monitoring visit.", None),
    ],
)
def test_the_number_of_a_visit_may_be_the_councils(
    tmp_path: Path, words: str, sequence: int | None
) -> None:
    record = visit(
        tmp_path / "a.pdf",
        title="Monitoring visit to Exampleshire children’s services",
        opening=f"{opened(f'monitoring visit to {SERVICES} on {DAYS}')} {words}",
    )
    assert record.sequence == sequence


@pytest.mark.parametrize(
    ("scope", "topic"),
    [
        ("young people who have left care", "care_leavers"),
        ("children who are looked after", "children_in_care"),
        ("the multi-agency safeguarding hub (MASH)", "front_door"),
        ("children at risk of extra familial harm", "vulnerable_adolescents"),
    ],
)
def test_topics_have_other_names(tmp_path: Path, scope: str, topic: str) -> None:
    words = f"Inspectors looked at the local authority’s arrangements for {scope}."
    assert visit(tmp_path / "a.pdf", scope=words).topics == (topic,)


@pytest.mark.parametrize(
    ("overview", "count"),
    [
        ("Inspectors identified an area for priority action: the response at night.", None),
        ("Two areas for priority action were identified during this visit.", None),
        ("We have notified the Department for Education of the area for priority action.", None),
        ("Areas for immediate action were found.", None),
        ("There are no areas for priority action.", 0),
        ("At the last visit in 2023 two areas for priority action were identified.", 0),
        ("Leaders know what their areas for improvement are.", 0),
    ],
)
def test_priority_actions_in_running_text_are_not_said_to_be_none(
    tmp_path: Path, overview: str, count: int | None
) -> None:
    found = visit(tmp_path / "a.pdf", overview=overview).priority_actions
    assert found is None if count is None else len(found or ()) == count


class Letter(d.Paper):
    """A letter whose lists are drawn by the test."""

    def write(self, heading: str, draw: str, points: Sequence[str]) -> Path:
        self.line("4 December 2025")
        self.line("Dear Director")
        self.line("Focused visit to Exampleshire children’s services")
        self.wrapped(opened(f"focused visit to {SERVICES} on {DAYS}"))
        self.line(heading)
        if draw == "bullets":
            self.bullets(points)
        elif draw == "numbers":
            self.numbered([f"{number}. {text}" for number, text in enumerate(points, start=1)])
        else:
            for text in points:
                self.wrapped(text)
        self.line("Main findings")
        self.line("Yours sincerely")
        self.line("Rae Sample")
        return self.save()

    def numbered(self, blocks: Sequence[str]) -> None:
        for text in blocks:
            first, *rest = d.wrap(text, 70)
            self.line(first)
            for part in rest:
                self.line(part, x=90)


@pytest.mark.parametrize(
    ("heading", "draw", "is_read"),
    [
        ("What needs improving?", "bullets", True),
        ("What does the local authority need to improve?", "bullets", True),
        ("Areas that need to improve", "bullets", True),
        ("What needs to improve?", "numbers", True),
        ("Areas for improvement", "numbers", True),
        ("What has improved since the last visit?", "bullets", False),
        ("Areas that needed to improve at the previous visit", "bullets", False),
        ("What needs to improve?", "paragraphs", False),
    ],
)
def test_points_stand_under_other_headings_and_have_numbers(
    tmp_path: Path, heading: str, draw: str, is_read: bool
) -> None:
    path = Letter(tmp_path / "a.pdf").write(heading, draw, d.POINTS)
    points = read_path(path, rules(), DEFAULT_LIMITS).visits[0].improvement_points
    assert [p.text for p in points or ()] == (list(d.POINTS) if is_read else [])


@pytest.mark.parametrize(
    ("heading", "points", "count"),
    [
        ("Area for priority action", ACTIONS, 2),
        ("Priority actions", ACTIONS, 2),
        ("AREAS FOR PRIORITY ACTION", ACTIONS, 2),
        ("Areas requiring priority action", ACTIONS, 2),
        ("Areas for immediate action", ACTIONS, None),
        ("Areas for priority action", ["None."], 0),
        ("Areas for priority action", ["No areas for priority action were identified."], 0),
        ("Areas for priority action", ["The council must act at night."], None),
    ],
)
def test_priority_actions_stand_under_other_headings(
    tmp_path: Path, heading: str, points: list[str], count: int | None
) -> None:
    draw = "bullets" if len(points) > 1 else "paragraphs"
    path = Letter(tmp_path / "a.pdf").write(heading, draw, points)
    found = read_path(path, rules(), DEFAULT_LIMITS).visits[0].priority_actions
    assert found is None if count is None else len(found or ()) == count


@pytest.mark.parametrize(
    "visited",
    [
        "Exampleshire Academy",
        "Northbridge School",
        "Exampleshire local area partnership",
        "Exampleshire fostering service",
        "Exampleshire Secure Training Centre",
        "Exampleshire County Council apprenticeships",
    ],
)
def test_letters_of_other_remits_are_refused_as_such(tmp_path: Path, visited: str) -> None:
    reading = read(
        tmp_path / "a.pdf",
        title=f"Monitoring visit to {visited}",
        opening=opened(f"monitoring visit to {visited} on {DAYS}"),
    )
    assert "kind of document" in refused(reading)


@pytest.mark.parametrize(
    "scope",
    [
        "Since the joint targeted area inspection of domestic abuse leaders have met each month.",
        "The local area SEND inspection found gaps in plans for disabled children.",
        "A school told inspectors that it hears of referrals late.",
    ],
)
def test_a_letter_that_names_another_inspection_is_read(tmp_path: Path, scope: str) -> None:
    reading = read(tmp_path / "a.pdf", scope=scope)
    assert refused(reading) == set()
    assert reading.visits[0].council == "Exampleshire"


def test_a_letter_on_an_area_is_refused_as_such(tmp_path: Path) -> None:
    reading = read(tmp_path / "a.pdf", scope="This was a joint area SEND inspection.")
    assert "kind of document" in refused(reading)
