"""What a file may cost, and the errors that say why it was not opened. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds on one file. Sizes in bytes, times in seconds.

    The largest of Ofsted's reports seen has 0.7 MB and 60 pages, the largest workbook 2.1 MB
    (40 MB unpacked, 19 times its packed size); the bounds leave room for a tenfold file.
    """

    pdf_bytes: int = 30_000_000
    workbook_bytes: int = 30_000_000
    pages: int = 300
    characters: int = 3_000_000
    unpacked_bytes: int = 150_000_000
    unpack_ratio: int = 200
    zip_entries: int = 2_000
    cells: int = 2_000_000
    columns: int = 500
    cell_characters: int = 20_000
    output_bytes: int = 8_000_000
    memory_bytes: int = 700_000_000
    wall_seconds: float = 30.0
    cpu_seconds: int = 300


DEFAULT_LIMITS = Limits()


class UnreadableFileError(Exception):
    """The file cannot be read at all. Carries what a Problem needs."""

    def __init__(self, *, found: str, expected: str, advice: str, place: str = "file") -> None:
        super().__init__(f"found {found}; expected {expected}")
        self.found = found
        self.expected = expected
        self.advice = advice
        self.place = place
