"""The services of docker-compose.yml, run here without containers.

The same entrypoint, gunicorn's own command line and the same nginx.conf, with the addresses
and folders of containers replaced by temporary ones, on a PostgreSQL of the test's own.
"""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tools import nginx
from tools.postgres import free_port, server_user, temporary_postgres
from tools.server import PREPARED, clean_environment, prepared_database

pytestmark = pytest.mark.services
ROOT = settings.BASE_DIR
ENTRYPOINT = ROOT / "deploy" / "entrypoint.sh"


@dataclass(frozen=True)
class Deployment:
    """Where the services of the test listen, and whose rights gunicorn has."""

    proxy_port: int
    web_port: int
    database_url: str
    static: Path
    web_user_ids: set[int]
    environment: dict[str, str]


def as_ordinary_user(command: list[str | Path], user: str | None) -> list[str | Path]:
    """The command with another user's rights, where we are root; None: as it is.

    That user may read every folder, because Python and the clone may lie in root's own.
    """
    if user is None:
        return command
    uid, gid = user_and_group(user)
    rights = [f"--{kind}-caps=-all,+dac_read_search" for kind in ("inh", "ambient")]
    return ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", *rights, *command]


def user_ids(parent: int) -> set[int]:
    """The user ids of a process and of its children."""
    lines = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,uid="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [tuple(map(int, line.split())) for line in lines]
    return {uid for pid, ppid, uid in rows if parent in (pid, ppid)}


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("deployment")
    user = server_user()
    proxy_port, web_port = free_port(), free_port()
    for name in ("static", "keys", "var"):
        (folder / name).mkdir()
    if user:
        # Folders above are private to the tests' user; the services are another's.
        for parent in (folder, folder.parent, folder.parent.parent):
            parent.chmod(0o755)
        for name in ("static", "keys", "var"):
            os.chown(folder / name, *user_and_group(user))
    running: list[subprocess.Popen] = []
    with temporary_postgres() as database_url:
        environment = clean_environment() | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "DATABASE_URL": database_url,
            "KEYS_DIR": str(folder / "keys"),
            "VAR_DIR": str(folder / "var"),
            "STATIC_ROOT": str(PREPARED / "static"),
            "PUBLISHED_STATIC": str(folder / "static"),
            "SITE_URL": f"http://127.0.0.1:{proxy_port}",
            "PROXY_COUNT": "1",
            "BIND": f"127.0.0.1:{web_port}",
            "WORKER_TMP_DIR": str(folder),
            "WORKERS": "2",
        }
        run_as = {"env": environment, "cwd": ROOT, "stdin": subprocess.DEVNULL}
        prepared_database()  # Also collects the static files, as building the image does.
        for command in ([ENTRYPOINT, "keys"], [ENTRYPOINT, "prepare"]):
            done = subprocess.run(
                as_ordinary_user(command, user),
                capture_output=True,
                text=True,
                check=False,
                **run_as,
            )
            assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        configuration = folder / "nginx.conf"
        configuration.write_text(
            nginx.configuration(folder, proxy_port=proxy_port, web_port=web_port)
        )
        if user:
            os.chown(folder, *user_and_group(user))
        try:
            for port, command in (
                (web_port, [ENTRYPOINT, "serve"]),
                (
                    proxy_port,
                    [nginx.obtain(), *nginx.arguments(folder, configuration)],
                ),
            ):
                log = folder / f"{port}.log"
                with log.open("wb") as output:
                    process = subprocess.Popen(
                        as_ordinary_user(command, user), stdout=output, stderr=output, **run_as
                    )
                running.append(process)
                nginx.wait_for_port(port, process, log)
            yield Deployment(
                proxy_port=proxy_port,
                web_port=web_port,
                database_url=database_url,
                static=folder / "static",
                web_user_ids=user_ids(running[0].pid),
                environment=environment,
            )
        finally:
            for process in running:
                process.terminate()
                process.wait(timeout=20)


def user_and_group(user: str) -> tuple[int, int]:
    import pwd

    entry = pwd.getpwnam(user)
    return entry.pw_uid, entry.pw_gid


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    port: int, path: str, *, method: str = "GET", body: str | None = None, **headers: str
) -> Answer:
    """One request on a connection of its own; header names are written with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        method, path, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    response = connection.getresponse()
    answer = Answer(
        status=response.status,
        headers={name.lower(): value for name, value in response.getheaders()},
        body=response.read(),
    )
    connection.close()
    return answer


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
    log = deployment.static.parent / "access.log"
    before = len(log.read_text().splitlines())
    assert ask(deployment.proxy_port, path, **headers).status == 200
    # The line is written after the answer is sent.
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for line in log.read_text().splitlines(keepends=True)[before:]:
            if f'"GET {path} ' in line and line.endswith("\n"):
                return line.split()[-1]
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


def test_the_health_check_of_the_container_passes(deployment: Deployment) -> None:
    for _ in range(6):  # as often as docker-compose.yml asks before it gives up
        done = subprocess.run(
            [ENTRYPOINT, "healthy"], env=deployment.environment, capture_output=True, check=False
        )
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stderr


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
    with psycopg.connect(deployment.database_url) as connection:
        rows = connection.execute(
            "SELECT DISTINCT host(ip_address) FROM axes_accessattempt"
        ).fetchall()
    assert rows == [("127.0.0.1",)]


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "DELETE", "FOO"])
def test_methods_that_no_page_knows_are_refused(deployment: Deployment, method: str) -> None:
    assert ask(deployment.proxy_port, "/", method=method).status == 405


def test_gunicorn_itself_refuses_trace(deployment: Deployment) -> None:
    assert ask(deployment.web_port, "/", method="TRACE").status == 405


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
        env=deployment.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "found the user root" in done.stderr


def test_keys_are_random_private_and_kept(deployment: Deployment, tmp_path: Path) -> None:
    environment = deployment.environment | {"KEYS_DIR": str(tmp_path)}
    subprocess.run([ENTRYPOINT, "keys"], env=environment, check=True)
    first = {path.name: path.read_text() for path in tmp_path.iterdir()}
    subprocess.run([ENTRYPOINT, "keys"], env=environment, check=True)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == first
    assert first.keys() == {"database_password", "secret_key"}
    assert all(len(key) > 80 for key in first.values())
    assert all(path.stat().st_mode & 0o007 == 0 for path in tmp_path.iterdir())
