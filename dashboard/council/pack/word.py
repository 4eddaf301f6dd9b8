"""A briefing as a Word document that an officer can paste into the council's own template:
real heading styles, table heads, alternative text; always the same bytes."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dashboard.charted.pictures import qr
from dashboard.charts.png import png
from dashboard.council.pack.content import Pack
from dashboard.council.pack.pdf import PUBLISHER

EPOCH = datetime(2000, 1, 1)
CHART_WIDTH = 1400  # px


def docx(pack: Pack) -> bytes:
    """The document's bytes."""
    title = f"Briefing: {pack.council}, children's services"
    document = Document()
    _set_up(document, title)
    document.add_heading(title, level=1)
    document.add_paragraph(f"{pack.stands}. {PUBLISHER}")
    for said in pack.sentences:
        document.add_paragraph(said)
    if pack.grades:
        document.add_heading("Ofsted's grades", level=2)
        _grades(document, pack)
    if pack.chart:
        _picture(document, png(pack.chart, width=CHART_WIDTH), 180, pack.chart_says)
    if pack.questions:
        document.add_heading("Questions worth asking", level=2)
        for row in pack.questions:
            paragraph = document.add_paragraph(style="List Number")
            paragraph.add_run(row.text).bold = True
            address = f": {row.address}" if pack.is_for_officers and row.address else ""
            paragraph.add_run(f" {row.fact} Source: {row.source}{address}")
    for section in pack.sections:
        document.add_heading(section.title, level=2)
        for line in section.lines:
            document.add_paragraph(line, style="List Bullet")
        if section.note:
            document.add_paragraph(section.note)
    document.add_paragraph(f"This briefing as a page: {pack.link}")
    if pack.ofsted_page:
        document.add_paragraph(f"Ofsted's own page of the council: {pack.ofsted_page}")
    _picture(document, qr(pack.link, "png"), 22, "QR code of the address above it")
    return _stamped(document)


def _set_up(document: DocumentType, title: str) -> None:
    core = document.core_properties
    core.title, core.author, core.language = title, PUBLISHER, "en-GB"
    core.created = core.modified = EPOCH
    core.last_modified_by, core.revision = "", 1
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(13)
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), "en-GB")
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(9)
    normal.paragraph_format.space_after = Pt(3)


def _grades(document: DocumentType, pack: Pack) -> None:
    heads = ("Area", pack.before or "Before", pack.now or "Now", "Change")
    table = document.add_table(rows=1, cols=len(heads), style="Light Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    # Screen readers and later pages take the first row as the table's head.
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in pack.grades:
        for cell, text in zip(
            table.add_row().cells, (row.area, row.before, row.now, row.change), strict=True
        ):
            cell.text = text


def _picture(document: DocumentType, content: bytes, width: int, says: str) -> None:
    shape = document.add_picture(io.BytesIO(content), width=Mm(width))
    shape._inline.docPr.set("descr", says)


def _stamped(document: DocumentType) -> bytes:
    """The file with one stamp for all its parts, so that equal briefings are equal bytes."""
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name in sorted(
            parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)
        ):
            info = zipfile.ZipInfo(name, date_time=EPOCH.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            to.writestr(info, parts.read(name))
    return out.getvalue()
