"""A signed-in person and a small record."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from inspections.models import Framework, Inspection, User
from tests import factories as make


@pytest.fixture
def officer(empty_record: None) -> User:
    """Somebody with every right."""
    return make.make_user("officer", is_staff=True, is_superuser=True)


@pytest.fixture
def admin(officer: User) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def reader(empty_record: None) -> Client:
    """A client of somebody who may look at everything and change nothing."""
    user = make.make_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def frameworks(empty_record: None) -> tuple[Framework, Framework]:
    """One with an overall grade until March 2026, one without it since."""
    return (
        make.make_framework("with_overall", in_force_to="2026-03-31"),
        make.make_framework("without_overall", in_force_from="2026-04-01", areas=make.FOUR_AREAS),
    )


@pytest.fixture
def inspection(frameworks: tuple[Framework, Framework]) -> Inspection:
    """Of Exampleshire, March 2021: good throughout."""
    return make.make_inspection(
        framework=frameworks[0], grades=dict.fromkeys(make.FIVE_AREAS, "good")
    )
