"""What is shipped from others is what it says it is."""

import hashlib
from pathlib import Path

from plotly.offline import get_plotlyjs_version

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
VENDOR = STATIC / "vendor"


def test_the_vendored_plotly_is_the_version_of_the_python_package() -> None:
    version = get_plotlyjs_version()
    bundle = VENDOR / f"plotly-{version}.min.js"
    assert bundle.read_bytes().startswith(f"/*! plotly.js v{version} ".encode())
    assert [path.name for path in VENDOR.glob("plotly-*.js")] == [bundle.name]


def test_every_vendored_file_has_its_checksum() -> None:
    lines = (VENDOR / "plotly-SHA256.txt").read_text().splitlines()
    kept = {name: digest for digest, name in (line.split() for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.glob("plotly*")
        if path.name != "plotly-SHA256.txt"
    }
    assert found == kept


def test_the_font_and_plotly_come_with_their_licences() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (STATIC / "fonts" / "OFL.txt").read_text()
    assert "MIT" in (VENDOR / "plotly-LICENSE.txt").read_text()
