"""SVG to PNG with resvg, using only the font that is shipped with the product."""

from pathlib import Path

import resvg_py

FONTS = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"
FONT_FILES = [str(FONTS / f"RecordSans-{weight}.ttf") for weight in ("Regular", "Bold")]
LEAST_WIDTH, MOST_WIDTH = 200, 2400  # px


def png(svg: str, *, width: int | None = None) -> bytes:
    """The picture as PNG bytes, ``width`` px wide (clamped to 200 to 2400), or as drawn.

    ``svg`` is a standalone one. System fonts are left out, so that the same picture comes
    out everywhere. Raises ValueError where the SVG cannot be read.
    """
    if width is not None:
        width = min(max(width, LEAST_WIDTH), MOST_WIDTH)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            font_files=FONT_FILES,
            skip_system_fonts=True,
            font_family="Record Sans",
            sans_serif_family="Record Sans",
        )
    )
