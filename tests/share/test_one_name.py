"""One fact has one name, and one way to be written, in every table, file and answer."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import pytest
from django.test import Client, RequestFactory
from openpyxl import load_workbook

from dashboard.api.record import api
from dashboard.data import described
from dashboard.data.columns import FACTS, ROLES
from dashboard.data.document import Column, Document, Table
from dashboard.data.tables import TABLES
from dashboard.http import kept
from dashboard.state.opening import opening
from dashboard.urls import ENGLAND, KINDS
from inspections import store
from inspections.vocabulary import (
    CouncilKind,
    InspectionKind,
    PointKind,
    Region,
    StatementKind,
    ThemeBasis,
    VisitKind,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CHARTS = [f"/councils/luton/{kind.slug}" if kind.is_of_council else f"/england/{kind.slug}"
          for kind in KINDS]  # fmt: skip
QUERIES = {  # what a table needs to have rows, and what changes its groups
    "/england/side-by-side": ["?councils=luton~bedford"],
    "/compare/figures": ["?councils=luton~bedford"],
    "/england/statistics": ["", "?by=region", "?by=kind", "?by=framework", "?reading=ofsted"],
    "/england/timing": ["", "?by=kind", "?by=grade"],
    "/england/reporting": ["", "?by=kind", "?by=grade"],
    "/england/changes": ["?from=2019-01-01"],
    "/england/expected": ["?everything=1"],
}
PAGES = [f"/england/{name}" for name in ENGLAND]
COUNCILS = ["/councils", "/councils/luton/plan"]
ADDRESSES = [
    f"{stem}.csv{query}"
    for stem in (
        *CHARTS,
        *PAGES,
        "/councils",
        "/councils/luton/plan",
        "/compare/figures",
        *(f"/data/{name}" for name in TABLES),
    )
    for query in QUERIES.get(stem, [""])
]


@pytest.fixture
def documents(client: Client, monkeypatch: pytest.MonkeyPatch) -> dict[str, Document]:
    """By address: what every CSV of the site is written from."""
    found: dict[str, Document] = {}
    write = described.as_csv

    def spy(document: Document) -> bytes:
        found[asked[-1]] = document
        return write(document)

    kept.store.clear()  # what is kept from another test is not written again
    monkeypatch.setattr(described, "as_csv", spy)
    asked: list[str] = []
    for address in ADDRESSES:
        asked.append(address)
        assert client.get(address).status_code == 200, address
    assert list(found) == ADDRESSES
    return found


def tables(documents: dict[str, Document]) -> Iterator[Table]:
    return (table for document in documents.values() for table in document.tables)


def without_role(name: str) -> str:
    role = next((role for role in ROLES if name.startswith(f"{role}_")), "")
    return name.removeprefix(f"{role}_") if role and name not in FACTS else name


def counted() -> dict[str, str]:
    """The columns that the record itself names: a count for each grade, a grade for each lane."""
    book = store.current_record().book
    found = {grade.key: f"Councils that hold {grade.title}" for grade in book.grades.values()}
    return found | {lane.code: f"Code of the grade for {lane.name.lower()}" for lane in book.lanes}


def test_every_column_of_every_table_is_in_the_one_list(documents: dict[str, Document]) -> None:
    named = counted()
    for table in tables(documents):
        assert len(set(table.names)) == len(table.names), table.name
        for column in table.columns:
            if column.name in named and column.name not in FACTS:
                assert column.meaning == named[column.name]
                continue
            fact = FACTS[without_role(column.name)]
            assert column.meaning.lower().endswith(fact.meaning.lower()), column.name
            assert (column.holds, column.label) == (fact.holds, fact.label), column.name


def test_every_fact_of_the_list_is_in_some_table(documents: dict[str, Document]) -> None:
    used = {without_role(column.name) for table in tables(documents) for column in table.columns}
    described_by_api = {
        name
        for model in api.get_openapi_schema(path_prefix="/api/v1/")["components"][
            "schemas"
        ].values()
        for name in model.get("properties", {})
    }
    assert {name for name in FACTS if name not in used | described_by_api} == set()


def test_a_fact_never_has_two_names(documents: dict[str, Document]) -> None:
    """The same attribute of the same kind of thing, told in the same way, has the same name."""
    names: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for table in tables(documents):
        for column in table.columns:
            if column.name not in FACTS and without_role(column.name) not in FACTS:
                continue  # a count of one grade, or the grade of one lane, by its key
            for row in table.rows[:200]:
                if (owner := owner_of(row, column)) is not None:
                    fact = (type(owner), column.steps[-1:], column.then)
                    names[fact].add(without_role(column.name))
    assert len(names) > 100
    assert {fact: found for fact, found in names.items() if len(found) > 1} == {}


def owner_of(row: Any, column: Column) -> Any:
    """The thing of which the column tells an attribute; the row itself for what is worked out."""
    for step in column.steps[:-1]:
        row = getattr(row, step, None)
    return row


def values(documents: dict[str, Document]) -> dict[str, set[Any]]:
    """By column, its role left out: every value that is in any table."""
    found: dict[str, set[Any]] = defaultdict(set)
    for table in tables(documents):
        for row in table.cells():
            for column, cell in zip(table.columns, row, strict=True):
                if cell not in (None, ""):
                    found[without_role(column.name)].add(cell)
    return found


def test_a_name_never_holds_two_kinds_of_value(documents: dict[str, Document]) -> None:
    record = store.current_record()
    book = record.book
    codes = {
        "council": {row.short_name for row in record.councils},
        "ons_code": {row.ons_code for row in record.councils},
        "council_slug": {row.slug for row in record.councils},
        "council_name": {row.name for row in record.councils},
        "ons_region": set(map(Region.label_of, Region)),
        "ofsted_region": set(map(Region.label_of, Region)),
        "council_kind": set(CouncilKind),
        "inspection_kind": set(InspectionKind),
        "visit_kind": set(VisitKind),
        "statement_kind": set(StatementKind),
        "framework": {row.code for row in book.in_order},
        "framework_name": {row.name for row in book.in_order},
        "area": {row.code for row in book.areas.values()},
        "area_name": {row.official_name for row in book.areas.values()},
        "lane": {row.code for row in book.lanes},
        "scale": {row.scale for row in book.grades.values()},
        "grade": {row.key for row in book.grades.values()},
        "grade_name": {row.name for row in book.grades.values()},
        "inspection": {row.reference for row in record.inspections},
        "visit": {row.reference for row in record.visits},
        "statement": {row.reference for row in record.statements},
        "theme": {row.code for row in record.themes},
        "point_kind": set(PointKind),
        "themes_basis": set(ThemeBasis),
    }  # fmt: skip
    found = values(documents)
    assert {name: found[name] - known for name, known in codes.items() if found[name] - known} == {}
    for lane in book.choosable_lanes:
        assert found[lane.code] <= codes["grade"], lane.code
    for name in [name for name in found if name.endswith("_url")]:
        assert all(re.match("https?://", cell) for cell in found[name]), name


def test_a_value_is_of_the_kind_that_its_column_declares(documents: dict[str, Document]) -> None:
    for name, cells in values(documents).items():
        holds = FACTS[name].holds if name in FACTS else None
        if holds is None:
            continue
        parts = get_args(holds.type) if isinstance(holds.type, UnionType) else (holds.type,)
        kinds = {*parts, int} if float in parts else set(parts)
        for cell in cells:
            kind = next(kind for kind in (bool, datetime, date, int, float, str)
                        if isinstance(cell, kind))  # fmt: skip
            assert kind in kinds, (name, cell)
        if holds.words.startswith("share"):
            assert all(0 <= cell <= 1 and round(cell, 4) == cell for cell in cells), name


def heads_of_ods(content: bytes) -> dict[str, list[str]]:
    """By sheet: the cells of its first line."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("content.xml").decode()
    sheets = re.findall(r'<table:table table:name="([^"]*)">(.*?)</table:table>', text, re.S)
    first = {name.replace(" ", "_"): sheet.split("</table:table-row>")[0] for name, sheet in sheets}
    return {name: re.findall(r"<text:p>(.*?)</text:p>", row) for name, row in first.items()}


@pytest.mark.parametrize("stem", CHARTS)
def test_a_chart_has_the_same_columns_in_every_file(client: Client, stem: str) -> None:
    query = QUERIES.get(stem, [""])[0]

    def content(suffix: str) -> bytes:
        return client.get(f"{stem}.{suffix}{query}").content

    first = next(csv.reader(io.StringIO(content("csv").decode())))
    data = json.loads(content("json"))
    sheets = {name: list(rows[0]) for name, rows in data.items() if isinstance(rows, list)}
    assert next(iter(sheets.values())) == first
    book = load_workbook(io.BytesIO(content("xlsx")))
    ods = heads_of_ods(content("ods"))
    with zipfile.ZipFile(io.BytesIO(content("zip"))) as archive:
        archived = json.loads(archive.read("metadata.json"))["tables"]
    for name, heads in sheets.items():
        assert [cell.value for cell in book[name.replace("_", " ")][1]] == heads
        assert ods[name] == heads
        assert list(archived[name]) == heads
    beside = json.loads(content("csv-metadata.json"))["tableSchema"]["columns"]
    assert [column["name"] for column in beside] == first


@pytest.mark.parametrize("stem", CHARTS)
def test_the_table_under_a_chart_shows_columns_of_its_file(client: Client, stem: str) -> None:
    """Each head of the page is told of a column of the file, in as many rows."""
    kind = next(kind for kind in KINDS if stem.endswith(f"/{kind.slug}"))
    query = QUERIES.get(stem, [""])[0]
    start = opening(RequestFactory().get(f"{stem}.csv{query}"), kind.state)
    council = start.council("luton")[0] if kind.is_of_council else None
    shown = kind.show(start, council).answer.table()
    assert set(shown.names) <= set(shown.table.names)
    page = client.get(f"{stem}/{query}").content.decode()
    table = page[page.index(f'id="table-{kind.slug}"') :]
    heads = re.findall(r'<th scope="col">(.*?)</th>', table[: table.index("</thead>")])
    assert [unescape(head) for head in heads] == shown.heads
    lines = table[: table.index("</table>")].count('<th scope="row">')
    rows = list(csv.DictReader(io.StringIO(client.get(f"{stem}.csv{query}").content.decode())))
    assert lines == (len(rows) if shown.rows is None else len(shown.rows))
    assert lines > 1


def test_the_record_has_the_same_columns_in_every_file_and_in_the_api(
    client: Client, tmp_path: Path
) -> None:
    whole = json.loads(client.get("/data/record.json").content)
    file = tmp_path / "record.sqlite"
    file.write_bytes(client.get("/data/record.sqlite").content)
    with sqlite3.connect(file) as connection:
        for name, columns in TABLES.items():
            heads = [column.name for column in columns]
            text = client.get(f"/data/{name}.csv").content.decode()
            assert next(csv.reader(io.StringIO(text))) == heads
            assert list(whole[name][0]) == heads
            kept = connection.execute(f"SELECT name FROM pragma_table_info('{name}')").fetchall()
            assert [row[0] for row in kept] == heads
            if name not in {"themes", "improvement_points"}:
                asked = client.get(f"/api/v1/{name.replace('_', '-')}?page_size=1").json()
                assert list(asked["results"][0]) == heads


@pytest.mark.parametrize(
    ("name", "file"),
    [("windows", "/england/upcoming.csv"), ("changes", "/england/changes.csv?from=2024-01-01")],
)
def test_the_api_has_the_columns_of_the_page(client: Client, name: str, file: str) -> None:
    heads = next(csv.reader(io.StringIO(client.get(file).content.decode())))
    assert list(client.get(f"/api/v1/{name}?page_size=1").json()["results"][0]) == heads


def test_the_api_describes_each_field_by_the_meaning_of_its_column() -> None:
    schemas = api.get_openapi_schema(path_prefix="/api/v1/")["components"]["schemas"]
    described_rows = [schemas[name] for name in ("Council", "Judgement", "Visit", "Correction",
                                                 "Statistic", "Change", "Window")]  # fmt: skip
    for model in described_rows:
        for name, field in model["properties"].items():
            meaning = FACTS[without_role(name)].meaning
            assert field["description"].lower().endswith(meaning.lower()), name


def test_groups_are_named_in_the_same_columns_whatever_they_are(client: Client) -> None:
    for stem in ("/england/statistics", "/england/timing", "/england/reporting"):
        heads = {
            tuple(next(csv.reader(io.StringIO(client.get(f"{stem}.csv{query}").content.decode()))))
            for query in QUERIES[stem]
        }
        assert len(heads) == 1, stem
        assert next(iter(heads))[:3] == ("by", "group", "group_name")


def test_the_dictionary_tells_every_fact_once(client: Client) -> None:
    page = client.get("/data/dictionary/").content.decode()
    for name in FACTS:
        assert page.count(f'<th scope="row" id="{name}">') == 1, name
    for columns in TABLES.values():
        assert all(f'href="#{column.name}"' in page for column in columns)
