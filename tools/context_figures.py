"""Writes `measure_series.csv` of the record from the published figures beside the project.

`python -m tools.context_figures` reads the tables of the Department for Education, the Department
for Work and Pensions and the Ministry of Housing, Communities and Local Government in
`../shared/data`. What a measure is stands in `measures.csv`, which is written by hand.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from inspections.measure_rows import SIGNS, read_figures
from inspections.vocabulary import FigureSymbol, Place
from tools.points import RECORD, SHARED

PUBLISHED = SHARED / "data"
NONE = FigureSymbol.NOT_PUBLISHED.value
HEADER = ("measure", "council", "place", "cells", "note")
WORKFORCE = {
    "agency_rate": "agency_rate_fte_percent",
    "vacancy_rate": "vacancy_rate_percent",
    "turnover_rate": "turnover_rate_percent",
    "caseload": "caseload_per_social_worker",
    "absence_rate": "absence_rate_percent",
}
IN_CARE = {"children_in_care": "children_in_care", "children_in_care_rate": "rate_per_10k"}
DEPRIVATION = {"deprivation_rank": "rank_of_average_score", "deprivation_score": "average_score"}
PLACES = {place.label.lower(): place.value for place in Place} | {
    "london (inner)": Place.INNER_LONDON.value,
    "london (outer)": Place.OUTER_LONDON.value,
}
SAME_SYMBOL = {"low": FigureSymbol.LOW.value}
Cell = tuple[str, str, int, str, str]
"""Measure, place or council, year, figure or symbol, note."""


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def year_of(period: str) -> int:
    """The year in which a period ends: 2017 for `2016-17`."""
    return int(period) if len(period) == 4 else int(period[:2] + period[-2:])


def context() -> Iterator[Cell]:
    for row in rows_of(PUBLISHED / "context.csv"):
        cell = row["value"] or row["symbol"]
        yield row["measure"], row["slug"].removeprefix("region:"), year_of(row["period"]), cell, ""


def workforce() -> Iterator[Cell]:
    for row in rows_of(PUBLISHED / "workforce.csv"):
        signs = dict(part.split("=") for part in row["symbols"].split("|") if part)
        for measure, column in WORKFORCE.items():
            sign = signs.get(column, "")
            cell = row[column] or SAME_SYMBOL.get(sign, sign)
            note = row["note"][:1].upper() + row["note"][1:]
            yield measure, row["slug"], int(row["year"]), cell, note


def children_in_care() -> Iterator[Cell]:
    for row in rows_of(PUBLISHED / "children_in_care.csv"):
        sign = row["note"].removeprefix("symbol ") or NONE
        for measure, column in IN_CARE.items():
            yield measure, row["slug"], int(row["year"]), row[column] or sign, ""


def deprivation(slugs: dict[str, str]) -> Iterator[Cell]:
    """Of councils alone: the index ranks districts, and a county has no rank of its own."""
    for row in rows_of(PUBLISHED / "deprivation.csv"):
        if row["ons_code"] in slugs:
            for measure, column in DEPRIVATION.items():
                yield measure, slugs[row["ons_code"]], int(row["index_year"]), row[column], ""


def series() -> list[tuple[str, ...]]:
    """The file's rows, by measure in the order of `measures.csv`, councils before places."""
    councils = {row["slug"]: row for row in rows_of(RECORD / "councils.csv")}
    slugs = {row["ons_code"]: row["slug"] for row in councils.values()}
    former = [row for row in rows_of(RECORD / "council_aliases.csv") if row["scheme"] == "ons_code"]
    slugs |= {row["value"]: row["council"] for row in former}
    cells: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    notes: dict[tuple[str, str], str] = {}
    for measure, where, year, cell, note in (
        *context(), *workforce(), *children_in_care(), *deprivation(slugs),
    ):  # fmt: skip
        cells[measure, where][year] = cell
        notes[measure, where] = note or notes.get((measure, where), "")
    found = []
    order = [row["code"] for row in rows_of(RECORD / "measures.csv")]
    for (measure, where), held in cells.items():
        years = lived(councils.get(where), held)
        text = " ".join(f"{year}:{held[year]}" for year in years)
        if any(held[year] not in SIGNS for year in years):
            place = "" if where in councils else PLACES[where.replace("-", " ").lower()]
            council = where if where in councils else ""
            found.append((measure, council, place, text, notes[measure, where]))
    return sorted(found, key=lambda row: (order.index(row[0]), not row[1], row[1], row[2]))


def lived(council: dict[str, str] | None, held: dict[int, str]) -> list[int]:
    """The years in order, without those before a new council's first figure, or after the last
    of one that is closed."""
    years = sorted(held)
    if council and council["opened_date"] > str(years[0]):
        while years and held[years[0]] == NONE:
            years.pop(0)
    if council and council["closed_date"]:
        while years and held[years[-1]] == NONE:
            years.pop()
    return years


if __name__ == "__main__":
    found = series()
    with (RECORD / "measure_series.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(found)
    print(f"{len(found)} series, {sum(len(read_figures(row[3])) for row in found)} figures")
