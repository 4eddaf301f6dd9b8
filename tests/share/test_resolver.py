"""One resolver of councils in pages, comparisons, files and the API."""

from urllib.parse import quote

import pytest
from django.test import Client

from inspections import actions
from inspections.models import Council
from inspections.questions.council import find_council
from inspections.store import current_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def forms(council: Council) -> list[str]:
    return [council.slug, council.slug.upper(), council.ons_code, council.ons_code.lower(),
            council.dfe_code, council.short_name, council.name]  # fmt: skip


def test_every_form_of_a_council_means_the_same_everywhere(
    client: Client, exampleshire: Council
) -> None:
    file = client.get("/england/side-by-side.csv?councils=exampleshire").content
    for form in forms(exampleshire):
        page = client.get("/compare/", {"councils": form})
        assert "was ignored" not in page.content.decode(), form
        assert "<th" in page.content.decode() and "Exampleshire" in page.content.decode(), form
        own = client.get("/england/side-by-side.csv", {"councils": form})
        assert (own.status_code, own.content) == (200, file), form
        assert client.get("/corrections.atom", {"council": form}).status_code == 200, form
        assert client.get("/api/v1/inspections", {"council": form}).json()["count"] == 2, form
        one = client.get(f"/api/v1/councils/{quote(form)}")
        assert (one.status_code, one.json()["council_slug"]) == (200, "exampleshire"), form
        event = client.get(f"/api/v1/inspections/{quote(form)}/2024-03-04")
        assert event.status_code == 200, form
        for name, asked in (("expected", {}), ("journeys", {"grade": "requires-improvement"})):
            page = client.get(f"/england/{name}/", {**asked, "council": form})
            assert "was ignored" not in page.content.decode(), (form, name)
            answer = client.get(f"/england/{name}.csv", {**asked, "council": form})
            assert answer.status_code == 200, (form, name)


def test_one_bad_member_names_itself_and_leaves_the_others(
    client: Client, exampleshire: Council
) -> None:
    page = client.get("/compare/?councils=Exampleshire~Nowhere").content.decode()
    assert "councils=Nowhere" in page
    assert "/england/side-by-side/" in page


def test_a_former_name_finds_its_council_after_a_renaming(
    client: Client, exampleshire: Council
) -> None:
    was = exampleshire.name
    actions.correct(exampleshire, changes={"name": "The Shire Council"}, reason="New", by=None)
    for name in (was, "The Shire Council", "exampleshire"):
        found, _ = find_council(current_record(), name)
        assert found is not None and found.id == exampleshire.id, name
