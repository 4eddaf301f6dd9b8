"""Backing up and restoring PostgreSQL by the commands of docs/operations.md, as printed there."""

import http.client
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests import former_release
from tests.operations.conftest import procedure, run_printed
from tools import native_docker
from tools.native import ENTRYPOINT, Native, running

pytestmark = pytest.mark.services
BACKUP, DUMP, MOMENT = "Backup and restore", "Take a dump, and restore it", "Restore to a moment"


@dataclass(frozen=True)
class Site:
    native: Native
    environment: dict[str, str]
    folder: Path

    def printed(self, commands: str) -> str:
        """What the commands say; they have to succeed."""
        done = run_printed(commands, self.environment, self.folder)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sql(self, statement: str, database: str = "dashboard") -> list[tuple]:
        url = self.native.database_url.replace("/dashboard?", f"/{database}?")
        with psycopg.connect(url, autocommit=True) as connection:
            answer = connection.execute(statement)
            return answer.fetchall() if answer.description else []

    def ask(self, path: str) -> tuple[int, str | None, bytes]:
        """Status, ETag and body, of gunicorn itself."""
        asked = http.client.HTTPConnection("127.0.0.1", self.native.ports["web-a"], timeout=60)
        asked.request("GET", path, headers={"Host": f"127.0.0.1:{self.native.ports['proxy']}"})
        answer = asked.getresponse()
        return answer.status, answer.headers["ETag"], answer.read()

    def rows(self) -> dict[str, str]:
        """A digest of every row of every table."""
        tables = self.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            table: self.sql(
                f"SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM {table} t"
            )[0][0]
            for [table] in tables
        }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running("redis", "database", "web-a", WORKERS="1") as native:
        yield Site(native, native_docker.install(native), tmp_path_factory.mktemp("typed"))


def add_group(site: Site, name: str) -> None:
    site.sql(f"INSERT INTO auth_group (name) VALUES ('{name}')")


def groups(site: Site) -> set[str]:
    return {name for [name] in site.sql("SELECT name FROM auth_group")}


def test_the_web_is_no_superuser_and_owns_its_tables(site: Site) -> None:
    assert site.sql(
        "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'web'"
    ) == [(False, False, False)]
    assert site.sql("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [
        ("web",)
    ]


def test_what_a_former_version_owned_becomes_the_webs(site: Site) -> None:
    site.sql("CREATE TABLE former (id bigserial PRIMARY KEY); CREATE SEQUENCE former_alone")
    site.native.start("roles")
    owners = site.sql(
        "SELECT relname, pg_get_userbyid(relowner) FROM pg_class WHERE relname LIKE 'former%'"
    )
    assert len(owners) == 4
    assert {owner for _, owner in owners} == {"web"}
    site.sql("DROP TABLE former; DROP SEQUENCE former_alone")


def test_a_restore_leaves_nothing_of_what_came_after_the_dump(site: Site) -> None:
    take, restore = procedure(DUMP, place=0), procedure(DUMP, place=1)
    before = site.rows()
    site.printed(take)
    # An upgrade meanwhile: tables that refer to others, rows, changes.
    site.sql(
        "CREATE TABLE later (council_id bigint REFERENCES inspections_council);"
        "INSERT INTO later SELECT id FROM inspections_council;"
        "UPDATE inspections_recordstate SET identity = 'later'"
    )
    add_group(site, "entered later")
    told = site.printed(restore)
    assert site.rows() == before
    [kept] = re.findall(r"before_\w+", told)
    assert site.sql("SELECT identity FROM inspections_recordstate", kept) == [("later",)]
    assert site.ask("/readyz")[0] == 200
    assert site.sql("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [
        ("web",)
    ]


@pytest.mark.long
def test_a_dump_of_an_older_release_is_brought_up_to_date(site: Site) -> None:
    site.sql("CREATE DATABASE older OWNER web")
    password = (site.native.folder / "keys/web_password").read_text()
    url = f"postgres://web:{password}@127.0.0.1:{site.native.ports['database']}/older"
    with_url = ["env", f"DATABASE_URL={url}"]
    as_then = Path(former_release.__file__).read_text()
    site.native.do([*with_url, "python", "-c", as_then, "0008_unread_reports"])
    site.native.do([*with_url, "python", "manage.py", "migrate", "--verbosity", "0", "auth"])
    site.sql("INSERT INTO auth_group (name) VALUES ('of the older release')", "older")
    with (site.folder / "dashboard.dump").open("wb") as dump:
        site.native.do(
            ["pg_dump", "--format", "custom", "older"], stdout=dump, capture_output=False
        )
    site.sql("DROP DATABASE older")
    add_group(site, "of the newer release")
    site.printed(procedure(DUMP, place=1))
    assert "of the older release" in groups(site)
    assert "of the newer release" not in groups(site)
    assert site.ask("/readyz")[0] == 200
    assert site.sql("SELECT count(*) FROM inspections_inspection") > [(700,)]


def test_a_cut_dump_changes_nothing(site: Site) -> None:
    site.printed(procedure(DUMP, place=0))
    dump = site.folder / "dashboard.dump"
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
    before = site.rows()
    restore = procedure(DUMP, place=1).splitlines()[1]
    assert "restore.sh" in restore
    done = run_printed(restore, site.environment, site.folder)
    assert done.returncode != 0
    assert "The database is as it was" in done.stderr
    assert site.rows() == before
    assert site.sql("SELECT count(*) FROM pg_database WHERE datname = 'restoring'") == [(0,)]


@pytest.mark.long
def test_a_lost_volume_of_keys_loses_no_data(site: Site) -> None:
    add_group(site, "entered before")
    for key in (site.native.folder / "keys").iterdir():
        key.unlink()
    site.printed(procedure("The volume of keys is lost"))
    assert site.ask("/readyz")[0] == 200
    assert "entered before" in groups(site)
    password = (site.native.folder / "keys/database_password").read_text()
    place = f"host=127.0.0.1 port={site.native.ports['database']} dbname=dashboard user=dashboard"
    psycopg.connect(f"{place} password={password}").close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"{place} password=another")


def wait_until_received(site: Site) -> None:
    """Until the backup holds every change that was made so far."""
    [[written]] = site.sql("SELECT pg_current_wal_lsn()::text")
    deadline = time.monotonic() + 60
    while (
        site.sql(
            "SELECT 1 FROM pg_stat_replication WHERE application_name = 'pg_receivewal' "
            f"AND flush_lsn >= '{written}'"
        )
        == []
    ):
        assert time.monotonic() < deadline, site.native.log("backup").read_text()
        time.sleep(0.05)


CORRECT = """
from inspections import actions
from inspections.models import Council
council = Council.objects.get(slug="{slug}")
actions.correct(council, changes={{"short_name": "{name}"}}, reason="A trial.", by=None)
"""


def correct(site: Site, slug: str, name: str) -> None:
    asked = CORRECT.format(slug=slug, name=name)
    site.native.do([ENTRYPOINT, "python", "manage.py", "shell", "-c", asked])


def test_a_restore_to_a_moment_brings_back_every_row_link_and_picture(site: Site) -> None:
    slug = "luton"
    site.printed(procedure(BACKUP, place=1))
    # The service begins to receive only after changes that filled whole files since.
    for n in range(2):
        add_group(site, f"since the base backup, {n}")
        site.sql("SELECT pg_switch_wal()")
    site.native.spawn("backup")
    [[moment]] = site.sql("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD\"T\"HH24MISS\"Z\"')")
    asked = [
        f"/councils/{slug}/", f"/councils/{slug}/?as_at=2020-02-23&known={moment}",
        f"/councils/{slug}/context.svg", f"/councils/{slug}/asked-for.png?w=600", "/councils.csv",
    ]  # fmt: skip
    correct(site, slug, "Between")
    held, answers = site.rows(), [site.ask(path) for path in asked]
    assert b"Between" in answers[0][2]
    [[between]] = site.sql("SELECT clock_timestamp()::text")
    correct(site, slug, "Too late")
    wait_until_received(site)
    site.native.kill("backup")
    site.native.kill("database")
    for file in (site.native.folder / "data/base").iterdir():  # The disk is lost.
        subprocess.run(["rm", "-rf", file], check=True)
    told = site.printed(procedure(MOMENT).replace("2026-11-29 14:05:00+00", between))
    assert "Restored to" in told
    assert site.rows() == held
    assert [site.ask(path) for path in asked] == answers
    add_group(site, "written afterwards")
    assert "written afterwards" in groups(site)
