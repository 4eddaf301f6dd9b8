"""People who may enter and correct facts, and the groups that give them rights."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from inspections.models import User


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Nobody is deleted: the history would no longer say who. Take away "active" instead."""

    list_display = ("username", "first_name", "last_name", "is_active", "is_staff", "last_login")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
