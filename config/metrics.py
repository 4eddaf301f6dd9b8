"""`/metrics` for the operator's Prometheus: requests and their time, over all processes of a
server, and what `manage.py doctor` finds wrong.

Without METRICS_TOKEN there is no such page; with it only who sends it sees the page.
"""

import os

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client import REGISTRY as THIS_PROCESS

from inspections.management.doctor import PARTS, look

REQUESTS = Counter("dashboard_requests", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "dashboard_request_seconds",
    "Time to answer, by route.",
    ["route"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10),
)


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """One more; a method that no page knows is counted as OTHER."""
    known = method if method in ("GET", "HEAD", "POST", "OPTIONS") else "OTHER"
    REQUESTS.labels(route, known, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The page; 404 for who does not send `Authorization: Bearer` and METRICS_TOKEN."""
    token = f"Bearer {settings.METRICS_TOKEN}"
    sent = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(sent, token):
        raise Http404
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.MultiProcessCollector(registry)
    else:
        registry = THIS_PROCESS
    found = CollectorRegistry()
    wrong = Gauge(
        "dashboard_wrong", "1: manage.py doctor finds it wrong.", ["part"], registry=found
    )
    for part in PARTS:
        wrong.labels(part).set(0)
    for finding in look(timezone.now()):
        if finding.is_wrong:
            wrong.labels(finding.what).set(1)
    answer = generate_latest(registry) + generate_latest(found)
    return HttpResponse(answer, content_type=CONTENT_TYPE_LATEST)
