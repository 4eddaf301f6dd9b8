"""One action writes at a time, and every one raises the record's version."""

import contextlib
import secrets
import threading
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from inspections.models import RecordMoment, RecordState, Release


def wait_for_turn() -> None:
    """Holds the record's state until the transaction ends, so that one action writes at a time.

    What an action reads after it has its turn cannot change under its hands. SQLite has
    one writer in any case: its transactions begin IMMEDIATE.
    """
    RecordState.objects.get_or_create(pk=1)
    RecordState.objects.select_for_update().get(pk=1)


_this_thread = threading.local()


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Makes all actions inside one: a transaction with one version, so one moment.

    Nobody has seen what was written between two of them, and no pinned link shows it.
    """
    with transaction.atomic():
        if getattr(_this_thread, "is_together", False):
            yield
            return
        _this_thread.is_together, _this_thread.raised = True, None
        try:
            yield
            if _this_thread.raised is not None:
                _raise_version(**_this_thread.raised)
        finally:
            _this_thread.is_together, _this_thread.raised = False, None


@transaction.atomic
def raise_version(**state: Any) -> None:
    """Raises the record's version, so that every kept page and link is asked for anew.

    `state`: what a newly loaded record says of itself; the day it is complete to is kept.
    Inside `together` it is raised once, at the end.
    """
    if getattr(_this_thread, "is_together", False):
        _this_thread.raised = {**(_this_thread.raised or {}), **state}
    else:
        _raise_version(**state)


def _raise_version(**state: Any) -> None:
    held, _ = RecordState.objects.get_or_create(pk=1)
    now, complete_to = timezone.now(), state.get("as_at_date")
    if complete_to and complete_to != held.as_at_date:
        Release.objects.create(as_at_date=complete_to, loaded_at=now)
    RecordState.objects.filter(pk=1).update(
        version=F("version") + 1, identity=secrets.token_hex(16), changed_at=now, **state
    )
    RecordMoment.objects.create(version=held.version + 1, made_at=now)
    if settings.MAIL_URL:
        transaction.on_commit(_ask_for_news)


def _ask_for_news() -> None:
    """Asks a worker to tell whoever wants to be told; the settings name the task."""
    import_string(settings.AFTER_A_CHANGE).enqueue()
