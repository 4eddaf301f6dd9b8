"""Which inspections monitoring visits follow.

Until March 2026 an overall grade of inadequate led to monitoring, and nothing else did.
Measured: each of the 172 monitoring visits on record whose day, month or publication is known
follows an inadequate overall grade of the council or of the one it succeeded. Since April 2026
there is no overall grade, and no text that says which judgements lead to monitoring is known.
"""

from inspections.rows import Inspection


def leads_to_monitoring(inspection: Inspection) -> bool | None:
    """Do monitoring visits follow? None where something is inadequate and there is no overall
    grade: it cannot be said."""
    if inspection.overall:
        return inspection.overall.grade.is_inadequate
    return None if any(row.grade.is_inadequate for row in inspection.judgements) else False
