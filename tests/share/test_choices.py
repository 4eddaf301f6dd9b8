"""What a reader may choose of a chart: a plain form, whose answer is an address like any other."""

import re
from html import unescape

import pytest
from django.test import Client

from dashboard.charted.kind import ChartKind
from dashboard.urls import KINDS
from inspections.store import current_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LUTON = "/councils/luton/grades"


def with_choices() -> list[str]:
    """The address of each chart that offers any, without its suffix."""
    luton = current_record().council_by_slug["luton"]
    return [
        kind.stem(luton if kind.is_of_council else None)
        for kind in KINDS
        if kind.choices is not ChartKind.choices
    ]


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def bars(text: str) -> set[str]:
    """What stands in the table of the same figures: area, grade, from."""
    table = re.search(r"<tbody>.*?</tbody>", text, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>.*?</tr>", table[0])
    return {unescape(re.sub(r"<[^>]+>", "|", row)) for row in rows}


def test_every_choice_of_every_chart_is_a_setting_of_its_state(client: Client) -> None:
    for stem in with_choices():
        text = page(client, f"{stem}/")
        form = re.search(r'<form class="filters".*?</form>', text, re.DOTALL)
        assert form, stem
        names = set(re.findall(r'<(?:select|input)[^>]* name="([^"]+)"', form[0]))
        for name in names:
            asked = re.sub("-(any|day|month|year)$", "", name)
            wrong = f"{stem}.csv?{asked}={'x' * 2000}"
            assert client.get(wrong).status_code == 400, (stem, name)


def test_ticks_and_years_sent_as_a_plain_form_lead_to_one_address(client: Client) -> None:
    sent = f"{LUTON}/?as_at=&areas-any=leaders&areas-any=care-leavers&from=2018&to=2022"
    answer = client.get(sent)
    assert (answer.status_code, answer.headers["Location"]) == (
        302, f"{LUTON}/?from=2018&to=2022&areas=leaders~care-leavers",
    )  # fmt: skip
    text = page(client, sent)
    assert f"{LUTON}/?areas=leaders~care-leavers&from=2018&to=2022" in unescape(text)
    shown = bars(text)
    assert {row.split("|")[2] for row in shown} == {"Impact of leaders", "Care leavers"}
    assert not any("2026" in row for row in shown)
    assert "Not shown: 1 later inspection." in text


def test_pictures_files_and_the_pinned_link_keep_what_was_chosen(client: Client) -> None:
    query = "areas=leaders&from=2018&to=2022"
    text = unescape(page(client, f"{LUTON}/?{query}"))
    for suffix in ("png", "svg", "csv", "figure.json"):
        assert f"{LUTON}.{suffix}?{query}" in text, suffix
    lines = client.get(f"{LUTON}.csv?{query}").content.decode().splitlines()
    assert len([line for line in lines if "Impact of leaders" in line]) == len(bars(text))
    figure = client.get(f"{LUTON}.figure.json?{query}").json()
    assert figure["layout"]["xaxis"]["range"][0] == "2018-01-01"


@pytest.mark.parametrize(
    "query", ["areas=mars", "from=soon", "to=20222", "from=2022&to=2018", "colour=red"]
)
def test_what_is_none_of_the_choices_is_told_on_a_page_and_refused_in_a_file(
    query: str, client: Client
) -> None:
    text = page(client, f"{LUTON}/?{query}")
    assert f"“{query.split('&')[0]}” was ignored" in text
    for address in (f"{LUTON}.png?{query}", f"/embed{LUTON}/?{query}"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert f"“{query.split('&')[0]}” cannot be read" in answer.content.decode()


def test_the_part_for_a_swap_has_the_address_of_what_it_shows(client: Client) -> None:
    sent = f"{LUTON}/?areas-any=leaders"
    answer = client.get(sent, headers={"HX-Request": "true"}, follow=True)
    assert answer.headers["HX-Push-Url"] == f"{LUTON}/?areas=leaders"
    assert "HX-Request" in answer.headers["Vary"]
    assert 'id="results"' in answer.content.decode()
    assert 'id="title"' in answer.content.decode()


def test_the_council_page_offers_the_choices_of_its_chart_by_a_form_to_its_own_page(
    client: Client,
) -> None:
    text = page(client, "/councils/luton/?as_at=2024-03-31")
    form = re.search(rf'<form class="filters" action="{LUTON}/">.*?</form>', text, re.DOTALL)
    assert form
    assert 'name="as_at" value="2024-03-31"' in form[0]
    assert form[0].count(" checked") == 5
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


COMPARED = "/england/side-by-side"
BOTH = "councils=luton~leeds"


def test_one_council_of_a_comparison_can_be_marked(client: Client) -> None:
    for path in (f"{COMPARED}/", "/compare/"):
        text = unescape(page(client, f"{path}?{BOTH}&council=Leeds"))
        assert "Framed: Leeds." in text, path
        assert f"{COMPARED}.png?{BOTH}&council=leeds" in text, path
    marked, plain = (
        client.get(f"{COMPARED}.figure.json?{BOTH}{more}").json()["layout"]["shapes"]
        for more in ("&council=leeds", "")
    )
    assert len(marked) == len(plain) + 1


@pytest.mark.parametrize("path", [COMPARED, "/england/grades-held"])
def test_a_council_that_is_not_shown_cannot_be_marked(path: str, client: Client) -> None:
    query = f"{BOTH}&council=bedford" if path == COMPARED else "region=london&council=leeds"
    assert "of the councils " in page(client, f"{path}/?{query}")
    answer = client.get(f"{path}.svg?{query}")
    assert answer.status_code == 400
    assert "of the councils " in answer.content.decode()


def test_a_comparison_shows_the_areas_and_years_asked_for(client: Client) -> None:
    text = page(client, f"/compare/?{BOTH}&areas=leaders&from=2015&to=2019")
    table = re.search(r'id="table-side-by-side".*?</tbody>', text, re.DOTALL)
    assert table
    assert "Care leavers" not in table[0] and "Impact of leaders" in table[0]
    assert "later inspections." in text
    assert not re.search(r"<td>[^<]*202[0-9]", table[0].replace("31 December 2019", ""))


def test_a_council_is_framed_where_it_was_counted(client: Client) -> None:
    lines = client.get("/england/grades-held.json?council=luton").json()
    assert "Luton, framed: " in str(lines)
    found = client.get("/england/grades-held.figure.json?council=luton&from=2018&to=2021").json()
    frames = [row for row in found["layout"]["shapes"] if row["line"]["width"] == 3]
    layers = [trace for trace in found["data"] if trace["type"] == "bar"]
    assert len(frames) == len(found["layout"]["xaxis"]["tickvals"]) == 8
    for frame in frames:
        place = round((frame["x0"] + frame["x1"]) / 2)
        foot, seen = 0, []
        for layer in layers:
            seen.append((foot, foot + layer["y"][place]))
            foot += layer["y"][place]
        assert (frame["y0"], frame["y1"]) in seen


def figure(client: Client, address: str) -> dict:
    return client.get(address).json()


def test_a_marked_council_is_drawn_apart_in_every_chart_that_marks_one(client: Client) -> None:
    ringed = figure(client, "/england/reporting.figure.json?council=luton&from=2020")["data"]
    rings = next(trace for trace in ringed if trace.get("name") == "Luton")
    assert len(rings["hovertext"]) == 3
    assert all(text.startswith("Luton: ") for text in rings["hovertext"])
    framed, plain = (
        figure(client, f"/england/windows.figure.json{query}")["layout"]["shapes"]
        for query in ("?council=luton", "")
    )
    assert len(framed) == len(plain) + 1
    for path in ("reporting", "windows", "waiting?grade=requires-improvement"):
        path, _, more = path.partition("?")
        assert "Luton" in client.get(f"/england/{path}.svg?council=luton&{more}").content.decode()


def test_exploring_the_moves_names_the_councils_behind_each_count(client: Client) -> None:
    matrix = figure(client, "/england/moves.figure.json?as_at=2024-03-31")["data"][0]
    told = [(text, cell) for line, row in zip(matrix["hovertext"], matrix["text"], strict=True)
            for text, cell in zip(line[:-1], row, strict=False)]  # fmt: skip
    for text, cell in told:
        names = ", ".join(text.split("<br>")[1:])
        assert len(names.split(", ") if names else []) == int(cell.replace("–", "0"))
    assert any("<br>" in text for text, _ in told)


def test_years_narrow_the_reports_and_the_sentence_says_so(client: Client) -> None:
    text = page(client, "/england/timing/?from=2019&to=2020")
    assert "Half of the 19 reports of 2020 came out within 33 days" in text
    assert "slower than in 2019 (32 days, 56 reports)." in text
    assert text.count("<tr>") > 1
    lines = client.get("/england/timing.csv?from=2019&to=2020").content.decode().splitlines()
    assert len([line for line in lines if line.startswith("year,")]) == 2
