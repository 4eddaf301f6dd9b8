"""The services of docker-compose.yml, run here without containers: the same scripts and files."""

import itertools
import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.operations.conftest import procedure, run_printed
from tests.operations.deployed import Deployment, ask, user_ids
from tools import chaos, faults, native_docker
from tools.native import ENTRYPOINT, WEB, running

pytestmark = pytest.mark.services
TOKEN = "a token of the tests alone"


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    # The tests ask from one address, more than any reader.
    given = {"PAGES_A_SECOND": "100000", "ANYTHING_A_SECOND": "100000", "ANSWER_SECONDS": "60"}
    given |= {"METRICS_TOKEN": TOKEN, "LOG_FORMAT": "json", "LOG_LEVEL": "INFO"}
    services = ("redis", "database", "pool", *WEB, "proxy")
    with running(*services, **given, POOL_HOST="127.0.0.1", WORKERS="1") as native:
        yield Deployment(native, user_ids(native.pid("web-a")))


def hashed_stylesheet(deployment: Deployment) -> str:
    """The address of a published style sheet, from the static folder's root."""
    found = next(path for path in sorted(deployment.static.rglob("*.css")))
    return f"/static/{found.relative_to(deployment.static)}"


def test_a_page_comes_through_the_proxy_compressed(deployment: Deployment) -> None:
    answer = ask(deployment.proxy_port, "/", Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def came_from(deployment: Deployment, path: str, **headers: str) -> str:
    """What the proxy logs of its cache for one request: HIT, MISS, BYPASS or -."""
    return asked_and_logged(deployment, path, **headers).split()[-1]


def asked_and_logged(deployment: Deployment, path: str, **headers: str) -> str:
    """The line of the proxy's log for one request; it is written after the answer is sent."""
    log = deployment.native.folder / "logs/access.log"
    before = len(log.read_text().splitlines())
    assert ask(deployment.proxy_port, path, **headers).status == 200
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for line in log.read_text().splitlines(keepends=True)[before:]:
            if f'"GET {path} ' in line and line.endswith("\n"):
                return line
        time.sleep(0.01)
    raise AssertionError(f"{path}: not in the proxy's log")


def test_the_proxy_answers_twice_with_one_question(deployment: Deployment) -> None:
    assert came_from(deployment, "/method/?from=proxy") == "MISS"
    assert "HIT" in {came_from(deployment, "/method/?from=proxy") for _ in range(10)}


def test_the_proxy_keeps_nothing_for_who_has_a_cookie(deployment: Deployment) -> None:
    for _ in range(3):
        assert came_from(deployment, "/method/?of=cookie", Cookie="sessionid=any") == "BYPASS"
        assert came_from(deployment, "/admin/login/") == "-"
    assert came_from(deployment, "/method/?of=cookie") == "MISS"


def test_the_proxy_tells_a_page_from_its_part(deployment: Deployment) -> None:
    page = ask(deployment.proxy_port, "/councils/")
    part = ask(deployment.proxy_port, "/councils/", HX_Request="true")
    again = ask(deployment.proxy_port, "/councils/")
    assert b"<html" in page.body
    assert b"<html" not in part.body
    assert again.body == page.body
    same = ask(deployment.proxy_port, "/councils/", If_None_Match=page.headers["etag"])
    assert same.status == 304
    assert same.headers["content-security-policy"] == page.headers["content-security-policy"]


def test_the_site_is_ready_behind_the_proxy(deployment: Deployment) -> None:
    assert ask(deployment.proxy_port, "/readyz").body.splitlines()[0] == b"ready"


def test_the_health_checks_of_the_containers_pass(deployment: Deployment) -> None:
    for service in ("web-a", "web-b", "proxy"):
        deployment.native.wait(service)


def test_static_files_are_compressed_and_kept_for_good(deployment: Deployment) -> None:
    address = hashed_stylesheet(deployment)
    answer = ask(deployment.proxy_port, address, Accept_Encoding="gzip")
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    ["/static/.fingerprint", "/static/../config/settings.py", "/static/%2e%2e/keys/secret_key"],
)
def test_nothing_but_static_files_is_served_from_the_folder(
    deployment: Deployment, path: str
) -> None:
    assert ask(deployment.proxy_port, path).status in {400, 404}


def test_the_lockout_counts_the_real_address_not_a_forged_one(deployment: Deployment) -> None:
    form = ask(deployment.proxy_port, "/admin/login/")
    cookie = form.headers["set-cookie"].split(";")[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', form.body)[1].decode()
    answer = ask(
        deployment.proxy_port,
        "/admin/login/",
        method="POST",
        body=f"csrfmiddlewaretoken={token}&username=nobody-here&password=wrong-password",
        Content_Type="application/x-www-form-urlencoded",
        Cookie=cookie,
        X_Forwarded_For="203.0.113.9",
        X_Real_IP="203.0.113.9",
        Forwarded="for=203.0.113.9",
    )
    assert answer.status == 200
    with psycopg.connect(deployment.native.database_url) as connection:
        rows = connection.execute(
            "SELECT DISTINCT host(ip_address) FROM axes_accessattempt"
        ).fetchall()
    assert rows == [("127.0.0.1",)]


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "DELETE", "FOO"])
def test_methods_that_no_page_knows_are_refused(deployment: Deployment, method: str) -> None:
    assert ask(deployment.proxy_port, "/", method=method).status == 405


def test_gunicorn_itself_refuses_trace(deployment: Deployment) -> None:
    assert ask(deployment.native.ports["web-a"], "/", method="TRACE").status == 405


def test_a_foreign_host_is_refused(deployment: Deployment) -> None:
    assert ask(deployment.proxy_port, "/", Host="evil.example").status == 400
    forged = ask(deployment.proxy_port, "/no-such-page/", X_Forwarded_Host="evil.example")
    assert b"evil.example" not in forged.body


def test_a_body_larger_than_any_form_is_refused(deployment: Deployment) -> None:
    answer = ask(deployment.proxy_port, "/", method="POST", Content_Length=str(31 * 1024 * 1024))
    assert answer.status == 413


def test_gunicorn_does_not_run_as_root(deployment: Deployment) -> None:
    assert 0 not in deployment.web_user_ids


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try to serve as root")
def test_serving_as_root_is_refused(deployment: Deployment) -> None:
    done = subprocess.run(
        [ENTRYPOINT, "serve"],
        env=deployment.native.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "found the user root" in done.stderr


def test_keys_are_random_private_and_kept(deployment: Deployment, tmp_path: Path) -> None:
    environment = deployment.native.environment | {"KEYS_DIR": str(tmp_path)}
    subprocess.run([ENTRYPOINT, "keys"], env=environment, check=True)
    first = {path.name: path.read_text() for path in tmp_path.iterdir()}
    subprocess.run([ENTRYPOINT, "keys"], env=environment, check=True)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == first
    assert first.keys() == {"database_password", "web_password", "secret_key"}
    assert all(len(key) > 80 for key in first.values())
    assert all(path.stat().st_mode & 0o007 == 0 for path in tmp_path.iterdir())


def test_an_address_fits_both_servers_or_is_refused_by_the_first(deployment: Deployment) -> None:
    for length in (4000, 4200, 7900, 7960, 7980, 7990, 8000, 8100, 8200, 9000):
        answer = ask(deployment.proxy_port, "/councils/?q=" + "a" * (length - 13))
        assert answer.status in {200, 400, 414}, length
        assert b"Request Line is too large" not in answer.body
        assert (answer.status == 414) == (length > 7985), length


def readers(
    deployment: Deployment, stop: threading.Event, failed: list[str], done: list[int]
) -> list[threading.Thread]:
    """Two that read pages that are not kept for them, and one that sends a form without its
    token."""

    def read() -> None:
        while not stop.wait(0.05):  # The upgrade needs the processors too.
            answer = ask(deployment.proxy_port, f"/councils/?q=l&from={len(done)}", Cookie="a=b")
            note(answer.status, {200})

    def send() -> None:
        while not stop.wait(0.05):  # The upgrade needs the processors too.
            note(ask(deployment.proxy_port, "/entry/", method="POST").status, {403})

    def note(status: int, right: set[int]) -> None:
        done.append(status)
        if status not in right:
            failed.append(str(status))

    threads = [threading.Thread(target=work) for work in (read, read, send)]
    for thread in threads:
        thread.start()
    return threads


def test_an_upgrade_fails_no_request(deployment: Deployment, tmp_path: Path) -> None:
    environment = native_docker.install(deployment.native)
    stop, failed, done = threading.Event(), [], []
    threads = readers(deployment, stop, failed, done)
    before = [deployment.native.pid(web) for web in WEB]
    printed = procedure("Upgrade, and back").replace("git pull\n", "")
    try:
        upgraded = run_printed(f"cd {ENTRYPOINT.parent.parent}\n{printed}", environment, tmp_path)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert upgraded.returncode == 0, upgraded.stdout + upgraded.stderr
    assert [deployment.native.pid(web) for web in WEB] != before
    assert len(done) > 20
    assert failed == []


def test_the_doctor_finds_what_a_new_installation_lacks(
    deployment: Deployment, tmp_path: Path
) -> None:
    environment = native_docker.install(deployment.native)
    told = run_printed(procedure("Is it well?"), environment, tmp_path)
    assert told.returncode == 1
    wrong = {line.split()[1] for line in told.stdout.splitlines() if line.startswith("WRONG")}
    assert "collect:" in wrong
    assert wrong <= {"collect:", "restore:", "backup:"}, told.stdout
    assert "PostgreSQL" in told.stdout


def test_the_operator_sees_the_counts_of_all_processes(deployment: Deployment) -> None:
    port = deployment.native.ports["metrics"]
    assert ask(port, "/metrics/1").status == 404
    before = counted(deployment)
    for n in range(20):
        assert ask(deployment.proxy_port, f"/about/?n={n}", Cookie="past=proxy").status == 200
    assert counted(deployment) == before + 20


def counted(deployment: Deployment) -> float:
    """Answers of the page about the site, over both servers."""
    port, found = deployment.native.ports["metrics"], 0.0
    for number in (1, 2):
        answer = ask(port, f"/metrics/{number}", Authorization=f"Bearer {TOKEN}")
        assert answer.status == 200
        line = rb'dashboard_requests_total{method="GET",route="about/",status="200"} (.*)'
        found += sum(map(float, re.findall(line, answer.body)))
    return found


def test_a_request_can_be_followed_through_both_logs(deployment: Deployment) -> None:
    proxys = asked_and_logged(deployment, "/about/?followed=yes", Cookie="past=proxy")
    [identity] = re.findall(r" ([0-9a-f]{32}) ", proxys)
    logs = "".join(deployment.native.log(web).read_text() for web in WEB)
    [line] = [line for line in logs.splitlines() if identity in line]
    assert json.loads(line)["route"] == "about/"


def test_readers_notice_nothing_when_one_web_server_is_killed(deployment: Deployment) -> None:
    try:
        deployment.native.kill("web-a")
        answers = [ask(deployment.proxy_port, f"/method/?from={n}") for n in range(20)]
        assert {answer.status for answer in answers} == {200}
    finally:
        deployment.native.start("web-a")


# The short form of `make chaos`.
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def counted_rows(deployment: Deployment) -> None:
    with psycopg.connect(faults.address(deployment.native), autocommit=True) as connection:
        connection.execute("CREATE TABLE chaos (number bigint PRIMARY KEY)")


@pytest.mark.usefixtures("counted_rows")
def test_a_poisoned_redis_runs_nothing_and_fails_nobody(deployment: Deployment) -> None:
    told = chaos.suffer(deployment.native, faults.redis_poisoned, numbers)
    assert told.statuses["200"] > 10
    assert told.failed == {}


def through_the_pool(deployment: Deployment, database: str, asked: str) -> list[tuple]:
    password = (deployment.native.folder / "keys/web_password").read_text()
    place = f"127.0.0.1:{deployment.native.ports['pool']}/{database}"
    given = {"autocommit": True, "cursor_factory": psycopg.ClientCursor}
    with psycopg.connect(f"postgresql://web:{password}@{place}", **given) as connection:
        return connection.execute(asked).fetchall()


def test_the_web_shares_few_connections_and_needs_no_pool(deployment: Deployment) -> None:
    paths = [f"/about/?pool={n}" for n in range(10)]
    assert {ask(deployment.proxy_port, path, Cookie="a=b").status for path in paths} == {200}
    pools = through_the_pool(deployment, "pgbouncer", "SHOW POOLS")
    assert {row[0]: row[2] for row in pools}["dashboard"] >= 2  # clients: a worker each
    assert through_the_pool(deployment, "dashboard", "SHOW statement_timeout") == [("10s",)]
    deployment.native.kill("pool")
    try:
        until_all_answer(deployment)  # Each worker loses the connection that it had.
    finally:
        deployment.native.start("pool")
        until_all_answer(deployment)


def until_all_answer(deployment: Deployment) -> None:
    """Until thirty pages past the proxy's kept answers came one after the other."""
    deadline, well = time.monotonic() + 60, 0
    while well < 30:
        assert time.monotonic() < deadline
        answer = ask(deployment.proxy_port, f"/about/?well={well}", Cookie="a=b")
        well = well + 1 if answer.status == 200 else 0


@pytest.mark.usefixtures("counted_rows")
def test_a_failover_loses_nothing_that_was_acknowledged(deployment: Deployment) -> None:
    told = chaos.suffer(deployment.native, faults.failed_over, numbers)
    assert len(told.acknowledged) > 20
    assert told.lost == 0
    assert faults.is_primary(deployment.native, "replica")
    deployment.native.wait("pool")
    told = through_the_pool(deployment, "dashboard", "SELECT inet_server_port()")
    assert told == [(deployment.native.ports["replica"],)]


def test_the_doctor_says_when_saves_wait_for_a_dead_replica(deployment: Deployment) -> None:
    deployment.native.kill("database")  # which follows the other after the failover
    told = deployment.native.run([ENTRYPOINT, "python", "manage.py", "doctor"])
    assert "The synchronous replica is away" in told.stdout
    deployment.native.start("database")


@pytest.mark.usefixtures("counted_rows")
def test_the_count_would_notice_a_loss(deployment: Deployment) -> None:
    assert chaos.suffer(deployment.native, faults.failed_over_without_waiting, numbers).lost > 0
