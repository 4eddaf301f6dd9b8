"""Every checkable statement about Luton of 2020, where the shared list lies beside the project."""

import csv
import os
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from dashboard.england.expected import SIZE
from dashboard.state.lists import last_page
from inspections.models import Statement

SHARED = Path(os.environ.get("SHARED_DIR", settings.BASE_DIR.parent / "shared"))
LIST = SHARED / "data" / "luton_seed_facts.csv"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared,
    pytest.mark.skipif(
        not LIST.is_file(), reason=f"SKIPPED FOR LACK OF THE LIST OF STATEMENTS: no file {LIST}"
    ),
]
SAME = {"kind": "kind", "said_by": "said_by", "value": "value", "unit": "unit"}
WORDED_FOR_READERS = {
    " (workforce.csv)": "",
    " (children_in_care.csv)": "",
    "cases measured in domain.md 5.1": "waits after an inadequate overall grade under ILACS "
    "that are over",
    "own count; rule in domain.md 1.5": "our count; see the method page",
}
NOTES_FOR_READERS = {
    "not checked against the index; no source on this machine": "by average score in the "
    "Index of Multiple Deprivation of 2019; 45th of 296 in that of 2025",
    "not checked; what became of the road is not in the sources": "not compared with another "
    "source; what became of the road is not on record",
    "amount not checked": "the amount was not compared with another source",
    "political claim; the task group report itself is not in the sources": "a political claim; "
    "the task group’s report is not on record",
    "article undated; between 24 February and mid-March 2020 by its number on the site": "the "
    "article is undated; it appeared between 24 February and mid-March 2020",
    "article undated; after 24 February 2020, about the same weeks as article 3": "the article "
    "is undated; it appeared after 24 February 2020",
    "opinion; blog undated, from 2020 by its text": "an opinion; the blog is undated, of 2020 by "
    "its text",
    "first reported in article 1": "first reported in the newspaper article of 3 March 2020",
    "whether and when the plan went in is not in the sources": "whether and when the plan went "
    "in is not on record",
    "notice given is not in the sources": "the notice given is not on record",
    "the report too says some teams": "the report too speaks of some teams",
    "not checked": "not compared with another source",
}
UNITS_FOR_READERS = {"rank": "rank of 317"}
DATED = {"day": 10, "month": 7, "year": 4}  # letters of an ISO date


def listed() -> list[dict[str, str]]:
    """The list, with what names its own files worded for readers."""
    with LIST.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    articles = sorted({row["source_file"] for row in found})
    words = WORDED_FOR_READERS | {name: f"article {n}" for n, name in enumerate(articles, 1)}
    words |= NOTES_FOR_READERS
    for row in found:
        row["unit"] = UNITS_FOR_READERS.get(row["unit"], row["unit"])
        for column in ("later_outcome", "notes"):
            for old, new in words.items():
                row[column] = row[column].replace(old, new)
    return found


def test_every_row_of_the_list_is_a_statement_of_the_record() -> None:
    rows = listed()
    held = list(Statement.objects.filter(council__slug="luton").order_by("reference"))
    assert len(held) == len(rows) == 100
    differing, sources = {}, {}
    for row, statement in zip(rows, held, strict=True):
        wrong = [name for name, field in SAME.items() if row[name] != getattr(statement, field)]
        if row["date"] != str(statement.stated_date)[: DATED[statement.stated_precision]]:
            wrong.append("date")
        if row["later_outcome"] != statement.outcome:
            wrong.append("later_outcome")
        if sources.setdefault(row["source_file"], statement.source_text) != statement.source_text:
            wrong.append("source_file")
        # The record may complete a sentence or add a note, and leaves nothing out.
        if not statement.what.startswith(row["what"]):
            wrong.append("what")
        if row["notes"] not in statement.notes:
            wrong.append("notes")
        if wrong:
            differing[statement.reference] = wrong
    assert differing == {}
    assert len(set(sources.values())) == len(sources) == 5


def test_every_row_of_the_list_can_be_read_on_the_site(client: Client) -> None:
    answer = client.get("/england/expected.csv?council=luton&everything=1")
    text = answer.content.decode("utf-8-sig")
    lines = list(csv.DictReader(text[text.index("council,") :].splitlines()))
    shown = [line["what"] for line in lines]
    missing = [row["what"] for row in listed() if not any(w.startswith(row["what"]) for w in shown)]
    assert missing == []
    pages = [
        client.get(f"/england/expected/?council=luton&everything=1&page={number}")
        for number in range(1, last_page(len(lines), SIZE) + 1)
    ]
    read = " ".join(unescape(page.content.decode()) for page in pages).lower()
    assert [what for what in shown if what.lower() not in read] == []
