"""What a worker does after each change of the record, and when a letter was asked for."""

from django_tasks import task

from dashboard.alerts.letters import gather, send_letters, write_letters


@task
def tell() -> int:
    """Tells whoever wants to be told; how many letters went."""
    gather()
    write_letters()
    return send_letters()
