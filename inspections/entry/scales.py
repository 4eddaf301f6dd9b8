"""A new scale of grades, copied from one on record."""

from collections.abc import Iterable, Mapping

from django.utils.text import slugify

from inspections import actions
from inspections.models import Grade, GradeScale, User

NEW, MOST_GRADES = "+", 9
COLOURS = ("outstanding", "good", "requires-improvement", "inadequate",
           "spare-1", "spare-2", "spare-3")  # fmt: skip
GOOD, INADEQUATE = "good", "inadequate"
STANDS = (("", "Neither of these"), (GOOD, "Good or better"), (INADEQUATE, "Inadequate"))
"""What windows, the tracker and statistics take a grade for."""


def copied(scale: GradeScale) -> dict[str, str]:
    """The form as it is first shown: the grades of the scale, best first."""
    found: dict[str, str] = {}
    for n, row in enumerate(scale.grades.order_by("order")):
        stands = GOOD if row.is_good_or_better else INADEQUATE if row.is_inadequate else ""
        found |= {f"grade-{n}": row.name, f"printed-{n}": row.official_name}
        found |= {f"letter-{n}": row.letter, f"colour-{n}": row.colour, f"stands-{n}": stands}
        found["grades"] = str(n + 1)
    return found


def count(given: Mapping[str, str]) -> int:
    text = given.get("grades", "")
    return min(int(text), MOST_GRADES) if text.isdigit() and len(text) < 3 else 0


def read(given: Mapping[str, str], errors: dict[str, str]) -> tuple[GradeScale, list[Grade]]:
    """What is to be written, not saved yet; what is wrong goes into `errors` by field."""
    name = _plain(given, "scale-name")
    scale = GradeScale(code=_code(name), name=name[:100])
    if not scale.code:
        errors["scale-name"] = "Name the new scale."
    elif GradeScale.objects.filter(code=scale.code).exists():
        errors["scale-name"] = f"{name} is on record already."
    grades: list[Grade] = []
    for n in range(count(given)):
        if name := _plain(given, f"grade-{n}"):
            grade = Grade(
                scale=scale, code=_code(name), name=name[:60], order=len(grades) + 1,
                official_name=(_plain(given, f"printed-{n}") or name)[:80],
                letter=_plain(given, f"letter-{n}").upper(), colour=given.get(f"colour-{n}", ""),
                is_good_or_better=given.get(f"stands-{n}") == GOOD,
                is_inadequate=given.get(f"stands-{n}") == INADEQUATE,
            )  # fmt: skip
            errors |= _wrong(grade, grades, n)
            grades.append(grade)
    if len(grades) < 2:
        errors["grade-0"] = "Name at least two grades, the best first."
    return scale, grades


def _wrong(grade: Grade, better: Iterable[Grade], n: int) -> dict[str, str]:
    """By field: what is wrong with a grade below the `better` ones."""
    found = {}
    if not grade.code or grade.code in {row.code for row in better}:
        found[f"grade-{n}"] = f"{grade.name} stands twice, or has no letters."
    if not 0 < len(grade.letter) < 4:
        found[f"letter-{n}"] = f"{grade.name}: expected one to three letters."
    elif grade.letter in {row.letter for row in better}:
        found[f"letter-{n}"] = f"{grade.letter} stands for another grade already."
    if grade.colour not in COLOURS:
        found[f"colour-{n}"] = f"{grade.name}: choose a colour."
    elif grade.colour in {row.colour for row in better}:
        found[f"colour-{n}"] = f"{grade.name}: another grade has this colour."
    falls = any(not row.is_good_or_better for row in better) and grade.is_good_or_better
    if falls or (any(row.is_inadequate for row in better) and not grade.is_inadequate):
        found[f"stands-{n}"] = f"{grade.name} counts as better than one above it: best first."
    return found


def write(scale: GradeScale, grades: Iterable[Grade], *, by: User, reason: str) -> None:
    actions.record(scale, by=by, reason=reason)
    for grade in grades:
        grade.scale = scale
        actions.record(grade, by=by, reason=reason)


def _plain(given: Mapping[str, str], name: str) -> str:
    return " ".join(given.get(name, "").split())


def _code(name: str) -> str:
    return slugify(name).replace("-", "_")[:40]
