"""A database of a test's own, which other processes may read and write."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tools.server import prepared_database


@pytest.fixture
def database_url(
    tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A database of the test's own with the shipped record, of the kind that is tested."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{shutil.copy(prepared_database(), tmp_path / 'record.sqlite3')}"
        return
    with django_db_blocker.unblock():
        # A transactional test may have emptied every table.
        call_command("load_record", if_changed=True, verbosity=0)
        given = connection.get_connection_params()
        connection.close()
    name = f"{given['dbname']}_own"
    where = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{given["dbname"]}"')
        try:
            user = ":".join(filter(None, (where.get("user"), where.get("password"))))
            yield f"postgres://{user}@/{name}?host={where['host']}&port={where.get('port', 5432)}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
