"""The menu: every part of the site in one step, from every page, also one that is not found."""

from typing import Any

from django.http import HttpRequest

MENU = (
    ("England", "/", ""),
    ("Councils", "/councils/", ""),
    ("What changed", "/england/changes/", ""),
    ("Upcoming", "/england/upcoming/", ""),
    ("Visits", "/england/visits/", ""),
    ("Compare", "/compare/", ""),
    ("Subscribe", "/subscribe/", ""),
    ("Data", "/data/", ""),
    ("Method", "/method/", ""),
)


def menu(request: HttpRequest) -> dict[str, Any]:
    """A context processor: each entry's name, path and place on its page, the present one marked.

    A page about England that has no entry of its own is marked as England.
    """
    own = [path for _, path, place in MENU if path != "/" and request.path.startswith(path)]
    is_of_england = request.path == "/" or request.path.startswith("/england/")
    at = own[0] if own else "/" if is_of_england else ""
    return {"menu": [(*entry, entry[1] == at and not entry[2]) for entry in MENU]}
