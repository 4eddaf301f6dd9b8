"""A council's page: the ways that lead to it, and what it says."""

import re
from collections import Counter
from datetime import date

import pytest
from django.test import Client

from tests.pages.reading import letters_of, main_of, rows_of, table_of, text_of
from tests.questions.plain import lines, plain_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def page_of(client: Client, slug: str, query: str = "") -> str:
    answer = client.get(f"/councils/{slug}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


# Addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("E06000032", "luton"),
        ("e06000032", "luton"),
        ("821", "luton"),
        ("80520", "luton"),
        ("LUTON", "luton"),
        ("E08000016", "barnsley"),
        ("E08000038", "barnsley"),
        ("bcp", "bournemouth-christchurch-and-poole"),
        ("hull", "kingston-upon-hull"),
        ("herefordshire, county of", "herefordshire"),
        ("bournemouth-christchurch-&-poole", "bournemouth-christchurch-and-poole"),
    ],
)
def test_a_code_or_another_name_leads_to_the_council(client: Client, code: str, slug: str) -> None:
    answer = client.get(f"/councils/{code}/")
    assert (answer.status_code, answer.url) == (301, f"/councils/{slug}/")


def test_codes_and_every_alias_lead_to_their_own_council(client: Client) -> None:
    ways = [
        (row[code], row["slug"])
        for row in lines("councils")[::5]
        for code in ("ons_code", "dfe_code", "ofsted_urn")
    ]
    ways += [
        (row["value"], row["council"])
        for row in lines("council_aliases")
        if row["scheme"] not in {"district", "trust"}
    ]
    wrong = {}
    for text, slug in ways:
        answer = client.get(f"/councils/{text}/")
        if text != slug and answer.headers.get("Location") != f"/councils/{slug}/":
            wrong[text] = answer.headers.get("Location", answer.status_code)
    # Two councils have been called so; the name leads to the one that exists.
    assert wrong == {"Dorset": "/councils/dorset/"}


def test_a_redirect_keeps_the_clocks_and_drops_what_is_no_setting(client: Client) -> None:
    answer = client.get("/councils/821/?utm=1&known=20261101T000000Z&as_at=2020-02-23")
    assert answer.url == "/councils/luton/?as_at=2020-02-23&known=20261101T000000Z"


def test_an_address_without_its_slash_leads_to_the_council(client: Client) -> None:
    answer = client.get("/councils/luton?as_at=2020-02-23")
    assert (answer.status_code, answer.url) == (301, "/councils/luton/?as_at=2020-02-23")


@pytest.mark.parametrize(
    ("sought", "suggested"),
    [
        ("lutton", "Luton"),
        ("birmingam", "Birmingham"),
        ("northamptonshire-council", "Northamptonshire"),
        ("tower-hamlet", "Tower Hamlets"),
        ("lutno/inspections/2020-01-13", "Luton"),
    ],
)
def test_a_council_that_is_not_found_is_met_with_near_names(
    client: Client, sought: str, suggested: str
) -> None:
    answer = client.get(f"/councils/{sought}/")
    assert answer.status_code == 404
    main = main_of(answer.content.decode())
    assert "Did you mean" in main and suggested in main


def test_nothing_is_suggested_for_what_resembles_nothing(client: Client) -> None:
    answer = client.get("/councils/zzzzzzzzzz/")
    main = main_of(answer.content.decode())
    assert answer.status_code == 404
    assert "Did you mean" not in main
    assert "District and borough councils within a county are not responsible" in main


# What it says -----------------------------------------------------------------------------


def test_the_first_line_and_the_cards_of_luton_today(client: Client) -> None:
    main = main_of(page_of(client, "luton", "?as_at=2026-09-01"))
    assert (
        "Up from Inadequate overall in 2020 to Requires improvement in 2022 and Good in 2026; care "
        "leavers Requires improvement."
    ) in main
    assert "Leaders G → to G Good The same July 2022 → January 2026" in main
    assert "Help and protection RI → to G Good Up one grade July 2022 → January 2026" in main
    assert (
        "Care leavers RI Requires improvement Not comparable with July 2022 (RI): judged together "
        "with children in care until the end of 2022 January 2026"
    ) in main
    assert "Overall effectiveness RI → to G Good Up one grade" in main
    assert "Unitary authority · East of England · ONS E06000032 · DfE 821 · Ofsted 80520" in main


def test_the_day_before_publication_shows_what_was_held(client: Client) -> None:
    before = main_of(page_of(client, "luton", "?as_at=2020-02-23"))
    after = main_of(page_of(client, "luton", "?as_at=2020-02-24"))
    assert "Requires improvement overall in January 2016" in before
    assert "in 2020" not in before
    assert "Down from Requires improvement overall in 2016 to Inadequate in 2020" in after


def test_the_page_leads_to_what_a_reader_wants_next(client: Client) -> None:
    page = page_of(client, "luton")
    side = "".join(re.findall("<aside.*?</aside>", page, re.S))
    for address in (
        "/councils/luton/inspections/2026-01-19/", "/councils/luton/grades/?present=1",
        "/councils/luton/offline.html", "/compare/?councils=luton", "/councils/luton.atom",
        "/councils/luton.ics", "https://reports.ofsted.gov.uk/provider/44/821", "#as_at-day",
        "/corrections/?council=luton", "/report/?about=%2Fcouncils%2Fluton%2F",
    ):  # fmt: skip
        assert f'href="{address}"' in side, address
    assert "Likely between February 2029 and June 2030, if Ofsted keeps its recent pace." in (
        text_of(side)
    )


def test_no_overall_grade_is_made_up_since_april_2026(client: Client) -> None:
    main = main_of(page_of(client, "trafford", "?as_at=2026-09-01"))
    told = (
        "There is no overall grade: Ofsted has given none since April 2026. The last one, of "
        "November 2022, was Requires improvement."
    )
    assert main.index(told) < main.index("Leaders RI"), "before the grades of the areas"
    assert "Overall effectiveness RI" not in main, "no older grade looks like the present one"
    assert " overall in " not in main


MONITORED = [
    # what is inadequate, with or without an overall grade; what is said of monitoring visits
    ("somerset", "2026-09-01", ""),
    ("trafford", "2026-09-01", "Before April 2026 they followed an Inadequate overall grade, the "
     "first published one 8 to 13 months after the report. Whether they still do, without that "
     "grade, is not known here."),
    ("luton", "2020-09-01", "They usually follow an Inadequate overall grade, the first published "
     "one 8 to 13 months after the report."),
    ("tameside", "2026-09-01", "2 on record since the report, the last in December 2025."),
    ("slough", "2024-09-01", ""),  # leaders alone, while an overall grade was given
]  # fmt: skip


@pytest.mark.parametrize(("slug", "day", "said"), MONITORED)
def test_what_is_usual_after_an_inadequate_judgement_stands_at_the_top(
    client: Client, slug: str, day: str, said: str
) -> None:
    side = page_of(client, slug, f"?as_at={day}").split("<aside")[1].split("</aside>")[0]
    assert ("Monitoring visits" in text_of(side)) == bool(said)
    assert said in text_of(side)


def described(page: str) -> str:
    return page.split('<meta name="description" content="')[1].split('">')[0]


def test_one_grade_for_all_is_said_only_where_every_judgement_has_it(client: Client) -> None:
    record = plain_record()
    for slug, row in sorted(record.councils.items())[::8]:
        latest = record.latest(slug, date(2026, 9, 1))
        if row["closed_date"] or latest is None:
            continue
        grades = {grade for area, grade in latest.grades.items() if area != "overall"}
        page = client.get(f"/councils/{slug}/inspections/{latest.reference}/?as_at=2026-09-01")
        sentence = described(page.content.decode())
        assert ("judgements" in sentence) == (len(grades) == 1), slug


def test_the_older_framework_names_what_differs(client: Client) -> None:
    """Under the single framework adoption was judged too: five grades may not be four."""
    record = plain_record()
    checked = 0
    for row in record.inspections:
        core = {row.grades.get(area) for area in ("help_and_protection", "looked_after")}
        core |= {row.grades.get(area) for area in ("leadership", "care_leavers")}
        others = {row.grades.get("adoption"), row.grades.get("lscb")} - {None}
        if row.framework == "sif" and len(core) == 1 and not others <= core:
            page = page_of(client, row.council, f"inspections/{row.reference}/")
            assert " in all " not in described(page), row.reference
            checked += 1
        if checked == 5:
            break
    assert checked == 5


def test_a_new_council_says_that_it_inherits_nothing(client: Client) -> None:
    main = main_of(page_of(client, "cumberland", "?as_at=2023-06-01"))
    assert (
        "From its creation on 1 April 2023 to 1 June 2023 no full inspection was published." in main
    )
    assert "Grades of the councils before it are not inherited." in main
    assert "Predecessor: Cumbria" in main


def test_a_council_to_come_says_when_it_opened(client: Client) -> None:
    main = main_of(page_of(client, "cumberland", "?as_at=2020-01-01"))
    assert "This council did not exist yet: it opened on 1 April 2023." in main


@pytest.mark.parametrize(
    ("gone", "successors"),
    [
        ("cumbria", ["cumberland", "westmorland-and-furness"]),
        ("northamptonshire", ["north-northamptonshire", "west-northamptonshire"]),
        ("poole", ["bournemouth-christchurch-and-poole"]),
    ],
)
def test_an_abolished_council_keeps_its_page_linked_both_ways(
    client: Client, gone: str, successors: list[str]
) -> None:
    page = page_of(client, gone)
    assert "This council was abolished" in page
    assert "no further inspection will come" in page
    assert 'aria-label="Judgements last held"' in page
    for successor in successors:
        assert f'href="/councils/{successor}/"' in page
        assert f'href="/councils/{gone}/"' in page_of(client, successor)


def test_the_picture_of_an_abolished_council_ends_with_it(client: Client) -> None:
    page = page_of(client, "cumbria", "?as_at=2026-09-01")
    cells = [[text_of(cell) for cell in row] for row in table_of(page, "Grades over time")]
    assert {row[3] for row in cells if row[2] == "20 September 2022"} == {"31 March 2023"}
    figure = client.get("/councils/cumbria/grades.figure.json").json()
    assert "closed" in {note["text"] for note in figure["layout"]["annotations"]}
    assert "today" not in {note["text"] for note in figure["layout"]["annotations"]}


def test_the_picture_as_at_a_past_day_does_not_call_it_today(client: Client) -> None:
    figure = client.get("/councils/luton/grades.figure.json?as_at=2020-03-01").json()
    texts = {note["text"] for note in figure["layout"]["annotations"]}
    assert "as at" in texts and "today" not in texts
    page = page_of(client, "luton", "?as_at=2020-03-01")
    assert "held on 1 March 2020" in page


def test_the_council_stands_first_and_its_neighbours_by_name_with_their_letters(
    client: Client,
) -> None:
    record = plain_record()
    rows = rows_of(page_of(client, "luton", "?as_at=2026-09-01"), "councils")
    names = [text_of(cells[0]) for cells in rows]
    expected = [
        row["neighbour"] for row in lines("statistical_neighbours") if row["council"] == "luton"
    ]
    assert names == [
        "Luton",
        *sorted(record.councils[slug]["short_name"] for slug in expected),
    ]
    assert all(len(letters_of(" ".join(cells[1:5])).split()) == 4 for cells in rows)


def test_how_many_like_it_hold_each_grade_agrees_with_the_files(client: Client) -> None:
    record, day = plain_record(), date(2026, 9, 1)
    page = page_of(client, "luton", "?as_at=2026-09-01")
    rows = {text_of(cells[0]): cells[1:] for cells in rows_of(page, "counts")}
    region = [
        slug
        for slug in record.existing(day)
        if record.councils[slug]["ons_region"] == "east_of_england"
    ]
    held = Counter(record.latest(slug, day).shown("leaders") for slug in region)
    letters = zip(("outstanding", "good", "requires_improvement", "inadequate"),
                  ("O", "G", "RI", "I"), strict=True)  # fmt: skip
    said = " , ".join(f"{letter} {held[grade]}" for grade, letter in letters if held[grade])
    assert text_of(rows[f"East of England ({len(region)})"][0]) == said
    assert "Neighbours (10)" in rows and "Unitary authority (63)" in rows


@pytest.mark.parametrize("day", ["2019-06-01", "2026-08-22"])
@pytest.mark.parametrize("slug", ["buckinghamshire", "luton"])
def test_as_many_neighbours_are_said_as_are_listed(client: Client, slug: str, day: str) -> None:
    page = page_of(client, slug, f"?as_at={day}")
    others = [row for row in rows_of(page, "councils") if f"/councils/{slug}/" not in row[0]]
    said = re.search(r"(?:The )?(\d+) (?:of the \d+ )?councils? that DfE's", text_of(page))
    assert said is not None
    assert int(said[1]) == len(others) == 10


@pytest.mark.parametrize("day", ["2019-06-01", "2026-08-22"])
def test_a_council_without_neighbours_on_record_is_compared_with_none(
    client: Client, day: str
) -> None:
    page = page_of(client, "cumbria", f"?as_at={day}")
    assert 'id="compare"' not in page
    assert "that DfE's" not in text_of(page)


def test_the_city_of_london_is_no_london_borough(client: Client) -> None:
    page = text_of(main_of(page_of(client, "city-of-london")))
    assert "City corporation ·" in page
    assert "London borough ·" not in page


def test_no_code_is_said_to_last_for_ever(client: Client) -> None:
    assert "for ever" not in client.get("/data/dictionary/").content.decode()


def test_every_event_shows_its_letters_in_one_order_with_a_dash(client: Client) -> None:
    """Read downwards, each column of letters is one area, whatever order the report had."""
    page = page_of(client, "luton")
    table = page[page.index('<table class="events-of') :]
    heads = re.findall(r'<abbr class="short"\s+title="([^"]+)">', table)
    rows = ["".join(cells) for cells in rows_of(page, "events-of")]
    judged = [row for row in rows if 'class="mark' in row]
    assert len(judged) == 5 and len(rows) == 12
    for row in judged:
        assert re.findall(r'<span class="mark[^>]*title="([^:"]+):', row) == heads


def test_links_to_other_pages_keep_the_clock(client: Client) -> None:
    page = page_of(client, "luton", "?as_at=2020-02-24")
    assert 'href="/councils/luton/inspections/2020-01-13/?as_at=2020-02-24"' in page
    assert 'href="/councils/?as_at=2020-02-24"' in page


def test_every_event_is_listed_newest_first(client: Client) -> None:
    record, page = plain_record(), page_of(client, "luton", "?as_at=2026-09-01")
    found = [
        part.split('"')[0].rstrip("/").split("?")[0].rstrip("/")
        for part in page.split('class="events-of')[1].split("/councils/luton/inspections/")[1:]
    ]
    dated = {row.reference: row.begun.isoformat() for row in record.inspections
             if row.council == "luton"}  # fmt: skip
    dated |= {
        row["reference"]: row["start_date"] or row["publication_date"]
        for row in record.visits
        if row["council"] == "luton"
    }
    assert sorted(found) == sorted(dated)
    assert [dated[reference] for reference in found] == sorted(dated.values(), reverse=True)


def events_in(page: str) -> list[str]:
    table = page.split('class="events-of')[1]
    return re.findall(r"/councils/luton/inspections/([^/]+)/", table)


def test_events_are_sorted_by_heads_that_are_plain_links_and_the_address_keeps_it(
    client: Client,
) -> None:
    newest = page_of(client, "luton")
    assert 'href="/councils/luton/?sort=oldest#every"' in newest
    oldest = page_of(client, "luton", "?sort=oldest")
    assert events_in(oldest) == events_in(newest)[::-1]
    assert 'aria-sort="ascending"' in oldest
    assert 'href="/councils/luton/#every"' in oldest
    assert 'name="sort" value="oldest"' in oldest, "another day keeps the order"
    by_kind = page_of(client, "luton", "?sort=what")
    assert sorted(events_in(by_kind)) == sorted(events_in(newest)) != events_in(by_kind)
    assert (
        "?sort=what"
        in client.get("/councils/luton/?sort=what")
        .content.decode()
        .split('<link rel="canonical" href="')[1]
        .split('"')[0]
    )
    assert "was ignored" in page_of(client, "luton", "?sort=best")


def test_an_earlier_day_is_not_told_what_was_written_later(client: Client) -> None:
    then = client.get("/councils/luton/?as_at=2020-04-05").content.decode()
    now = client.get("/councils/luton/").content.decode()
    for text in ("due in 2027", "<p>Also: ", "re-inspection could have taken place"):
        assert text in now
        assert text not in then
    assert "What the record says of the outcome was written later" in then
    listed = client.get("/england/expected/?council=luton&as_at=2020-04-05").content.decode()
    file = client.get("/england/expected.csv?council=luton&as_at=2020-04-05").content.decode()
    for page in (listed, file):
        assert "good within six months" in page
        assert "July 2022" not in page


def test_a_council_closed_since_is_told_so_on_an_earlier_day(client: Client) -> None:
    then = client.get("/councils/northamptonshire/?as_at=2019-01-01").content.decode()
    assert "since closed, on 31 March 2021" in then
    assert "Since succeeded by" in then
    assert "closed 31 March 2021" in client.get("/councils/northamptonshire/").content.decode()


def test_a_first_visit_that_was_not_published_is_told_from_the_first_that_was(
    client: Client,
) -> None:
    page = client.get("/councils/nottingham/").content.decode()
    assert (
        "joint targeted area inspections to 28 February 2025. The first "
        "came 6 months after the report, the first in Ofsted&#x27;s list after 11 months (usual: 8 "
        "to 13), then about one every 4 months, as is usual."
    ) in page


# What follows ------------------------------------------------------------------------------


def test_a_council_without_an_inadequate_grade_is_told_what_follows_its_report(
    client: Client,
) -> None:
    page = text_of(main_of(page_of(client, "luton")))
    assert "Was due about 22 June 2026 (70 working days after the report)" in page
    assert re.search(
        r"Half of councils in this position had a focused visit within \d+ months", page
    )
    assert "two days, usually two inspectors" in page
    assert "about 10 working days" in page


def test_an_inadequate_judgement_keeps_its_duties_where_they_were(client: Client) -> None:
    page = text_of(main_of(page_of(client, "luton", "?as_at=2020-03-01")))
    assert page.count("(70 working days after the report)") == 1


def test_who_rose_from_the_councils_place_is_told_with_what_they_had_been_told(
    client: Client,
) -> None:
    page = page_of(client, "luton", "?as_at=2026-08-22")
    assert "Who rose from Requires improvement" in text_of(page)
    told = re.findall(
        r'data-label="From"><span>([^,]+),.*?data-label="To"><span>([^,]+),', page, re.S
    )
    assert 0 < len(told) <= 8
    assert all(before.startswith("Requires improvement") for before, _ in told)
    assert {after for _, after in told} <= {"Good", "Outstanding"}
    good = text_of(page_of(client, "leeds", "?as_at=2026-08-22"))
    assert "Who rose from Good in help and protection" in good


def test_a_council_outstanding_in_every_area_has_nobody_to_follow(client: Client) -> None:
    page = page_of(client, "essex", "?as_at=2026-08-22")
    assert 'id="rose"' not in page


@pytest.mark.django_db
@pytest.mark.once
def test_the_next_inspection_stands_before_the_grades(client: Client) -> None:
    """A phone shows it in its first window."""
    page = client.get("/councils/luton/").content.decode()
    assert page.index("Next full inspection") < page.index('class="cards"')
    assert page.index('class="cards"') < page.index("Show\n    in a meeting")


def test_a_framework_has_one_name_and_the_chart_says_what_it_means(client: Client) -> None:
    page = client.get("/councils/luton/").content.decode()
    assert "Rules of 2023: ILACS 2023 (care leavers separate)" in text_of(
        rows_of(page, "events-of")[0][1]
    )
    shaded = "Shaded, as Ofsted's rules changed: 2013: Single framework (SIF); 2018: ILACS"
    assert shaded in main_of(page)
    figure = client.get("/councils/luton/grades.svg").content.decode()
    assert ">Rules of 2023<" in figure and "apart" not in figure


def test_nothing_is_counted_since_the_last_inspection_of_a_council_that_is_gone(
    client: Client,
) -> None:
    assert " months before " not in client.get("/councils/bournemouth/").content.decode()
