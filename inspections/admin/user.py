"""Who there is, to be looked up; the staff's page *People* is where anything is changed.

So nobody becomes a superuser or gets a right by a form, and the groups are those of the roles.
"""

from django.contrib import admin
from django.contrib.auth import admin as auth
from django.contrib.auth.models import Group
from django_otp.plugins.otp_totp import admin as totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_tasks_db import admin as tasks
from django_tasks_db.models import DBTaskResult

from inspections.admin.lists import ReadOnlyAdmin
from inspections.models import User

REGISTERED_FIRST = (auth, totp, tasks)
for model in (Group, TOTPDevice, DBTaskResult):
    admin.site.unregister(model)


@admin.register(User)
class PersonAdmin(ReadOnlyAdmin):
    list_display = ("username", "first_name", "last_name", "is_active", "is_staff", "last_login")
    fields = ("username", "first_name", "last_name", "email", "is_active", "last_login", "groups")
    search_fields = ("username", "first_name", "last_name")
