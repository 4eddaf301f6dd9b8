"""Looks at a generated site of 153 councils and 2,000 letters, with and without being killed.

Prints requests, seconds and memory of one whole look, then kills a look at 20 random moments and
says whether anything was filed twice or not at all. Takes some minutes:
python -m tools.collect_trial
"""

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from tests.collect.site import Paper, Site, serving
from tests.importers import documents as d

COUNCILS, DOCUMENTS, KILLS = 153, 2000, 20
CHILD = """
import django; django.setup()
from inspections.importers.collect import now
now.PAUSE_SECONDS = 0
from django.core.management import call_command
call_command("collect")
"""
COUNTS = """
import django; django.setup()
from inspections.models import CollectedDocument, Draft
print(CollectedDocument.objects.count(), Draft.objects.count(),
      Draft.objects.values("document_url").distinct().count())
"""
INVENTED = """
import django; django.setup()
from datetime import date
from django.core.management import call_command
from inspections.models import Council
call_command("migrate", verbosity=0); call_command("load_record", verbosity=0)
Council.objects.exclude(opened_date__gt=date(2025, 1, 1)).update(closed_date=date(2025, 1, 1))
for n in range(153):
    Council.objects.create(slug=f"invented-{n}", name=f"Invented {n} Council",
        short_name=f"Invented {n}", ons_code=f"E98{n:06}", dfe_code=f"{n:03}",
        ofsted_urn=f"990{n:03}", kind="county", ons_region="south_east",
        ofsted_region="south_east")
"""


def site(folder: Path) -> Site:
    """Letters of focused visits, shared among the councils; each has its own bytes."""
    made = Site({f"990{n:03}": [] for n in range(COUNCILS)})
    numbers = list(made.councils)
    for n in range(DOCUMENTS):
        day = date(2025, 6, 1) - timedelta(days=100 * (n // COUNCILS))
        number = numbers[n % COUNCILS]
        name = f"Invented {n % COUNCILS}"
        first = day - timedelta(days=32)
        path = d.letter(
            folder / f"{n}.pdf",
            day=f"{day.day} {day:%B %Y}",
            title=f"Focused visit to {name} children’s services",
            opening=f"This letter summarises the findings of the focused visit to {name} "
            f"children’s services on {first.day} {first:%B %Y}. His Majesty’s Inspectors for "
            "this visit were Rae Sample and Jo Specimen.",
        )
        words = f"focused visit - {day.day} {day:%B %Y}, pdf".lower()
        made.councils[number].append(Paper(50000000 + n, words, path.read_bytes()))
    return made


def python(script: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script], env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as name, serving(site(Path(name))) as made:
        folder = Path(name)
        for is_killed in (False, True):
            var = folder / f"var-{is_killed}"
            environment = {
                **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(var),
                "DATABASE_URL": f"sqlite:///{var}/record.sqlite3", "DEBUG": "1",
                "COLLECT_SITE": made.address, "COLLECT_FILES": made.address,
            }  # fmt: skip
            python(INVENTED, environment).communicate()
            made.asked.clear()
            began = time.monotonic()
            for _ in range(KILLS if is_killed else 0):
                before = sum(made.asked.values())
                child = python(CHILD, environment)
                while sum(made.asked.values()) == before and child.poll() is None:
                    time.sleep(0.05)
                time.sleep(random.uniform(0, 9))
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            told, _ = python(CHILD, environment).communicate()
            counts = python(COUNTS, environment).communicate()[0].split()
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print("killed 20 times" if is_killed else "one look", "-", told.strip()[-300:])
            print(
                f"  {sum(made.asked.values())} requests, {time.monotonic() - began:.0f} s, at most "
                f"{memory:.0f} MB a process; documents {counts[0]}, drafts {counts[1]}, "
                f"of different documents {counts[2]}"
            )


if __name__ == "__main__":
    main()
