"""Whose request it is, where proxies stand in front: for lockouts and logs."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def is_address(text: str) -> bool:
    """Is it an IP address?"""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def client_address(request: HttpRequest) -> str:
    """The client's IP address.

    Each of the PROXY_COUNT proxies in front appends to X-Forwarded-For the address that it
    was asked from (the first may overwrite it), so the client's is that many from the right.
    What stands further left was written by the client and is never believed. Without proxies,
    or with fewer entries than proxies, it is the address of the connection.
    """
    connected = request.META.get("REMOTE_ADDR", "")
    if not settings.PROXY_COUNT:
        return connected
    entries = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if len(entries) < settings.PROXY_COUNT:
        return connected
    try:
        return str(ip_address(entries[-settings.PROXY_COUNT]))
    except ValueError:
        return connected
