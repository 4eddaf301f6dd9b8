"""A small shipped record in a folder of its own: two councils that do not exist."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

from inspections.importers.shipped.cells import flag
from inspections.importers.shipped.schema import TABLES

Rows = dict[str, list[dict[str, str]]]

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
AREAS = ("leaders", "help_and_protection", "overall")


def rows() -> Rows:
    """The cells of every file that are not empty."""
    return {
        "grade_scales": [{"code": "four_grades", "name": "Four grades"}],
        "grades": [
            {
                "scale": "four_grades",
                "code": code,
                "name": code.capitalize(),
                "official_name": code.capitalize(),
                "letter": code[0].upper(),
                "order": str(order),
                "colour": "good",
                "is_inadequate": str(code == "inadequate").lower(),
            }
            for order, code in enumerate(GRADES, start=1)
        ],
        "lanes": [
            {
                "code": code,
                "name": code,
                "short_name": code,
                "order": str(order),
                "is_overall": str(code == "overall").lower(),
                "is_core": str(code != "overall").lower(),
            }
            for order, code in enumerate(AREAS, start=1)
        ],
        "frameworks": [
            framework("old_rules", "2018-01-01", "2022-12-31"),
            framework("new_rules", "2023-01-01", ""),
        ],
        "judgement_areas": [
            *(area("old_rules", code, order) for order, code in enumerate(AREAS, start=1)),
            *(area("new_rules", code, order) for order, code in enumerate(AREAS[:2], start=1)),
        ],
        "area_continuations": [
            {
                "earlier_framework": "old_rules",
                "earlier_area": "leaders",
                "later_framework": "new_rules",
                "later_area": "leaders",
                "kind": "same",
            },
            {"earlier_framework": "old_rules", "earlier_area": "overall", "kind": "ended"},
        ],
        "councils": [
            council("exampleshire", "Exampleshire", "E99000001", "901", "99001"),
            council("northbridge", "Northbridge", "E99000002", "902", "99002"),
        ],
        "council_aliases": [{"council": "exampleshire", "scheme": "name", "value": "The Shire"}],
        "statistical_neighbours": [
            {
                "council": "exampleshire",
                "model_year": "2025",
                "rank": "1",
                "neighbour": "northbridge",
            }
        ],
        "sources": [
            {"key": "a-list", "kind": "listing", "title": "A list", "publisher": "Nobody"},
            {"key": "a-report", "kind": "report", "title": "A report", "publisher": "Nobody"},
        ],
        "inspections": [
            {
                "council": "exampleshire",
                "reference": "2021-03-01",
                "framework": "old_rules",
                "kind": "standard",
                "start_date": "2021-03-01",
                "end_date": "2021-03-12",
                "has_two_periods": "false",
                "publication_date": "2021-04-21",
                "checked": "both",
                "sources": "a-list|a-report",
            }
        ],
        "judgements": [
            judgement("leaders", "good"),
            judgement("help_and_protection", "inadequate"),
            judgement("overall", "inadequate"),
        ],
        "visits": [
            {
                "council": "exampleshire",
                "reference": "2022-06-07",
                "kind": "monitoring_visit",
                "start_date": "2022-06-07",
                "start_precision": "day",
                "topic_codes": "front_door|care_leavers",
                "confidence": "letter",
                "sources": "a-list",
            }
        ],
        "themes": [theme("plans", 1), theme("health", 2)],
        "rule_exceptions": [],
        "corrections": [
            {
                "council": "exampleshire",
                "kind": "inspection",
                "event_reference": "2021-03-01",
                "subject_date": "2021-03-01",
                "field": "publication_date",
                "old": "2021-12-04",
                "new": "2021-04-21",
                "reason": "A typing error.",
                "source_text": "A list",
                "corrected_at": "2021-12-05",
                "was_ofsteds": "true",
            }
        ],
    }


def framework(code: str, first: str, last: str) -> dict[str, str]:
    return {
        "code": code,
        "name": code,
        "short_name": code,
        "scale": "four_grades",
        "in_force_from": first,
        "in_force_to": last,
        "is_whole_service": "true",
    }


def area(of: str, code: str, order: int) -> dict[str, str]:
    return {
        "framework": of,
        "code": code,
        "official_name": code,
        "short_name": code,
        "order": str(order),
        "is_overall": str(code == "overall").lower(),
        "is_part": "false",
        "lanes": code,
    }


def council(slug: str, name: str, ons_code: str, dfe_code: str, ofsted_urn: str) -> dict[str, str]:
    return {
        "slug": slug,
        "name": f"{name} County Council",
        "short_name": name,
        "ons_code": ons_code,
        "dfe_code": dfe_code,
        "ofsted_urn": ofsted_urn,
        "kind": "county",
        "ons_region": "south_east",
        "ofsted_region": "south_east",
        "is_continuing_record": "false",
    }


def judgement(area: str, grade: str) -> dict[str, str]:
    return {
        "council": "exampleshire",
        "inspection": "2021-03-01",
        "area": area,
        "grade": grade,
    }


def theme(code: str, order: int) -> dict[str, str]:
    return {
        "code": code,
        "name": code.capitalize(),
        "short_name": code.capitalize(),
        "order": str(order),
        "definition": f"Whatever has to do with {code}.",
        "question_1": f"What of {code}?",
        "question_2": f"And what else of {code}?",
        "version": "1",
    }


def point(event: str, reference: str, number: int, themes: str, **cells: str) -> dict[str, str]:
    return {
        "council": "exampleshire",
        event: reference,
        "number": str(number),
        "page": "3",
        "kind": "improvement_point",
        "themes": themes,
        "basis": "rule",
        "themes_version": "1",
        **cells,
    }


def write(
    folder: Path, change: Callable[[Rows], object] = lambda _: None, *, as_at: str = "2023-01-31"
) -> Path:
    """Writes the record's files into the folder, after `change` has had the rows."""
    found = rows()
    change(found)
    for table in TABLES:
        with (folder / f"{table.file}.csv").open("w", newline="") as out:
            writer = csv.DictWriter(out, table.header, restval="", lineterminator="\n")
            writer.writeheader()
            unset = {name: "false" for name, read in table.columns.items() if read is flag}
            writer.writerows({**unset, **row} for row in found.get(table.file, []))
    about = {"as_at": as_at, "compiled": as_at}
    (folder / "record.json").write_text(json.dumps(about))
    return folder


def line_of(folder: Path, file: str, part: str) -> int:
    """The number of the first line of the file that contains the part."""
    lines = (folder / f"{file}.csv").read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if part in line)
