"""What gunicorn does before it listens: it reads code, record and templates once, by asking itself
for some pages, so that every process it begins has them. Meanwhile a proxy is refused here and asks
the other server, instead of waiting.
"""

import gc
import io
import os
import re
import threading
from typing import Any
from urllib.parse import urlsplit

from django.db import connections

preload_app = True
PATHS = ("/councils/", "/", "/method/", "/councils.csv")
THREAD_SECONDS = 60


def on_starting(server: Any) -> None:
    application = server.app.wsgi()
    from inspections import store

    listed = asked(application, PATHS[0])
    a_council = re.findall(r'href="(/councils/[a-z-]+/)"', listed)[:1]
    for path in (*PATHS[1:], *a_council):
        asked(application, path)
    store.ask_again()  # each process finds out for itself whether the database is away
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(THREAD_SECONDS)
            if thread.is_alive():  # its locks would stay held in every process
                raise SystemExit(f"{thread.name}: still runs after {THREAD_SECONDS} s")
    connections.close_all()
    gc.freeze()  # what is here already is shared, and not looked through again


def asked(application: Any, path: str) -> str:
    """The page."""
    site = urlsplit(os.environ.get("SITE_URL") or "http://127.0.0.1:8000")
    environment = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": site.netloc,
        "SERVER_NAME": site.hostname, "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme, "wsgi.input": io.BytesIO(),
    }  # fmt: skip
    return b"".join(application(environment, lambda status, headers: None)).decode()
