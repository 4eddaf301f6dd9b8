"""Sets the briefing of every council and prints what each is: `python -m tools.packs [DAY]`.

Pages, bytes and seconds of the PDF and seconds of the Word file, for members and for officers,
none of them kept from before; seconds of the processor, so that others on the machine do not
lengthen them. Exits with 1 where a briefing has more than two sides, takes a second or more, or
its PDF 150,000 bytes or more. Needs a loaded record.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from inspections.rows import Council

MOST_PAGES, MOST_SECONDS, MOST_BYTES = 2, 1.0, 150_000


class Measured(NamedTuple):
    """One briefing: of and for whom; the PDF's pages, bytes and seconds, the Word's seconds."""

    council: str
    reader: str
    pages: int
    size: int
    pdf_seconds: float
    word_seconds: float

    @property
    def is_too_much(self) -> bool:
        return (
            self.pages > MOST_PAGES
            or self.size >= MOST_BYTES
            or max(self.pdf_seconds, self.word_seconds) >= MOST_SECONDS
        )


def timed(make: Callable[[], Any]) -> tuple[Any, float]:
    before = time.process_time()
    return make(), time.process_time() - before


def main(arguments: list[str]) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from dashboard.council.pack.content import MEMBERS, OFFICERS, Pack, PackState, pack
    from dashboard.council.pack.pdf import pages_of, pdf
    from dashboard.council.pack.word import docx
    from dashboard.state.opening import Opening
    from inspections.store import current_record

    record = current_record()
    if record.as_at_date is None:
        sys.exit("found no record, expected the shipped one: manage.py load_record")
    day = date.fromisoformat(arguments[0]) if arguments else record.as_at_date

    def measured(council: Council, reader: str) -> Measured:
        start = Opening(record, record, PackState(as_at=day, words=reader), (), day, day, "/")

        def made(most_lines: int) -> Pack:
            return pack(start, council, most_lines=most_lines)

        content, pdf_seconds = timed(lambda: pdf(made))
        _, word_seconds = timed(lambda: docx(made(6)))
        return Measured(
            council.slug, reader, pages_of(content), len(content), pdf_seconds, word_seconds
        )

    found = [
        measured(council, reader)
        for council in record.councils
        if council.existed_on(day)
        for reader in (MEMBERS, OFFICERS)
    ]
    print(f"{len(found)} briefings of {len(found) // 2} councils as at {day}")
    for name, key in (
        ("most pages", "pages"),
        ("largest PDF", "size"),
        ("slowest PDF", "pdf_seconds"),
        ("slowest Word", "word_seconds"),
    ):
        most = max(found, key=lambda row: getattr(row, key))
        value = getattr(most, key)
        told = f"{value:.2f} s" if isinstance(value, float) else f"{value:,}"
        print(f"{name:14}{told:>10}  {most.council}, for {most.reader}")
    for name, key in (("PDF", "pdf_seconds"), ("Word", "word_seconds")):
        taken = sorted(getattr(row, key) for row in found)
        for label, share in (("median", 0.5), ("99 in 100", 0.99)):
            print(f"{f'{label} {name}':14}{taken[int(share * (len(taken) - 1))]:>8.2f} s")
    too_much = [row for row in found if row.is_too_much]
    for row in too_much:
        print("too much:", *row)
    sys.exit(bool(too_much))


if __name__ == "__main__":
    main(sys.argv[1:])
