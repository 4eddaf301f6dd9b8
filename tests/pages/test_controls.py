"""What readers choose with: chips that take a choice back, heads that sort, the menu."""

import re
from dataclasses import dataclass

import pytest
from django.test import Client

from dashboard.state.address import PlainState, param, read_page, read_text
from dashboard.state.controls import Field, filters, sorting_head
from tests.pages.reading import rows_of, text_of


@dataclass(frozen=True, kw_only=True)
class State(PlainState):
    q: str = param(read_text, default="")
    kind: str | None = param(read_text)
    sort: str = param(read_text, default="name")
    page: int = param(read_page, default=1)


FIELDS = (
    Field("q", "Name", kind="search"),
    Field("kind", "Kind", (("county", "County council"),), any="all kinds"),
)
ORDER = Field("sort", "Order", (("name", "by name"), ("newest", "newest first")))


@pytest.mark.parametrize(
    ("state", "chips"),
    [
        (State(), []),
        (State(page=3), []),
        (State(kind="county", page=3), [("Kind", "County council", "/x/")]),
        (
            State(q="lut", kind="county"),
            [("Name", "lut", "/x/?kind=county"), ("Kind", "County council", "/x/?q=lut")],
        ),
        (State(sort="newest"), [("Order", "newest first", "/x/")]),
    ],
)
def test_a_chip_says_what_is_chosen_and_leads_to_the_view_without_it(
    state: State, chips: list[tuple[str, str, str]]
) -> None:
    found = filters(state, "/x/", FIELDS, [ORDER])
    assert [(chip.label, chip.value, chip.href) for chip in found.chips] == chips
    assert found.is_more_chosen == (state.sort != "name")
    assert found.clear == "/x/"


@pytest.mark.parametrize(
    ("state", "now", "leads_to"),
    [
        (State(), "ascending", "/x/?sort=last"),
        (State(sort="last", page=2), "descending", "/x/"),
        (State(sort="newest", page=2), "", "/x/"),
    ],
)
def test_a_head_sorts_its_column_and_then_the_other_way(
    state: State, now: str, leads_to: str
) -> None:
    head = sorting_head(
        "Name", state, "/x/", ascending={"sort": "name"}, descending={"sort": "last"}
    )
    assert (head.sorted, head.href) == (now, leads_to)


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("path", ["/", "/councils/luton/?as_at=2024-01-01", "/no-such-page/"])
def test_every_part_of_the_site_is_one_step_away(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    clock = "?as_at=2024-01-01" if "as_at" in path else ""
    for place in (
        "/", "/councils/", "/england/changes/", "/england/upcoming/", "/england/visits/",
        "/compare/", "/subscribe/", "/data/", "/method/",
    ):  # fmt: skip
        assert f'href="{place}{clock}"' in page, place
    assert 'id="subscribe"' in client.get(f"/data/{clock}").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "sort", "column"),
    [
        ("changes", "change", 3),
        ("visits", "council", 0),
        ("inadequate", "council", 0),
        ("journeys", "council", 0),
        ("timing", "council", 0),
        ("expected", "outcome", 3),
    ],
)
def test_a_list_is_sorted_by_a_head_that_is_a_plain_link(
    client: Client, path: str, sort: str, column: int
) -> None:
    order = {"up": 0, "do": 1, "sa": 2}
    page = client.get(f"/england/{path}/").content.decode()
    assert f'href="/england/{path}/?sort={sort}"' in page
    assert "Kaplan" not in page, "the method page alone says whose method it is"
    page = client.get(f"/england/{path}/?sort={sort}").content.decode()
    assert 'aria-sort="ascending"' in page
    assert f'href="/england/{path}/"' in page, "and back again"
    cells = [text_of(row[column]) for row in rows_of(page, "rows")]
    if sort == "outcome":  # one word on each; those without one come last
        said = [re.match("<b>([^<]*)", row[column].strip()) for row in rows_of(page, "rows")]
        assert not any(said[len([match for match in said if match]) :])
        cells = [match[1] for match in said if match]
    assert len(cells) > 5
    assert cells == sorted(cells, key=lambda text: order[text[:2]] if sort == "change" else text)


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("path", "fact"),
    [
        ("changes", "Inspected again"),
        ("journeys", "Inspected again"),
        ("timing", "Longest"),
        ("statistics", "Good or better"),
    ],
)
def test_beside_a_finding_stand_its_facts_its_day_and_where_to_go_next(
    client: Client, path: str, fact: str
) -> None:
    page = client.get(f"/england/{path}/?as_at=2024-01-01").content.decode()
    box = page.split('<aside class="side"')[1].split("</aside>")[0]
    assert f"<dt>{fact}</dt>" in box
    assert "<dt>Record</dt><dd>As at 1 January 2024" in box
    assert 'href="/england/' in box
    assert f'href="/england/{path}.csv?as_at=2024-01-01' in box
    links = re.findall(r'href="(/england/[a-z]+/[^"]*)"', box)
    assert links and all("as_at=2024-01-01" in link for link in links)


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "said", "boxes"),
    [
        ("", "On 22 August 2026, 104 of 153 councils with a grade for help and protection were "
         "Good or better (68%), up from 95 of 153 a year before. Grades: 28 Outstanding, 76 Good, ",
         ("22", "8", "2026")),
        ("?as_at=2019-03-31&area=leaders", "On 31 March 2019, 80 of 152 councils with a grade for "
         "impact of leaders were Good or better (53%), up from 67 of 152 ", ("31", "3", "2019")),
        ("?as_at=2019-03-31&reading=ofsted&region=london", "On 31 March 2019, 20 of 33 councils "
         "(London) with a grade for help and protection were Good or better (61%). Grades: ",
         ("31", "3", "2019")),
        ("?as_at=2012-01-01", "On 1 January 2012 no council held a grade of its own for help and "
         "protection, by this reading.", ("1", "1", "2012")),
    ],
)  # fmt: skip
def test_grades_on_any_date_name_the_date_and_have_boxes_for_another(
    client: Client, query: str, said: str, boxes: tuple[str, str, str]
) -> None:
    page = client.get(f"/england/statistics/{query}").content.decode()
    assert page.split('<p class="sentence" role="status">')[1].startswith(said)
    form = page.split('<form class="filters"')[1].split("</form>")[0]
    asked = [
        re.search(f'id="choose-as_at-{box}" [^>]*value="([^"]*)"', form)
        for box in ("day", "month", "year")
    ]
    assert tuple(found[1] for found in asked if found) == boxes
    assert page.count('id="as_at-day"') == 1, "the chip beside the title has boxes of its own"


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "back"),
    [("", ""), ("?council=luton", "/england/expected/"),
     ("?council=luton&as_at=2024-01-01", "/england/expected/?as_at=2024-01-01")],
)  # fmt: skip
def test_a_choice_is_taken_back_only_where_one_was_made(
    client: Client, query: str, back: str
) -> None:
    page = client.get(f"/england/expected/{query}").content.decode()
    chips = re.findall(r'<a class="chip" href="([^"]*)"><span class="vh">Take away', page)
    assert chips == ([back] if back else [])
    assert ">Clear" not in page
