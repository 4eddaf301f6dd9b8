"""Writes `improvement_points.csv` of the record from the printed points, without their words.

`python -m tools.improvement_points` reads the points as Ofsted printed them, from the folder
beside the project. A point that a person labelled keeps the person's themes; the others get
those of the rules. It refuses to write while a point is left for a person to decide, and says
where the printed points and the record's counts disagree. `--check` compares and writes nothing.
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable

from inspections.rules.themes import is_unsure, propose
from tools.points import PRINTED, RECORD, Key, Point, labels, printed_points, rows_of, theme_codes

FILE = RECORD / "improvement_points.csv"
HEADER = (
    "council", "inspection", "visit", "number", "page", "kind", "themes", "basis",
    "themes_version",
)  # fmt: skip


def row_of(point: Point, decided: frozenset[str] | None, order: list[str], version: str) -> list:
    """The row of one point; `decided` are the themes of a person, None where nobody labelled it.

    ValueError where nobody did and the rules are unsure.
    """
    basis = "rule" if decided is None else "person"
    if decided is None:
        proposals = propose(point.text)
        if is_unsure(proposals):
            raise ValueError(f"{' '.join(map(str, point.key))}: a person must decide its themes")
        decided = frozenset(proposal.theme for proposal in proposals)
    kind = "priority_action" if point.is_priority_action else "improvement_point"
    themes = "|".join(theme for theme in order if theme in decided)
    council, event, reference, number = point.key
    named = (reference, "") if event == "inspection" else ("", reference)
    return [council, *named, number, point.page, kind, themes, basis, version]


def table(points: Iterable[Point]) -> tuple[str, list[str]]:
    """The file's text, and a sentence for each point that a person must decide first."""
    order, version = theme_codes(), rows_of(RECORD / "themes.csv")[0]["version"]
    decided = labels()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    undecided = []
    for point in sorted(points, key=lambda one: (one.key[0], one.publication_date, one.key)):
        try:
            writer.writerow(row_of(point, decided.get(point.key), order, version))
        except ValueError as error:
            undecided.append(str(error))
    return text.getvalue(), undecided


def disagreements(keys: Iterable[Key]) -> list[str]:
    """Where the points at hand and the record differ: an event unknown, or another number.

    Events of which no point is at hand are not among them: `without_points` lists those.
    """
    found = Counter(key[:3] for key in keys)
    counts = recorded_counts()
    return [
        f"{' '.join(event)}: found {number} points, "
        f"expected {counts.get(event, 'an event of the record')}"
        for event, number in sorted(found.items())
        if counts.get(event) != str(number)
    ]


def without_points(keys: Iterable[Key]) -> list[str]:
    """Events for which the record counts points, and none is at hand."""
    at_hand = {key[:3] for key in keys}
    return [
        " ".join(event)
        for event, count in sorted(recorded_counts().items())
        if count not in ("", "0") and event not in at_hand
    ]


def recorded_counts() -> dict[tuple[str, str, str], str]:
    """Council, "inspection" or "visit", reference → the record's number of points, as printed."""
    return {
        (row["council"], event, row["reference"]): row["improvement_points"]
        for event in ("inspection", "visit")
        for row in rows_of(RECORD / f"{event}s.csv")
    }


def main(arguments: list[str]) -> None:
    if not PRINTED.is_file():
        sys.exit(f"{PRINTED}: found no file, expected the points as printed")
    points = printed_points()
    keys = [point.key for point in points]
    text, undecided = table(points)
    if undecided:
        sys.exit("\n".join([*undecided, f"{len(undecided)} points to decide; nothing is written"]))
    if "--check" in arguments:
        if FILE.read_text(encoding="utf-8") != text:
            sys.exit(f"{FILE.name}: differs from what the rules and the labels give")
    else:
        FILE.write_text(text, encoding="utf-8")
    print(f"{FILE.name}: {len(points)} points of {len({key[:3] for key in keys})} events")
    for name, found in (
        ("Disagreements with the record", disagreements(keys)),
        ("Events whose points are not at hand", without_points(keys)),
    ):
        print(f"{name}: {len(found)}", *found, sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1:])
