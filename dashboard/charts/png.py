"""SVG to PNG with resvg, using only the font that is shipped with the product."""

import re
from functools import cache
from pathlib import Path

from resvg import render, usvg

FONTS = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"
FONT_FILES = [FONTS / f"RecordSans-{weight}.ttf" for weight in ("Regular", "Bold")]
LEAST_WIDTH, MOST_WIDTH = 200, 2400  # px
ROOT_SIZE = re.compile(r'\swidth="([\d.]+)" height="([\d.]+)"')
AS_IT_IS = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


@cache
def _fonts() -> tuple[bytes, ...]:
    """As bytes: a font given by its path would be mapped into memory anew for every text."""
    return tuple(file.read_bytes() for file in FONT_FILES)


def _options() -> usvg.Options:
    """The shipped fonts and no others, so that the same picture comes out everywhere.

    Made for each picture (0.1 ms), as no other thread may use it.
    """
    options = usvg.Options.default()
    for font in _fonts():
        options.load_font_data(font)
    options.font_family = "Record Sans"
    return options


def png(svg: str, *, width: int | None = None) -> bytes:
    """The picture as PNG bytes, ``width`` px wide (clamped to 200 to 2400), or as drawn.

    ``svg`` is a standalone one, whose root says its size. Raises ValueError where it cannot be
    read.
    """
    if width is not None:
        svg = _sized(svg, min(max(width, LEAST_WIDTH), MOST_WIDTH))
    try:
        return bytes(render(usvg.Tree.from_str(svg, _options()), AS_IT_IS))
    except BaseException as error:
        # What resvg cannot read is no Exception: a panic of its Rust code.
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError(f"svg: found what resvg cannot read: {error}") from error


def _sized(svg: str, width: int) -> str:
    """The same picture for another width; its view box stays."""

    def size(found: re.Match[str]) -> str:
        return f' width="{width}" height="{width * float(found[2]) / float(found[1])}"'

    return ROOT_SIZE.sub(size, svg, count=1)
