"""Addresses as chats, mail and word processors hand them on.

What such a program glued to the end of a link is taken off by one redirect, and what it
added to follow its readers is dropped in silence, before any page, file or answer of the
API reads the address.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, unquote_plus, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.http import escape_leading_slashes

UNTOUCHED = ("/admin/", "/entry/", "/static/")
FREE_TEXT = frozenset({"q"})  # a search passes over marks itself
LONGEST_QUERY = 8000  # characters; a longer one is left to be refused
HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": None})
ENDING = re.compile(
    r"(?:&(?:amp|quot|gt|lt|nbsp);?"
    r"|[.,;:!?*_)\]>\"'`\s\u2026\u00a0\u00ab\u00bb\u2018-\u201f\u200b-\u200d\u2060\ufeff])+$"
)
UNSEEN = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff"))  # of no width
TRACKING = re.compile(
    r"utm_\w+|mc_\w+|_?hs\w+|_g[al]|igshi?d?|mibextid|si"
    r"|(?:fb|g|d|tt|tw|y)clid|msclkid|[gw]braid|li_fat_id|mkt_tok"
    r"|data|sdata|reserved"  # Outlook's safe links
    r"|ct|or|cid|clickparams|wdorigin",  # Teams
    re.IGNORECASE,
)
Part = tuple[str, str]


def without_ending(text: str) -> str:
    """The text as it was meant; nothing but endings stays, and so does a closed bracket."""
    plain = text.translate(HYPHENS)
    if "(" in plain:
        return plain
    return ENDING.sub("", plain) or text


def clean_path(path: str) -> str:
    """The path as it was meant, with the slash that its page has, and without the parameters
    that a program which saw no question mark glued to it."""
    head, _, glued = path.partition("&")
    found = without_ending(path if without_tracking(glued) else head)
    return found + "/" if found != path and not _leads(found) and _leads(found + "/") else found


def _leads(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def clean_parts(parts: list[Part]) -> list[Part]:
    """The parameters as they were meant: without endings and letters of no width, without an
    `amp;` before a name."""
    found = []
    for written, value in parts:
        if name := written.removeprefix("amp;"):
            seen = value.translate(UNSEEN)
            found.append((name, seen if name in FREE_TEXT else without_ending(seen)))
    return found


def without_tracking(query: str) -> str:
    """The query as it was written, less the parameters that only follow readers."""
    parts = query.split("&")
    kept = [
        part
        for part in parts
        if not TRACKING.fullmatch(unquote_plus(part.split("=")[0]).removeprefix("amp;"))
    ]
    return query if len(kept) == len(parts) else "&".join(kept)


class LinksMiddleware:
    """The outermost: every later reader of the address sees it as it was meant."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or request.path.startswith(UNTOUCHED):
            return self.get_response(request)
        query = request.META.get("QUERY_STRING", "")
        if 0 < len(query) <= LONGEST_QUERY:
            query = without_tracking(query)
            request.META["QUERY_STRING"] = query
            parts = parse_qsl(query, keep_blank_values=True)
            meant = clean_parts(parts)
            if meant != parts:
                query = urlencode(meant, safe="~:")
        path = clean_path(request.path_info)
        if path != request.path_info or query != request.META.get("QUERY_STRING", ""):
            request.get_host()  # refuses a foreign host
            to = escape_leading_slashes(quote(path, safe="/~:@!$&'()*+,;="))
            return HttpResponsePermanentRedirect(f"{to}?{query}" if query else to)
        return self.get_response(request)
