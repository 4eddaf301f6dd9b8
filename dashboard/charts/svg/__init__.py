"""A small renderer: the parts of a plotly figure that our charts use, drawn as SVG.

Pure and deterministic. What it cannot draw as plotly.js would, it refuses by name.
"""

from dashboard.charts.svg.frame import Frame, framed_svg
from dashboard.charts.svg.picture import inline_svg, standalone_svg
from dashboard.charts.svg.reading import UnsupportedFigureError

__all__ = ["Frame", "UnsupportedFigureError", "framed_svg", "inline_svg", "standalone_svg"]
