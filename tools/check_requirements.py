"""Whether requirements*.in and their locks agree; prints what does not.

Reads files only: a reason on every line, every requirement locked at a version that it
allows, hashes on every pin, one version of a package in both locks, and no host name.
"""

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BASE_DIR = Path(__file__).resolve().parent.parent
PAIRS = [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")]
HOST = re.compile(r"https?://|file:|--index-url|--extra-index-url|--find-links|--trusted-host")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)")


def wanted(text: str, *, file: str) -> tuple[list[Requirement], list[str]]:
    """The requirements of an .in file, and what is wrong with its lines."""
    requirements, problems = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith(("#", "-")):
            continue
        requirement, _, reason = line.partition("#")
        if len(reason.split()) < 2:
            problems.append(f"{file}:{number}: found no reason, expected one after #: {line}")
        requirements.append(Requirement(requirement.strip()))
    return requirements, problems


def pins(text: str, *, file: str) -> tuple[dict[str, str], list[str]]:
    """Package to version of a lock, and what is wrong with its lines."""
    found: dict[str, str] = {}
    problems = [
        f"{file}:{number}: found a host or an index, expected none: {line}"
        for number, line in enumerate(text.splitlines(), start=1)
        if HOST.search(line)
    ]
    for block in re.split(r"\n(?=\S)", text):
        if pin := PIN.match(block):
            found[canonicalize_name(pin["name"])] = pin["version"]
            if "--hash=sha256:" not in block:
                problems.append(f"{file}: {pin['name']}: found no hash, expected at least one")
    return found, problems


def check(folder: Path = BASE_DIR) -> list[str]:
    """Everything that is wrong, a sentence each; empty when all agrees."""
    problems: list[str] = []
    earlier: dict[str, str] = {}
    for source, lock in PAIRS:
        requirements, found_problems = wanted((folder / source).read_text(), file=source)
        locked, lock_problems = pins((folder / lock).read_text(), file=lock)
        problems += found_problems + lock_problems
        for requirement in requirements:
            version = locked.get(canonicalize_name(requirement.name))
            if version is None:
                problems.append(f"{lock}: {requirement.name}: not locked; run make lock")
            elif not requirement.specifier.contains(version, prereleases=True):
                problems.append(
                    f"{lock}: {requirement.name}: found {version}, "
                    f"expected {requirement.specifier}; run make lock"
                )
        for name in locked.keys() & earlier.keys():
            if locked[name] != earlier[name]:
                problems.append(f"{lock}: {name}: found {locked[name]}, expected {earlier[name]}")
        earlier = locked
    return problems


if __name__ == "__main__":
    problems = check()
    print("\n".join(problems) or "The locks agree with the requirements.")
    sys.exit(bool(problems))
