"""What an officer does on the way to a draft."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser, LexborNode

from inspections.models import Draft, Framework
from tests.importers import documents as d


def today() -> date:
    """Asked when it is needed: a run of the tests may pass midnight."""
    return timezone.localdate()


def a_monday(days: int) -> date:
    """The Monday of this week, and `days` days before it."""
    return today() - timedelta(days=today().weekday() + days)


def filled(page: str) -> dict[str, Any]:
    """What a browser would send of the page's first form, its buttons left alone."""
    form = LexborHTMLParser(page).css_first("form.entry")
    assert form is not None
    found: dict[str, Any] = {}
    for row in form.css("input[name], select, textarea"):
        name, kind = str(row.attributes["name"]), row.attributes.get("type")
        if kind == "checkbox" and "checked" not in row.attributes:
            continue
        found[name] = [*found[name], _value(row)] if name in found else [_value(row)]
    return {name: told if len(told) > 1 else told[0] for name, told in found.items()}


def _value(row: LexborNode) -> str:
    if row.tag == "textarea":
        return row.text().removeprefix("\n")
    chosen = row.css_first("option[selected]") or row.css_first("option")
    return (chosen or row).attributes.get("value") or ""


def upload(client: Client, path: Path) -> Draft:
    file = SimpleUploadedFile(path.name, path.read_bytes(), "application/pdf")
    answer = client.post("/entry/", {"document": file})
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.latest("pk")


def by_name(client: Client, event: str = "inspection") -> Draft:
    client.post("/entry/", {"what": "Exampleshire", "event": event})
    return Draft.objects.latest("pk")


def report(tmp_path: Path) -> Path:
    rows = [(area, grade.replace("Inadequate", "Good")) for area, grade in d.TABLE_2023]
    return d.ilacs_report(tmp_path / "50308602.pdf", rows=rows)


def entered(client: Client, **more: str) -> Draft:
    """A draft of a good inspection, nine weeks ago, published today."""
    draft = by_name(client)
    framework = Framework.objects.filter(in_force_to=None).latest("in_force_from")
    grades = {f"grade:{area.code}": "good" for area in framework.areas.all()}
    monday = a_monday(56)
    given = {
        "kind": "standard",
        "start_date": monday.isoformat(),
        "end_date": (monday + timedelta(days=11)).isoformat(),
        **grades,
        **more,
    }
    client.post(f"/entry/{draft.pk}/", {**given, "check": "1"})
    draft.refresh_from_db()
    return draft
