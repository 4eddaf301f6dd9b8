"""What a Record holds, as text that is the same wherever it was read from."""

import sys
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

OWN = {"identity", "changed_at", "known", "version", "written"}
"""What each database has of its own: when and how often it was written."""


def plainly(thing: Any) -> Any:
    """Rows in their order; what has no order is put into one."""
    if is_dataclass(thing):
        held = [one.name for one in fields(thing) if one.compare and one.name not in OWN]
        return type(thing).__name__, [(name, plainly(getattr(thing, name))) for name in held]
    if isinstance(thing, Mapping):
        return sorted(((repr(plainly(key)), plainly(row)) for key, row in thing.items()), key=first)
    if isinstance(thing, Set):
        return sorted(map(repr, thing))
    if isinstance(thing, list | tuple):
        return [plainly(one) for one in thing]
    return repr(thing)


def first(pair: tuple[str, Any]) -> str:
    return pair[0]


def told() -> list[str]:
    """Line by line: the record as it is, and as the history tables have it."""
    from django.utils import timezone

    from inspections.store.rows import read_record

    lines = []
    for known in (None, timezone.now()):
        for name, held in plainly(read_record(known))[1]:
            rows = held if isinstance(held, list) else [held]
            lines += [f"{name}: {row}" for row in rows]
    return lines


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write("\n".join(told()))
