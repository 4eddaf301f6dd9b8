"""A council's own words beside its inspection: plainly the council's, dated, kept and logged."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from inspections import actions
from inspections.models import Correction, CouncilComment, Inspection
from tests.entry.steps import filled
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


FORM = "/entry/comment/luton/2026-01-19/"
TYPED = {
    "text": " We are  <b>glad</b>.\r\n\r\nMore is to be done.", "said_by": "Its leader",
    "said_date": "12/3/26", "source_url": "",
}  # fmt: skip


def test_an_editor_enters_corrects_and_takes_it_away(client: Client) -> None:
    editor = Client()
    editor.force_login(person("editor", "editor"))
    assert FORM in editor.get("/entry/correct/luton/2026-01-19/").content.decode()
    assert editor.post(FORM, TYPED).headers["Location"] == EVENT
    assert "<p>We are &lt;b&gt;glad&lt;/b&gt;.</p>" in page(client)
    held = CouncilComment.objects.get()
    assert held.history.get().history_user.username == "editor"
    own = f"/entry/correct-fact/comment/{held.pk}/"
    assert own in editor.get(FORM).content.decode()
    sent = filled(editor.get(own).content.decode()) | {"said_by": "Its director"}
    assert editor.post(own, sent | {"reason": "Misread"}).status_code == 302
    held.refresh_from_db()
    assert (held.said_by, held.text) == (
        "Its director",
        "We are <b>glad</b>.\n\nMore is to be done.",
    )
    assert editor.post(FORM, {"reason": " "}).status_code == 400
    assert editor.post(FORM, {"reason": "Asked to"}).status_code == 302
    assert "What Luton says" not in page(client)
    assert Correction.objects.filter(kind="comment", reason="Asked to").exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": ""}, "cannot be blank"),
        ({"text": "x" * 3001}, "Found 3001 characters, expected at most 3000"),
        ({"said_date": "soon"}, "expected a day"),
        ({"said_date": ""}, "cannot be null"),
        ({"source_url": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_what_cannot_be_is_refused(client: Client, wrong: dict[str, str], told: str) -> None:
    client.force_login(person("editor", "editor"))
    answer = client.post(FORM, TYPED | wrong)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not CouncilComment.objects.exists()
