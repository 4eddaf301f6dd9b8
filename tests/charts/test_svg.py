"""The renderer: safe under a strict policy, small, the same every time, honest about limits."""

import gzip
import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from dashboard.charts import grades_by_inspection, grades_held, grades_over_time, theme
from dashboard.charts.png import png
from dashboard.charts.svg import (
    Frame,
    UnsupportedFigureError,
    framed_svg,
    inline_svg,
    standalone_svg,
)
from tests.charts import samples
from tests.charts.figures import FIGURES

FRAME = Frame(
    title="Newtown <b>& Hill</b>: grades over time",
    sentence="Inspected once.",
    as_at="As at 22 November 2026",
    source="Source: invented for a test.",
    address="inspections.example/councils/newtown/grades/",
    link="https://inspections.example/councils/newtown/grades/?as_at=2026-11-22",
)
# Bytes; hundreds of councils or bars in one picture.
LARGER = {"windows": 24_000, "compare-ten": 36_000, "theme-shares": 19_000}
SVG = "{http://www.w3.org/2000/svg}"


def inline(figure: go.Figure) -> str:
    return inline_svg(figure, id_prefix="a-", title="T & <t>", description="D")


def words(svg: str) -> list[str]:
    return [
        " ".join(t.strip() for t in e.itertext()) for e in ElementTree.fromstring(svg).iter()
        if e.tag.removeprefix(SVG) == "text"
    ]  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_an_inline_picture_has_no_styles_and_no_colours_of_its_own(name: str) -> None:
    svg = inline(FIGURES[name])
    ElementTree.fromstring(svg)
    assert "style" not in svg
    assert "#" not in re.sub(r"url\(#[\w-]+\)", "", svg)


@pytest.mark.parametrize("name", FIGURES)
def test_every_class_of_a_picture_has_a_rule(name: str) -> None:
    roles = {f"{kind}-{role.name}" for role in theme.ROLES for kind in "fs"}
    used = {
        c for found in re.findall(r'class="([^"]+)"', inline(FIGURES[name])) for c in found.split()
    }
    assert {c for c in used if re.match(r"[fs]-", c)} <= roles


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_for_a_page_is_small(name: str) -> None:
    svg = inline(FIGURES[name]).encode()
    assert len(svg) <= LARGER.get(name, 15_000)
    assert len(gzip.compress(svg)) <= 4_500


@pytest.mark.parametrize("name", FIGURES)
def test_plotly_itself_accepts_every_setting_of_a_figure(name: str) -> None:
    drawn = FIGURES[name].to_dict()
    assert go.Figure(drawn).to_dict()["data"] == drawn["data"]


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_figure_gives_the_same_bytes(name: str) -> None:
    assert inline(FIGURES[name]) == inline(FIGURES[name])


def test_a_screen_reader_hears_title_and_description() -> None:
    root = ElementTree.fromstring(inline(FIGURES["exampleshire"]))
    assert root.get("role") == "img"
    ids = {e.get("id"): e.text for e in root if e.tag in ("title", "desc")}
    assert [ids[i] for i in (root.get("aria-labelledby") or "").split()] == ["T & <t>", "D"]


def test_two_pictures_on_a_page_share_no_ids() -> None:
    figure = FIGURES["exampleshire"]
    found = [
        set(
            re.findall(r'id="([^"]+)"', inline_svg(figure, id_prefix=p, title="t", description="d"))
        )
        for p in ("wide-", "narrow-")
    ]
    assert not found[0] & found[1]
    assert all(found)


def test_html_in_a_name_is_shown_as_it_is() -> None:
    assert "Renewed framework <i>2027</i>" in words(inline(FIGURES["newtown"]))


def test_every_mark_is_lettered_so_that_black_and_white_keeps_the_grades_apart() -> None:
    rows = samples.exampleshire()
    found = words(inline(grades_by_inspection.figure(rows)))
    for span in rows.spans:
        assert span.grade is not None
        assert span.grade.letter in found


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_a_picture_by_itself_carries_its_colours(scheme: str) -> None:
    svg = standalone_svg(FIGURES["exampleshire"], title="t", description="d", scheme=scheme)  # type: ignore[arg-type]
    fills = {e.get("fill") for e in ElementTree.fromstring(svg).iter()}
    good = next(role for role in theme.ROLES if role.name == "good")
    assert {"light": good.light, "dark": good.dark, "print": good.printed}[scheme] in fills
    assert not re.search(r'class="[^"]*\b[fs]-', svg)


def test_a_shared_picture_says_title_date_source_and_address() -> None:
    found = words(framed_svg(FIGURES["newtown"], FRAME))
    for text in (FRAME.title, FRAME.sentence, FRAME.as_at, FRAME.source, FRAME.address):
        assert text in found
    assert "E Exceptional" in found


def test_a_shared_picture_is_a_png_of_the_size_asked_for() -> None:
    picture = png(framed_svg(FIGURES["newtown"], FRAME, width=1200, height=630))
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(picture[i : i + 4], "big") for i in (16, 20)] == [1200, 630]


def test_a_png_is_never_wider_than_2400_px() -> None:
    picture = png(framed_svg(FIGURES["newtown"], FRAME), width=99_999)
    assert int.from_bytes(picture[16:20], "big") == 2400


def test_a_png_of_another_width_keeps_its_shape() -> None:
    picture = png(framed_svg(FIGURES["newtown"], FRAME, width=1200, height=630), width=600)
    assert [int.from_bytes(picture[i : i + 4], "big") for i in (16, 20)] == [600, 315]


def test_a_picture_comes_out_the_same_in_every_thread() -> None:
    drawn = framed_svg(FIGURES["newtown"], FRAME)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(png, [drawn] * 8)) == {png(drawn)}


def test_what_is_no_svg_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="cannot read"):
        png("<svg")


def refused(figure: go.Figure) -> str:
    with pytest.raises(UnsupportedFigureError) as caught:
        inline(figure)
    return str(caught.value)


def plain(**layout: object) -> go.Figure:
    return theme.new_figure(
        width=200,
        height=100,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        **{
            "xaxis": theme.axis(range=[0, 1], showticklabels=False),
            "yaxis": theme.axis(range=[0, 1], showticklabels=False),
            **layout,
        },
    )


def test_what_it_cannot_draw_it_refuses_by_name() -> None:
    pie = plain()
    pie.add_trace(go.Pie(values=[1]))
    assert refused(pie).startswith("trace.type: found 'pie', expected one of")
    assert "layout.yaxis.range" in refused(plain(yaxis=theme.axis(showticklabels=False)))
    arrow = plain(annotations=[{"text": "a", "x": 0, "y": 0}])
    assert refused(arrow).startswith("annotation.showarrow")
    bold = plain(annotations=[{"text": "<b>a</b>", "x": 0, "y": 0, "showarrow": False}])
    assert "no HTML but <br>" in refused(bold)


def test_a_step_line_steps_and_a_missing_value_breaks_a_line() -> None:
    figure = plain()
    figure.add_trace(
        go.Scatter(x=[0, 0.5, 1], y=[0, 1, 0], line={"shape": "hv", "color": theme.SERIES})
    )
    figure.add_trace(go.Scatter(x=[0, 0.5, None, 1], y=[0, 0, None, 1], mode="lines"))
    paths = re.findall(r' d="([^"]+)"', inline(figure))
    assert paths == ["M0 100H100V0H200V100", "M0 100L100 100M200 0"]


def test_heatmap_cells_take_the_colour_of_their_stop() -> None:
    figure = plain()
    scale = [[0, theme.SERIES_PALE], [1, theme.SERIES]]
    figure.add_trace(
        go.Heatmap(x=[0, 1], y=[0], z=[[0, 1]], zmin=0, zmax=1, colorscale=scale,
                   text=[["7", "8"]], texttemplate="%{text}", showscale=False)
    )  # fmt: skip
    svg = inline(figure)
    assert "f-series-pale" in svg
    assert words(svg) == ["7", "8"]


def bars_of(drawn: ElementTree.Element) -> list[tuple[str, float, float]]:
    """Left edge, top and height of a bar, or of each bar of a path of several."""
    if "d" not in drawn.attrib:
        return [(drawn.get("x", ""), float(drawn.get("y", 0)), float(drawn.get("height", 0)))]
    found: list[tuple[str, float, float]] = []
    x = y = 0.0
    for step, right, down, height in re.findall(
        r"([Mm])(\S+) (\S+?)h[^v]+v([^h]+)h", drawn.attrib["d"]
    ):
        x, y = (x if step == "m" else 0) + float(right), (y if step == "m" else 0) + float(down)
        found.append((f"{x:.1f}", y, float(height)))
    return found


def test_stacked_columns_stand_on_each_other() -> None:
    svg = inline(grades_held.figure(samples.grades_held(ends=False)))
    columns: dict[str, list[tuple[float, float]]] = {}
    for group in ElementTree.fromstring(svg).iter("g"):
        if group.get("class", "").startswith("bars"):
            for bar in group:
                for left, top, height in bars_of(bar):
                    columns.setdefault(left, []).append((top, top + height))
    assert len(columns) == 18
    for stack in columns.values():
        for (top, _bottom), (_top, bottom) in itertools.pairwise(stack):
            assert bottom == pytest.approx(top, abs=0.11)


def test_the_lane_names_stand_beside_their_lanes() -> None:
    found = words(inline(grades_over_time.figure(samples.exampleshire())))
    assert [name for _code, name in samples.LANES] == [
        text for text in found if text in dict(samples.LANES).values()
    ]


def test_a_shared_pictures_bars_and_hatches_lie_on_whole_pixels() -> None:
    """Soft edges take a sixth longer to draw and to compress."""
    drawn = framed_svg(FIGURES["held"], FRAME)
    scale = float(re.search(r"translate\(\d+ \d+\) scale\(([\d.]+)\)", drawn)[1])
    tiles = re.findall(r'<pattern [^>]*width="([\d.]+)"', drawn)
    assert tiles
    for tile in tiles:
        px = float(tile) * scale
        assert abs(px - round(px)) < 0.001
    groups = re.findall(r'<g class="bars"[^>]*>', drawn)
    assert groups
    assert all('shape-rendering="crispEdges"' in group for group in groups)
