"""What a worker does, inside the transaction of a test: a real one would close its connection."""

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def work() -> int:
    """Does every task that waits, as the worker would; how many."""
    waiting = list(DBTaskResult.objects.filter(status=TaskResultStatus.READY))
    for row in waiting:
        row.claim("test")
        asked = row.task_result
        row.set_successful(row.task.call(*asked.args, **asked.kwargs))
    return len(waiting)
