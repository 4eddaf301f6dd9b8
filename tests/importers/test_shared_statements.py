"""Every checkable statement about Luton of 2020, where the shared list lies beside the project."""

import csv
import os
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from dashboard.england_parts import last_page
from dashboard.expected_page import SIZE
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
DATED = {"day": 10, "month": 7, "year": 4}  # letters of an ISO date


def listed() -> list[dict[str, str]]:
    """The list, with what names its own files worded for readers."""
    with LIST.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    articles = sorted({row["source_file"] for row in found})
    words = WORDED_FOR_READERS | {name: f"article {n}" for n, name in enumerate(articles, 1)}
    for row in found:
        row["source"] = f"article {articles.index(row['source_file']) + 1} of five read"
        for column in ("later_outcome", "notes"):
            for old, new in words.items():
                row[column] = row[column].replace(old, new)
    return found


def test_every_row_of_the_list_is_a_statement_of_the_record() -> None:
    rows = listed()
    held = list(Statement.objects.filter(council__slug="luton").order_by("reference"))
    assert len(held) == len(rows) == 100
    differing = {}
    for row, statement in zip(rows, held, strict=True):
        wrong = [name for name, field in SAME.items() if row[name] != getattr(statement, field)]
        if row["date"] != str(statement.stated_date)[: DATED[statement.stated_precision]]:
            wrong.append("date")
        if row["later_outcome"] != statement.outcome:
            wrong.append("later_outcome")
        if row["source"] not in statement.source_text:
            wrong.append("source_file")
        # The record may complete a sentence or add a note, and leaves nothing out.
        if not statement.what.startswith(row["what"]):
            wrong.append("what")
        if row["notes"] not in statement.notes:
            wrong.append("notes")
        if wrong:
            differing[statement.reference] = wrong
    assert differing == {}


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
