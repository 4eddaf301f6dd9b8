"""One address for every public view, made from the URL patterns themselves.

A view whose address has a part that SAMPLES does not know fails here: name a sample for it.
"""

from collections.abc import Mapping

from django.urls import URLPattern, URLResolver, get_resolver, reverse

SAMPLES = {"slug": "luton", "reference": "2020-01-13", "region": "east-of-england"}

# These answer a question in their query and have tests of their own.
NEED_A_QUERY = {"oembed", "compare-add", "councils-find"}
# These are one reader's own, show no record and are never kept: tests/alerts, tests/errors.
OF_A_READER = {
    "subscribe",
    "subscribe-sent",
    "subscription",
    "subscription-end",
    "report",
    "report-sent",
}


def _patterns(found: list[URLPattern | URLResolver]) -> list[URLPattern]:
    flat = []
    for item in found:
        flat += _patterns(item.url_patterns) if isinstance(item, URLResolver) else [item]
    return flat


def addresses(samples: Mapping[str, str] = SAMPLES) -> dict[str, str]:
    """The name of each view of the pages, and an address that leads to it."""
    pages = [
        item
        for item in get_resolver().url_patterns
        if isinstance(item, URLResolver) and item.namespace == "dashboard"
    ]
    found = {}
    for pattern in _patterns(pages):
        if pattern.name in NEED_A_QUERY | OF_A_READER:
            continue
        parts = {name: samples[name] for name in pattern.pattern.converters}
        found[pattern.name] = reverse(f"dashboard:{pattern.name}", kwargs=parts)
    return found


ADDRESSES = addresses()
HTML_ADDRESSES = {
    name: path
    for name, path in ADDRESSES.items()
    if path.endswith("/") and name not in {"alive", "ready"}
}
