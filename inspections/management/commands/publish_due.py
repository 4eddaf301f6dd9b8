from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from inspections.entry.publishing import publish
from inspections.management.base import RecordCommand
from inspections.models import Draft


class Command(RecordCommand):
    help = (
        "Publishes the drafts whose hour has come; run it each minute. Exit status 1: one could "
        "not be published and is a draft again."
    )

    def handle(self, **options: Any) -> None:
        has_failed = False
        due = Draft.objects.filter(state=Draft.State.SCHEDULED, scheduled_at__lte=timezone.now())
        for draft in due.order_by("scheduled_at"):
            try:
                event = publish(draft, by=draft.changed_by)
            except ValidationError as error:
                has_failed = True
                told = " ".join(error.messages)
                problem = {
                    "place": "publishing", "fact": "", "found": told, "severity": "refused",
                    "expected": "a draft that keeps the record's rules", "advice": "Look at it.",
                }  # fmt: skip
                draft.problems = [*draft.problems, problem]
                draft.state = Draft.State.DRAFT
                draft.save()
                self.stderr.write(f"{draft}: {told}")
            else:
                self.stdout.write(f"Published: {event.get_absolute_url()}")
        if has_failed:
            raise SystemExit(1)
