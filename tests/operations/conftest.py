"""What documented procedures are run with."""

import os
import re
import subprocess
from pathlib import Path

from django.conf import settings

OPERATIONS = settings.BASE_DIR / "docs" / "operations.md"


def procedure(heading: str, *, place: int = 0) -> str:
    """The commands of a section of docs/operations.md, as printed: its indented block number
    `place`."""
    section = OPERATIONS.read_text().split(f" {heading}\n")[1]
    section = re.split(r"^#", section, maxsplit=1, flags=re.MULTILINE)[0]
    blocks = re.findall(r"(?:^    .*\n)+", section, re.MULTILINE)
    return "".join(line[4:] for line in blocks[place].splitlines(keepends=True))


def run_printed(
    commands: str, environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Runs them in the folder, stopping at the first that fails."""
    return subprocess.run(
        ["sh", "-ec", commands],
        env=os.environ | environment, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
