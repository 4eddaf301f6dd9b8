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
REPLICA = yaml.safe_load((ROOT / "compose.replica.yml").read_text())


def promised(what: str) -> list[str]:
    """The versions that docs/operations.md says the tests run on, the deployed one first."""
    [line] = re.findall(rf"^\| {what} \| ([^|]+) \|", OPERATIONS, re.MULTILINE)
    return [version.strip() for version in line.split(",")]


@pytest.mark.parametrize("compose", [COMPOSE, REPLICA])
def test_the_compose_files_follow_the_compose_schema(compose: dict) -> None:
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(compose)


def test_the_replica_runs_as_the_database_does() -> None:
    replica, database = REPLICA["services"]["replica"], SERVICES["database"]
    for what in ("image", "user", "group_add", "read_only", "cap_drop", "security_opt", "logging"):
        assert replica[what] == database[what], what
    assert replica["command"][1:] == database["command"][1:]
    assert {"mem_limit", "cpus", "pids_limit"} <= replica.keys()
    assert replica["networks"] == ["inside"]


def test_with_a_replica_whoever_saves_knows_both_databases() -> None:
    for name in ("prepare", "web-a", "web-b", "worker"):
        assert REPLICA["services"][name]["environment"]["DATABASE_HOST"] == "database,replica"
    for name in ("roles", "backup"):
        assert REPLICA["services"][name]["environment"]["PGTARGETSESSIONATTRS"] == "primary"


def test_the_pool_runs_as_the_other_services_do_and_is_pinned() -> None:
    pool = REPLICA["services"]["pool"]
    for what in ("user", "read_only", "cap_drop", "security_opt", "logging"):
        assert pool[what] == SERVICES["database"][what], what
    assert {"mem_limit", "cpus", "pids_limit", "healthcheck"} <= pool.keys()
    text = (ROOT / "deploy/pool/Dockerfile").read_text()
    assert re.search(r"^FROM debian:\d+\.\d+-slim$", text, re.MULTILINE)
    assert re.search(r" pgbouncer=\d\S+ ", text)
    assert re.search(r"^USER 999:", text, re.MULTILINE)
    for name in ("web-a", "web-b"):
        assert REPLICA["services"][name]["environment"]["POOL_HOST"] == "pool"


def test_a_compose_file_with_a_misspelt_key_is_refused() -> None:
    wrong = json.loads(json.dumps(COMPOSE))
    wrong["services"]["web-a"]["helthcheck"] = {}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(wrong)


def test_the_image_has_the_promised_python() -> None:
    versions = re.findall(r"^FROM python:(\d+\.\d+)\.\d+-slim", DOCKERFILE, re.MULTILINE)
    assert versions == [promised("Python")[0]] * 2


def test_the_database_image_has_the_promised_postgresql() -> None:
    assert SERVICES["database"]["image"].startswith(f"postgres:{promised('PostgreSQL')[0]}.")


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


def test_no_service_runs_as_root_or_may_become_it() -> None:
    assert re.findall(r"^USER (\d+):", DOCKERFILE, re.MULTILINE) == ["10001"]
    for name, service in SERVICES.items():
        assert "no-new-privileges:true" in service["security_opt"], name
        assert int(service["user"].split(":")[0]) > 0, name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name


def test_every_service_has_bounds_and_rotates_its_log() -> None:
    for name, service in SERVICES.items():
        assert {"mem_limit", "cpus", "pids_limit"} <= service.keys(), name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name


def test_every_image_is_pinned_to_its_version() -> None:
    images = {service["image"] for service in SERVICES.values()} - {"inspection-dashboard"}
    images |= set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))
    for image in images:
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?(-slim)?-bookworm", image), image


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("database", "redis", "roles", "prepare", "backup", "restore"):
        assert SERVICES[name]["networks"] == ["inside"], name


def test_what_keeps_running_comes_back_and_says_whether_it_is_healthy() -> None:
    for name in ("database", "redis", "web-a", "web-b", "proxy"):
        assert SERVICES[name]["healthcheck"]["test"], name
    for name in ("database", "redis", "web-a", "web-b", "worker", "backup", "proxy"):
        assert SERVICES[name]["restart"] == "unless-stopped", name


def test_the_server_waits_for_the_migrated_and_loaded_database() -> None:
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    assert waits["database"] == {"keys": "service_completed_successfully"}
    assert waits["roles"] == {"database": "service_healthy"}
    assert waits["prepare"]["roles"] == "service_completed_successfully"
    for name in ("web-a", "web-b", "worker", "backup"):
        assert waits[name]["prepare"] == "service_completed_successfully"
    assert waits["proxy"] == {"web-a": "service_healthy", "web-b": "service_healthy"}


def test_every_file_that_is_mounted_is_there_and_every_volume_is_named() -> None:
    for name, service in SERVICES.items():
        for mounted in service.get("volumes", []):
            source = re.sub(r"\$\{\w+:-(\w+)\}", r"\1", mounted).split(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).exists(), f"{name}: {mounted}"


def test_every_variable_of_the_compose_file_is_described() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    described = set(re.findall(r"`([A-Z_]+)`", OPERATIONS))
    assert set(re.findall(r"\$\{([A-Z_]+)", text)) - described == set()


def test_the_database_is_on_a_named_volume() -> None:
    assert "database:/var/lib/postgresql/data" in SERVICES["database"]["volumes"]
    assert "database" in COMPOSE["volumes"]


def test_no_password_stands_in_a_file() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            is_file = str(value).startswith("/run/")
            is_secret = re.search("PASSWORD$|SECRET|_KEY$", variable)
            assert is_file or not is_secret, f"{name}: {variable}: {value}"


def test_every_setting_is_described() -> None:
    read = set()
    for source in ("config/settings.py",):
        text = (ROOT / source).read_text()
        read |= set(re.findall(r"environment\.\w+\(\s*\"([A-Z_]+)\"", text))
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    assert read - described == set()
