"""The briefing's files as a screen reader finds them: headings, table heads, words for pictures."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record"), pytest.mark.once]
TITLE = "Briefing: Luton, children's services"


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Every element of a tagged PDF below a node, in the order of reading."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_the_pdf_is_tagged_for_everybody(client: Client) -> None:
    content = client.get("/councils/luton/briefing.pdf").content
    assert b"pdfuaid" in content
    assert len(content) < 150_000
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert reader.metadata.title == TITLE
    assert all(page["/Tabs"] == "/S" and "/StructParents" in page for page in reader.pages)
    found = list(elements(root["/StructTreeRoot"]))
    kinds = [row["/S"] for row in found]
    headings = [kind for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert headings == ["/H1", *["/H2"] * (len(headings) - 1)]
    assert len(headings) > 5
    assert kinds.count("/Table") == kinds.count("/THead") == 1
    heads = [row["/A"] for row in found if row["/S"] == "/TH"]
    assert [one[0]["/Scope"] for one in heads] == ["/Column"] * 4
    says = [row.get("/Alt") for row in found if row["/S"] == "/Figure"]
    assert len(says) == 2
    assert all(says)
    assert kinds.count("/L") >= 5
    assert "/Link" in kinds


def test_the_word_file_has_headings_table_heads_and_words_for_pictures(client: Client) -> None:
    content = client.get("/councils/luton/briefing.docx").content
    document = Document(io.BytesIO(content))
    assert (document.core_properties.title, document.core_properties.language) == (TITLE, "en-GB")
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Heading 1"
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") > 5
    assert styles.count("List Number") == 8
    parts = zipfile.ZipFile(io.BytesIO(content))
    told = parts.read("word/document.xml").decode()
    assert told.count("w:tblHeader") == told.count("<w:tbl>") == 1
    assert all(re.findall(r'<wp:docPr[^>]*descr="([^"]*)"', told))
    assert told.count("<wp:docPr") == 2
    spoken = re.findall(r'<w:lang [^>]*w:val="([^"]+)"', parts.read("word/styles.xml").decode())
    assert set(spoken) == {"en-GB"}


def test_libreoffice_sets_the_word_file_on_two_sides(client: Client, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("SOFFICE MISSING: the Word briefing was not opened in LibreOffice here")
    source = tmp_path / "briefing.docx"
    source.write_bytes(client.get("/councils/luton/briefing.docx").content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], capture_output=True, timeout=120, check=True)
    reader = PdfReader(tmp_path / "briefing.pdf")
    assert len(reader.pages) <= 2
    assert "Questions worth asking" in "".join(page.extract_text() for page in reader.pages)
