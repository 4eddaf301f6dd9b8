"""Makes static/fonts/RecordSans-* from Liberation Sans 2 (Debian: fonts-liberation2): TrueType
for the PNG renderer, WOFF2 for browsers.

A one-off: needs fonttools and brotli, which the product does not. The subset has Latin letters,
punctuation, arrows and a few shapes; its advance widths are those of Arial, which the
renderer's table of character widths relies on.
Usage: python tools/build_fonts.py /usr/share/fonts/truetype/liberation2 static/fonts
"""

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]

RANGES = [(0x20, 0x7F), (0xA0, 0x180), (0x218, 0x21C), (0x1E80, 0x1E86), (0x1EF2, 0x1EF4)]
RANGES += [(0x2010, 0x2028), (0x2190, 0x2194)]
SINGLE = [0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212, 0x2260, 0x2264, 0x2265]
SINGLE += [0x25A0, 0x25B2, 0x25BC, 0x25CA, 0x25CB, 0x25CF]
NAMES = {1: "{family}", 3: "{postscript} 1.0", 4: "{full}", 6: "{postscript}", 16: "{family}"}


def build(source: Path, target: Path, style: str) -> None:
    """Writes one weight's subset under the name Record Sans (the original name is reserved)."""
    options = subset.Options(hinting=False, layout_features=["kern", "liga"], name_IDs=["*"])
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[c for low, high in RANGES for c in range(low, high)] + SINGLE)
    subsetter.subset(font)
    words = {
        "family": "Record Sans",
        "full": "Record Sans" if style == "Regular" else f"Record Sans {style}",
        "postscript": f"RecordSans-{style}",
    }
    table = font["name"]
    for record in list(table.names):
        if record.nameID in NAMES:
            text = NAMES[record.nameID].format(**words)
            table.setName(text, record.nameID, record.platformID, record.platEncID, record.langID)
    font.recalcTimestamp = False
    font.save(str(target))
    font.flavor = "woff2"
    font.save(str(target.with_suffix(".woff2")))


if __name__ == "__main__":
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    for weight in ("Regular", "Bold"):
        build(folder / f"LiberationSans-{weight}.ttf", out / f"RecordSans-{weight}.ttf", weight)
