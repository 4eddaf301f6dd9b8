"""Every chart at its own address, and in every file."""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from dashboard.charted.kind import ChartKind
from dashboard.charted.views import SUFFIXES
from dashboard.council.grades import OF_A_COUNCIL
from dashboard.data.document import DAY, DAYS, Column, Document, Table
from dashboard.data.writers import WRITERS
from dashboard.england.held import OF_ENGLAND
from inspections import store
from inspections.models import Council

pytestmark = [pytest.mark.django_db, pytest.mark.once]
KINDS = (OF_A_COUNCIL, OF_ENGLAND)  # every other one: tests/pages and test_next_framework
SPREADSHEETS = ("xlsx", "ods")


def stem(kind: ChartKind, council: Council) -> str:
    return kind.stem(council if kind.is_of_council else None)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("suffix", ["/", "/share/", *(f".{suffix}" for suffix in SUFFIXES)])
def test_every_chart_answers_in_every_form(
    client: Client, exampleshire: Council, kind: ChartKind, suffix: str
) -> None:
    response = client.get(stem(kind, exampleshire) + suffix)
    assert response.status_code == 200
    assert response.content
    assert not response.cookies


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("suffix", ["/", "/share/", *(f".{suffix}" for suffix in SUFFIXES)])
def test_a_mangled_query_never_breaks_a_chart(
    client: Client, exampleshire: Council, kind: ChartKind, suffix: str
) -> None:
    query = "area=%00&areas=x~y&from=abc&known=1&as_at=2999-01-01&w=-1"
    expected = 200 if suffix.endswith("/") else 400  # a page says it, a file refuses
    assert client.get(f"{stem(kind, exampleshire)}{suffix}?{query}").status_code == expected


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("query", ["as_at=1990-01-01", "known=19900101T000000Z", "region=london"])
def test_a_chart_with_nothing_to_show_answers_in_every_form(
    client: Client, exampleshire: Council, kind: ChartKind, query: str
) -> None:
    for suffix in ("/", "/share/", *(f".{suffix}" for suffix in SUFFIXES)):
        response = client.get(f"{stem(kind, exampleshire)}{suffix}?{query}")
        is_refused = query.startswith("region") and kind.is_of_council and suffix[-1] != "/"
        assert response.status_code == (400 if is_refused else 200), suffix


@pytest.mark.parametrize("path", ["/england/changes/", "/compare/", "/", "/england/changes.csv"])
@pytest.mark.parametrize("query", ["as_at=0001-01-01", "known=00010101T000000Z"])
def test_a_day_before_every_reckoning_is_refused(
    client: Client, exampleshire: Council, path: str, query: str
) -> None:
    """Pages reckon a year or two back from a day; the first year has none before it."""
    response = client.get(f"{path}?councils=exampleshire&{query}")
    assert response.status_code == (200 if path.endswith("/") else 400)
    assert "from 1990-01-01 on" in response.content.decode()


def test_what_was_ignored_is_said_on_the_chart(client: Client, exampleshire: Council) -> None:
    page = client.get("/councils/exampleshire/grades/?areas=nonsense").content.decode()
    assert "areas=nonsense" in page
    assert "there is no such judgement area" in page


@pytest.mark.parametrize("suffix", ["/", ".png", ".csv", ".json", "/share/"])
def test_a_code_leads_to_the_councils_address(
    client: Client, exampleshire: Council, suffix: str
) -> None:
    code = exampleshire.ons_code
    response = client.get(f"/councils/{code}/grades{suffix}?from=2022")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/councils/exampleshire/grades{suffix}?from=2022"


def test_an_unknown_council_is_not_found(client: Client, exampleshire: Council) -> None:
    assert client.get("/councils/exampleshyre/grades.csv").status_code == 404


def test_a_chart_of_a_council_without_inspections_says_so(
    client: Client, exampleshire: Council
) -> None:
    from tests.factories import make_council

    make_council("Northbridge")
    for suffix in ("/", *(f".{suffix}" for suffix in SUFFIXES)):
        assert client.get(f"/councils/northbridge/grades{suffix}").status_code == 200
    page = client.get("/councils/northbridge/grades/").content.decode()
    assert "No full inspection is on record to this day." in page


def test_the_csv_has_permanent_identifiers_and_its_head_stands_beside_it(
    client: Client, exampleshire: Council
) -> None:
    response = client.get("/councils/exampleshire/grades.csv?as_at=2025-01-31")
    beside = client.get(
        response.headers["Link"].split(">")[0].removeprefix("<http://127.0.0.1:8000")
    )
    head = beside.json()
    assert head["dc:valid"] == "2025-01-31"
    assert head["dc:source"].startswith("Ofsted")
    assert "open-government-licence" in head["dc:license"]["@id"]
    assert any(said.startswith("Address: http") for said in head["rdfs:comment"])
    rows = list(csv.DictReader(response.content.decode().splitlines()))
    assert len(rows) == 10
    assert {row["ons_code"] for row in rows} == {exampleshire.ons_code}
    assert {(row["inspection"], row["start_date"]) for row in rows} == {
        ("2021-03-01", "2021-03-01"),
        ("2024-03-04", "2024-03-04"),
    }
    assert (
        response.headers["Content-Disposition"]
        == 'attachment; filename="exampleshire-grades-as-at-2025-01-31.csv"'
    )


def test_the_same_query_means_the_same_in_every_file(client: Client, exampleshire: Council) -> None:
    query = "areas=leaders&from=2023"
    data = json.loads(client.get(f"/councils/exampleshire/grades.json?{query}").content)
    # The first year keeps the inspection that was in force when it began.
    assert [(row["area"], row["grade"]) for row in data["judgements"]] == [
        ("leaders", "requires_improvement"),
        ("leaders", "good"),
    ]
    book = load_workbook(
        io.BytesIO(client.get(f"/councils/exampleshire/grades.xlsx?{query}").content)
    )
    assert book.sheetnames == ["About", "judgements", "visits"]
    assert book["judgements"].max_row == 3
    assert book["visits"].max_row == 2


def test_the_zip_holds_data_definitions_and_the_picture(
    client: Client, exampleshire: Council
) -> None:
    content = client.get("/councils/exampleshire/grades.zip?as_at=2025-01-31").content
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    base = "exampleshire-grades-as-at-2025-01-31"
    assert set(archive.namelist()) == {
        f"{base}.csv", f"{base}-visits.csv", f"{base}.png", "metadata.json", "readme.txt",
    }  # fmt: skip
    found = json.loads(archive.read("metadata.json"))
    assert found["licence"] == "Open Government Licence v3.0"
    assert found["as_at"] == "2025-01-31"
    assert "grade" in found["tables"]["judgements"]
    assert found["frameworks"]["example_rules"]["areas"]["leaders"]
    assert archive.read(f"{base}.png").startswith(b"\x89PNG")


HOSTILE = ("=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", 'a"b', "x\x00y", "<b>&", "\u202eevil")


def hostile() -> Document:
    columns = (
        Column("text", "text", "=SUM(A1)", at=""),
        Column("number", "number", "A number", DAYS, at="", then=lambda _: -1.5),
        Column("day", "day", "A day", DAY, at="", then=lambda _: date(2025, 1, 31)),
    )
    table = Table("some_rows", columns, HOSTILE)
    return Document("=A title", "hostile", (("As at", "=1"),), (table,))


def test_no_text_of_a_csv_begins_as_a_formula() -> None:
    text = WRITERS["csv"][1](hostile()).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0][:1] for row in rows[1:]] == ["'"] * 6 + ["a", "x", "<", "\u202e"]
    assert {row[1] for row in rows[1:]} == {"-1.5"}


def test_no_text_of_a_workbook_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(WRITERS["xlsx"][1](hostile())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert book["some rows"]["A2"].value == "=1+1"


def test_an_ods_of_the_same_rows_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = WRITERS["ods"][1](hostile())
    monkeypatch.setattr("time.localtime", lambda *_: (2030, 1, 2, 3, 4, 6, 2, 2, 0))
    assert WRITERS["ods"][1](hostile()) == first


@pytest.mark.parametrize("suffix", SPREADSHEETS)
def test_libreoffice_reads_what_was_written(suffix: str, tmp_path: Path) -> None:
    """Converts the file to CSV headless: a file in need of repair fails or loses rows."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip(f"SOFFICE MISSING: .{suffix} was not opened in LibreOffice on this machine")
    source = tmp_path / f"hostile.{suffix}"
    source.write_bytes(WRITERS[suffix][1](hostile()))
    done = subprocess.run(
        [
            office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,"
            "false,false,2", "--outdir", str(tmp_path / "out"), str(source),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    found = sorted((tmp_path / "out").glob("*.csv"))
    assert len(found) == 1, done.stdout + done.stderr
    rows = list(csv.reader(found[0].open(encoding="utf-8", newline="")))
    assert rows[0] == ["text", "number", "day"]
    assert len(rows) == 1 + len(HOSTILE)
    assert rows[1] == ["=1+1", "-1.5", "2025-01-31"]
    assert rows[9][0] == "<b>&"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_a_picture_comes_in_every_scheme_and_width(
    client: Client, exampleshire: Council, kind: ChartKind, theme: str
) -> None:
    path = stem(kind, exampleshire)
    preview = client.get(f"{path}.preview.png?theme={theme}").content
    assert size_of(preview) == (1200, 630)
    assert size_of(client.get(f"{path}.png?theme={theme}&w=300").content)[0] == 300
    assert size_of(client.get(f"{path}.png?w=1").content)[0] == 200
    light = client.get(f"{path}.preview.png").content
    assert (preview == light) is (theme == "light")


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_a_kept_picture_costs_one_query(
    client: Client, exampleshire: Council, django_assert_num_queries: object
) -> None:
    first = client.get("/councils/exampleshire/grades.preview.png").content
    with django_assert_num_queries(1):
        assert client.get("/councils/exampleshire/grades.preview.png?w=").content == first


def test_a_change_of_the_record_draws_the_picture_anew(
    client: Client, exampleshire: Council
) -> None:
    from inspections import actions

    path = "/councils/exampleshire/grades.preview.png"
    before = client.get(path).content
    newest = exampleshire.inspections.order_by("-publication_date").first()
    actions.withdraw(newest, reason="Invented.", by=None)
    assert client.get(path).content != before


def test_a_qr_code_names_the_whole_address(client: Client, exampleshire: Council) -> None:
    svg = client.get("/councils/exampleshire/grades.qr.svg?from=2022").content.decode()
    assert "/councils/exampleshire/grades/?from=2022</title>" in svg


def test_meeting_mode_of_a_council_steps_through_its_inspections(
    client: Client, exampleshire: Council
) -> None:
    response = client.get("/councils/exampleshire/?present=1&as_at=2025-01-31", follow=True)
    assert response.redirect_chain[0][0] == (
        "/councils/exampleshire/grades/?as_at=2025-01-31&present=1"
    )
    page = response.content.decode()
    older, newer = (f"Exampleshire, inspected in March {year}" for year in (2021, 2024))
    assert page.index(older) < page.index(newer) < page.index("to read on and to check")
    assert "overall in March 2021." in page  # what the first came to then
    assert "As at 31 January 2025" in page


@pytest.mark.parametrize("count", [1, 12])
def test_a_charts_page_asks_once_whatever_the_history(
    client: Client, exampleshire: Council, django_assert_num_queries: object, count: int
) -> None:
    from tests.factories import make_visit

    for number in range(count):
        make_visit(exampleshire, start_date=date(2023, 1, 1 + number))
    store.current_record()
    with django_assert_num_queries(1):
        client.get("/councils/exampleshire/grades/")
