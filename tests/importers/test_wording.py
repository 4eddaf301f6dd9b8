"""Ofsted's words → values, as tables of cases."""

from datetime import date

import pytest

from inspections.importers.wording.dates import find_periods, read_day, read_periods
from inspections.importers.wording.grades import NOT_JUDGED, read_grade
from inspections.importers.wording.people import read_names
from inspections.importers.wording.topics import (
    read_listed_topics,
    read_scope,
    read_theme,
    read_topics,
)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Good", "good"),
        ("good.", "good"),
        ("OUTSTANDING", "outstanding"),
        ("Requires improvement to be good", "requires_improvement"),
        ("Requires\nImprovement", "requires_improvement"),
        ("Require improvement", "requires_improvement"),
        ("Inadequate ", "inadequate"),
        ("Adequate", "adequate"),
        ("Not judged", NOT_JUDGED),
        # Never the nearest match.
        ("Requires improvment", None),
        ("Goood", None),
        ("Good overall", None),
        ("Requires", None),
        ("3", None),
        ("", None),
    ],
)
def test_a_grade_is_read_only_from_its_exact_wording(text: str, grade: str | None) -> None:
    assert read_grade(text) == grade


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("25 April – 18 May 2017", [("2017-04-25", "2017-05-18")]),
        ("10 to 14 June 2024", [("2024-06-10", "2024-06-14")]),
        ("23 April 2018 to 04 May 2018", [("2018-04-23", "2018-05-04")]),
        ("19 November–30 November 2018", [("2018-11-19", "2018-11-30")]),
        ("12 September ─ 6 October 2017", [("2017-09-12", "2017-10-06")]),
        ("1/06/2015 – 25/06/2015", [("2015-06-01", "2015-06-25")]),
        ("15-19 July 2013", [("2013-07-15", "2013-07-19")]),
        ("28 July 2016", [("2016-07-28", "2016-07-28")]),
        ("Monday 3rd to Friday 7th March 2025", [("2025-03-03", "2025-03-07")]),
        ("15, 16 and 21 July 2025", [("2025-07-15", "2025-07-21")]),
        (
            "5 to 9 December 2022 and 14 to 15 February 2023",
            [("2022-12-05", "2022-12-09"), ("2023-02-14", "2023-02-15")],
        ),
        ("November 2018", None),
        ("31 June 2019", None),
        ("29 February 2023", None),
        ("10 to 14 June", None),
        ("4 and 5 November 20205", None),
        ("14 to 10 June 2024", None),
        ("12 December to 6 January 2023", None),
        ("٣ June 2024", None),
    ],
)
def test_days_on_site_are_read_or_refused(text: str, days: list | None) -> None:
    found = read_periods(text)
    told = found and [(str(p.start_date), str(p.end_date)) for p in found]
    assert told == days


def test_a_single_day_is_not_taken_from_a_period() -> None:
    assert read_day("7 July 2017") == date(2017, 7, 7)
    assert read_day("2025-03-31T00:00:00") == date(2025, 3, 31)
    assert read_day("7 to 8 July 2017") is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("14/15 May 2019. The inspectors", "2019-05-14", "2019-05-15"),
        ("Tue 14 and Wed 15 May 2019, by", "2019-05-14", "2019-05-15"),
        ("the 14 and the 15 of May, 2019.", "2019-05-14", "2019-05-15"),
        ("14th & 15th May2019", "2019-05-14", "2019-05-15"),
        ("14, 15 and 16 May 2019 in", "2019-05-14", "2019-05-16"),
        ("30 December 2021 to 2 January 2022. A", "2021-12-30", "2022-01-02"),
        ("31 January and 1 February 2023.", "2023-01-31", "2023-02-01"),
        ("7 and 8 December 2021, and 12 January 2022.", "2021-12-07", "2022-01-12"),
        ("care leavers on 4 June 2024", "2024-06-04", "2024-06-04"),
        # The second of two days never stands for both.
        ("14 (remotely) and 15 May 2019", None, None),
        ("the 14 or 15 May 2019", None, None),
        ("14 and 15 Mays 2019, and 3 June 2019", None, None),
        ("4 December 2018 and 5 December", None, None),
    ],
)
def test_the_first_period_of_a_sentence_is_read_whole_or_not_at_all(
    text: str, first: str | None, last: str | None
) -> None:
    found = find_periods(text)
    told = (str(found[0].start_date), str(found[-1].end_date)) if found else (None, None)
    assert told == (first, last)


def test_a_period_is_found_inside_a_sentence_but_never_without_its_year() -> None:
    found = find_periods("on 12 and 13 June 2018. The inspectors were two")
    assert found == ((date(2018, 6, 12), date(2018, 6, 13)),)
    assert find_periods("on 12 and 13 June. The inspectors were two in 2018") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rae Sample, His Majesty’s Inspector", ("Rae Sample",)),
        ("Rae Sample Her Majesty's Inspector", ("Rae Sample",)),
        ("Rae Sample HMI", ("Rae Sample",)),
        ("Máire O’Sample-Smith, HMI, and Jo Specimen HMI", ("Máire O'Sample-Smith", "Jo Specimen")),
        ("Rae Sample (Lead Inspector)", ("Rae Sample",)),
        ("Rae Sample HMI (lead inspector)", ("Rae Sample",)),
        ("Rae Sample, Lead Inspector", ("Rae Sample",)),
        ("Rae Sample, Regulatory Inspection Manager", None),
        ("attended by both the director of 2 services", None),
        ("", None),
    ],
)
def test_inspectors_names_lose_their_titles(text: str, names: tuple[str, ...] | None) -> None:
    assert read_names(text) == names


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        ("the arrangements for care leavers aged 18 to 25", ("care_leavers",)),
        ("the arrangements for the ‘front door’, and child in need assessments", ("front_door",)),
        (
            "arrangements for children in need and those subject to a child protection plan",
            ("children_in_need_or_protection_plan",),
        ),
        ("arrangements for permanence planning for children in care", ("permanence",)),
        (
            "care planning for children in care and the timeliness of permanence",
            ("children_in_care", "permanence"),
        ),
        ("the protection of vulnerable adolescents, some in care", ("vulnerable_adolescents",)),
        ("the weather", None),
    ],
)
def test_topics_come_from_the_scope(sentence: str, topics: tuple[str, ...] | None) -> None:
    assert read_topics(sentence) == topics


def test_the_scope_is_not_the_sentence_on_evidence() -> None:
    text = (
        "Inspectors considered a range of evidence. "
        "Inspectors looked at the local authority’s arrangements for care leavers. More."
    )
    assert read_scope(text).text == "the local authority's arrangements for care leavers"
    assert read_scope(text).topics == ("care_leavers",)


HELP = "Inspectors considered the local authority’s arrangements for child protection."


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        (
            f"{HELP} Specifically, they looked at contacts and referrals within the hub.",
            ("front_door",),
        ),
        (
            "Inspectors considered arrangements for children who need help. Specifically, "
            "inspectors looked at the ‘front door’. They also considered child protection.",
            ("front_door",),
        ),
        (
            f"{HELP} Specifically, they considered the homes of children in care.",
            ("children_in_need_or_protection_plan",),
        ),
        (
            "Inspectors looked at the local authority’s arrangements for children in care. "
            "Inspectors also looked at the local authority’s arrangements for care leavers.",
            ("children_in_care", "care_leavers"),
        ),
        (
            "Inspectors looked at the local authority’s arrangements for children in care. "
            "Inspectors also looked at children at risk of exploitation.",
            ("children_in_care",),
        ),
        (
            "At the previous visit, inspectors looked at arrangements for care leavers. "
            "Inspectors looked at arrangements for planning and achieving permanence.",
            ("permanence",),
        ),
        ("At the last visit in June, inspectors looked at arrangements for care leavers.", None),
        ("Inspectors looked at children’s case records of children in care.", None),
        ("This visit focused specifically on care leavers aged 18.", ("care_leavers",)),
        ("We looked at arrangements for children in care.", ("children_in_care",)),
    ],
)
def test_the_scope_is_read_from_every_sentence_on_this_visit(
    text: str, topics: tuple[str, ...] | None
) -> None:
    assert read_scope(text).topics == topics


def test_an_unknown_theme_is_refused() -> None:
    assert read_theme("Achieving permanence") == ("permanence",)
    assert read_theme("Something new") is None


@pytest.mark.parametrize(
    ("bullets", "topics"),
    [
        ("- Plans for children in care. - Homes for children in care.", ("children_in_care",)),
        ("- The front door. - Plans for children in care.", None),
        ("- Supervision. - Caseloads.", None),
    ],
)
def test_a_list_of_concerns_gives_a_topic_only_where_it_names_one(
    bullets: str, topics: tuple[str, ...] | None
) -> None:
    text = (
        f"Inspectors reviewed the progress made in these areas: {bullets} Headline findings More."
    )
    assert read_listed_topics(text) == topics
