"""A plain reader of RFC 5545, apart from the library that writes the feeds.

Refuses what the grammar refuses: line ends and folds (3.1), the form of a property and its
parameters (3.1), how often each may stand (3.6, 3.6.1), the forms of values (3.3).
"""

import re
from collections import Counter
from dataclasses import dataclass, field

LINE = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)"
    r'(?P<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*)'
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
TEXT = r"(?:[^\\;,]|\\[\\;,nN])*"
MOMENT = r"\d{8}T([01]\d|2[0-3])[0-5]\d[0-5]\dZ"
FORMS = {
    "VERSION": r"2\.0", "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH", "PRODID": TEXT,
    "NAME": TEXT, "X-WR-CALNAME": TEXT, "X-WR-CALDESC": TEXT, "REFRESH-INTERVAL": r"P\d+[DW]",
    "UID": TEXT, "DTSTAMP": MOMENT, "LAST-MODIFIED": MOMENT, "SEQUENCE": r"\d+",
    "DTSTART": r"\d{8}", "DTEND": r"\d{8}", "SUMMARY": TEXT, "DESCRIPTION": TEXT,
    "X-ONS-CODE": r"E\d{8}", "X-REFERENCE": TEXT,
    "URL": r"https?://\S+", "STATUS": "TENTATIVE|CONFIRMED|CANCELLED", "TRANSP": "TRANSPARENT",
}  # fmt: skip
DAY = ";VALUE=DATE"
PARAMETERS = {"DTSTART": DAY, "DTEND": DAY, "REFRESH-INTERVAL": ";VALUE=DURATION"}
MUST = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}


@dataclass
class Component:
    name: str
    properties: dict[str, str] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)


def content_lines(raw: bytes) -> list[str]:
    """The lines as they were before folding."""
    assert raw.endswith(b"\r\n"), "the last line has no end"
    physical = raw[:-2].split(b"\r\n")
    unfolded: list[bytes] = []
    for line in physical:
        assert b"\r" not in line and b"\n" not in line, line
        assert 0 < len(line) <= 75, f"{len(line)} octets: {line!r}"
        line.decode()  # a fold within a character would not be UTF-8
        if line.startswith(b" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    return [line.decode() for line in unfolded]


def parse(raw: bytes) -> Component:
    """The calendar; an assertion fails where the text is none."""
    root = Component("")
    open_parts = [root]
    for line in content_lines(raw):
        found = LINE.fullmatch(line)
        assert found, line
        name, value = found["name"].upper(), found["value"]
        if name == "BEGIN":
            part = Component(value)
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif name == "END":
            assert open_parts.pop().name == value, line
        else:
            assert name not in open_parts[-1].properties, f"{name} stands twice"
            assert found["parameters"] == PARAMETERS.get(name, ""), line
            assert re.fullmatch(FORMS[name], value), line
            open_parts[-1].properties[name] = value
    assert open_parts == [root]
    (calendar,) = root.parts
    assert calendar.name == "VCALENDAR"
    assert {part.name for part in calendar.parts} <= {"VEVENT"}
    for part in (calendar, *calendar.parts):
        assert part.properties.keys() >= MUST[part.name]
        assert not part.parts or part is calendar
    uids = Counter(part.properties["UID"] for part in calendar.parts)
    assert max(uids.values(), default=1) == 1
    return calendar
