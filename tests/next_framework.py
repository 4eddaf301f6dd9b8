"""An invented framework of 2027 as rows: what a person would type, or a file would say.

Five grades of which one has the code and the name of an older one, an area with a new name, a
new area without a predecessor, and one area split in two. Nobody has announced any of it.
"""

from datetime import date

TODAY = date(2028, 7, 3)
SCALE = "five_grades"
FRAMEWORK = "invented_2027"
BEFORE = "ilacs_2026"

# code, name, letter, colour, inadequate, good or better; best first
GRADES = (
    ("exemplary", "Exemplary", "E", "spare-1", False, True),
    ("strong", "Strong", "S", "spare-3", False, True),
    ("secure", "Secure", "SE", "spare-2", False, False),
    ("fragile", "Fragile", "F", "requires-improvement", False, False),
    ("inadequate", "Inadequate", "I", "inadequate", True, False),
)
# code, name, order, practice
LANES = (
    ("early_help", "Early help", 31, True),
    ("protection", "Protection", 32, True),
    ("childrens_voice", "Children's voice", 33, False),
)
# code, official name, lane
AREAS = (
    ("guiding_practice", "How leaders guide practice", "leaders"),
    ("early_help", "Families who are offered early help", "early_help"),
    ("protection", "Children who are protected", "protection"),
    ("in_care", "The experiences and progress of children in care", "in_care"),
    ("care_leavers", "The experiences and progress of care leavers", "care_leavers"),
    ("childrens_voice", "How children are heard", "childrens_voice"),
)
# area before, area after, kind, note
LINKS = (
    ("leaders", "guiding_practice", "renamed", "called impact of leaders until 2026"),
    ("help_and_protection", "early_help", "split", "early help was part of one judgement"),
    ("help_and_protection", "protection", "split", "protection was part of one judgement"),
    ("in_care", "in_care", "same", ""),
    ("care_leavers", "care_leavers", "same", ""),
)
COUNCILS = ("exampleshire", "northbridge", "southfield", "westmarket")
# council, first day, framework, grades in the order of the framework's areas
INSPECTIONS = (
    ("exampleshire", "2024-03-04", "ilacs_2023", "good good good good good"),
    ("exampleshire", "2027-02-01", FRAMEWORK, "strong fragile secure strong strong secure"),
    ("exampleshire", "2028-03-06", FRAMEWORK, "exemplary fragile strong strong secure secure"),
    ("northbridge", "2026-05-11", BEFORE, "inadequate inadequate good good"),
    ("northbridge", "2027-09-06", FRAMEWORK,
     "inadequate secure inadequate fragile secure inadequate"),
    ("southfield", "2026-06-08", BEFORE, "good outstanding good requires_improvement"),
)  # fmt: skip


def grade_rows() -> list[dict[str, str]]:
    return [
        {
            "scale": SCALE, "code": code, "name": name, "official_name": name, "letter": letter,
            "order": str(order), "colour": colour, "is_inadequate": str(is_bad).lower(),
            "is_good_or_better": str(is_good).lower(),
        }
        for order, (code, name, letter, colour, is_bad, is_good) in enumerate(GRADES, start=1)
    ]  # fmt: skip


def area_rows() -> list[dict[str, str]]:
    return [
        {
            "framework": FRAMEWORK, "code": code, "official_name": name,
            "short_name": name, "order": str(order), "is_overall": "false",
            "is_part": "false", "lanes": lane,
        }
        for order, (code, name, lane) in enumerate(AREAS, start=1)
    ]  # fmt: skip


def lane_rows() -> list[dict[str, str]]:
    return [
        {
            "code": code, "name": name, "short_name": name, "order": str(order),
            "is_overall": "false", "is_core": "true", "is_leaders": "false",
            "is_practice": str(is_practice).lower(),
        }
        for code, name, order, is_practice in LANES
    ]  # fmt: skip


def framework_row() -> dict[str, str]:
    return {
        "code": FRAMEWORK, "name": "Invented framework of 2027", "short_name": "Invented 2027",
        "scale": SCALE, "in_force_from": "2027-01-01", "in_force_to": "",
        "is_whole_service": "true", "notes": "Invented.",
    }  # fmt: skip


def link_rows() -> list[dict[str, str]]:
    return [
        {
            "earlier_framework": BEFORE, "earlier_area": old, "later_framework": FRAMEWORK,
            "later_area": new, "kind": kind, "note": note,
        }
        for old, new, kind, note in LINKS
    ]  # fmt: skip
