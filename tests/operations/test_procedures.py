"""The procedures of docs/operations.md that no other test runs, as printed, on an installation that
begins with an empty folder."""

import re
import ssl
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from tests.operations.conftest import OPERATIONS, procedure, run_printed
from tools import native_docker
from tools.native import WEB, Native, roomy_memory

HOST = "inspections.example.org"
# Every indented block, by its first line: the test that runs it, or why none does.
RUN_BY = {
    "docker compose up --build --detach": "test_an_installation_by_the_printed_commands",
    "docker compose exec web-a deploy/entrypoint.sh python manage.py invite NAME": "same",
    "SITE_URL=https://inspections.example.org": "same",
    "openssl req": "same",
    "certbot certonly": "same, by a certbot of the test's own",
    "docker compose exec --no-TTY proxy /etc/dashboard/proxy.sh all": "same",
    "git pull": "test_deployment.py",
    "git checkout v1.2": "test_the_way_back_to_the_former_release",
    "manage.py db_worker --queue-name default": "two command lines for a service of one's own",
    "*/5 * * * * /path/to/python": "a line for cron",
    "manage.py collect": "asks Ofsted's site; tests/collect",
    "0 10 * * * /path/to/python": "a line for cron",
    "* * * * * /path/to/python": "a line for cron",
    "docker compose exec --no-TTY web-a deploy/entrypoint.sh python manage.py doctor":
        "test_deployment.py",
    "docker compose cp backup:": "copies to another machine",
    "docker compose exec --no-TTY backup /etc/postgresql/backup.sh now":
        "test_postgresql_backup.py",
    "docker compose exec --no-TTY database pg_dump": "test_postgresql_backup.py",
    "docker compose stop web-a web-b worker": "test_postgresql_backup.py",
    "docker compose stop web-a web-b worker backup database": "test_postgresql_backup.py",
    ".venv/bin/python manage.py backup": "test_sqlite_backup.py",
    ".venv/bin/python manage.py restore": "test_sqlite_backup.py",
    "COMPOSE_FILE=docker-compose.yml:compose.replica.yml": "a setting",
    "deploy/failover.sh": "test_deployment.py",
    "docker compose exec --no-TTY database psql --username dashboard":
        "test_a_replica_is_let_go_and_made_anew",
    "docker compose run --rm --no-deps follow-replica": "test_a_replica_is_let_go_and_made_anew",
    "docker compose run --rm keys": "test_postgresql_backup.py",
    "docker compose exec --no-TTY web-a deploy/entrypoint.sh python manage.py axes_reset":
        "test_an_installation_by_the_printed_commands",
}  # fmt: skip


def blocks() -> list[str]:
    return re.findall(r"(?:^    \S.*\n)+", OPERATIONS.read_text(), re.MULTILINE)


def test_whoever_prints_a_command_says_which_test_runs_it() -> None:
    firsts = [block.strip().splitlines()[0] for block in blocks()]
    assert [first for first in firsts if not first.startswith(tuple(RUN_BY))] == []
    assert [known for known in RUN_BY if not any(f.startswith(known) for f in firsts)] == []


@pytest.fixture(scope="module")
def installed() -> Iterator[Native]:
    """Nothing but folders and ports; what is printed does the rest."""
    folder = Path(tempfile.mkdtemp(prefix="native-", dir=roomy_memory()))
    given = {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST, "WORKERS": "1"}
    native = Native.made(folder, **given, ACME_FOLDER=str(folder / "acme"))
    native.site_url = given["SITE_URL"]
    try:
        printed(native, procedure("With containers"))
        yield native
    finally:
        native.down()
        subprocess.run(["rm", "-rf", folder], check=False)


def printed(native: Native, commands: str) -> str:
    done = run_printed(commands, native_docker.install(native), native.code)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ask(connection: HTTPConnection, path: str = "/"):
    connection.request("GET", path, headers={"Host": HOST})
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    return answer


def plain(native: Native, path: str = "/"):
    return ask(HTTPConnection("127.0.0.1", native.ports["proxy"], timeout=60), path)


def secure(native: Native, path: str = "/"):
    blind = ssl.create_default_context()
    blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
    port = native.ports["tls"]
    return ask(HTTPSConnection("127.0.0.1", port, timeout=60, context=blind), path)


CERTBOT = """#!/bin/sh
# Proves that the site is ours as Let's Encrypt has it proved, then gives a certificate.
set -eu
mkdir -p "{acme}/.well-known/acme-challenge"
echo proof >"{acme}/.well-known/acme-challenge/token"
asked="http://127.0.0.1:{port}/.well-known/acme-challenge/token"
[ "$(curl -fsS -H 'Host: {host}' "$asked")" = proof ]
echo "$*" >"{acme}/asked"
"""


@pytest.mark.services
@pytest.mark.long
def test_an_installation_by_the_printed_commands(installed: Native) -> None:
    assert plain(installed, "/readyz").text.startswith("ready")
    invite = procedure("With containers", place=1).replace("NAME", "first.administrator")
    [link] = re.findall(rf"https://{HOST}(/\S+)", printed(installed, invite))
    assert "set-password" in plain(installed, link).headers["Location"]
    locked_out = procedure("Somebody is locked out").replace("NAME", "first.administrator")
    assert f"https://{HOST}/" in printed(installed, locked_out)
    # TLS: by certbot, as far as that goes without the world outside, then with its own signature.
    acme, tls = installed.folder / "acme", installed.folder / "tls"
    acme.mkdir()
    environment = native_docker.install(installed)
    certbot = installed.folder / "bin/certbot"
    port = installed.ports["proxy"]
    certbot.write_text(CERTBOT.format(acme=acme, host=HOST, port=port))
    certbot.chmod(0o755)
    steps = [procedure("With containers", place=number) for number in (3, 4, 5)]
    by_certbot, by_openssl, read_anew = steps
    done = run_printed(by_certbot, environment, installed.folder)
    assert done.returncode == 0, done.stderr
    assert f"--domain {HOST}" in (acme / "asked").read_text()
    done = run_printed(by_openssl, environment, tls)
    assert done.returncode == 0, done.stderr
    for file in tls.iterdir():
        file.chmod(0o644)
    printed(installed, read_anew)
    assert secure(installed, "/readyz").text.startswith("ready")
    # The workers with the former settings may still take a connection while they end.
    deadline = time.monotonic() + 60
    while (sent := plain(installed, "/councils/")).status == 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert (sent.status, sent.headers["Location"]) == (308, f"https://{HOST}/councils/")
    assert secure(installed).headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.services
@pytest.mark.long
def test_the_way_back_to_the_former_release(installed: Native) -> None:
    from tools import faults

    faults.upgraded(installed)  # to a release with a migration more
    before = [installed.pid(web) for web in WEB]
    installed.code = faults.BASE_DIR
    back = procedure("Upgrade, and back", place=1)
    printed(installed, back.replace("git checkout v1.2\n", ""))
    assert [installed.pid(web) for web in WEB] != before
    with urllib.request.urlopen(
        urllib.request.Request(
            f"http://127.0.0.1:{installed.ports['web-a']}/readyz", headers={"Host": HOST}
        )
    ) as answer:
        assert answer.read().startswith(b"ready")


@pytest.mark.services
@pytest.mark.long
def test_a_replica_is_let_go_and_made_anew(installed: Native) -> None:
    from tools import faults

    faults.follow(installed)
    installed.kill("replica")
    heading = "A second database, and failover"
    printed(installed, procedure(heading, place=2))
    with_one = "SELECT count(*) FROM pg_stat_replication WHERE application_name = 'replica'"
    ask_database = ["psql", "-At", "--dbname", "dashboard", "--command"]
    assert installed.do([*ask_database, "SHOW synchronous_standby_names"]).strip() == ""
    printed(installed, procedure(heading, place=3))
    assert installed.do([*ask_database, "SHOW synchronous_standby_names"]).strip() != ""
    assert installed.do([*ask_database, with_one]).strip() == "1"
