"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["SERVING"] = "1"  # bounds on how long the database is waited for
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
