"""The invented world of the tests that import into the record."""

from typing import Any

import pytest

from inspections.models import Council


@pytest.fixture
def own_lock(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The lock of an import lies apart: other workers import into databases of their own."""
    settings.VAR_DIR = tmp_path_factory.mktemp("var")


@pytest.fixture
def invented_councils(record: None) -> None:
    """Two councils that are in no real list."""
    for number, name in enumerate(("Exampleshire", "Northbridge"), start=1):
        Council.objects.create(
            slug=name.lower(),
            name=f"{name} Council",
            short_name=name,
            ons_code=f"E9900000{number}",
            dfe_code=f"X{number}",
            ofsted_urn=f"99900{number}",
            kind="county",
            ons_region="south_east",
            ofsted_region="south_east",
        )
