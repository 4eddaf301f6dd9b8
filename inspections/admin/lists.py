"""Lists whose address somebody has mangled."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


class WithCheckedAddress(admin.ModelAdmin):
    """Leaves out filters that PostgreSQL would refuse: nothing recorded contains a NUL."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if any("\0" in part for pair in request.GET.items() for part in pair):
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        return super().changelist_view(request, extra_context)
