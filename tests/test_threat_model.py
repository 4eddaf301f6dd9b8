"""Every line of the threat model's table names a test or a setting that exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tools.server import BASE_DIR

pytestmark = pytest.mark.once
TABLE = (BASE_DIR / "docs" / "threat-model.md").read_text().partition("## OWASP")[2]
LINES = [line for line in TABLE.splitlines() if re.match(r"\| \d", line)]
TEST = re.compile(r"`(tests/[a-z0-9_/]+\.py)::(test_\w+)`")
SETTING = re.compile(r"`([A-Z][A-Z_]{3,})`")


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[2:8])
def test_a_line_names_what_there_is(line: str) -> None:
    tests, names = TEST.findall(line), SETTING.findall(line)
    assert tests or names
    for file, test in tests:
        text = (BASE_DIR / Path(file)).read_text()
        assert re.search(rf"^ *def {test}\(", text, re.MULTILINE), f"{file}::{test}"
    given = (BASE_DIR / "config" / "settings.py").read_text()
    for name in names:
        assert hasattr(settings, name) or name in given, name


def test_every_test_that_is_named_is_named_whole() -> None:
    assert len(LINES) > 30
    assert TABLE.count("`tests/") == len(TEST.findall(TABLE)) + TABLE.count("threat_model.py`")
