"""Lists and pages that every kind of row has: mangled addresses, rows that nobody edits."""

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


class ReadOnly:
    """Nobody adds, changes or deletes these rows by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, WithCheckedAddress):
    """Pages of rows that are written by actions, imports and loading alone."""


class Working(ReadOnlyAdmin):
    """A table that the site works with: on no list, reached from what it belongs to."""

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}
