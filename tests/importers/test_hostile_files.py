"""Bad and hostile files: each has its own problem, and none stops the run."""

import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from inspections.importers.pool import read_files
from inspections.importers.readers.limits import Limits
from inspections.importers.worker import read_path
from inspections.records import DocumentReading
from tests.importers import documents as d
from tests.importers import workbooks as w
from tests.importers.world import rules

LIMITS = Limits(pdf_bytes=2_000_000, workbook_bytes=2_000_000, unpacked_bytes=20_000_000)


def read(path: Path) -> DocumentReading:
    return read_path(path, rules(), LIMITS)


def html(path: Path) -> None:
    path.write_text("<!DOCTYPE html>\n<html><title>Report not found</title></html>")


def empty(path: Path) -> None:
    path.touch()


def cut(path: Path) -> None:
    whole = d.ilacs_report(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 3])


def encrypted(path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(d.ilacs_report(path)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)


def scan(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4)
    canvas.rect(50, 50, 400, 700, fill=1)
    canvas.save()


def many_pages(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4)
    for _ in range(LIMITS.pages + 1):
        canvas.showPage()
    canvas.save()


def large(path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(300_000_000)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b" " * 25_000_000)


def macros(path: Path) -> None:
    w.write_xlsx(path, {"List": w.AS_AT_2025}, extra={"xl/vbaProject.bin": b"x"})


def entities(path: Path) -> None:
    body = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", body)


def damaged_xml(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<office:document-content>")


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")


def prose(path: Path, *lines: str) -> None:
    paper = d.Paper(path)
    for line in lines:
        paper.wrapped(line)
    paper.save()


def school(path: Path) -> None:
    prose(path, "Inspection of Northbridge Primary School", "Pupils are happy here. " * 9)


def home(path: Path) -> None:
    prose(path, "1234567 Registered provider", "This children’s home is registered. " * 9)


def wales(path: Path) -> None:
    prose(
        path, "Estyn", "Inspection of local authority children’s services in Invented Valley. " * 5
    )


def joint(path: Path) -> None:
    prose(path, "Joint targeted area inspection of Exampleshire", "Partners met. " * 20)


def joint_letter(path: Path) -> None:
    prose(
        path,
        "Dear Director",
        "This letter summarises the findings of the joint targeted area inspection of "
        "Exampleshire. A focused visit to Exampleshire came before.",
    )


def old_office(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"0" * 4_000)


def repeated(path: Path) -> None:
    """A million rows of 16,384 columns in a few hundred bytes."""
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p>'
    body = (
        f'{w._ODS_HEAD}<table:table table:name="a"><table:table-row '
        f'table:number-rows-repeated="1000000">{cell}</table:table-cell></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", body)


def cyclic(path: Path) -> None:
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999>>endobj\n"
        b"trailer<</Size 3/Root 1 0 R>>\n%%EOF"
    )


CASES = [
    (old_office, "old.ods", "protected by a password"),
    (repeated, "repeated.ods", "more than 500 columns"),
    (cyclic, "cyclic.pdf", "99,999 pages"),
    (joint_letter, "joint_letter.pdf", "JTAI"),
    (html, "report.pdf", "web page"),
    (empty, "empty.pdf", "empty file"),
    (cut, "cut.pdf", "damaged or cut"),
    (encrypted, "locked.pdf", "password"),
    (scan, "scan.pdf", "without text"),
    (many_pages, "long.pdf", "pages"),
    (large, "large.pdf", "300 MB"),
    (bomb, "bomb.ods", "unpacks to 25 MB"),
    (macros, "macros.xlsx", "macros"),
    (entities, "entities.ods", "entities"),
    (damaged_xml, "damaged.ods", "damaged XML"),
    (other_zip, "other.xlsx", "not a workbook"),
    (school, "school.pdf", "a school"),
    (home, "home.pdf", "children's home"),
    (wales, "wales.pdf", "Wales"),
    (joint, "joint.pdf", "JTAI"),
]


@pytest.mark.parametrize(("make", "name", "words"), CASES, ids=[c[1] for c in CASES])
def test_each_bad_file_has_its_own_problem(tmp_path, make, name: str, words: str) -> None:
    make(tmp_path / name)
    reading = read(tmp_path / name)
    assert not reading.is_readable
    assert reading.inspections == ()
    assert words in reading.problems[0].found
    assert reading.problems[0].advice


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert "cannot be opened" in read(tmp_path / "none.pdf").problems[0].found


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    html(tmp_path / "bad.pdf")
    paths = [tmp_path / "bad.pdf", d.ilacs_report(tmp_path / "good.pdf")]
    readings = {p.name: r.is_readable for p, r in read_files(paths, rules(), limits=LIMITS)}
    assert readings == {"bad.pdf": False, "good.pdf": True}
