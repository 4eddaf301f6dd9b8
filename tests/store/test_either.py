"""Pages are functions of a Record, and the Record is the same on either database."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.store.either import told
from tools.server import clean_environment, prepared_database


@pytest.mark.django_db
def test_the_shipped_record_is_the_same_on_either_database(record: None) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.either"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
        env=clean_environment() | {
            "DATABASE_URL": f"sqlite:///{prepared_database()}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        },
    )  # fmt: skip
    on_sqlite, here = done.stdout.split("\n"), told()
    assert len(here) > 7_000
    different = [pair for pair in zip(on_sqlite, here, strict=False) if pair[0] != pair[1]]
    assert different[:3] == []
    assert len(on_sqlite) == len(here)
