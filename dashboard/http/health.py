"""Two questions of a supervisor: does the process live, and can it serve pages?

Neither answer is stored anywhere on its way, and neither says what is wrong to strangers:
the reason goes to the log.
"""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
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
    """200 when the database answers and has every migration, else 503.

    Says besides to which day the record is complete, a line for each kind of fact.
    """
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        covered = {} if waiting else store.current_record().coverage
    except DatabaseError:
        logger.exception("Not ready: the database does not answer.")
        return _answer("not ready", status=503)
    if waiting:
        logger.error("Not ready: %d migrations wait; run manage.py migrate.", len(waiting))
        return _answer("not ready", status=503)
    days = [f"{kind}: complete to {row.complete_to_date}" for kind, row in covered.items()]
    return _answer("\n".join(["ready", *days]))
