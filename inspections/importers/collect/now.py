"""A look at the site of the settings, by the command or by the button of the staff's first page."""

import time
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from inspections.importers.lock import import_lock
from inspections.models import CollectRun

LONGEST_MINUTES = 120


def look_now(
    *, minutes: int = LONGEST_MINUTES, tell: Callable[[str], None] = lambda _: None
) -> CollectRun:
    """Looks for at most so many minutes. Raises ImportLockedError while an import or another look
    is running: nothing is asked then. httpx is imported for a look: it slows every start."""
    from .guest import PAUSE_SECONDS, Guest
    from .looking import Look, look_at_site

    hosts = frozenset(
        address.partition("://")[2] for address in (settings.COLLECT_SITE, settings.COLLECT_FILES)
    )
    guest = Guest(settings.CONTACT_EMAIL, hosts, pause=PAUSE_SECONDS)
    look = Look(
        site=settings.COLLECT_SITE,
        files=settings.COLLECT_FILES,
        guest=guest,
        publishes=settings.COLLECT_PUBLISHES,
        today=timezone.localdate(),
        deadline=time.monotonic() + minutes * 60,
        tell=tell,
    )
    try:
        with import_lock():
            return look_at_site(look)
    finally:
        guest.close()


@task(queue_name="long")
def look_when_asked() -> int:
    """What the button asks for; the number of the look."""
    return look_now().pk


def waits() -> bool:
    """Has a look been asked for that no worker has begun?"""
    asked = DBTaskResult.objects.filter(task_path=look_when_asked.module_path)
    return asked.filter(status=TaskResultStatus.READY).exists()
