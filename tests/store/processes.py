"""What other processes do in these tests: `python -m tests.store.processes COMMAND …`.

They work on the database of DATABASE_URL. The pair that is corrected together: how many
improvement points two inspections have, always the same number in both.
"""

import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

LONGEST_SECONDS = 100
PAIR = ("luton", "trafford")


def say(**said: Any) -> None:
    print(json.dumps(said), flush=True)


def pair_in(record: Any) -> list[int | None]:
    """The numbers of the two inspections that are corrected together."""
    return [
        record.full_inspections_of(record.council_by_slug[slug].id)[0].improvement_points
        for slug in PAIR
    ]


def firsts() -> list[Any]:
    from inspections.models import Inspection
    from inspections.store import current_record

    record = current_record()
    ids = [
        record.full_inspections_of(record.council_by_slug[slug].id)[0].id for slug in PAIR
    ]  # fmt: skip
    return [Inspection.objects.get(pk=pk) for pk in ids]


def correct_together(
    facts: list[Any], number: int, *, after_each: Callable[[], None] = lambda: None
) -> None:
    from inspections import actions

    with actions.together():
        for fact in facts:
            actions.correct(
                fact, changes={"improvement_points": number}, reason="Counted again", by=None
            )
            after_each()


def read() -> None:
    """For each line that comes in: what this process now takes for the record."""
    from inspections.store import current_record

    for _ in sys.stdin:
        record = current_record()
        say(identity=record.identity, version=record.version, pair=pair_in(record))


def read_known() -> None:
    """For each moment that comes in: what this process takes for the record as at it."""
    from inspections.store import current_record, record_known_at

    for line in sys.stdin:
        moment = datetime.fromisoformat(line.strip())
        say(pair=pair_in(record_known_at(moment, current_record())))


def write(number: str) -> None:
    correct_together(firsts(), int(number))


def write_slowly(number: str) -> None:
    """Says the moment before the pair is corrected, after each half and when all is written;
    goes on with each line that comes in."""
    from django.utils import timezone

    def pause() -> None:
        say(at=timezone.now().isoformat())
        sys.stdin.readline()

    facts = firsts()
    pause()
    correct_together(facts, int(number), after_each=pause)
    pause()


def write_on() -> None:
    """Corrects the pair without a pause, until nobody reads any more: stdin is closed."""
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    facts, number = firsts(), 100
    correct_together(facts, number)
    say(ready=True)
    while not over.is_set():
        number += 1
        correct_together(facts, number)
    say(writes=number - 100)


def watch(records: str, threads: str) -> None:
    """Reads without a pause in several threads, also as at moments just gone, until so many
    records have been seen; gives up after a long time.

    No moment is older than the first record that is seen here: the shipped one, in which the two
    numbers differ, may be as young as that.
    """
    from django.db import connection
    from django.utils import timezone

    from inspections.store import current_record, record_known_at

    seen: set[str] = set()
    torn: list[Any] = []
    failed: list[str] = []
    end = time.monotonic() + LONGEST_SECONDS
    begun = current_record().changed_at

    def read_on() -> None:
        drawn = random.Random(1)
        try:
            while len(seen) < int(records) and time.monotonic() < end:
                now = current_record()
                seen.add(now.identity)
                held = [now]
                if drawn.random() < 0.2:
                    ago = timedelta(milliseconds=drawn.randrange(3000))
                    moment = max(begun, timezone.now() - ago)
                    held.append(record_known_at(moment, now))
                torn.extend(pair for row in held if len(set(pair := pair_in(row))) > 1)
        except Exception as error:
            failed.append(repr(error))
        finally:
            connection.close()

    running = [threading.Thread(target=read_on) for _ in range(int(threads))]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    say(records=len(seen), torn=torn[:5], failed=failed)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    commands: tuple[Callable[..., None], ...] = (
        read, read_known, write, write_slowly, write_on, watch,
    )  # fmt: skip
    {command.__name__: command for command in commands}[sys.argv[1]](*sys.argv[2:])
