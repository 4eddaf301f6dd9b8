"""Django's backend for PostgreSQL with connections that give up."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg import errors

from config.patient import GAVE_UP, PATIENCE


class PatientConnection(psycopg.Connection[Any]):
    """Ends itself where the server does not answer in time."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        seconds = PATIENCE.get()
        if seconds is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, timeout or seconds)
        except errors._WaitTimeout as error:
            GAVE_UP.set(True)
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer in {seconds:g} s") from error


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> PatientConnection:
        if GAVE_UP.get():
            raise psycopg.OperationalError("no answer, and not asked again")
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        try:
            return PatientConnection.connect(**conn_params)
        except psycopg.OperationalError:
            GAVE_UP.set(True)
            raise
