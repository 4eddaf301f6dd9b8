"""Which tellings are of one inspection, where no source gives it a number. Pure."""

from ..records import InspectionRecord

SAME_START_DAYS = 60
"""Starts told up to this far apart are one inspection: the largest slip met is 49 days."""
SAME_PUBLICATION_DAYS = 75
"""Publication days told up to this far apart are one: the largest slip met is 61 days."""
LONGEST_WAIT_DAYS = 300


def family_of(record: InspectionRecord) -> str:
    """Which inspections may be the same: ILACS of every year is one family."""
    if record.framework.startswith("ilacs"):
        return "ilacs"
    if record.framework in ("slac", "child_protection_2012"):
        areas = ",".join(sorted(j.area for j in record.judgements))
        again = f"again:{areas}" if (record.kind or "").endswith("reinspection") else "first"
        return f"{record.framework}:{again}"
    return record.framework


def same_inspection(one: InspectionRecord, other: InspectionRecord) -> bool:
    """Do two records of one council and family tell of one inspection?"""
    if one.start_date and other.start_date:
        return abs((one.start_date - other.start_date).days) <= SAME_START_DAYS
    if one.publication_date and other.publication_date:
        apart = abs((one.publication_date - other.publication_date).days)
        return apart <= SAME_PUBLICATION_DAYS
    start = one.start_date or other.start_date
    published = one.publication_date or other.publication_date
    return bool(start and published and 0 <= (published - start).days <= LONGEST_WAIT_DAYS)
