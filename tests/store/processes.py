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
from datetime import timedelta
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


def correct_together(facts: list[Any], number: int) -> None:
    from inspections import actions

    with actions.together():
        for fact in facts:
            actions.correct(
                fact, changes={"improvement_points": number}, reason="Counted again", by=None
            )


def read() -> None:
    """For each line that comes in: what this process now takes for the record."""
    from inspections.store import current_record

    for _ in sys.stdin:
        record = current_record()
        say(identity=record.identity, version=record.version, pair=pair_in(record))


def write(number: str) -> None:
    correct_together(firsts(), int(number))


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
    records have been seen; gives up after a long time."""
    from django.db import connection
    from django.utils import timezone

    from inspections.store import current_record, record_known_at

    seen: set[str] = set()
    torn: list[Any] = []
    failed: list[str] = []
    end = time.monotonic() + LONGEST_SECONDS

    def read_on() -> None:
        drawn = random.Random(1)
        try:
            while len(seen) < int(records) and time.monotonic() < end:
                now = current_record()
                seen.add(now.identity)
                held = [now]
                if drawn.random() < 0.2:
                    ago = timedelta(milliseconds=drawn.randrange(400, 3000))
                    moment = timezone.now() - ago
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
    {"read": read, "write": write, "write_on": write_on, "watch": watch}[sys.argv[1]](*sys.argv[2:])
