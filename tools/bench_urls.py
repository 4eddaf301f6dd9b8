"""The product's addresses and, for the measurement alone, a view that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as product
from tools.addresses import EMPTY_VIEW


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("empty")


urlpatterns = [path(EMPTY_VIEW.removeprefix("/"), empty), *product]
