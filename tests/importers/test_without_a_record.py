"""The import, on a database into which no record was loaded."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from inspections.models import ImportRun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record"), pytest.mark.once]


def test_it_says_to_load_the_record_first(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7")

    with pytest.raises(CommandError, match=r"no council; nothing was read.*load_record") as e:
        call_command("import", str(tmp_path), save=True)

    assert e.value.returncode == 2
    assert not ImportRun.objects.exists()
