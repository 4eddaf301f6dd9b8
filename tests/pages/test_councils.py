"""The list of councils: search, filters, order and CSV against slow answers from the files."""

import csv
import io
import itertools
import random
import re
import unicodedata
from datetime import date
from html import unescape

import pytest
from django.test import Client

from inspections.questions import search
from inspections.store import current_record
from inspections.vocabulary import CouncilKind, Region
from tests import factories
from tests.pages.reading import letters_of, main_of, rows_of, slugs_of, text_of
from tests.questions.plain import (
    LANES,
    ORDER,
    WHOLE_SERVICE,
    PlainRecord,
    ends,
    lines,
    plain_record,
    unread,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = date(2026, 9, 1)
SINCE = {"under-1": (0, 1), "1-2": (1, 2), "2-3": (2, 3), "3-4": (3, 4), "over-4": (4, 99)}
CORE = LANES[1:]
LETTERS = dict(zip(ORDER, ("O", "G", "RI", "I"), strict=True))


def listed(client: Client, query: str, path: str = "/councils/") -> str:
    answer = client.get(f"{path}?as_at={DAY}&{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def name_key(record: PlainRecord, slug: str) -> str:
    name = unicodedata.normalize("NFKD", record.councils[slug]["short_name"].lower())
    return re.sub("[^a-z0-9]+", " ", name.replace("&", " and ")).strip()


def plainly_listed(choices: dict[str, str], day: date = DAY) -> list[str]:
    """The slugs that the page ought to show, in its order, worked out from the files."""
    record = plain_record()
    area = choices.get("area", "help-and-protection").replace("-", "_")
    found = []
    for slug in record.existing(day):
        council, latest = record.councils[slug], record.latest(slug, day)
        chosen = {name: value.replace("-", "_") for name, value in choices.items()}
        begun = record.last_begun(slug, day)
        years = (min(day, ends()) - begun).days / 365.25 if begun else -1
        low, high = SINCE.get(choices.get("since", ""), (-2, 999))
        if (
            chosen.get("region", council["ons_region"])
            in {council["ons_region"], council["ofsted_region"]}
            and chosen.get("kind", council["kind"]) == council["kind"]
            and ("framework" not in chosen or (latest and latest.framework == chosen["framework"]))
            and ("grade" not in chosen or (latest and latest.shown(area) == chosen["grade"]))
            and low <= years < high
        ):
            found.append(slug)
    found.sort(key=lambda slug: name_key(record, slug))
    latest = {slug: record.latest(slug, day) for slug in found}
    if choices.get("sort") == "grade":
        found.sort(key=lambda s: ORDER.index(g) if (g := latest[s].shown(area)) else 99)
    if choices.get("sort") == "worst":
        found.sort(key=lambda s: -ORDER.index(g) if (g := latest[s].shown(area)) else 99)
    if choices.get("sort") == "longest":
        found.sort(key=lambda slug: record.last_begun(slug, day))
    if choices.get("sort") == "newest":
        found.sort(key=lambda slug: record.last_begun(slug, day), reverse=True)
    return found


OPTIONS = {
    "region": [region.value.replace("_", "-") for region in Region],
    "kind": [kind.value.replace("_", "-") for kind in CouncilKind],
    "grade": [code.replace("_", "-") for code in ORDER],
    "area": [lane.replace("_", "-") for lane in LANES],
    "framework": [code.replace("_", "-") for code in WHOLE_SERVICE],
    "since": list(SINCE),
    "sort": ["name", "grade", "worst", "longest", "newest"],
}
EACH_ALONE = [{name: value} for name, values in OPTIONS.items() for value in values]
GRADE_IN_AREA = [
    {"area": area, "grade": grade, "sort": "grade"}
    for area, grade in itertools.product(OPTIONS["area"], OPTIONS["grade"])
]


def some_mixtures(count: int) -> list[dict[str, str]]:
    chance = random.Random(2026)
    return [
        {name: chance.choice(OPTIONS[name]) for name in chance.sample(sorted(OPTIONS), 3)}
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    "choices",
    [EACH_ALONE, GRADE_IN_AREA, some_mixtures(30)],
    ids=["each alone", "grade in area", "mixtures"],
)
def test_filters_and_orders_agree_with_the_files(
    client: Client, choices: list[dict[str, str]]
) -> None:
    for chosen in choices:
        page = listed(client, "&".join(f"{name}={value}" for name, value in chosen.items()))
        assert "Part of this address could not be read, so it is left out" not in page
        expected = plainly_listed(chosen)
        assert slugs_of(page) == expected, chosen
        assert f"{len(expected)} council" in main_of(page)
        if not expected:
            assert "fits these choices" in page


def test_the_letters_and_months_of_every_row_agree_with_the_files(client: Client) -> None:
    record, out = plain_record(), unread(DAY)
    for slug, cells in zip(
        plainly_listed({}), rows_of(listed(client, ""), "councils"), strict=True
    ):
        latest = record.latest(slug, DAY)
        expected = [LETTERS.get(latest.shown(lane), "–") for lane in CORE]
        if latest.framework == "ilacs_2018":
            expected[-1] += "*"  # care leavers: judged together with children in care
        assert letters_of(" ".join(cells[2:6])) == " ".join(expected), slug
        begun = f"{latest.begun:%B %Y}"
        if slug in out:
            begun += f"; {record.last_begun(slug, DAY):%B %Y} not yet here"
        assert cells[6] == begun, slug


SEARCHES = {
    "bcp": ["bournemouth-christchurch-and-poole"],
    "hull": ["kingston-upon-hull"],
    "Hull": ["kingston-upon-hull"],
    "herefordshire, county of": ["herefordshire"],
    "821": ["luton"],
    "80520": ["luton"],
    "E06000032": ["luton"],
    "e06000032": ["luton"],
    "E08000016": ["barnsley"],  # its code until 2025
    "lut": ["luton"],
    "  lut  ": ["luton"],
    "upon tyne": ["newcastle-upon-tyne"],
    "st helens": ["st-helens"],
    "St. Helens": ["st-helens"],
    "London Corporation": ["city-of-london"],
    "tower hamlets": ["tower-hamlets"],
    "dover": ["kent"],  # a district
    "childrens trust sandwell": ["sandwell"],
    "Achieving for Children": [
        "kingston-upon-thames",
        "richmond-upon-thames",
        "windsor-and-maidenhead",
    ],
}


@pytest.mark.parametrize(("sought", "expected"), SEARCHES.items())
def test_a_search_finds_by_name_alias_initials_and_code(
    client: Client, sought: str, expected: list[str]
) -> None:
    assert slugs_of(listed(client, f"q={sought}")) == expected


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("q=luton", "/councils/luton/"),
        ("q=Hull&region=london&as_at=2024-01-01", "/councils/kingston-upon-hull/?as_at=2024-01-01"),
        ("q=E06000032", "/councils/luton/"),
        ("q=lut&sort=newest", "/councils/?q=lut&sort=newest"),
        ("q=Dover&as_at=2024-01-01", "/councils/?as_at=2024-01-01&q=Dover"),
        ("q=&region=london", "/councils/?region=london"),
    ],
)
def test_the_button_opens_the_council_whose_name_was_typed(
    client: Client, typed: str, leads_to: str
) -> None:
    assert client.get(f"/councils/find/?{typed}").headers["Location"] == leads_to


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lutn", "Luton"), ("manchestr", "Manchester"), ("brimingham", "Birmingham"),
        ("tonbrige", "Kent (for Tonbridge and Malling)"),
        # As near to two words: councils first, then districts.
        ("bloton", "Bolton, Lincolnshire (for Boston)"), ("est sussex", "West Sussex, East Sussex"),
        ("sandwel childrens trst", "Sandwell (for Sandwell Children’s Trust)"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_met_with_near_ones(client: Client, typed: str, meant: str) -> None:
    page = text_of(main_of(client.get("/councils/", {"q": typed}).content.decode()))
    assert f"Did you mean {meant}?" in re.sub(r" ([,?])", r"\1", page)
    assert "No council is called" in page and "0 councils" not in page


def test_the_councils_that_a_misspelt_name_may_mean_stand_with_their_grades(client: Client) -> None:
    assert slugs_of(listed(client, "q=manchestr")) == ["manchester"]


def test_each_count_leads_to_the_councils_counted(client: Client) -> None:
    page = listed(client, "region=london&area=leaders")
    href, number = re.findall(r'<a href="([^"]+)">([0-9]+) Outstanding</a>', page)[0]
    assert len(slugs_of(client.get(unescape(href)).content.decode())) == int(number)


def test_a_district_or_a_trust_is_told_with_who_is_responsible(client: Client) -> None:
    page = text_of(main_of(listed(client, "q=dover"))).replace(" .", ".")
    assert (
        "Dover is a district. Responsible for children's services there: Kent County Council. "
        "Source: ONS: districts and their counties, April 2023." in page
    )
    page = text_of(main_of(listed(client, "q=worcestershire+children+first")))
    assert "runs or ran children's services for a council (from 2019 to 30 September 2024)" in page


def test_a_part_of_many_names_lists_the_councils_of_that_name_and_folds_the_rest(
    client: Client,
) -> None:
    page = listed(client, "q=south")
    own = ["south-gloucestershire", "south-tyneside", "southampton", "southend-on-sea", "southwark"]
    assert slugs_of(page) == own
    fold = page.split("<details>")[1].split("</details>")[0]
    assert "9 districts and trusts of such a name" in fold
    assert "South Hams is a district" in fold and "Devon County Council</a>" in fold


def test_every_district_and_trust_on_record_is_found_by_its_name(client: Client) -> None:
    led = [row for row in lines("council_aliases") if row["scheme"] in {"district", "trust"}]
    assert len(led) == 189
    councils = current_record().councils
    for row in led:
        assert row["council"] in {
            council.slug for one in search.led(row["value"], councils) for council in one.councils
        }
        assert row["source_text"]


@pytest.mark.parametrize("path", ["/", "/councils/luton/", "/england/changes/", "/method/", "/no"])
def test_the_search_stands_in_every_pages_head_and_keeps_the_clocks(
    client: Client, path: str
) -> None:
    head = client.get(f"{path}?as_at=2024-01-01").content.decode().split("</header>")[0]
    form = head.split('<form class="find-any')[1]
    assert 'action="/councils/find/"' in form and 'name="q"' in form
    assert ('name="as_at" value="2024-01-01"' in form) == (path != "/no")


def test_the_first_line_counts_the_grades_of_those_shown(client: Client) -> None:
    record = plain_record()
    page = main_of(listed(client, "region=london&area=leaders")).replace(" ,", ",")
    london = [s for s in record.existing(DAY) if record.councils[s]["ons_region"] == "london"]
    held = [record.latest(slug, DAY).shown("leaders") for slug in london]
    said = [
        f"{held.count(grade)} {name}"
        for grade, name in zip(
            ORDER, ("Outstanding", "Good", "Requires improvement", "Inadequate"), strict=True
        )
        if grade in held
    ]
    assert f"Impact of leaders: {', '.join(said)} ." in page


def test_every_letter_leads_to_the_first_council_that_it_begins(client: Client) -> None:
    page = listed(client, "")
    letters = page.split('aria-label="Councils by first letter">')[1].split("</nav>")[0]
    assert re.findall(r'href="#([^"]+)">(\w)', letters)[:2] == [
        ("barking-and-dagenham", "B"), ("calderdale", "C")
    ]  # fmt: skip
    assert 'id="calderdale"' in page
    assert "Councils by first letter" not in listed(client, "sort=newest")


@pytest.mark.parametrize("sought", ["(", "%%%%", "____", "🦊", "xyzzy", "' OR 1=1;--", "ZZ1 1ZZ"])
def test_a_search_that_finds_nothing_says_who_is_responsible(client: Client, sought: str) -> None:
    answer = client.get("/councils/", {"q": sought})
    page = answer.content.decode()
    assert (answer.status_code, slugs_of(page)) == (200, [])
    assert f"No council responsible for children's services is found for “{sought}”" in main_of(
        page
    )
    assert "District and borough councils within a county are not responsible" in main_of(page)
    assert "Postcodes are not known here." in main_of(page)


def test_a_blank_search_shows_every_council(client: Client) -> None:
    page = listed(client, "q=+++")
    assert len(slugs_of(page)) == 153
    assert "153 councils (as at" in main_of(page)


def test_a_closed_council_is_found_by_search_and_counted_apart(client: Client) -> None:
    page = listed(client, "q=northamptonshire")
    assert slugs_of(page) == [
        "north-northamptonshire", "northamptonshire", "west-northamptonshire"
    ]  # fmt: skip
    assert "2 councils of 153, and 1 that no longer exists (as at" in main_of(page)
    assert "closed 31 March 2021" in page


def test_before_its_last_day_a_council_is_not_called_closed(client: Client) -> None:
    page = client.get("/councils/?as_at=2013-01-01&q=poole").content.decode()
    assert slugs_of(page) == ["poole"]
    assert "closed" not in main_of(page)
    assert "1 council of" in main_of(page)


QUERIES = ["", "q=north", "grade=inadequate", "region=london&sort=longest", "q=dover", "q=poole"]


@pytest.mark.parametrize("query", QUERIES)
def test_the_csv_holds_what_the_page_shows(client: Client, query: str) -> None:
    page = listed(client, query)
    answer = client.get(f"/councils.csv?as_at={DAY}&{query}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="councils-as-at-{DAY}.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["council_slug"] for row in rows] == slugs_of(page)
    for row, cells in zip(rows, rows_of(page, "councils"), strict=True):
        together = row["lanes_judged_together"].split("|")
        said = [
            LETTERS.get(row[lane], "–") + "*" * (lane in together and lane != "in_care")
            for lane in CORE
        ]
        assert " ".join(said) == letters_of(" ".join(cells[2:6])), row["council"]
        assert row["day"] == str(DAY)
    if rows:
        link = "&amp;".join([f"/councils.csv?as_at={DAY}", *filter(None, query.split("&"))])
        assert link in page


def test_the_csv_agrees_with_the_files(client: Client) -> None:
    record = plain_record()
    answer = client.get(f"/councils.csv?as_at={DAY}").content.decode()
    for row in csv.DictReader(io.StringIO(answer)):
        latest = record.latest(row["council_slug"], DAY)
        assert [row[lane] for lane in LANES] == [latest.shown(lane) or "" for lane in LANES]
        assert row["publication_date"] == str(latest.published)
        assert row["start_date"] == str(latest.start or "")
        assert (row["framework"], row["inspection"]) == (latest.framework, latest.reference)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_is_a_formula_in_the_csv(client: Client, empty_record: None, start: str) -> None:
    name = f"{start}cmd|'/C calc'!A0"
    council = factories.make_council()
    type(council).objects.update(short_name=name)
    rows = list(csv.DictReader(io.StringIO(client.get("/councils.csv").content.decode())))
    assert [row["council"] for row in rows] == ["'" + name]
