"""What must hold of every tracked file; prints what does not.

No path of a developer's machine, no documents of Ofsted's, vendored files as their
checksums say, no long line in a template, and a report of files that have grown past the
house's size.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DOCUMENTS = {".pdf", ".ods", ".xlsx", ".xls", ".docx", ".sqlite3"}
# Home folders and work folders of a machine. Written in parts, so as not to find itself.
MACHINE_PATH = re.compile(
    "|".join(["/ho" + r"me/\w", "/Us" + r"ers/\w", "/ro" + "ot/", "/wo" + "rk/"])
)
SOURCES = {".py", ".sh", ".html", ".css", ".js", ".mjs"}
VENDORED = ("static/vendor", "tests/data/vendor")
VENDORED_SUFFIXES = {".js", ".mjs", ".css", ".json", ".woff2", ".ttf"}
LARGE_LINES, TOO_LARGE_LINES = 300, 400
TEMPLATE_COLUMNS = 160
NOT_OURS = ("static/vendor/", "inspections/migrations/", "tests/data/")


def tracked_files(folder: Path = BASE_DIR) -> list[str]:
    """Paths from the repository's root, of files that git tracks and that exist."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=folder, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (folder / name).is_file()]


def sha256(path: Path) -> str:
    """The file's checksum, as sha256sum and shasum print it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def machine_paths(name: str, text: str) -> list[str]:
    """Lines that name a folder of somebody's machine."""
    return [
        f"{name}:{number}: found the machine's path {found[0]!r}, expected none"
        for number, line in enumerate(text.splitlines(), start=1)
        if (found := MACHINE_PATH.search(line))
    ]


def long_lines(name: str, text: str) -> list[str]:
    """A template's lines that are too long to read beside a change of them."""
    if not (name.startswith("templates/") and name.endswith(".html")):
        return []
    return [
        f"{name}:{number}: found {len(line)} characters, expected at most {TEMPLATE_COLUMNS}"
        for number, line in enumerate(text.splitlines(), start=1)
        if len(line) > TEMPLATE_COLUMNS
    ]


def checksum_problems(folder: Path = BASE_DIR) -> list[str]:
    """Vendored files that differ from a list SHA256 beside them, or that none lists."""
    problems = []
    for place in VENDORED:
        listed = set()
        for sums in sorted((folder / place).rglob("*SHA256*")):
            for line in sums.read_text().splitlines():
                expected, _, name = line.partition("  ")
                path = sums.parent / name
                listed.add(path)
                found = sha256(path) if path.is_file() else "no file"
                if found != expected:
                    problems.append(
                        f"{path.relative_to(folder)}: found {found}, expected {expected}"
                    )
        problems += [
            f"{path.relative_to(folder)}: found no line in a list SHA256, expected one"
            for path in sorted((folder / place).rglob("*"))
            if path.suffix in VENDORED_SUFFIXES and path not in listed
        ]
    return problems


def written(text: str) -> str:
    """What somebody wrote: not what follows "/* Made from ..." in a style sheet."""
    return text.partition("/* Made from ")[0]


def large_files(folder: Path = BASE_DIR, *, longer_than: int = LARGE_LINES) -> list[str]:
    """Our own sources of more lines than that, the longest first, as 'lines path'."""
    sizes = [
        (len(written((folder / name).read_text()).splitlines()), name)
        for name in tracked_files(folder)
        if Path(name).suffix in SOURCES and not name.startswith(NOT_OURS)
    ]
    return [f"{lines} {name}" for lines, name in sorted(sizes, reverse=True) if lines > longer_than]


def check(folder: Path = BASE_DIR) -> list[str]:
    """Everything that is wrong, a sentence each; empty when all is well."""
    problems = checksum_problems(folder)
    for name in tracked_files(folder):
        if Path(name).suffix.lower() in DOCUMENTS:
            problems.append(f"{name}: found a document or a database, expected none in git")
            continue
        if name.startswith(VENDORED):
            continue
        try:
            text = (folder / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # A picture.
        problems += machine_paths(name, text) + long_lines(name, text)
    problems += [
        f"{large}: found more than {TOO_LARGE_LINES} lines, expected a file to be split"
        for large in large_files(folder, longer_than=TOO_LARGE_LINES)
        if " tests/" not in large
    ]
    return problems


if __name__ == "__main__":
    problems = check()
    print("\n".join(problems) or "Every tracked file is as it should be.")
    for large in large_files():
        print(f"Longer than {LARGE_LINES} lines: {large}")
    sys.exit(bool(problems))
