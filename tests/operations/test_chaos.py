"""The short form of `make chaos`: what was acknowledged is never lost, and what shows that."""

import itertools
from collections.abc import Iterator

import psycopg
import pytest

from tools import chaos
from tools.native import Native, running

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def native() -> Iterator[Native]:
    with running(PAGES_A_SECOND="100000") as native:
        with psycopg.connect(chaos.address(native), autocommit=True) as connection:
            connection.execute("CREATE TABLE chaos (number bigint PRIMARY KEY)")
        yield native


numbers = itertools.count(1)


def test_a_poisoned_redis_runs_nothing_and_fails_nobody(native: Native) -> None:
    told = chaos.suffer(native, chaos.redis_poisoned, numbers)
    assert told.statuses["200"] > 10
    assert told.failed == {}


def test_a_failover_loses_nothing_that_was_acknowledged(native: Native) -> None:
    told = chaos.suffer(native, chaos.failed_over, numbers)
    assert len(told.acknowledged) > 20
    assert told.lost == 0
    assert chaos.is_primary(native, "replica")


def test_the_count_would_notice_a_loss(native: Native) -> None:
    assert chaos.suffer(native, chaos.failed_over_without_waiting, numbers).lost > 0
