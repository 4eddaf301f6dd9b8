"""Two questions of a supervisor: does the process live, and can it serve pages?

Neither answer is stored anywhere on its way, and neither says what is wrong to strangers:
the reason goes to the log.
"""

import logging

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inspections import store

logger = logging.getLogger(__name__)


def _answer(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing else, so a slow database kills no worker."""
    return _answer("alive")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every migration, the static files are listed and the
    clock is not before the record's last day, else 503.

    Says besides to which day the record is complete, a line for each kind of fact.
    """
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        now = None if waiting else store.current_record()
    except Error as error:
        logger.error("Not ready: the database does not answer (%s).", error)
        return _answer("not ready", status=503)
    if waiting:
        logger.error("Not ready: %d migrations wait; run manage.py migrate.", len(waiting))
        return _answer("not ready", status=503)
    if now is None or store.away_since():
        return _answer("not ready", status=503)
    if getattr(staticfiles_storage, "hashed_files", True) == {}:
        logger.error("Not ready: staticfiles.json is missing; run tools/static_files.py.")
        return _answer("not ready", status=503)
    if now.known_to and now.known_to > timezone.localdate():
        logger.error("Not ready: the clock stands before %s, the record's last day.", now.known_to)
        return _answer("not ready", status=503)
    covered = now.coverage
    days = [f"{kind}: complete to {row.complete_to_date}" for kind, row in covered.items()]
    return _answer("\n".join(["ready", *days]))
