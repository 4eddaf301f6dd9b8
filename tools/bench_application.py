"""The product's WSGI application with the bench's addresses: same settings, same middleware."""

from django.conf import settings

from config.wsgi import application

settings.ROOT_URLCONF = "tools.bench_urls"
__all__ = ["application"]
