"""Patroni, with the configuration that is shipped for it."""

from pathlib import Path

import pytest

from tools import patroni

pytestmark = [pytest.mark.services, pytest.mark.long]


@pytest.mark.skipif(
    not all(Path(program).exists() for program in patroni.NEEDED),
    reason="NOT RUN: Patroni is missing. Debian: apt-get install patroni python3-pysyncobj",
)
def test_saves_go_on_within_25_s_of_the_primarys_death_and_nothing_is_lost() -> None:
    told = patroni.failed_over()
    assert len(told.acknowledged) > 40
    assert told.lost == 0
    assert told.silent <= 25
