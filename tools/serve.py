"""Prepares and serves in one process, for `make start`.

Starting Django is most of what a start costs when nothing changed. It happens once here: the
workers are forked from the process that migrated, and share what it has imported.
"""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from tools.prepare import prepare

BASE_DIR = Path(__file__).resolve().parent.parent
WORKER = ("db_worker", "--queue-name", "*", "--verbosity", "0")


class Server(BaseApplication):
    """gunicorn with the settings below instead of a command line."""

    def load_config(self) -> None:
        for name, value in {
            "bind": f"127.0.0.1:{os.environ.get('PORT', '8000')}",
            "workers": int(os.environ.get("WORKERS", "2")),
            # Browsers open connections ahead of need, and a worker without threads waits on them.
            "threads": int(os.environ.get("THREADS", "4")),
            "control_socket_disable": True,
            "loglevel": "warning",
        }.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        from config.wsgi import application

        return application


def main() -> None:
    django.setup()
    try:
        call_command("check", tags=["starting"], verbosity=0)
        prepare()
    except CommandError as error:
        sys.exit(str(error))
    except DatabaseError as error:  # such as a damaged file
        from inspections.management.doctor import told_of

        sys.exit(told_of(error))
    # Only now: the middleware lists the static files once, when the application is made.
    import_module("config.wsgi")
    _ = get_resolver().url_patterns  # Imports every view, before the workers are forked.
    connections.close_all()  # No connection is shared between processes.
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/"
    # Beside the server: mail, and the looks at Ofsted's site that a button asks for.
    worker = subprocess.Popen(
        [sys.executable, BASE_DIR / "manage.py", *WORKER], stdin=subprocess.DEVNULL
    )
    print(f"The dashboard is at {address}   (Ctrl+C stops it)", flush=True)
    try:
        Server().run()
    finally:
        worker.terminate()


if __name__ == "__main__":
    main()
