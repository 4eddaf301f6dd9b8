"""A council's own words beside its inspection: plainly the council's, dated, kept and logged."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from inspections import actions
from inspections.models import Correction, CouncilComment, Inspection
from tests.factories import make_user
from tests.people.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
EVENT = "/councils/luton/inspections/2026-01-19/"


@pytest.fixture
def comment() -> CouncilComment:
    fact = CouncilComment(
        inspection=Inspection.objects.get(council__slug="luton", reference="2026-01-19"),
        text="We are <b>glad</b>.\n\nMore is to be done.",
        said_by="Leader of the council",
        said_date=date(2026, 3, 12),
        source_url="https://www.luton.example/news",
    )
    actions.record(fact, by=make_user("officer"), reason="Sent by the council")
    return fact


def page(client: Client, query: str = "") -> str:
    return " ".join(client.get(f"{EVENT}{query}").content.decode().split())


def test_it_stands_beside_the_inspection_as_the_council_s_own(
    client: Client, comment: CouncilComment
) -> None:
    text = page(client)
    assert "What Luton says" in text
    assert "<p>We are &lt;b&gt;glad&lt;/b&gt;.</p>" in text
    assert "Leader of the council, 12 March 2026" in text
    assert "no part of Ofsted's judgement" in text
    other = client.get("/councils/luton/inspections/2022-07-04/").content.decode()
    assert "What Luton says" not in other


def test_it_is_not_shown_before_its_day_nor_in_a_link_of_before(
    client: Client, comment: CouncilComment
) -> None:
    assert "What Luton says" not in page(client, "?as_at=2026-03-11")
    assert "What Luton says" in page(client, "?as_at=2026-03-12")


def test_there_is_one_for_an_inspection(comment: CouncilComment) -> None:
    second = CouncilComment(
        inspection=comment.inspection, text="x", said_by="y", said_date=date(2026, 3, 12)
    )
    with pytest.raises(ValidationError, match="already exists"):
        actions.record(second, by=None)


def test_a_change_is_logged_and_its_end_takes_it_away(
    client: Client, comment: CouncilComment
) -> None:
    actions.correct(comment, changes={"said_by": "The director"}, reason="Misread.", by=None)
    assert Correction.objects.latest("pk").kind == "comment"
    assert "The director" in page(client)
    assert client.get("/corrections/?council=luton").status_code == 200
    actions.withdraw(comment, reason="Asked to by the council.", by=None)
    assert "What Luton says" not in page(client)


def test_an_editor_enters_it(client: Client, comment: CouncilComment) -> None:
    client.force_login(person("editor", "editor"))
    address = f"/admin/inspections/councilcomment/{comment.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.get("/admin/inspections/councilcomment/add/").status_code == 200
    client.force_login(person("reader", "reader"))
    assert client.get("/admin/inspections/councilcomment/add/").status_code == 403
