"""The page of one inspection or visit."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from dashboard.words import ordinal, presenters
from inspections.store import current_record
from inspections.vocabulary import Confidence, VisitKind
from tests import factories
from tests.pages.reading import main_of, rows_of, text_of
from tests.questions.plain import PlainInspection, lines, plain_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def path_of(council: str, reference: str) -> str:
    return f"/councils/{council}/inspections/{reference}/"


def page_of(client: Client, council: str, reference: str, query: str = "") -> str:
    answer = client.get(path_of(council, reference) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def judgements_of(page: str) -> dict[str, list[str]]:
    """Area → the other cells of its row: now, before (where there was one), change."""
    rows = rows_of(page, "judgements")
    return {text_of(row[0]): [text_of(cell) for cell in row[1:]] for row in rows}


# An inspection ------------------------------------------------------------------------------


def test_an_inspection_says_what_is_known_of_it(client: Client) -> None:
    main = main_of(page_of(client, "luton", "2022-07-11"))
    for said in (
        "Luton: standard inspection, July 2022",
        "Days on site 11 to 22 July 2022",
        "Published 5 September 2022, 45 days after the last day on site",
        "Improvement points 5",
        "Ofsted's report Read Ofsted's report",
        "Up from Inadequate overall in 2020 to Requires improvement in 2022",
        "What inspectors asked for (5 points on ",
        "Source checked Ofsted's workbook and report compared",
        "← Earlier: monitoring visit, December 2021",
        "Later: focused visit, June 2023 →",
    ):
        assert said in main


def test_judgements_stand_beside_the_previous_ones_with_the_change_in_words(
    client: Client,
) -> None:
    found = judgements_of(page_of(client, "luton", "2022-07-11"))
    impact = "The impact of leaders on social work practice with children and families"
    helped = "The experiences and progress of children who need help and protection"
    care = "The experiences and progress of children in care and care leavers"
    ri = "RI Requires improvement"
    assert found == {
        impact: ["G Good", ri, "Up one grade"],
        helped: [ri, "I Inadequate", "Up one grade"],
        care: [ri, ri, "The same"],
        "Overall effectiveness": [ri, "I Inadequate", "Up one grade"],
    }


def test_what_cannot_be_compared_says_why_where_it_stands(client: Client) -> None:
    page = page_of(client, "luton", "2026-01-19")
    found = judgements_of(page)
    for area, other in (("children in care", "care leavers"), ("care leavers", "children in care")):
        assert found[f"The experiences and progress of {area}"][-1] == (
            f"Not comparable: judged together with {other} until the end of 2022"
        )
    page = page_of(client, "trafford", "2026-06-08")
    ended = judgements_of(page)["Overall effectiveness"]
    assert (ended[0], ended[-1]) == (
        "Not graded",
        "Not comparable: inspections that began on or after 1 April 2026 have no overall grade",
    )


def test_what_is_not_recorded_is_told_in_one_line(client: Client) -> None:
    main = main_of(page_of(client, "herefordshire", "2025-06-17"))
    absent = "Lead inspector, improvement points and areas for priority action"
    assert f"Not recorded {absent}" in main and "inspector not recorded" not in main
    assert "Not recorded" not in main_of(page_of(client, "luton", "2026-01-19"))


def test_the_first_inspection_has_nothing_to_be_compared_with(client: Client) -> None:
    page = page_of(client, "cumberland", "2024-10-07")
    assert {cells[-1] for cells in judgements_of(page).values()} == {"First judgement"}
    assert all(len(cells) == 2 for cells in judgements_of(page).values())


GRADES = {
    "outstanding": "O Outstanding",
    "good": "G Good",
    "requires_improvement": "RI Requires improvement",
    "adequate": "A Adequate",
    "inadequate": "I Inadequate",
}


def moved(before: PlainInspection, after: PlainInspection, area: str) -> str:
    """How the grade of an area that both have moved, in the page's words."""
    order = list(GRADES)
    order.remove("adequate")
    steps = order.index(before.grades[area]) - order.index(after.grades[area])
    number = {1: "one grade", 2: "two grades", 3: "three grades"}.get(abs(steps))
    if steps == 0:
        return "The same"
    return f"{'Up' if steps > 0 else 'Down'} {number}"


def test_a_sample_of_inspections_agrees_with_the_files(client: Client) -> None:
    record = plain_record()
    names = {
        (row["framework"], row["code"]): row["official_name"] for row in lines("judgement_areas")
    }
    for inspection in record.inspections[::12]:
        page = page_of(client, inspection.council, inspection.reference)
        found = judgements_of(page)
        where = f"{inspection.council} {inspection.reference}"
        for area, grade in inspection.grades.items():
            cells = next(
                cells
                for name, cells in found.items()
                if name.startswith(names[inspection.framework, area])
            )
            assert cells[0] == GRADES[grade], where
        lag = inspection.end and (inspection.published - inspection.end).days
        assert (f"{lag} days after the last day on site" in page) == (lag is not None), where


def test_a_sample_of_changes_agrees_with_the_files(client: Client) -> None:
    record = plain_record()
    names = {
        (row["framework"], row["code"]): row["official_name"] for row in lines("judgement_areas")
    }
    compared = 0
    for slug in sorted(record.councils)[::6]:
        held = record.full_inspections(slug, date(2026, 9, 1))
        for before, after in itertools.pairwise(held):
            found = judgements_of(page_of(client, slug, after.reference))
            for area in ("leaders", "help_and_protection", "overall"):
                if area in before.grades and area in after.grades:
                    cells = next(
                        cells
                        for name, cells in found.items()
                        if name.startswith(names[after.framework, area])
                    )
                    assert cells[-1] == moved(before, after, area), (slug, after.reference)
                    compared += 1
    assert compared > 80


def test_days_on_site_that_are_not_known_are_said_to_be(client: Client) -> None:
    main = main_of(page_of(client, "luton", "pub-2012-04-24"))
    assert "Days on site days on site not recorded" not in main
    assert "Days on site not recorded" in main
    assert "Published 24 April 2012" in main
    assert "after the last day on site" not in main


def test_two_periods_on_site_are_said(client: Client) -> None:
    row = next(row for row in lines("inspections") if row["has_two_periods"] == "true")
    assert "(two periods; not on site in between)" in page_of(
        client, row["council"], row["reference"]
    )


# A visit ------------------------------------------------------------------------------------


def test_a_visit_says_its_topic_and_its_place_in_the_sequence(client: Client) -> None:
    main = main_of(page_of(client, "luton", "2021-12-08"))
    assert "A visit has no grade." in main
    assert "2nd monitoring visit of 2 on record since the inspection of January 2020" in main
    assert "Ofsted does not publish the first monitoring visit" in main


@pytest.mark.parametrize(
    ("points", "urgent", "said"),
    [
        (4, 0, "Care leavers: 4 points to improve, no area for priority action."),
        (1, 2, "Care leavers: 1 point to improve, 2 areas for priority action."),
        (0, None, "Care leavers: 0 points to improve."),
        (None, None, "Care leavers."),
    ],
)
def test_a_visit_says_what_it_asked_for_first(
    points: int | None, urgent: int | None, said: str
) -> None:
    row = next(row for row in current_record().visits if row.topic == "care leavers")
    visit = replace(row, improvement_points=points, priority_actions=urgent)
    assert presenters.visit_sentence(visit) == f"{said} A visit has no grade."


TOPICLESS = [
    ("day", date(2025, 6, 17), date(2025, 6, 18), None, "Monitoring visit, 17 to 18 June 2025."),
    ("day", date(2025, 6, 17), None, 2, "Monitoring visit, 17 June 2025: 2 points to improve."),
    ("month", date(2024, 10, 1), None, None, "Monitoring visit, October 2024."),
    ("day", None, None, None, "Monitoring visit, letter of 5 August 2025."),
]


@pytest.mark.parametrize(("precision", "first", "last", "points", "said"), TOPICLESS)
def test_a_visit_without_a_topic_says_its_kind_and_days_first(
    precision: str, first: date | None, last: date | None, points: int | None, said: str
) -> None:
    row = next(
        row for row in current_record().visits
        if row.kind == "monitoring_visit" and not row.topic and not row.topic_codes
    )  # fmt: skip
    visit = replace(
        row, start_precision=precision, start_date=first, end_date=last,
        publication_date=date(2025, 8, 5), improvement_points=points, priority_actions=None,
    )  # fmt: skip
    assert presenters.topic(visit) == ""
    assert presenters.visit_sentence(visit) == (
        f"{said} A visit has no grade; no topic on this record."
    )
    unread = presenters.visit_sentence(replace(visit, confidence=Confidence.MACHINE))
    assert unread.endswith(f"no topic on this record. {presenters.NOT_CONFIRMED}.")


def test_the_absence_of_a_topic_is_told_once_and_quietly(client: Client) -> None:
    page = page_of(client, "herefordshire", "2025-06-17")
    assert main_of(page).lower().count("topic") == 1
    council = client.get("/councils/herefordshire/").content.decode()
    row = next(row for row in rows_of(council, "events-of") if "17 to 18 June 2025" in row[0])
    assert "topic" not in text_of(row[1])
    listed = client.get("/england/visits/?council=herefordshire").content.decode()
    row = next(row for row in rows_of(listed, "rows") if "17 to 18 June 2025" in row[1])
    assert row[2] == '<span class="quiet">not on this record</span>'


def test_a_visit_without_a_letter_s_address_says_so(client: Client) -> None:
    assert "Ofsted's letter address not on this site" in main_of(
        page_of(client, "luton", "2024-07-31")
    )


def test_the_places_of_monitoring_visits_agree_with_the_files(client: Client) -> None:
    record = plain_record()
    for council in ("bradford", "croydon", "herefordshire"):
        visits = sorted(
            (row for row in record.visits if row["council"] == council and row["start_date"]),
            key=lambda row: row["start_date"],
        )
        begun = sorted(
            row.begun.isoformat() for row in record.inspections if row.council == council
        )
        for visit in visits:
            since = max((day for day in begun if day <= visit["start_date"]), default=None)
            until = min((day for day in begun if day > visit["start_date"]), default="9999")
            alike = [
                row["reference"]
                for row in visits
                if row["kind"] == visit["kind"] and since and since <= row["start_date"] < until
            ]
            main = main_of(page_of(client, council, visit["reference"]))
            if len(alike) > 1:
                place = alike.index(visit["reference"]) + 1
                kind = VisitKind.label_of(visit["kind"]).lower()
                assert f"{ordinal(place)} {kind} of {len(alike)} on record since" in main
            elif alike:
                assert "The only" in main


def test_a_visit_known_to_the_month_says_so(client: Client) -> None:
    row = next(row for row in lines("visits") if row["start_precision"] == "month")
    main = main_of(page_of(client, row["council"], row["reference"]))
    month = date.fromisoformat(row["start_date"])
    assert f"Days {month:%B %Y}, day not recorded" in main


def test_a_visit_without_a_known_day_stands_by_its_publication(client: Client) -> None:
    row = next(row for row in lines("visits") if not row["start_date"])
    main = main_of(page_of(client, row["council"], row["reference"]))
    assert "Days not recorded" in main
    published = date.fromisoformat(row["publication_date"])
    assert f"Published {published.day} {published:%B %Y}" in main


# Addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("luton/inspections/luton-2020-01-13", "luton/inspections/2020-01-13"),
        ("luton/inspections/luton-pub-2012-04-24", "luton/inspections/pub-2012-04-24"),
        ("821/inspections/2020-01-13", "luton/inspections/2020-01-13"),
        ("E06000032/inspections/luton-2020-01-13", "luton/inspections/2020-01-13"),
    ],
)
def test_a_stable_identifier_leads_to_the_event(client: Client, address: str, target: str) -> None:
    answer = client.get(f"/councils/{address}/?as_at=2021-01-01")
    assert (answer.status_code, answer.url) == (301, f"/councils/{target}/?as_at=2021-01-01")


def test_every_event_has_a_page_under_its_reference(client: Client) -> None:
    events = [*lines("inspections")[::15], *lines("visits")[::15]]
    assert len(events) > 80
    for row in events:
        page_of(client, row["council"], row["reference"])


def test_an_event_not_yet_published_has_no_page(client: Client) -> None:
    path = path_of("luton", "2020-01-13")
    assert client.get(f"{path}?as_at=2020-02-23").status_code == 404
    assert client.get(f"{path}?as_at=2020-02-24").status_code == 200


@pytest.mark.parametrize("reference", ["2020-01-14", "nonsense", "pub-2012-04-25", "luton-"])
def test_an_unknown_event_is_not_found_and_its_council_suggested(
    client: Client, reference: str
) -> None:
    answer = client.get(path_of("luton", reference))
    assert answer.status_code == 404
    assert 'href="/councils/luton/"' in answer.content.decode()


def test_two_events_of_one_day_are_both_offered(client: Client, empty_record: None) -> None:
    day = date(2021, 3, 1)
    inspection = factories.make_inspection(reference="standard-2021-03-01", start_date=day)
    factories.make_visit(inspection.council, reference="jtai-2021-03-01", start_date=day)
    page = page_of(client, "exampleshire", "2021-03-01")
    assert "several events began on this day" in page
    assert path_of("exampleshire", "jtai-2021-03-01") in page
    assert path_of("exampleshire", "standard-2021-03-01") in page


def test_previous_and_next_walk_through_every_event(client: Client) -> None:
    record = plain_record()
    expected = {row.reference for row in record.inspections if row.council == "luton"}
    expected |= {row["reference"] for row in record.visits if row["council"] == "luton"}
    seen, reference = [], "pub-2012-04-24"
    while reference:
        seen.append(reference)
        page = page_of(client, "luton", reference)
        after = page.split('rel="next"')[0].rsplit('href="', 1)[1] if 'rel="next"' in page else ""
        reference = after.split("/")[4] if after else ""
    assert sorted(seen) == sorted(expected)


# Facts entered on the page's own site --------------------------------------------------------


def test_a_visit_after_nothing_says_that_no_inspection_came_before(
    client: Client, empty_record: None
) -> None:
    factories.make_framework()
    visit = factories.make_visit()
    main = main_of(page_of(client, "exampleshire", visit.reference))
    assert "No earlier full inspection is in the record." in main


def test_a_visit_without_a_day_does_not_claim_to_come_before_everything(
    client: Client, empty_record: None
) -> None:
    inspection = factories.make_inspection()
    visit = factories.make_visit(
        inspection.council,
        start_date=None,
        end_date=None,
        publication_date=inspection.publication_date + timedelta(days=400),
        reference="focused-visit-pub-2022-05-26",
    )
    main = main_of(page_of(client, "exampleshire", visit.reference))
    assert "The only focused visit on record since the inspection of March 2021." in main


@pytest.mark.parametrize(
    ("reference", "plan", "own"),
    [
        ("2026-01-19", "22 June 2026", "23 April 2026"),
        ("2022-07-11", "13 December 2022", "18 October 2022"),
    ],
)
def test_what_follows_is_told_after_every_report(
    client: Client, reference: str, plan: str, own: str
) -> None:
    page = text_of(client.get(f"/councils/luton/inspections/{reference}/").content.decode())
    assert f"Was due about {plan} (70 working days after the report)" in page
    assert f"Was due about {own} (30 working days after the report)" in page
    assert "Education and Inspections Act 2006, section 137; SI 2007/462" in page


def test_an_inspection_of_a_part_starts_no_duty(client: Client) -> None:
    part = next(row for row in current_record().inspections if not row.framework.is_whole_service)
    council = current_record().council(part.council_id)
    page = client.get(f"/councils/{council.slug}/inspections/{part.reference}/").content.decode()
    assert "What follows this report" not in page


def test_a_letter_with_areas_for_priority_action_tells_when_the_plan_is_due(
    client: Client,
) -> None:
    found = [row for row in lines("visits") if row["council"] == "slough"]
    latest = next(row for row in found if row["publication_date"] == "2026-01-12")
    page = client.get(f"/councils/slough/inspections/{latest['reference']}/").content.decode()
    assert "Was due about 22 April 2026 (70 working days after the letter)" in text_of(page)
