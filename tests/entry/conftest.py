"""An invented council, an officer who is signed in, and a folder for documents."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from inspections.models import Council, User
from tests.factories import make_user


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("documents")


@pytest.fixture
def council(record: None) -> Council:
    return Council.objects.create(
        slug="exampleshire",
        name="Exampleshire County Council",
        short_name="Exampleshire",
        ons_code="E99000001",
        dfe_code="X1",
        ofsted_urn="999001",
        kind="county",
        ons_region="south_east",
        ofsted_region="south_east",
    )


@pytest.fixture
def officer(db: None) -> User:
    return make_user("officer", is_staff=True, is_superuser=True)


@pytest.fixture
def staff(officer: User, council: Council) -> Iterator[Client]:
    client = Client()
    client.force_login(officer)
    yield client
