"""The facts that the form offers are those of the page, named as they stand there."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from dashboard.about.page_facts import LONGEST, parts_of
from dashboard.http import answers
from inspections.models import ErrorReport
from tests.people.conftest import person

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def facts_of(client: Client, path: str) -> dict[str, list[str]]:
    """By a part's key: every fact that it tells."""
    parts = parts_of(client.get(path).content.decode())
    return {part.key: [fact for row in part.rows for fact in row.facts] for part in parts}


def asked(client: Client, page: str, **given: str) -> str:
    """The form, opened by a link on the page."""
    answer = client.get("/report/", given, HTTP_REFERER=SITE + page)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("path", "part", "fact"),
    [
        ("/councils/luton/", "cards", "Help and protection: Good"),
        ("/councils/luton/", "cards", "Help and protection, Before: Requires improvement"),
        ("/councils/luton/", "cards", "Leaders, July 2022 → January 2026"),
        ("/councils/luton/", "every", "19 to 30 January 2026, Care leavers: Requires improvement"),
        ("/councils/luton/", "every", "14 to 15 June 2023, Published: 19 July 2023"),
        ("/councils/luton/", "compare", "Coventry, Leaders: Outstanding"),
        ("/councils/luton/", "expected",
         "Re-inspection in two years, Expected: January 2022 to March 2022"),
        ("/councils/luton/context/", "context-title", "Agency rate, 2025, England: 13.0%"),
        ("/england/inadequate/", "", "Nottingham, Plan due: 13 December 2022"),
        ("/england/inadequate/", "after-inadequate-title",
         "Nottingham, First day on site: 11 July 2022"),
        ("/england/statistics/", "grades-held-title", "31 March 2014, Not yet inspected: 141"),
        ("/england/figures/", "measures", "Agency social workers, England: 13.0%"),
        ("/councils/", "", "Barnet, Children in care: Outstanding"),
        ("/", "every", "Derby: Outstanding"),
        ("/compare/?councils=luton~kent", "now", "Kent, Children in care: Outstanding"),
    ],
)  # fmt: skip
def test_every_kind_of_fact_is_offered_by_its_name(
    record: None, client: Client, path: str, part: str, fact: str
) -> None:
    assert fact in facts_of(client, path)[part]


def test_duties_steps_and_waits_are_offered(record: None, client: Client) -> None:
    council = facts_of(client, "/councils/nottingham/")
    assert any("Action plan: Was due about 13 December 2022" in fact for fact in council["next"])
    assert any("re-inspected by July 2026" in fact for fact in council["next"])
    each = facts_of(client, "/england/inadequate/")["each"]
    assert any(fact.startswith("Nottingham") and "Action plan" in fact for fact in each)


@pytest.mark.parametrize(
    "path",
    ["/", "/councils/luton/", "/councils/", "/england/findings/", "/england/visits/",
     "/england/changes/", "/england/journeys/", "/england/timing/", "/england/upcoming/",
     "/england/expected/", "/england/week/", "/councils/luton/grades/", "/method/"],
)  # fmt: skip
def test_names_are_short_plain_and_each_of_one_fact(
    record: None, client: Client, path: str
) -> None:
    found = facts_of(client, path)
    assert found
    for facts in found.values():
        assert all(0 < len(fact) <= LONGEST and fact.isprintable() for fact in facts)
        assert not any(fact.startswith((",", " ")) for fact in facts)


def test_the_link_of_a_part_offers_its_facts_as_choices(record: None, client: Client) -> None:
    page = client.get("/councils/luton/").content.decode()
    links = [unescape(link) for link in re.findall(r'href="(/report/\?part=[^"]+)"', page)]
    keys = {part.key for part in parts_of(page)}
    assert {link.partition("=")[2] for link in links} <= keys
    assert {"cards", "next", "expected", "compare", "every", "context", "grades-title"} <= {
        link.partition("=")[2] for link in links
    }
    form = asked(client, "/councils/luton/", part="cards")
    assert 'type="radio" name="fact" value="Leaders: Good"' in form
    assert 'name="about" value="/councils/luton/"' in form
    assert form.count('name="fact"') == form.count('type="radio"')
    every = asked(client, "/councils/luton/", part="every")
    assert 'name="about" value="/councils/luton/#every"' in every


@pytest.mark.parametrize(
    "path",
    ["/", "/councils/", "/councils/slough/", "/councils/northamptonshire/", "/england/changes/",
     "/england/expected/", "/england/figures/", "/england/findings/", "/england/inadequate/",
     "/england/journeys/", "/england/statistics/", "/england/timing/", "/england/upcoming/",
     "/england/visits/", "/england/week/", "/england/week/?week=2026-03-10",
     "/compare/?councils=luton~kent",
     "/councils/luton/inspections/2026-01-19/", "/councils/luton/context/"],
)  # fmt: skip
def test_no_link_of_a_part_leads_to_another_part(record: None, client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    links = {unescape(key) for key in re.findall(r'href="/report/\?part=([^"]*)"', page)}
    assert links and links <= {part.key for part in parts_of(page)}


def test_a_part_of_many_facts_asks_for_the_line_first(record: None, client: Client) -> None:
    form = asked(client, "/councils/", part="")
    assert 'type="radio"' not in form
    links = [node.attributes["href"] for node in LexborHTMLParser(form).css(".which a")]
    assert len(links) > 150
    barnet = next(link for link in links if link and link.endswith("row=Barnet"))
    page = client.get(barnet).content.decode()
    assert 'value="Barnet, Children in care: Outstanding"' in page
    assert "Camden" not in page.split("<fieldset")[1].split("</fieldset>")[0]


def test_the_foot_leads_to_the_parts_of_the_page(record: None, client: Client) -> None:
    form = asked(client, "/england/inadequate/")
    assert "Where on the page?" in form
    assert "part=each" in form


def test_the_chosen_fact_reaches_the_staff(record: None) -> None:
    given = {"about": "/councils/luton/#every", "fact": "19 to 30 January 2026, Leaders: Good"}
    Client().post("/report/", given | {"said": "It was another."})
    report = ErrorReport.objects.get()
    assert (report.about, report.fact) == (given["about"], given["fact"])
    office = Client()
    office.force_login(person("an-editor", "editor"))
    page = office.get(f"/entry/reports/{report.pk}/").content.decode()
    assert f'{given["fact"]}, <a href="{given["about"]}">' in page
    assert 'href="/entry/find/?q=Luton"' in page


@pytest.mark.parametrize(
    "given",
    [{"part": "every"}, {"part": "nowhere", "about": "/councils/luton/"}, {"part": "\0"},
     {"about": "/report/", "part": ""}, {"about": "/data/record.csv", "part": ""},
     {"about": "/councils/nowhere/", "part": "every"}, {"about": "/councils/luton/briefing.pdf"},
     {"about": "/councils/?as_at=2020-99-99", "part": "", "row": "<b>x"},
     {"about": "/compare/add/", "part": ""}, {"about": "/subscribe/", "part": ""}],
)  # fmt: skip
def test_what_no_page_tells_leaves_the_plain_form(
    record: None, client: Client, given: dict[str, str]
) -> None:
    answer = client.get("/report/", given)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'type="radio"' not in page and "<b>" not in page.split("<main")[1]
    assert 'name="said"' in page


def test_an_earlier_day_offers_what_stood_then(record: None, client: Client) -> None:
    form = asked(client, "/councils/luton/?as_at=2021-01-01", part="cards")
    assert "Leaders: Requires improvement" in form
    assert "Leaders: Good" not in form


def test_markup_in_a_page_stays_text() -> None:
    page = "<main><h1>A</h1><table><tbody><tr><th>&lt;b&gt;</th><td>1</td></tr></table></main>"
    (part,) = parts_of(page)
    assert part.rows[0].facts == ["<b>, 1"]


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        ("<p>It is so. It is not.</p>", ["It is so.", "It is not."]),
        ("<dl><dt>Day</dt><dd>1 May</dd></dl>", ["Day: 1 May"]),
        ("<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><th>x</th><td>1</td></tr>"
         "<tr><th>x</th><td>2</td></tr></tbody></table>", ["x, 1", "x, 2"]),
        ("<table><tbody><tr><th>x</th><td data-label='B'>1</td></tr></tbody></table>", ["x, B: 1"]),
        ("<table><tbody><tr><th colspan=2>Group</th></tr><tr><th>x</th><td>1</td></tr></table>",
         ["x, 1"]),
        ("<table><tbody><tr><td>Alone</td></tr></tbody></table>", ["Alone"]),
        ("<p class='no-print'>Links</p><nav><p>More</p></nav>", []),
        ("<main></main>", []),
        (f"<p>{'word ' * 40}</p>", [f"{('word ' * 19).strip()}…"]),
    ],
)  # fmt: skip
def test_shapes_of_a_page(body: str, facts: list[str]) -> None:
    found = [fact for part in parts_of(f"<main><h1>A</h1>{body}</main>") for row in part.rows
             for fact in row.facts]  # fmt: skip
    assert found == facts


def test_it_costs_its_reader_what_the_page_costs(
    record: None, client: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(answers.budget, "wait", lambda client: 60)
    form = asked(client, "/councils/luton/?as_at=2019-02-03", part="cards")
    assert 'type="radio"' not in form and 'name="said"' in form


def test_the_form_costs_one_query(
    record: None, client: Client, django_assert_num_queries: Any
) -> None:
    asked(client, "/councils/luton/", part="every")
    with django_assert_num_queries(1):
        asked(client, "/councils/luton/", part="every")
    with django_assert_num_queries(1):
        asked(client, "/councils/?as_at=2018-05-06", part="")
