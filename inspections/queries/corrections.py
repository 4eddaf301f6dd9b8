"""What has been corrected, when and why?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from inspections.models import Correction
from inspections.models.record import STATEMENT


@dataclass(frozen=True, slots=True)
class LoggedCorrection:
    id: int
    council_slug: str
    council_name: str
    ons_code: str
    event_reference: str
    subject: str
    field: str
    old: str
    new: str
    reason: str
    source: str
    corrected_at: datetime
    was_ofsteds: bool

    @property
    def is_of_statement(self) -> bool:
        return self.event_reference.startswith(STATEMENT)


FIELDS = (
    "id", "council__slug", "council__short_name", "council__ons_code", "event_reference",
    "subject", "field", "old", "new", "reason", "source_text", "corrected_at", "was_ofsteds",
)  # fmt: skip


def corrections(
    *, council_ids: Collection[int] | None = None, known: datetime | None = None
) -> list[LoggedCorrection]:
    """The log, newest first, in one query; `known`: as it stood at that moment."""
    found = Correction.objects.known_at(known).order_by("-corrected_at", "-pk")
    if council_ids is not None:
        found = found.filter(council_id__in=council_ids)
    return [LoggedCorrection(*values) for values in found.values_list(*FIELDS)]
