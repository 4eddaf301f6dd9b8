"""What the database itself refuses, whatever the application asks of it."""

from django.db.backends.base.base import BaseDatabaseWrapper

AUDIT, PERSON = "inspections_auditentry", "inspections_user"
ROWS = (
    ("audit_is_not_changed", "UPDATE", AUDIT, "The audit is never changed."),
    ("audit_is_not_deleted", "DELETE", AUDIT, "The audit is never deleted."),
    ("person_is_not_renamed", "UPDATE OF username", PERSON, "A username is never changed."),
    ("person_is_not_deleted", "DELETE", PERSON, "A person is switched off, never deleted."),
)
"""Name, what is refused, on which table, in which words."""
WHOLE_TABLE = "audit_is_not_emptied"
CHANGES = "UPDATE, DELETE, TRUNCATE"
"""Rights to the audit that the application's role on PostgreSQL does without."""


def protect(database: BaseDatabaseWrapper) -> None:
    """Makes the triggers. TRUNCATE, which only PostgreSQL has, is refused for the audit."""
    if database.vendor == "postgresql":
        _run(
            database,
            "CREATE OR REPLACE FUNCTION refuse_to_forget() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$",
        )
        for name, event, table, words in ROWS:
            when = "WHEN (OLD.username <> NEW.username)" if " OF " in event else ""
            _run(
                database,
                f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} "
                f"EXECUTE FUNCTION refuse_to_forget('{words}')",
            )
        _run(
            database,
            f"CREATE OR REPLACE TRIGGER {WHOLE_TABLE} BEFORE TRUNCATE ON {AUDIT} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_forget('{ROWS[1][3]}')",
        )
        _run(database, f"REVOKE {CHANGES} ON {AUDIT} FROM CURRENT_USER")
        return
    for name, event, table, words in ROWS:
        when = "WHEN OLD.username <> NEW.username" if " OF " in event else ""
        _run(
            database,
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END",
        )


def release(database: BaseDatabaseWrapper) -> None:
    """Takes them away, for a migration backwards and for tests that empty every table."""
    is_postgresql = database.vendor == "postgresql"
    if is_postgresql:
        _run(database, f"GRANT {CHANGES} ON {AUDIT} TO CURRENT_USER")
    for name, _, table, _ in (*ROWS, (WHOLE_TABLE, "", AUDIT, "")):
        place = f" ON {table}" if is_postgresql else ""
        _run(database, f"DROP TRIGGER IF EXISTS {name}{place}")


def _run(database: BaseDatabaseWrapper, sql: str) -> None:
    with database.cursor() as cursor:
        cursor.execute(sql)
