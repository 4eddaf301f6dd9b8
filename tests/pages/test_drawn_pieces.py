"""A piece that is drawn for one page is right on every other: its key names all it depends on."""

from collections.abc import Iterable

import pytest
from django.test import Client

from dashboard.http import kept
from inspections import store
from inspections.record import Memory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PATHS = (
    "/",
    "/councils/",
    "/councils/?q=guildford",
    "/councils/?q=east",
    "/councils/luton/offline.html",
    "/councils/luton/",
    "/councils/kent/",
    "/councils/luton/grades/",
    "/councils/luton/inspections/2026-01-19/",
    "/councils/luton/inspections/2020-01-13/",
    "/england/grades-held/",
    "/england/upcoming/",
    "/england/windows/",
    "/england/statistics/",
    "/england/changes/",
    "/england/journeys/",
    "/england/timing/",
    "/england/inadequate/",
    "/england/expected/",
    "/compare/?councils=luton~kent",
    "/method/",
)
STATES = ("", "area=leaders", "region=london", "as_at=2023-05-01", "as_at=2023-05-01&area=leaders")


def addresses() -> list[str]:
    """Every page in every state; what a page does not know it tells in a notice."""
    return [
        path + (f"{'&' if '?' in path else '?'}{state}" if state else "")
        for path in PATHS
        for state in STATES
    ]


def asked(client: Client, found: Iterable[str]) -> dict[str, str]:
    """Each page drawn anew from what the Records in memory hold."""
    kept.store.clear()
    return {path: client.get(path).content.decode() for path in found}


def test_no_page_shows_a_piece_that_was_drawn_for_another(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = store.current_record().changed_at
    pinned = [f"/councils/luton/?known={moment:%Y-%m-%dT%H:%M:%SZ}&as_at=2026-09-01"]
    paths = [*addresses(), *pinned]
    first = asked(client, paths)
    again = asked(client, reversed(paths))
    store.forget()
    backwards = asked(client, reversed(paths))
    monkeypatch.setattr(Memory, "get", lambda memory, key, make: make())
    plain = asked(client, paths)
    for path in paths:
        assert plain[path] == first[path] == again[path] == backwards[path], path
