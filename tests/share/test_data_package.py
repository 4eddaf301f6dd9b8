"""`datapackage.json` is valid by its schema and says of every CSV what stands in it; the page of
the data is a schema.org/Dataset; every page leads to its feed."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from jsonschema import validators

pytestmark = [pytest.mark.django_db, pytest.mark.once]
VENDOR = Path(__file__).parents[1] / "data" / "vendor" / "frictionless"
READ: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def package(client: Client, query: str = "") -> dict:
    answer = client.get(f"/datapackage.json{query}")
    assert answer["Content-Type"] == "application/json"
    return json.loads(answer.content)


def test_the_package_is_valid_by_its_schema(client: Client) -> None:
    text = (VENDOR / "tabular-data-package.json").read_bytes()
    assert hashlib.sha256(text).hexdigest() in (VENDOR / "SHA256SUMS").read_text()
    schema = json.loads(text)
    checker = validators.validator_for(schema)(schema)
    found = package(client)
    assert [error.message for error in checker.iter_errors(found)] == []
    del found["resources"][0]["name"]
    assert list(checker.iter_errors(found))


@pytest.mark.parametrize("query", ["", "?as_at=2020-02-23"])
def test_every_csv_is_as_the_package_says(client: Client, query: str) -> None:
    for resource in package(client, query)["resources"]:
        address = urlsplit(resource["path"])
        assert resource["path"].startswith(f"{settings.SITE_URL}/data/")
        assert f"?{address.query}" == query or not query
        answer = client.get(f"{address.path}?{address.query}")
        heads, *rows = csv.reader(io.StringIO(answer.content.decode(resource["encoding"])))
        fields = resource["schema"]["fields"]
        assert heads == [field["name"] for field in fields], resource["name"]
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                if cell:
                    READ[field["type"]](cell)


def test_the_zip_has_the_package_of_its_own_files(client: Client) -> None:
    files = zipfile.ZipFile(io.BytesIO(client.get("/data/record.zip").content))
    found = json.loads(files.read("datapackage.json"))
    assert {row["path"] for row in found["resources"]} <= set(files.namelist())


def test_the_data_page_is_a_dataset_that_no_browser_runs(client: Client) -> None:
    page = client.get("/data/").content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found = json.loads(block)
    assert (found["@context"], found["@type"]) == ("https://schema.org", "Dataset")
    assert 50 <= len(found["description"]) <= 5000
    assert found["temporalCoverage"].endswith("/2026-08-22")
    for one in found["distribution"]:
        answer = client.get(urlsplit(one["contentUrl"]).path)
        assert answer["Content-Type"].split(";")[0] == one["encodingFormat"]


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/", "/england.atom"),
        ("/councils/?region=london", "/england/london.atom"),
        ("/england/changes/?region=north-west", "/england/north-west.atom"),
        ("/england/findings/?region=london", "/england/findings.atom?region=london"),
        ("/england/visits/", "/england/visits.atom"),
        ("/corrections/", "/corrections.atom"),
        ("/feeds/?councils=luton", "/feeds.atom?councils=luton"),
        *(
            (f"/councils/luton/{part}", "/councils/luton.atom")
            for part in (
                "", "grades/", "context/", "asked-for/", "briefing/", "inspections/2026-01-19/"
            )
        ),
    ],
)  # fmt: skip
def test_every_page_leads_programs_to_its_feed(client: Client, path: str, feed: str) -> None:
    page = client.get(path).content.decode()
    [href] = re.findall(r'type="application/atom\+xml" title="[^"]+" href="([^"]+)"', page)
    assert href == feed
    assert client.get(href.replace("&amp;", "&")).status_code == 200
