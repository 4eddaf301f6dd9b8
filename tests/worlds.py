"""Two databases for each worker: one with the shipped record, one with nothing on record.

Emptying the shipped one in a transaction, and taking that back, was most of what a test of an
invented council took. Each keeps its connection, so that changing over costs nothing.
"""

import contextlib
import sqlite3
from datetime import datetime
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from inspections import store
from inspections.people import kept
from inspections.record import Record
from inspections.store.rows import read_record
from tools.server import prepared_database, prepared_template

SHIPPED, EMPTY = "shipped", "empty"


def tables_of_the_record() -> list[str]:
    models = apps.get_app_config("inspections").get_models(include_auto_created=True)
    return [model._meta.db_table for model in models]


class Worlds:
    """Which database the tests' connection leads to."""

    def __init__(self) -> None:
        self.now = SHIPPED
        self.names: dict[str, str] = {}
        self.open: dict[str, Any] = {}
        self.blocker: DjangoDbBlocker | None = None
        self.kept: tuple[Record, list[datetime]] | None = None
        self.read_from: frozenset[str] = frozenset()  # the tables that a Record is read from

    def begin(self, blocker: DjangoDbBlocker) -> None:
        """The test database was made just now: SQLite's has nothing in it yet."""
        self.blocker = blocker
        self.names[SHIPPED] = connection.settings_dict["NAME"]
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            with contextlib.closing(sqlite3.connect(prepared_database())) as prepared:
                prepared.backup(connection.connection)
        kept.release(connection)  # a transactional test empties every table
        with CaptureQueriesContext(connection) as asked:
            read_record(timezone.now())
            self.kept = store.current_record(), store._kept.moments
        told = " ".join(query["sql"] for query in asked)
        self.read_from = frozenset(
            table for table in tables_of_the_record() if f'"{table}"' in told
        )

    def is_read(self, model: type[Model]) -> bool:
        """Whether a Record may be another one once a row of the model is written."""
        return not self.read_from or model._meta.db_table in self.read_from

    def end(self) -> None:
        """Back to the shipped record; the other database goes."""
        self.use(SHIPPED)
        if EMPTY in self.names and connection.vendor == "postgresql":
            self.open[EMPTY].close()
            self._on_the_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.names[EMPTY])

    def use(self, world: str) -> None:
        """To be called outside of every transaction."""
        if world == self.now or self.blocker is None:
            return
        with self.blocker.unblock():
            if world not in self.names:
                self._make_empty()
            self.open[self.now], self.now = connection.connection, world
            connection.connection = self.open[world]
            connection.settings_dict["NAME"] = self.names[world]
            if connection.connection is None:
                connection.connect()

    def put_back(self) -> None:
        """What a test wrote is rolled back: the Record is as it was, and need not be read again.

        Where it was not, its identity is another, and it is read as ever.
        """
        if self.now == SHIPPED and self.kept is not None:
            store._kept.current, store._kept.moments = self.kept

    def _make_empty(self) -> None:
        name = f"{self.names[SHIPPED]}_empty"
        if connection.vendor == "sqlite":
            name = f"{self.names[SHIPPED].partition('?')[0]}_empty?mode=memory&cache=shared"
        else:
            template = prepared_template(settings.DATABASE_URL)
            self._on_the_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            self._on_the_server("CREATE DATABASE {} TEMPLATE {}", name, template)
        shipped, connection.connection = connection.connection, None
        connection.settings_dict["NAME"] = self.names[EMPTY] = name
        connection.connect()
        if connection.vendor == "sqlite":
            shipped.backup(connection.connection)
        kept.release(connection)
        with connection.cursor() as cursor, connection.constraint_checks_disabled():
            tables = [connection.ops.quote_name(table) for table in tables_of_the_record()]
            if connection.vendor == "sqlite":
                for table in tables:
                    cursor.execute(f"DELETE FROM {table}")
            else:
                cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        self.open[EMPTY] = connection.connection
        connection.connection = shipped
        connection.settings_dict["NAME"] = self.names[SHIPPED]

    def _on_the_server(self, statement: str, *names: str) -> None:
        given = connection.get_connection_params()
        where = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
        with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
            server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


worlds = Worlds()
