"""What inspectors asked for, on the pages of an inspection, a visit and a council."""

import html
import re
from collections import Counter

import pytest
from django.test import Client

from inspections import actions
from inspections.models import Council, ImprovementPoint, Inspection, Theme
from tests import factories as make
from tests.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/councils/luton/inspections/2020-01-13/"


def words_of(client: Client, path: str) -> str:
    """The text of the block, spaces joined."""
    page = client.get(path).content.decode()
    found = re.search(r'<section aria-labelledby="asked">.*?</section>', page, re.DOTALL)
    if not found:
        return ""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def test_lutons_report_of_2020_is_told_by_theme_with_what_came_before(client: Client) -> None:
    said = words_of(client, PAGE)
    assert "The report lists 13 points to improve, on 14 themes." in said
    assert "9 of the 13 are on themes that the full report before it (January 2016)" in said
    assert "9 of the 14 themes came up again in the 5 later reports and letters" in said
    assert "focused visits are complete from 1 April 2021 to 31 March 2025." in said
    assert "The same theme is not the same fault" in said
    assert "Not raised again does not mean put right" in said
    assert "2 later reports and letters have no points on record (2 monitoring visits)." in said
    page = client.get(PAGE).content.decode()
    assert '<a href="/councils/luton/inspections/2016-01-11/">January 2016</a>' in page
    report = Inspection.objects.get(council__slug="luton", reference="2020-01-13").report_url
    assert f'href="{report}#page=2"' in page


def test_the_first_lines_of_an_inspection_name_the_themes_most_points_first(client: Client) -> None:
    page = " ".join(client.get(PAGE).content.decode().split())
    told = page.split('<a href="#asked">What inspectors asked for</a> (13 points on 14 themes): ')[
        1
    ].split("</p>")[0]
    *themes, more = told.removesuffix(".").split("; ")
    assert (len(themes), more) == (4, "10 more themes")
    report = Inspection.objects.get(council__slug="luton", reference="2020-01-13")
    points = ImprovementPoint.objects.filter(inspection=report)
    counted = Counter(code for row in points for code in row.themes.split("|") if code)
    names = dict(Theme.objects.values_list("code", "name"))
    most = sorted(counted.values(), reverse=True)[:4]
    assert [counted[code] for name in themes for code in counted
            if names[code].lower() == name] == most  # fmt: skip


def test_points_of_no_theme_are_not_told_as_nothing(client: Client) -> None:
    report = Inspection.objects.get(council__slug="luton", reference="2020-01-13")
    for row in ImprovementPoint.objects.filter(inspection=report):
        row.themes = ""
        row.save()
    assert "asked for</a> (13 points): points of no theme." in client.get(PAGE).content.decode()


def test_a_share_of_what_comes_again_never_stands_without_what_would_by_chance(
    client: Client,
) -> None:
    told = set()
    for path in (PAGE, "/councils/luton/", "/method/", "/england/findings/"):
        page = " ".join(client.get(path).content.decode().split())
        told |= set(
            re.findall(
                r"(\d+\.\d)% of the points of a full report belong to a theme that the same"
                r".*?set beside the reports before of other councils it would be (\d+\.\d)%",
                page,
            )
            or [path]
        )
    [(own, by_chance)] = told
    assert 70 > float(own) > float(by_chance) + 5


def test_without_a_sentence_the_page_of_the_report_is_named(client: Client) -> None:
    assert "Point 1, page 2 of the report" in words_of(client, PAGE)


def test_a_sentence_that_is_held_shows_once_escaped_with_its_page(client: Client) -> None:
    point = ImprovementPoint.objects.get(
        inspection__council__slug="luton", inspection__reference="2020-01-13", number=1
    )
    point.text, point.page = "An invented point & its <detail>.", 3
    point.save()
    page = client.get(PAGE).content.decode()
    assert page.count("An invented point &amp; its &lt;detail&gt;,") == 1
    assert f"under <i>{'Front door and thresholds'}</i>" in page
    assert "#page=3" in page


def test_a_visit_tells_what_it_asked_for_and_links_back(client: Client) -> None:
    said = words_of(client, "/councils/luton/inspections/2023-06-14/")
    assert "The letter lists 3 points to improve, on 3 themes." in said
    assert "not since" in said


def test_a_visit_whose_points_are_not_on_record_has_no_such_part(client: Client) -> None:
    page = client.get("/councils/luton/inspections/2021-07-28/").content.decode()
    assert "What inspectors asked for" not in page


def test_an_earlier_day_knows_nothing_of_later_letters(client: Client) -> None:
    said = words_of(client, f"{PAGE}?as_at=2020-03-01")
    assert (
        "No later report or letter has its points on record." in said
        and "Raised again later" not in said
    )
    assert "came up again" not in said


def test_a_council_shows_its_newest_report_and_the_chart(client: Client) -> None:
    said = words_of(client, "/councils/luton/")
    assert "In January 2026 : The report lists 3 points to improve, on 6 themes." in said
    page = client.get("/councils/luton/").content.decode()
    assert "9 reports and letters from 2016 to 2026 raised 26 themes, 21 of them" in page
    assert "/councils/luton/asked-for/share/" in page
    then = words_of(client, "/councils/luton/?as_at=2023-12-31")
    assert "In July 2022 :" in then
    assert "Since then: June 2023 (focused visit), 3 points." in then


def test_what_letters_since_ask_for_is_named_on_a_council_page(client: Client) -> None:
    since = words_of(client, "/councils/slough/")
    assert re.search(r"Since then: .*\(focused visit\), \d+ points", since)


@pytest.mark.usefixtures("empty_record")
class TestInvented:
    def test_a_council_without_points_has_no_such_part(self, client: Client) -> None:
        make.make_inspection(make.make_council())
        assert words_of(client, "/councils/exampleshire/") == ""

    def test_a_report_that_lists_nothing_says_so(self, client: Client) -> None:
        make.make_inspection(make.make_council(), improvement_points=0)
        said = words_of(client, "/councils/exampleshire/inspections/2021-03-01/")
        assert "The report lists nothing that has to improve." in said

    def test_priority_actions_stand_first_and_open_points_say_so(self, client: Client) -> None:
        inspection = make.make_inspection(make.make_council())
        make.make_theme("plans")
        make.make_point(inspection, "plans", basis="unsure")
        make.make_point(inspection, "plans", kind="priority_action")
        make.make_point(inspection)
        said = words_of(client, "/councils/exampleshire/inspections/2021-03-01/")
        assert "The report lists 3 points, 1 for priority action to improve" not in said
        assert "3 points to improve, 1 of them an area for priority action, on 1 theme." in said
        assert said.index("Priority action Point 2") < said.index("Point 1")
        assert "(by its words; a person has yet to look)" in said
        assert "Of no theme Point 3" in said

    def test_a_later_version_of_the_themes_leaves_a_pinned_page_as_it_was(
        self, client: Client
    ) -> None:
        from tests.share.conftest import pin_now

        council = make.make_council()
        inspection = make.make_inspection(council)
        plans = make.make_theme("plans")
        point = make.make_point(inspection, "plans")
        actions.raise_version()
        pin, path = pin_now(), "/councils/exampleshire/inspections/2021-03-01/"
        before = {path: words_of(client, f"{path}?{pin}") for path in (path, council_path(council))}
        make.make_theme("reviews", order=2)
        actions.correct(plans, changes={"name": "Plans anew", "version": 2}, reason="2", by=None)
        actions.correct(point, changes={"themes": "plans|reviews"}, reason="Sorted anew.", by=None)
        for address, was in before.items():
            assert words_of(client, f"{address}?{pin}") == was
            page = client.get(f"{address}?{pin}").content.decode()
            assert "what inspectors asked for, or its themes." in page
            assert "point 1, themes: plans → plans, reviews. Why: Sorted anew." in page
        assert "Plans anew" in words_of(client, path)


def council_path(council: Council) -> str:
    return f"/councils/{council.slug}/"


def test_what_was_not_raised_since_names_the_day_and_the_report_that_is_not_read(
    client: Client,
) -> None:
    said = words_of(client, "/councils/slough/")
    assert "full inspections are complete to 22 August 2026, focused visits are complete" in said
    assert "A newer report, of 25 August 2026, is published, but not yet on this site." in said
    then = words_of(client, "/councils/slough/?as_at=2024-12-31")
    assert "A newer report" not in then
    assert "focused visits are complete" not in then


def test_a_single_point_is_no_share(client: Client) -> None:
    for slug in ("north-yorkshire", "norfolk"):
        said = words_of(client, f"/councils/{slug}/")
        assert "of the 1 point" not in said
        assert re.search(r"It is on (a|no) theme that the full report before it", said)


def test_themes_told_as_often_stand_in_the_order_of_the_themes(client: Client) -> None:
    """The same in every process, so that two prints of a page agree."""
    page = main_of(client.get("/councils/luton/").content.decode())
    told = page.split("whose points are on record: ")[1].split(". The same theme")[0]
    order = [
        name.lower() for name in Theme.objects.order_by("order").values_list("name", flat=True)
    ]
    named = [part.rpartition(" (") for part in told.split("; ")]
    places = [(-int(number.rstrip(")")), order.index(name)) for name, _, number in named]
    assert len(places) == 5 and places == sorted(places)
