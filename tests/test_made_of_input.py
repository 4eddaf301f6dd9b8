"""What no input becomes: the pattern of a format, and an object's keys in a script."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.server import BASE_DIR

pytestmark = pytest.mark.once
FOLDERS = ("config", "dashboard", "inspections")
FORMATS = {"format", "format_map", "vformat", "strftime", "substitute", "safe_substitute"}
FUNCTIONS = {"format_html", "format_html_join", "Template"}
LOGS = {"debug", "info", "warning", "error", "exception", "critical"}
OWN = {
    # Each is given patterns that stand in the code, by the code around it.
    "dashboard/charts/grade_moves.py: said.format",
    "dashboard/charts/svg/axes.py: day.strftime",
    "dashboard/findings/asked_for.py: again.format",
    "dashboard/state/address.py: moment.astimezone(UTC).strftime",
    "dashboard/words/__init__.py: one.format",
    "dashboard/words/__init__.py: {value:,.{measure.decimals}f}",
    "inspections/admin/imports.py: format_html_join",
    "inspections/models/event.py: field.format",
    "inspections/models/event.py: once.format",
    "inspections/models/event.py: twice.format",
}


def patterns_made(text: str) -> Iterator[str]:
    """Every format whose pattern does not stand there in quotes."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="format" | "format_map")):
                pass
            case ast.Call(func=ast.Attribute(attr="strftime"), args=[ast.Constant(), *_]):
                pass
            case ast.Call(func=ast.Attribute(attr=attr) as func) if attr in FORMATS:
                yield ast.unparse(func)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="logger" | "logging"), attr=attr)):
                if attr in LOGS and not isinstance(node.args[0], ast.Constant):
                    yield ast.unparse(node.func)
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in FUNCTIONS:
                if not isinstance(first, ast.Constant):
                    yield name
            case ast.BinOp(op=ast.Mod(), left=left, right=ast.Tuple() | ast.Dict()):
                if not isinstance(left, ast.Constant):
                    yield ast.unparse(node)
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=values)):
                if any(isinstance(part, ast.FormattedValue) for part in values):
                    yield ast.unparse(ast.JoinedStr([node]))[2:-1]


def test_no_input_becomes_the_pattern_of_a_format() -> None:
    files = [path for folder in FOLDERS for path in sorted((BASE_DIR / folder).rglob("*.py"))]
    found = {
        f"{path.relative_to(BASE_DIR)}: {made}"
        for path in files
        for made in patterns_made(path.read_text())
    }
    assert found == OWN


@pytest.mark.parametrize(
    "line",
    [
        "request.POST['a'].format(user)", "a % (b, c)", "logger.info(text)", "f'{a:{b}}'",
        "format_html(text, 1)", "day.strftime(text)", "text.format_map(given)",
    ],
)  # fmt: skip
def test_a_pattern_of_input_would_be_found(line: str) -> None:
    assert list(patterns_made(line))


POLLUTES = re.compile(
    r"__proto__|\.constructor\b|setPrototypeOf|Object\.assign\((?!\{)|\beval\(|new Function\b"
    r"|\.prototype\b(?!\.(?:forEach|slice|map|filter)\.call)"
    r"|\[(?!\d+\]|\"[\w-]+\"\])[^\]\n]+\]\s*=(?!=)"
)
"""What could give an object of a script another prototype, or a key that somebody typed."""


@pytest.mark.parametrize(
    "path", sorted((BASE_DIR / "static/js").glob("*.js")), ids=lambda at: at.name
)
def test_scripts_make_no_object_of_what_people_type(path: Path) -> None:
    assert not POLLUTES.findall(path.read_text())


@pytest.mark.parametrize(
    "line",
    ["a[key] = 1;", 'a["__proto__"] = 1', "Object.assign(a, given)", "Array.prototype.x = 1"],
)
def test_a_script_that_did_would_be_found(line: str) -> None:
    assert POLLUTES.search(line)
