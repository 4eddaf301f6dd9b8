"""Words are measured as the shipped font sets them."""

import struct
from pathlib import Path

import pytest

from dashboard.charts.measure import first_that_fits, key_places, text_width, wrapped

FONTS = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"


def advance_widths(path: Path) -> dict[str, float]:
    """Widths of ASCII letters in em, read from a TrueType file's cmap, hhea and hmtx tables."""
    data = path.read_bytes()
    count = struct.unpack(">H", data[4:6])[0]
    tables = {}
    for i in range(count):
        tag, _sum, offset, _length = struct.unpack(">4sIII", data[12 + 16 * i : 28 + 16 * i])
        tables[tag.decode()] = offset
    per_em = struct.unpack(">H", data[tables["head"] + 18 : tables["head"] + 20])[0]
    long_count = struct.unpack(">H", data[tables["hhea"] + 34 : tables["hhea"] + 36])[0]
    found = {}
    for code in range(32, 127):
        glyph = min(_glyph(data, tables["cmap"], code), long_count - 1)
        start = tables["hmtx"] + 4 * glyph
        found[chr(code)] = struct.unpack(">H", data[start : start + 2])[0] / per_em
    return found


def _glyph(data: bytes, cmap: int, code: int) -> int:
    """The glyph of a character by the font's format 4 table."""
    for i in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        offset = struct.unpack(">I", data[cmap + 8 + 8 * i : cmap + 12 + 8 * i])[0] + cmap
        if struct.unpack(">H", data[offset : offset + 2])[0] != 4:
            continue
        half = struct.unpack(">H", data[offset + 6 : offset + 8])[0]  # twice the segments
        ends = offset + 14
        for segment in range(half // 2):
            at = 2 * segment
            (end,) = struct.unpack(">H", data[ends + at : ends + at + 2])
            if code > end:
                continue
            starts = ends + half + 2 + at
            (start,) = struct.unpack(">H", data[starts : starts + 2])
            (delta,) = struct.unpack(">h", data[starts + half : starts + half + 2])
            place = starts + 2 * half
            (shift,) = struct.unpack(">H", data[place : place + 2])
            if shift == 0:
                return (code + delta) % 65536
            glyph = place + shift + 2 * (code - start)
            return (struct.unpack(">H", data[glyph : glyph + 2])[0] + delta) % 65536
    raise AssertionError("no format 4 table")


@pytest.mark.parametrize(("weight", "bold"), [("Regular", False), ("Bold", True)])
def test_the_table_of_widths_is_the_shipped_fonts(weight: str, bold: bool) -> None:
    widths = advance_widths(FONTS / f"RecordSans-{weight}.ttf")
    for letter, width in widths.items():
        assert text_width(letter, 1, bold=bold) == pytest.approx(width, abs=0.001), letter


def test_the_longest_label_that_fits_is_chosen() -> None:
    choices = ("Requires improvement", "RI")
    assert first_that_fits(choices, room=200, size=13, bold=True) == "Requires improvement"
    assert first_that_fits(choices, room=40, size=13, bold=True) == "RI"
    assert first_that_fits(choices, room=8, size=13, bold=True) == ""


def test_words_wrap_at_spaces_and_a_long_word_stands_alone() -> None:
    assert wrapped("Help and protection", room=60, size=11) == ["Help and", "protection"]
    assert wrapped("Overall effectiveness", room=20, size=11) == ["Overall", "effectiveness"]


def test_a_key_flows_into_as_many_rows_as_it_needs() -> None:
    names = ["O Outstanding", "G Good", "RI Requires improvement", "I Inadequate"]
    assert len(key_places(names, 960)) == 1
    assert len(key_places(names, 200)) == 3
