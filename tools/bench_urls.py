"""The product's addresses and, for the measurement alone, two more views."""

import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as product
from tools.addresses import EMPTY_VIEW, SPENT_VIEW


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("empty")


def spent(request: HttpRequest) -> HttpResponse:
    """Seconds of processor time that the server and its workers have used; 0 without /proc."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # that process has ended
            continue
        if int(fields[2]) == os.getpgrp():
            ticks += int(fields[11]) + int(fields[12])
    return HttpResponse(ticks / os.sysconf("SC_CLK_TCK"))


urlpatterns = [
    path(EMPTY_VIEW.removeprefix("/"), empty),
    path(SPENT_VIEW.removeprefix("/"), spent),
    *product,
]
