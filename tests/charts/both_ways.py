"""Draws a figure as our SVG and with plotly.js, in one strict page, and compares the two.

``ChartPages`` serves the page on 127.0.0.1 with the product's Content-Security-Policy;
``look`` returns what stands where in both; ``differences`` says in words what is not the same.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs_version

from dashboard.charts.css import charts_css
from dashboard.charts.svg import inline_svg

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html; charset=utf-8"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "style-src-attr 'unsafe-hashes' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' "
    "'sha256-AR/cKIZjWPcPmBUPDA6oti9XBiTbJvz0Cro2J1VzzS8='; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'"
)


def chart_page(figures: Mapping[str, go.Figure], *, theme: str = "light") -> str:
    """A whole page as the product's are: pictures first, plotly on demand."""
    return f"""<!doctype html><html lang="en" data-theme="{theme}"><title>Charts</title>
<meta charset="utf-8"><link rel="stylesheet" href="/charts.css">
<link rel="stylesheet" href="/page.css"><link rel="icon" href="data:,">
{"".join(_chart(name, figure) for name, figure in figures.items())}
<script src="/static/js/charts.js"></script></html>"""


def _chart(name: str, figure: go.Figure) -> str:
    picture = inline_svg(figure, id_prefix=f"{name}-", title=name, description="What it shows.")
    data = figure.to_json().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f"""<figure id="{escape(name)}" class="w{figure.layout.width}" data-chart
 data-plotly-js="/static/vendor/plotly-{get_plotlyjs_version()}.min.js"
 data-plotly-css="/static/vendor/plotly.css"><div data-picture>{picture}</div>
<script type="application/json" data-figure-json>{data}</script>
<button type="button" data-explore hidden>Explore</button></figure>"""


class ChartPages:
    """A small server for pages of charts; use as a context manager."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {"/charts.css": (charts_css(), KINDS[".css"])}
        handler = partial(_Handler, self)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def add(self, name: str, text: str, kind: str = KINDS[".html"]) -> str:
        """Keeps a page and returns its address."""
        self.pages[f"/{name}"] = (text, kind)
        return f"{self.address}/{name}"

    def add_figures(self, name: str, figures: Mapping[str, go.Figure], **settings: str) -> str:
        """Keeps a page of charts, each by its name, and returns the page's address."""
        css = "html{background:var(--chart-paper);color:var(--chart-ink)}body{margin:10px}"
        widths = {figure.layout.width for figure in figures.values()}
        css += "".join(f".w{width}{{width:{width}px}}" for width in sorted(widths))
        self.add("page.css", css, KINDS[".css"])
        return self.add(name, chart_page(figures, **settings))


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, site: ChartPages, *arguments: Any) -> None:
        self.site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        file = (STATIC / path.removeprefix("/static/")).resolve()
        if path in self.site.pages:
            text, kind = self.site.pages[path]
            self._answer(200, text.encode(), kind)
        elif path.startswith("/static/") and file.is_relative_to(STATIC) and file.is_file():
            self._answer(200, file.read_bytes(), KINDS.get(file.suffix, "text/plain"))
        else:
            self._answer(404, b"not found", "text/plain")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet: a failing test says what it asked for."""


@dataclass(frozen=True)
class Box:
    """Where a mark stands, in px from the picture's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def distance(self, other: "Box") -> float:
        """The largest difference between the same edges of two boxes."""
        ours = (self.left, self.top, self.right, self.bottom)
        theirs = (other.left, other.top, other.right, other.bottom)
        return max(abs(a - b) for a, b in zip(ours, theirs, strict=True))

    def apart(self, other: "Box") -> float:
        """How far the two middles are from each other, along the worse direction."""
        across = (self.left + self.right - other.left - other.right) / 2
        along = (self.top + self.bottom - other.top - other.bottom) / 2
        return max(abs(across), abs(along))


@dataclass(frozen=True)
class Label:
    words: str
    box: Box


@dataclass(frozen=True)
class Picture:
    """What one renderer drew."""

    bars: list[Box]
    points: list[Box]
    labels: list[Label]
    key: list[str]
    lines: list[Box] = field(default_factory=list)
    cells: list[Box] = field(default_factory=list)

    @property
    def marks(self) -> list[Box]:
        return [*self.bars, *self.points, *self.lines, *self.cells]


@dataclass(frozen=True)
class Looks:
    """Both pictures of a figure, and what the browser complained about or asked of others."""

    ours: Picture
    theirs: Picture
    complaints: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)


READ = """([root, bars, points, texts, key, lines, cells]) => {
  const corner = document.querySelector(root).getBoundingClientRect();
  const box = e => { const r = e.getBoundingClientRect();
    const x = corner.left, y = corner.top;
    return [r.left - x, r.top - y, r.right - x, r.bottom - y]; };
  const all = s => [...document.querySelectorAll(root + ' ' + s)];
  all('.bars > path').forEach(bars => {  // bars of one colour are one path
    let x = 0, y = 0;
    bars.replaceWith(...bars.getAttribute('d').split(/(?=m)/i).map(outline => {
      const [right, down] = outline.match(/-?[\\d.]+/g).map(Number), is = outline[0] === 'm';
      x = is ? x + right : right; y = is ? y + down : down;
      const bar = bars.cloneNode();
      bar.setAttribute('d', `M${x} ${y}` + outline.slice(outline.indexOf('h')));
      return bar; })); });
  const words = t => { const rows = [...t.querySelectorAll('tspan')].filter(
      s => !s.querySelector('tspan'));
    const first = [...t.childNodes].filter(n => n.nodeType === Node.TEXT_NODE);
    return (rows.length ? [...first, ...rows].map(r => r.textContent).join(' ') : t.textContent)
      .replaceAll('\\u00a0', ' ').trim(); };
  const seen = e => { const r = e.getBoundingClientRect(); return r.width > .6 && r.height > .6; };
  const isKey = t => t.closest(key);
  const labels = all(texts).filter(t => words(t) && seen(t));
  return { bars: all(bars).filter(seen).map(box), points: all(points).filter(seen).map(box),
    labels: labels.filter(t => !isKey(t)).map(t => [words(t), box(t)]),
    key: labels.filter(isKey).map(words),
    lines: all(lines).filter(e => !e.closest(key)).map(box), cells: all(cells).map(box) };
}"""
OURS = ["svg.chart", ".bars > *", ".points > path", "text", ".legend", ".line", ".cells"]
THEIRS = [
    ".chart-explored .svg-container",
    ".barlayer .point > path",
    ".scatterlayer .points path",
    ".main-svg text",
    ".legend",
    ".scatterlayer .js-line",
    ".heatmaplayer image",
]


def look(page: Any, address: str, names: Iterable[str]) -> dict[str, Looks]:
    """Opens a page made by ``chart_page`` in a playwright page and reads both pictures of
    each of its charts. Complaints and requests are the page's."""
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    site = "/".join(address.split("/")[:3])
    page.on(
        "request",
        lambda r: foreign.append(r.url) if not r.url.startswith((site, "data:", "blob:")) else None,
    )
    page.goto(address)
    names = list(names)
    ours = {name: _picture(page.evaluate(READ, _within(name, OURS))) for name in names}
    page.evaluate("document.querySelectorAll('[data-explore]').forEach(b => b.click())")
    try:
        page.wait_for_function(
            "n => document.querySelectorAll('figure[data-state=explored]').length === n",
            arg=len(names),
            timeout=60_000,
        )
    except Exception as error:
        raise AssertionError(f"plotly.js drew too little at {address}: {complaints}") from error
    page.wait_for_timeout(300)
    theirs = {name: _picture(page.evaluate(READ, _within(name, THEIRS))) for name in names}
    return {name: Looks(ours[name], theirs[name], complaints, foreign) for name in names}


def _within(name: str, selectors: list[str]) -> list[str]:
    return [f"[id='{name}'] {selectors[0]}", *selectors[1:]]


def _picture(raw: dict[str, Any]) -> Picture:
    return Picture(
        bars=[Box(*edges) for edges in raw["bars"]],
        points=[Box(*edges) for edges in raw["points"]],
        labels=[Label(words, Box(*edges)) for words, edges in raw["labels"]],
        key=raw["key"],
        lines=[Box(*edges) for edges in raw["lines"]],
        cells=[Box(*edges) for edges in raw["cells"]],
    )


def differences(looks: Looks, *, marks_px: float = 2.0, labels_px: float = 5.0) -> list[str]:
    """What the two pictures do not share: missing marks or labels, and marks out of place."""
    ours, theirs = looks.ours, looks.theirs
    found = [
        *_boxes("bar", ours.bars, theirs.bars, marks_px),
        *_boxes("point", ours.points, theirs.points, marks_px),
        *_boxes("line", _around(ours.lines), _around(theirs.lines), marks_px),
        *_boxes("cells", ours.cells, theirs.cells, marks_px),
        *_labels(ours.labels, theirs.labels, labels_px),
    ]
    if sorted(ours.key) != sorted(theirs.key):
        found.append(f"key: ours {sorted(ours.key)}, plotly.js {sorted(theirs.key)}")
    return found


def _boxes(kind: str, ours: Iterable[Box], theirs: Iterable[Box], most: float) -> list[str]:
    left = list(theirs)
    found = []
    for box in ours:
        nearest = min(left, key=box.distance, default=None)
        if nearest is None:
            found.append(f"{kind}: plotly.js has none for ours at {box}")
            continue
        left.remove(nearest)
        if box.distance(nearest) > most:
            found.append(f"{kind}: {box.distance(nearest):.1f} px off: {box} and {nearest}")
    found.extend(f"{kind}: only plotly.js has {box}" for box in left)
    return found


def _around(lines: list[Box]) -> list[Box]:
    """One box around all lines: plotly.js draws a broken line as several paths."""
    if not lines:
        return []
    return [
        Box(
            min(box.left for box in lines),
            min(box.top for box in lines),
            max(box.right for box in lines),
            max(box.bottom for box in lines),
        )
    ]


def _labels(ours: Iterable[Label], theirs: Iterable[Label], most: float) -> list[str]:
    left = list(theirs)
    found = []
    for label in ours:
        same = [other for other in left if other.words == label.words]
        if not same:
            found.append(f"label {label.words!r}: only ours")
            continue
        nearest = min(same, key=lambda other: label.box.apart(other.box))
        left.remove(nearest)
        if label.box.apart(nearest.box) > most:
            found.append(
                f"label {label.words!r}: {label.box.apart(nearest.box):.1f} px off: "
                f"{label.box} and {nearest.box}"
            )
    found.extend(f"label {other.words!r}: only plotly.js" for other in left)
    return found
