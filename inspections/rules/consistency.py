"""What must hold of a single fact before it is recorded.

Each rule gives pairs of field and sentence; an empty list means that nothing is wrong.
The database holds the same rules where it can express them.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from inspections.vocabulary import Region

Complaint = tuple[str, str]

ONS_REGIONS = tuple(region for region in Region if region is not Region.NORTH_EAST_YORKSHIRE)
OFSTED_REGIONS = tuple(
    region for region in Region if region not in {Region.NORTH_EAST, Region.YORKSHIRE}
)
FIRST_YEAR = 1990
"""Of any day of the record; the first inspection on record was published in 2009."""
FIRST_YEAR_OF_COUNCILS = 1800
"""Of a council's first or last day; the oldest on record opened in 1965."""
YEARS_AHEAD = 10
LAST_YEAR = 2099
"""What the database itself accepts, as it does not know today."""


def by_field(complaints: Iterable[Complaint]) -> dict[str, list[str]]:
    """Field → every sentence about it, in the order given."""
    found: dict[str, list[str]] = {}
    for field, sentence in complaints:
        found.setdefault(field, []).append(sentence)
    return found


def year_complaint(day: date, *, today: date, first_year: int = FIRST_YEAR) -> str:
    """Why a day can be none of this record; empty where it can. A slip such as 0026 or 9999
    would stretch every picture and every list that reaches to it."""
    last = today.year + YEARS_AHEAD
    if first_year <= day.year <= last:
        return ""
    return (
        f"{day.isoformat()} is not a day of this record: its years go from {first_year} to {last}."
    )


def date_complaints(
    *,
    start_date: date | None,
    end_date: date | None,
    publication_date: date | None,
    today: date,
) -> list[Complaint]:
    """Complaints about the days of an inspection or visit; unknown days are no complaint."""
    found: list[Complaint] = []
    if end_date and not start_date:
        found.append(("start_date", "A last day on site needs a first day."))
    if start_date and end_date and end_date < start_date:
        found.append(
            ("end_date", f"The last day on site, {end_date}, is before the first, {start_date}.")
        )
    last_day = end_date or start_date
    if last_day and publication_date and publication_date < last_day:
        found.append(
            (
                "publication_date",
                f"The publication date, {publication_date}, is before the last day on site, "
                f"{last_day}.",
            )
        )
    if publication_date and publication_date > today:
        found.append(
            ("publication_date", f"The publication date, {publication_date}, is in the future.")
        )
    return found


def judgement_complaints(
    *,
    area_name: str,
    area_framework: str,
    inspection_framework: str,
    grade_name: str,
    grade_scale: str,
    framework_scale: str,
) -> list[Complaint]:
    """Complaints about one judgement; frameworks and scales are given by code.

    A framework without an overall area cannot carry an overall grade, because the only
    areas accepted are the framework's own.
    """
    found: list[Complaint] = []
    if area_framework != inspection_framework:
        found.append(
            (
                "area",
                f"{area_name} is an area of the framework {area_framework}, "
                f"but the inspection is under {inspection_framework}.",
            )
        )
    if grade_scale != framework_scale:
        found.append(
            (
                "grade",
                f"{grade_name} is a grade of the scale {grade_scale}, "
                f"but the framework uses {framework_scale}.",
            )
        )
    return found


def framework_complaints(
    *, start_date: date | None, in_force_from: date, in_force_to: date | None, name: str
) -> list[Complaint]:
    """An inspection belongs to a framework in force on its first day on site."""
    if start_date is None:
        return []
    if start_date < in_force_from or (in_force_to and start_date > in_force_to):
        return [
            (
                "framework",
                f"{name} was in force from {in_force_from} to {in_force_to or 'today'}, "
                f"but the inspection began on {start_date}.",
            )
        ]
    return []


def region_complaints(*, ons_region: str, ofsted_region: str) -> list[Complaint]:
    """ONS has nine regions; Ofsted joins the North East to Yorkshire and has eight."""
    found: list[Complaint] = []
    if ons_region and ons_region not in ONS_REGIONS:
        found.append(
            ("ons_region", f"{Region.label_of(ons_region)} is not one of ONS's nine regions.")
        )
    if ofsted_region and ofsted_region not in OFSTED_REGIONS:
        found.append(
            (
                "ofsted_region",
                f"{Region.label_of(ofsted_region)} is not one of Ofsted's eight regions.",
            )
        )
    return found


def reference_complaints(*, reference: str, other_kind: str, is_taken: bool) -> list[Complaint]:
    """An inspection and a visit of one council never share an address."""
    if not is_taken:
        return []
    return [("reference", f"{reference} is the address of {other_kind} of this council already.")]


def theme_complaints(codes: Iterable[str], *, known: Sequence[str]) -> list[Complaint]:
    """A point's themes are themes of the record, each once; it may raise none."""
    given = [code for code in codes if code]
    unknown = [code for code in given if code not in known]
    if unknown:
        return [("themes", f"{', '.join(unknown)}: not a theme; expected {', '.join(known)}.")]
    if len(set(given)) < len(given):
        return [("themes", "A theme is named twice; name each once.")]
    return []
