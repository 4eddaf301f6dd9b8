"""Answers that are files: shown in the browser or saved, under a name."""

from django.http import HttpResponse


def png_named(content: tuple[str, bytes]) -> HttpResponse:
    name, picture = content
    return named(picture, "image/png", name)


def named(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """Shown in the browser; saved under the name."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = named(content, content_type, name)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
