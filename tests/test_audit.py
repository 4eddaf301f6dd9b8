"""Known weaknesses of what is locked: told, and never silently unknown."""

from typing import Any

import pytest

from tools.audit import Found, read, status

WEAK = {"id": "PYSEC-0000-1", "fix_versions": ["1.1"]}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"name": "a", "version": "1.0", "vulns": []}, Found((), (), 1)),
        ({"name": "a", "skip_reason": "not found"}, Found((), ("a",), 0)),
        (
            {"name": "a", "version": "1.0", "vulns": [WEAK]},
            Found(("a 1.0: PYSEC-0000-1, mended in 1.1",), (), 1),
        ),
        (
            {"name": "a", "version": "1.0", "vulns": [WEAK | {"fix_versions": []}]},
            Found(("a 1.0: PYSEC-0000-1, mended in no version yet",), (), 1),
        ),
    ],
)
def test_what_was_asked_and_found_is_read(row: dict[str, Any], found: Found) -> None:
    assert read({"dependencies": [row]}) == found


@pytest.mark.parametrize(
    ("found", "must_know", "where_possible"),
    [
        (Found((), (), 3), 0, 0),
        (Found((), ("a",), 2), 1, 0),
        (Found(("a 1.0: weak",), (), 3), 1, 1),
        (Found(("a 1.0: weak",), ("b",), 2), 1, 1),
    ],
)
def test_a_weakness_always_fails_and_what_is_unknown_where_it_must_be_known(
    found: Found, must_know: int, where_possible: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status({"requirements.txt": found}, where_possible=False) == must_know
    assert status({"requirements.txt": found}, where_possible=True) == where_possible
    said = capsys.readouterr().out
    assert ("NOT ASKED" in said) == bool(found.unasked)
    assert all(line in said for line in found.weak)
