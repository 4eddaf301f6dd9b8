"""The table of the standard is whole, and each line names a test, setting or file that exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tools.server import BASE_DIR

pytestmark = pytest.mark.once
TABLE = (BASE_DIR / "docs" / "asvs.md").read_text()
LINES = [line for line in TABLE.splitlines() if re.match(r"\| \d", line)]
TEST = re.compile(r"`(tests/[a-z0-9_/]+\.py)::(test_\w+)`")
SETTING = re.compile(r"`([A-Z][A-Z_]{3,})`")
FILE = re.compile(r"`((?:docs/|deploy/|config/)?[\w/.-]+\.(?:md|toml|txt|sh|py)|Dockerfile)`")
WITHOUT = ("Does not apply: ", "**Not met**: ", "Not tested: ")
LEVELS = """
1.1 22  1.2 1111122223  1.3 112222222223  1.4 222  1.5 123
2.1 122  2.2 112  2.3 12223  2.4 23
3.1 3  3.2 113  3.3 12223  3.4 11222233  3.5 11122333  3.6 3  3.7 22333
4.1 12233  4.2 23333  4.3 22  4.4 1222
5.1 2  5.2 112333  5.3 113  5.4 222
6.1 122  6.2 111111112222  6.3 11223333  6.4 112233  6.5 22222333  6.6 2223  6.7 33  6.8 2222
7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 223  7.6 22
8.1 1233  8.2 1123  8.3 133  8.4 23
9.1 111  9.2 1222
10.1 22  10.2 223  10.3 22223  10.4 1111122222233333  10.5 22222  10.6 22  10.7 222
11.1 2233  11.2 22233  11.3 11233  11.4 1222  11.5 23  11.6 23  11.7 33
12.1 12233  12.2 11  12.3 22223
13.1 2333  13.2 222223  13.3 2233  13.4 1222233
14.1 22  14.2 12223333  14.3 122
15.1 12233  15.2 12233  15.3 1222222  15.4 3333
16.1 2  16.2 22222  16.3 2222  16.4 222  16.5 2223
17.1 23  17.2 22223333  17.3 22
"""
"""Of OWASP ASVS 5.0.0: the level of each requirement of each section, in their order."""


def numbers(*levels: str) -> list[str]:
    words = LEVELS.split()
    return [
        f"{section}.{place}"
        for section, each in zip(words[::2], words[1::2], strict=True)
        for place, level in enumerate(each, start=1)
        if level in levels
    ]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_the_numbers_are_those_of_the_standard() -> None:
    assert [len(numbers(level)) for level in "123"] == [70, 183, 92]


def test_every_requirement_of_levels_1_and_2_has_one_line() -> None:
    held = [number for line in LINES for number in cells(line)[0].split(", ")]
    assert sorted(held) == sorted(numbers("1", "2"))
    counted = re.search(
        r"Of (\d+): (\d+) are met, (\d+) do not apply, (\d+) are not met, (\d+)", TABLE
    )
    assert counted
    found = [
        sum(len(cells(line)[0].split(", ")) for line in LINES if cells(line)[2].startswith(told))
        for told in WITHOUT
    ]
    assert [int(count) for count in counted.groups()] == [
        len(held), len(held) - sum(found), found[0], found[1], found[2],
    ]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[2:8])
def test_a_line_names_what_there_is(line: str) -> None:
    _, what, how = cells(line)
    assert what
    tests, names, files = TEST.findall(how), SETTING.findall(how), FILE.findall(how)
    assert tests or names or files or how.startswith(WITHOUT)
    for file, test in tests:
        text = (BASE_DIR / Path(file)).read_text()
        assert re.search(rf"^ *def {test}\(", text, re.MULTILINE), f"{file}::{test}"
    given = "".join(path.read_text() for path in (BASE_DIR / "config").glob("*.py"))
    for name in names:
        assert hasattr(settings, name) or name in given, name
    for file in files:
        assert (BASE_DIR / file).exists(), file


def test_every_test_that_is_named_is_named_whole() -> None:
    assert TABLE.count("`tests/") == len(TEST.findall(TABLE)) + TABLE.count("threat_model.py`")
