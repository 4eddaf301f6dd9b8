from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from dashboard.alerts.letters import forget_old, gather, send_letters, write_letters
from inspections.management.base import RecordCommand
from inspections.models import Letter


class Command(RecordCommand):
    help = (
        "Sends the mail that is due: weekly and monthly letters, and what waited for the mail "
        "server. Run it every five minutes. Exit status 1: of some letters nobody knows whether "
        "they went."
    )

    def handle(self, **options: Any) -> None:
        if not settings.MAIL_URL:
            raise CommandError("MAIL_URL: not set, so that no mail can be sent.")
        forget_old()
        self.stdout.write(f"{gather()} noted, {write_letters()} written, {send_letters()} sent.")
        doubtful = Letter.objects.filter(state=Letter.State.SENDING).count()
        if doubtful:
            self.stderr.write(f"{doubtful} in doubt: see Letters behind Maintenance.")
            raise SystemExit(1)
