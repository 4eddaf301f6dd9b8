"""Readers served by a replica, on two PostgreSQL: no process goes back to what is older."""

import http.client
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tools import faults
from tools.native import Native, running

pytestmark = [pytest.mark.services, pytest.mark.long]
NEW = "Entered a moment ago"
CHANGE = (
    f"UPDATE inspections_council SET name = '{NEW}' WHERE slug = 'luton';"
    "UPDATE inspections_recordstate SET identity = md5(identity), version = version + 1"
)


@pytest.fixture(scope="module")
def native() -> Iterator[Native]:
    with running("database", "web-a", WORKERS="1", READ_REPLICA="1") as started:
        faults.follow(started)
        yield started


def ask(native: Native, **headers: str) -> tuple[str, float]:
    began = time.monotonic()
    asked = http.client.HTTPConnection("127.0.0.1", native.ports["web-a"], timeout=40)
    host = urlsplit(native.site_url).netloc
    asked.request("GET", "/councils/luton/", headers={"Host": host, **headers})
    answer = asked.getresponse()
    assert answer.status == 200
    return answer.read().decode(), time.monotonic() - began


def told(native: Native, name: str, asked: str) -> str:
    psql = ["psql", "-At", "--dbname", "dashboard", "--port", str(native.ports[name])]
    return native.do([*psql, "--command", asked]).strip()


def test_a_reader_may_be_behind_and_whoever_wrote_is_not(native: Native) -> None:
    native.stop("web-a")
    native.start("web-a")  # the replica did not answer before it was there
    before, _ = ask(native)
    assert NEW not in before
    webs = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'web'"
    assert int(told(native, "replica", webs)) >= 1
    told(native, "replica", "SELECT pg_wal_replay_pause()")
    told(native, "database", CHANGE)
    assert NEW not in ask(native)[0]  # the replica was asked, and had not heard of it
    assert NEW in ask(native, Cookie="sessionid=" + "a" * 32)[0]
    assert NEW in ask(native)[0]  # not taken back from anybody
    told(native, "replica", "SELECT pg_wal_replay_resume()")
    assert NEW in ask(native)[0]


def test_without_the_replica_the_database_itself_is_asked(native: Native) -> None:
    ask(native)
    native.kill("replica")
    taken = [ask(native) for _ in range(5)]
    assert all(seconds < 3 for _, seconds in taken)
    assert all(NEW in text for text, _ in taken)
