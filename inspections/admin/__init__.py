"""The plain pages on which staff enter, correct and withdraw facts; one module a group."""

from django.contrib import admin

from inspections.admin import (
    collected,
    conflict,
    council,
    framework,
    imports,
    inspection,
    letters,
    measure,
    plain,
    point,
    record,
    user,
    visit,
)

admin.site.site_header = "Children's services inspections"
admin.site.site_title = "Entering"
admin.site.index_title = "The record"
