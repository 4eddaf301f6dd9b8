"""Lighthouse (mobile) on the main pages: the median of five runs for each category.

    make lighthouse

Needs Node.js 20 or newer. Lighthouse itself is installed below var/, at a fixed version.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.addresses import MAIN_PAGES
from tools.chromium import launch_flags, obtain
from tools.server import BASE_DIR, database_copy, running_server

VERSION = "12.8.2"  # the newest that runs on Node.js 20
TRIES = 3  # of a run whose trace Lighthouse could not record: NO_NAVSTART, NO_FCP and the like
RUNS = int(os.environ.get("RUNS", "5"))
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FOLDER = BASE_DIR / "var" / "lighthouse"


def program() -> Path:
    """The installed lighthouse; SystemExit says what is missing."""
    if not shutil.which("npm"):
        sys.exit("Lighthouse: found no npm, expected Node.js 20 or newer.")
    found = FOLDER / "node_modules" / ".bin" / "lighthouse"
    package = FOLDER / "node_modules" / "lighthouse" / "package.json"
    if not package.exists() or json.loads(package.read_text())["version"] != VERSION:
        print(f"Installing Lighthouse {VERSION} ...", flush=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(
            [*command, "--silent", "--prefix", FOLDER, f"lighthouse@{VERSION}"], check=True
        )
    return found


def report(url: str, *, lighthouse: Path, chromium: str, target: Path) -> dict:
    """One run's report, as Lighthouse's JSON gives it; a run without a trace is run again."""
    flags = ["--headless=new", *launch_flags()]
    command = [str(lighthouse), url, "--quiet", "--output=json", f"--output-path={target}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(flags)}"]
    for _ in range(TRIES):
        target.unlink(missing_ok=True)
        done = subprocess.run(
            command,
            env=os.environ | {"CHROME_PATH": chromium},
            check=False,
            capture_output=True,
            text=True,
            timeout=180,
        )
        found = json.loads(target.read_text()) if target.exists() else {}
        if done.returncode == 0 and "runtimeError" not in found:
            return found
        why = found.get("runtimeError", {}).get("code") or done.stderr[-2000:]
        print(f"    a run that recorded nothing, run again: {why}", flush=True)
    sys.exit(f"Lighthouse failed {TRIES} times on {url}.")


def failed_audits(found: dict) -> list[str]:
    """What a run counted against the page, e.g. 'seo: document-does-not-have-a-title'."""
    return [
        f"{category}: {reference['id']} ({found['audits'][reference['id']]['score']})"
        for category in CATEGORIES
        for reference in found["categories"][category]["auditRefs"]
        if reference["weight"]
        and (found["audits"][reference["id"]]["score"] or 0) < 0.9
        and found["audits"][reference["id"]]["scoreDisplayMode"] in {"binary", "numeric"}
    ]


def main() -> None:
    lighthouse, chromium = program(), obtain()
    print(f"{'median of ' + str(RUNS):16}" + "".join(f"{name:>16}" for name in CATEGORIES))
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(f"sqlite:///{database_copy(Path(folder))}", workers=2) as address,
    ):
        for name, path in MAIN_PAGES.items():
            runs = [
                report(
                    address + path,
                    lighthouse=lighthouse,
                    chromium=chromium,
                    target=Path(folder) / "report.json",
                )
                for _ in range(RUNS)
            ]
            medians = [
                statistics.median(run["categories"][category]["score"] for run in runs)
                for category in CATEGORIES
            ]
            print(f"{name:16}" + "".join(f"{score:>16.2f}" for score in medians), flush=True)
            for audit in failed_audits(runs[-1]):
                print(f"    {audit}")


if __name__ == "__main__":
    main()
