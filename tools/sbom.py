"""Writes the list of what is shipped, as CycloneDX 1.5: every locked package of requirements.txt
with its hashes and licence, and what is vendored.

    python -m tools.sbom > sbom.json
"""

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
LOCKED = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)([^\n]*(?:\n    --hash[^\n]*)*)", re.MULTILINE
)


def licence_of(name: str) -> str:
    """As the installed package says: its expression, its classifiers, or a few words of its own."""
    try:
        told: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""  # Locked for another platform.
    if expression := told.get("License-Expression"):
        return expression
    classified = [
        line.rpartition(" :: ")[2]
        for line in told.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    return ", ".join(classified) or (told.get("License") or "").split("\n")[0][:80]


def component(name: str, version: str, hashes: list[str], licence: str) -> dict[str, Any]:
    """One package from the Python Package Index."""
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in hashes],
    }
    if licence:
        found["licenses"] = [{"license": {"name": licence}}]
    return found


def vendored(folder: Path) -> list[dict[str, Any]]:
    """Files that the repository itself carries, by the lists of checksums beside them."""
    found = []
    for sums in sorted(folder.rglob("*SHA256*")):
        for line in sums.read_text().splitlines():
            digest, _, name = line.partition("  ")
            path = str((sums.parent / name).relative_to(BASE_DIR))
            hashes = [{"alg": "SHA-256", "content": digest}]
            found.append({"type": "file", "bom-ref": path, "name": path, "hashes": hashes})
    return found


def sbom(lock: str) -> dict[str, Any]:
    """The whole list, in CycloneDX's JSON."""
    packages = [
        component(
            name, version, re.findall(r"--hash=sha256:([0-9a-f]{64})", rest), licence_of(name)
        )
        for name, version, rest in LOCKED.findall(lock)
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "inspection-dashboard"}},
        "components": [*packages, *vendored(BASE_DIR / "static" / "vendor")],
    }


if __name__ == "__main__":
    json.dump(sbom((BASE_DIR / "requirements.txt").read_text()), sys.stdout, indent=1)
    print()
