"""Asks the Python Package Index for known weaknesses of what is locked: `make audit`.

A package that could not be asked about is told and is a failure, never "none found". With
`--where-possible`, as continuous integration asks it, only a known weakness is one: a machine
without the network says loudly that it did not ask.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
AUDIT = ("tool", "run", "--quiet", "pip-audit==2.10.1", "--disable-pip", "--require-hashes",
         "--progress-spinner", "off", "--format", "json", "--requirement")  # fmt: skip
LOCKS = ("requirements.txt", "requirements-dev.txt")


@dataclass(frozen=True)
class Found:
    """What is known of one lock. `weak`: a line for each weakness; `unasked`: packages."""

    weak: tuple[str, ...]
    unasked: tuple[str, ...]
    asked: int


def read(told: dict[str, Any]) -> Found:
    """What pip-audit's JSON says."""
    weak = [
        f"{row['name']} {row['version']}: {one['id']}, mended in "
        f"{', '.join(one['fix_versions']) or 'no version yet'}"
        for row in told["dependencies"]
        for one in row.get("vulns", ())
    ]
    unasked = [row["name"] for row in told["dependencies"] if "skip_reason" in row]
    return Found(tuple(weak), tuple(unasked), len(told["dependencies"]) - len(unasked))


def audited(lock: str) -> Found:
    """Where nothing could be asked at all, every package of the lock is unasked."""
    uv = Path(sys.executable).with_name("uv")
    done = subprocess.run([uv, *AUDIT, lock], cwd=BASE_DIR, capture_output=True, text=True)
    try:
        return read(json.loads(done.stdout))
    except (ValueError, KeyError):
        lines = (BASE_DIR / lock).read_text().splitlines()
        names = tuple(line.split("==")[0] for line in lines if "==" in line and line[0] != " ")
        print(f"{lock}: {done.stderr.strip()[-400:] or 'pip-audit said nothing'}")
        return Found((), names, 0)


def status(found: dict[str, Found], *, where_possible: bool) -> int:
    """Prints what was found; 1 for a weakness, and where it must be known, for what is not."""
    for lock, one in found.items():
        print(f"{lock}: {one.asked} packages asked about, {len(one.weak)} known weaknesses.")
        for line in one.weak:
            print(f"    {line}")
        if one.unasked:
            print(f"    NOT ASKED, so nothing is known of: {', '.join(one.unasked)}")
    is_weak = any(one.weak for one in found.values())
    is_unknown = any(one.unasked for one in found.values())
    return int(is_weak or (is_unknown and not where_possible))


if __name__ == "__main__":
    sys.exit(
        status(
            {lock: audited(lock) for lock in LOCKS},
            where_possible="--where-possible" in sys.argv[1:],
        )
    )
