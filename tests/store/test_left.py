"""What a process leaves for others that begin while the database is away."""

from pathlib import Path

import pytest

from inspections import store
from inspections.store import left

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(settings: object, tmp_path: Path, record: None) -> Path:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]
    left.leave(store.current_record(), [])
    return tmp_path / "last-read"


def test_the_whole_record_comes_back(file: Path) -> None:
    found = left.taken_up()
    assert found is not None
    assert found[0] == store.current_record()
    assert abs(found[2].timestamp() - file.stat().st_mtime) < 0.001
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["last-read"]


def test_the_same_record_is_not_written_twice_but_noted(file: Path) -> None:
    inode = file.stat().st_ino
    left.leave(store.current_record(), [])
    assert file.stat().st_ino == inode


@pytest.mark.parametrize("place", [40, 70, -1])
def test_what_this_site_did_not_write_is_not_read(file: Path, place: int) -> None:
    given = bytearray(file.read_bytes())
    given[place] ^= 1
    file.write_bytes(given)
    assert left.taken_up() is None


def test_nor_what_another_release_or_another_key_wrote(
    file: Path, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(left, "_code", lambda: "another release")
        assert left.taken_up() is None
    assert left.taken_up()
    settings.SECRET_KEY = "x" * 50  # type: ignore[attr-defined]
    assert left.taken_up() is None


def test_a_disk_that_takes_nothing_is_no_fault(
    settings: object, tmp_path: Path, record: None
) -> None:
    settings.VAR_DIR = tmp_path / "nowhere"  # type: ignore[attr-defined]
    left.leave(store.current_record(), [])
    assert left.taken_up() is None
