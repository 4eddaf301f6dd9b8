"""The files of the deployment say what the tests run on, and are what their tools expect."""

import json
import os
import re
import sys

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.db import connection

ROOT = settings.BASE_DIR
SCHEMA = ROOT / "tests" / "data" / "vendor" / "compose-spec" / "compose-spec.json"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


def promised(what: str) -> list[str]:
    """The versions that docs/operations.md says the tests run on, the deployed one first."""
    [line] = re.findall(rf"^\| {what} \| ([^|]+) \|", OPERATIONS, re.MULTILINE)
    return [version.strip() for version in line.split(",")]


def test_the_compose_file_follows_the_compose_schema() -> None:
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(COMPOSE)


def test_a_compose_file_with_a_misspelt_key_is_refused() -> None:
    wrong = json.loads(json.dumps(COMPOSE))
    wrong["services"]["web"]["helthcheck"] = {}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(wrong)


def test_the_image_has_the_promised_python() -> None:
    versions = re.findall(r"^FROM python:(\d+\.\d+)-slim", DOCKERFILE, re.MULTILINE)
    assert versions == [promised("Python")[0]] * 2


def test_the_database_image_has_the_promised_postgresql() -> None:
    assert SERVICES["database"]["image"].startswith(f"postgres:{promised('PostgreSQL')[0]}-")


def test_the_tests_run_on_a_promised_python() -> None:
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert running in promised("Python")
    if os.environ.get("CI"):
        assert running == promised("Python")[0]


@pytest.mark.django_db
def test_the_tests_run_on_a_promised_postgresql() -> None:
    if connection.vendor != "postgresql":
        return  # The same suite runs on PostgreSQL too: tools/test.sh.
    connection.ensure_connection()
    running = str(connection.pg_version // 10000)
    assert running in promised("PostgreSQL")
    if os.environ.get("CI"):
        assert running == promised("PostgreSQL")[0]


def test_no_service_of_ours_runs_as_root_or_may_become_it() -> None:
    assert re.findall(r"^USER (\d+):", DOCKERFILE, re.MULTILINE) == ["10001"]
    for name, service in SERVICES.items():
        assert "no-new-privileges:true" in service["security_opt"], name
        if name != "database":  # PostgreSQL's image leaves root by itself.
            assert int(service["user"].split(":")[0]) > 0, name
            assert service["read_only"] is True, name
            assert service["cap_drop"] == ["ALL"], name


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert [
        name for name, service in SERVICES.items() if "outside" in service.get("networks", [])
    ] == ["proxy"]


def test_what_keeps_running_says_whether_it_is_healthy_and_comes_back() -> None:
    for name in ("database", "web", "proxy"):
        assert SERVICES[name]["healthcheck"]["test"], name
        assert SERVICES[name]["restart"] == "unless-stopped", name


def test_the_server_waits_for_the_migrated_and_loaded_database() -> None:
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    assert waits["database"] == {"keys": "service_completed_successfully"}
    assert waits["prepare"] == {"database": "service_healthy"}
    assert waits["web"]["prepare"] == "service_completed_successfully"
    assert waits["proxy"] == {"web": "service_healthy"}


def test_the_database_is_on_a_named_volume() -> None:
    assert "database:/var/lib/postgresql/data" in SERVICES["database"]["volumes"]
    assert "database" in COMPOSE["volumes"]


def test_no_password_stands_in_a_file() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            assert not re.search("PASSWORD$|SECRET|_KEY$", variable), f"{name}: {variable}: {value}"


def test_every_setting_is_described() -> None:
    read = set()
    for source in ("config/settings.py",):
        text = (ROOT / source).read_text()
        read |= set(re.findall(r"environment\.\w+\(\s*\"([A-Z_]+)\"", text))
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    assert read - described == set()
