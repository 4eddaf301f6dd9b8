import pytest
from django.db import OperationalError, connection
from django.test import Client

from inspections.store import current_record


def test_healthz_answers_without_asking_the_database(client: Client) -> None:
    # No database mark: pytest-django refuses any query here.
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"alive\n"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_200_when_every_migration_is_applied(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    first, *covered = response.content.decode().splitlines()
    assert first == "ready"
    held = current_record().coverage
    assert covered == [f"{kind}: complete to {row.complete_to_date}" for kind, row in held.items()]
    assert covered
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_503_while_a_migration_waits(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'inspections' AND name = "
            "(SELECT max(name) FROM django_migrations WHERE app = 'inspections')"
        )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"not ready\n"


@pytest.mark.django_db
def test_readyz_is_503_and_says_nothing_of_a_failing_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OperationalError("password=hidden")

    monkeypatch.setattr("dashboard.http.health.MigrationExecutor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"hidden" not in response.content


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_addresses_refuse_to_be_written_to(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
