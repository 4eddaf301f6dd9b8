"""What each role may do. The groups are written from this with every `migrate`."""

from dataclasses import dataclass

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet

from inspections.models import User

ENTERED = frozenset(
    {
        "inspection",
        "judgement",
        "visit",
        "statement",
        "improvementpoint",
        "source",
        "citation",
        "unreadreport",
        "councilcomment",
        "draft",
        "batch",
        "plannedaction",
    }
)
"""What is entered as reports and letters come; all else describes councils and frameworks."""
PERSONAL = frozenset(
    {"user", "recoverycodes", "auditentry", "subscription", "letter", "news", "errorreport"}
)
"""What tells of the staff themselves, and of readers who gave an address."""


@dataclass(frozen=True, slots=True)
class Role:
    """`may`: the rights of its own, beside those of the role before it."""

    code: str
    label: str
    words: str
    may: Q


READER = Role(
    "reader",
    "Reader",
    "Sees drafts and everything behind Maintenance; changes nothing.",
    Q(codename__startswith="view_") & ~Q(content_type__model__in=PERSONAL),
)
EDITOR = Role(
    "editor",
    "Editor",
    "Enters and corrects inspections, visits and their sources; keeps registers of action plans.",
    Q(codename__regex="^(add|change)_", content_type__model__in=ENTERED),
)
REVIEWER = Role(
    "reviewer",
    "Reviewer",
    "Looks at what others entered and publishes it; settles what differs; makes registers public.",
    Q(
        codename__in=[
            "review_draft",
            "change_conflict",
            "change_reading",
            "add_actionplan",
            "change_actionplan",
        ]
    ),
)
ADMINISTRATOR = Role(
    "administrator",
    "Administrator",
    "Also changes councils and frameworks, invites people and sees what they did.",
    ~Q(codename__startswith="delete_"),
)
ROLES = (READER, EDITOR, REVIEWER, ADMINISTRATOR)
BY_CODE = {role.code: role for role in ROLES}


def permissions_of(role: Role) -> QuerySet[Permission]:
    """Its rights on this record's tables: those of every role up to it."""
    may = Q()
    for held in ROLES[: ROLES.index(role) + 1]:
        may |= held.may
    return Permission.objects.filter(may, content_type__app_label="inspections")


@transaction.atomic
def write_groups(sender: AppConfig | None = None, **sent: object) -> None:
    """Makes each role's group and gives it exactly the rights above."""
    create_permissions(apps.get_app_config("inspections"), verbosity=0)
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role.code)
        group.permissions.set(permissions_of(role))


def role_of(person: User) -> Role | None:
    """The role that somebody has; None where they have none. A superuser, made at the machine,
    is an administrator."""
    if person.is_superuser:
        return ADMINISTRATOR
    held = {group.name for group in person.groups.all()}
    return next((role for role in reversed(ROLES) if role.code in held), None)


def administrators() -> QuerySet[User]:
    """Who can sign in and change people."""
    may = Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR.code)
    return User.objects.filter(may, is_active=True).distinct()


class LastAdministratorError(Exception):
    """Nobody could invite, help or stop anybody any more."""


def _keep_an_administrator(person: User) -> None:
    others = administrators().exclude(pk=person.pk)
    if administrators().filter(pk=person.pk).exists() and not others.exists():
        raise LastAdministratorError(person.username)


@transaction.atomic
def give_role(person: User, role: Role) -> None:
    """Gives one role in place of any other, and with it the staff's pages.

    Raises LastAdministratorError where nobody else would be an administrator.
    """
    _one_at_a_time()
    if role is not ADMINISTRATOR and person.pk:
        _keep_an_administrator(person)
    person.is_staff, person.is_superuser = True, False
    person.save()
    person.groups.set([Group.objects.get(name=role.code)])


@transaction.atomic
def switch(person: User, *, is_active: bool) -> None:
    """Lets somebody in or keeps them out, also where they are signed in. Raises
    LastAdministratorError as `give_role`."""
    _one_at_a_time()
    if not is_active:
        _keep_an_administrator(person)
        person.sessions_ended += 1
    person.is_active = is_active
    person.save()


def _one_at_a_time() -> None:
    """Two administrators cannot demote each other in the same moment."""
    list(User.objects.select_for_update().filter(is_active=True).values_list("pk"))
