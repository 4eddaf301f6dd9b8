"""What holds of the repository itself: files, requirements, imports."""

import ast
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings

from tools import check_files, check_requirements

ROOT = settings.BASE_DIR
# Where these exist, an import contract keeps them away from the database.
PURE = [
    "inspections.vocabulary",
    "inspections.records",
    "inspections.country_rows",
    "inspections.rows",
    "inspections.record",
    "inspections.diff",
    "inspections.questions",
    "inspections.rules",
    "inspections.importers.wording",
    "dashboard.charts",
    "dashboard.state.address",
]
WRITERS = ["inspections.actions", "inspections.importers", "inspections.entry", "inspections.admin"]


def contracts() -> list[dict]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def exists(module: str) -> bool:
    path = ROOT / Path(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def forbidden_pairs() -> set[tuple[str, str]]:
    return {
        (source, target)
        for contract in contracts()
        if contract["type"] == "forbidden"
        for source in contract["source_modules"]
        for target in contract["forbidden_modules"]
    }


def test_no_tracked_file_is_one_that_should_not_be() -> None:
    assert check_files.check() == []


def classes() -> dict[str, set[str]]:
    """The places in which the product defines each class."""
    found = defaultdict(set)
    for app in ("inspections", "dashboard", "config"):
        for path in (ROOT / app).rglob("*.py"):
            place = str(path.relative_to(ROOT))
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.ClassDef) and "/migrations/" not in place:
                    found[node.name].add(place)
    return found


def test_a_class_shares_its_name_with_none_but_the_row_of_its_model() -> None:
    shared = {name: places for name, places in classes().items() if len(places) > 1}
    assert shared.pop("Command")  # the name that Django asks for
    assert "Inspection" in shared
    for name, places in shared.items():
        kinds = sorted("model" if "/models/" in one else one[-7:] for one in places)
        assert kinds == ["model", "rows.py"], f"{name}: {sorted(places)}"


def test_requirements_have_reasons_and_their_locks_agree() -> None:
    assert check_requirements.check() == []


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_is_kept_from_the_database_by_a_contract(module: str) -> None:
    if not exists(module):
        return
    assert {
        (module, "inspections.models"),
        (module, "inspections.store"),
        (module, "django"),
    } <= forbidden_pairs()


@pytest.mark.parametrize("module", WRITERS)
def test_pages_are_kept_from_what_writes_by_a_contract(module: str) -> None:
    assert not exists(module) or ("dashboard", module) in forbidden_pairs()


def test_a_machine_path_is_found() -> None:
    line = "open('/ho" + "me/someone/data.csv')"
    assert len(check_files.machine_paths("a.py", f"fine\n{line}\n")) == 1
    assert check_files.machine_paths("a.py", "https://example.org/homework/\n") == []


def test_a_long_line_of_a_template_is_found() -> None:
    text = f"{'a' * 160}\n{'é' * 160}\n{'a' * 161}\n"
    [problem] = check_files.long_lines("templates/dashboard/a.html", text)
    assert problem.startswith("templates/dashboard/a.html:3: found 161 characters")
    assert check_files.long_lines("dashboard/a.py", text) == []


def test_a_vendored_file_that_changed_is_found(tmp_path: Path) -> None:
    vendor = tmp_path / "static" / "vendor"
    vendor.mkdir(parents=True)
    (vendor / "library.js").write_text("changed")
    (vendor / "SHA256SUMS").write_text(f"{'0' * 64}  library.js\n")
    [problem] = check_files.checksum_problems(tmp_path)
    assert problem.startswith("static/vendor/library.js: found")


def test_a_vendored_file_without_a_checksum_is_found(tmp_path: Path) -> None:
    vendor = tmp_path / "static" / "vendor"
    vendor.mkdir(parents=True)
    (vendor / "library.js").write_text("unlisted")
    assert check_files.checksum_problems(tmp_path) == [
        "static/vendor/library.js: found no line in a list SHA256, expected one"
    ]


@pytest.mark.parametrize(
    ("source", "lock", "problem"),
    [
        ("django>=5.2  # the web framework", "django==5.2.1 \\\n    --hash=sha256:ab\n", None),
        ("django>=5.2", "django==5.2.1 \\\n    --hash=sha256:ab\n", "found no reason"),
        ("django>=5.2  # the web framework", "django==5.1 \\\n    --hash=sha256:ab\n", "found 5.1"),
        ("django>=5.2  # the web framework", "django==5.2.1\n", "found no hash"),
        ("django>=5.2  # the web framework", "", "not locked"),
        (
            "django>=5.2  # the web framework",
            "--index-url https://index.example/\ndjango==5.2.1 \\\n    --hash=sha256:ab\n",
            "found a host",
        ),
    ],
)
def test_a_lock_that_disagrees_is_found(
    tmp_path: Path, source: str, lock: str, problem: str | None
) -> None:
    for name, text in {
        "requirements.in": source,
        "requirements.txt": lock,
        "requirements-dev.in": "",
        "requirements-dev.txt": "",
    }.items():
        (tmp_path / name).write_text(text)
    found = check_requirements.check(tmp_path)
    assert len(found) == (0 if problem is None else 1)
    assert problem is None or problem in found[0]
