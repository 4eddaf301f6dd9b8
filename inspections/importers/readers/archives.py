"""Workbooks as archives: size and content checked before anything is unpacked.

Used by :mod:`.formats` only.
"""

import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path

from .limits import Limits, UnreadableFileError
from .pages import Workbook, shown_name
from .sheets import ods_sheets, xlsx_sheets

_DOWNLOAD_AGAIN = "Download the file from Ofsted's site again."
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What zipfile and the decompressors raise on damaged archives (found by mutating files)."""


def read_workbook(path: Path, limits: Limits) -> Workbook:
    """A workbook out of its archive, checked before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_zip(archive, limits)
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names) or any(
                name.startswith(("Basic/", "Scripts/")) for name in names
            ):
                raise UnreadableFileError(
                    found="a workbook with macros",
                    expected="a workbook of values",
                    advice="Ofsted's workbooks have no macros: download it again.",
                )
            if "xl/workbook.xml" in names:
                links = sum(bool(re.fullmatch(r"xl/externalLinks/[^/]+\.xml", n)) for n in names)
                return Workbook(shown_name(path), tuple(xlsx_sheets(archive, limits)), links)
            if "content.xml" in names:
                if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
                    "META-INF/manifest.xml"
                ):
                    raise UnreadableFileError(
                        found="a workbook protected by a password",
                        expected="an open workbook",
                        advice=_DOWNLOAD_AGAIN,
                    )
                return Workbook(shown_name(path), tuple(ods_sheets(archive, limits)))
    except _BROKEN_ARCHIVE as error:
        raise UnreadableFileError(
            found=f"a damaged workbook ({type(error).__name__})",
            expected="a whole .ods or .xlsx file",
            advice=_DOWNLOAD_AGAIN,
        ) from error
    raise UnreadableFileError(
        found="a zip archive that is not a workbook",
        expected="an .ods or .xlsx workbook",
        advice="Unpack it and import the files inside.",
    )


def _check_zip(archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.zip_entries:
        raise UnreadableFileError(
            found=f"an archive of {len(entries):,} entries",
            expected=f"at most {limits.zip_entries:,}",
            advice="Check what this file is.",
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > limits.unpacked_bytes or (
        unpacked > 10_000_000 and unpacked / packed > limits.unpack_ratio
    ):
        raise UnreadableFileError(
            found=f"an archive that unpacks to {unpacked / 1e6:,.0f} MB ({unpacked // packed}×)",
            expected=f"at most {limits.unpacked_bytes / 1e6:,.0f} MB",
            advice="This looks like a zip bomb: do not open it.",
        )
