"""Raises the number of readers until the site has all it can do, and past that.

    python -m tools.knee

Every reader asks for lists of councils on days and by words that hardly anybody asked for before,
each time from another address, as many readers do; who is told to come back waits half a second.
For each number of readers: answers a second, how long half and 99 in 100 of them took, and how
many were told to come back, and how soon.
"""

import http.client
import random
import string
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence

from tools.native import running

READERS = (4, 12, 24, 48, 96, 192)
SECONDS = 6
Answer = tuple[int, float]
"""Status and seconds."""


def read(port: int, number: int, until: float, answers: list[Answer]) -> None:
    """One reader, until the moment on the monotonic clock."""
    chance = random.Random(number)
    while time.monotonic() < until:
        day = f"20{chance.randint(16, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        words = "".join(chance.choices(string.ascii_lowercase, k=2))
        # As so many clients: the bounds for each address are not what is measured here.
        sent = {"X-Forwarded-For": f"10.{number}.{chance.randint(0, 255)}.{chance.randint(1, 254)}"}
        began = time.monotonic()
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        asked.request("GET", f"/councils/?as_at={day}&q={words}", headers=sent)
        answer = asked.getresponse()
        answer.read()
        asked.close()
        answers.append((answer.status, time.monotonic() - began))
        if answer.status == http.client.SERVICE_UNAVAILABLE:
            time.sleep(0.5)


def load(port: int, readers: int) -> list[Answer]:
    """What so many readers at once were answered."""
    answers: list[Answer] = []
    until = time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=read, args=(port, number, until, answers))
        for number in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def quantile(values: Sequence[float], share: float) -> float:
    """0 without any."""
    return sorted(values)[int(len(values) * share)] if values else 0


def main() -> int:
    """Prints a line for each number of readers; 1 where an answer was neither 200 nor 503."""
    print("readers  a second   half    99 in 100   told to come back, 99 in 100 within")
    others: Counter[int] = Counter()
    with running(BALANCERS="127.0.0.0/8", DRAWING_SECONDS="3600") as native:
        for readers in (2, *READERS):
            answers = load(native.ports["proxy"], readers)
            if readers == 2:
                continue  # Each process reads the record and its templates once.
            read_ = [seconds for status, seconds in answers if status == 200]
            back = [seconds for status, seconds in answers if status == 503]
            others.update(status for status, _ in answers if status not in (200, 503))
            print(
                f"{readers:7}{len(read_) / SECONDS:10.0f}{quantile(read_, 0.5):7.2f} s"
                f"{quantile(read_, 0.99):10.2f} s{len(back):12}{quantile(back, 0.99):18.2f} s",
                flush=True,
            )
    if others:
        print("Neither answered nor told to come back (status: how many):", dict(others))
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
