"""From asking for mail to the letter: who is told of what, once, and how it ends."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from dashboard.alerts import letters, views
from dashboard.alerts.letters import gather, is_due, send_letters, write_letters
from inspections import actions
from inspections.models import Draft, Framework, Inspection, Letter, News, Subscription, ToldTo
from inspections.vocabulary import NewsKind
from tests import factories as make
from tests.people.conftest import Inbox
from tests.working import work

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.org"


@pytest.fixture(autouse=True)
def fresh_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "bound", views.Bound(views.MOST_OF_A_CLIENT))


@pytest.fixture
def framework(empty_record: None) -> Framework:
    return make.make_framework(
        "with_overall", in_force_from=date(2020, 1, 1), areas=make.FIVE_AREAS
    )


@pytest.fixture
def councils(framework: Framework) -> dict[str, Any]:
    found = {name: make.make_council(name) for name in ("Northbridge", "Southbridge")}
    for council in found.values():
        make.make_inspection(
            council, framework, start_date=date(2022, 3, 1),
            grades=dict.fromkeys(make.FIVE_AREAS, "requires_improvement"),
        )  # fmt: skip
    actions.raise_version()
    gather()
    return found


def inspect(council: Any, framework: Framework, **more: Any) -> Inspection:
    """A good inspection, published today, recorded as a person does."""
    first = timezone.localdate() - timedelta(days=40)
    fact = Inspection(
        council=council, framework=framework, kind="standard", start_date=first,
        end_date=first + timedelta(days=4), publication_date=timezone.localdate(), **more,
    )  # fmt: skip
    grade = framework.scale.grades.get(code="good")
    judgements = dict.fromkeys(framework.areas.all(), grade)
    return actions.record_inspection(fact, judgements=judgements, by=None, reason="Entered")


def subscribed(**more: Any) -> Subscription:
    councils = more.pop("councils", [])
    made = Subscription.objects.create(
        email=more.pop("email", ADDRESS), asked_at=timezone.now(), confirmed_at=timezone.now(),
        **more,
    )  # fmt: skip
    made.councils.set(councils)
    return made


def tell() -> int:
    gather()
    write_letters()
    return send_letters()


# Asking, confirming, ending


def ask(client: Client | None = None, **given: Any) -> Any:
    form = {"email": ADDRESS, "rhythm": "at_once", **given}
    return (client or Client()).post("/subscribe/", form)


def test_nobody_is_told_before_they_confirm(
    councils: dict[str, Any], framework: Framework, inbox: Inbox
) -> None:
    assert ask(councils="northbridge").headers["Location"] == "/subscribe/sent/"
    send_letters()
    assert [letter["X-To"] for letter in inbox] == [ADDRESS]
    asked = inbox.pop()
    assert "Northbridge, everything new, at once" in asked.get_content()
    path = re.search(r"/subscribe/[\w-]+/", asked.get_content())[0]
    inspect(councils["Northbridge"], framework)
    assert (tell(), inbox) == (0, [])
    page = Client().get(path)
    assert page.status_code == 200
    assert Subscription.objects.get().confirmed_at is None, "a visit alone confirms nothing"
    Client().post(path)
    assert tell() == 0, "what came before is no news"
    first = timezone.localdate() - timedelta(days=30)
    make.make_visit(
        councils["Northbridge"], start_date=first, publication_date=timezone.localdate()
    )
    actions.raise_version()
    assert tell() == 1


def test_a_letter_tells_the_change_and_pins_its_link(
    councils: dict[str, Any], framework: Framework, inbox: Inbox
) -> None:
    who = subscribed()
    inspect(councils["Northbridge"], framework)
    assert tell() == 1
    letter = inbox.pop()
    text = letter.get_content()
    assert letter["Subject"].startswith("Northbridge: standard inspection, ")
    assert "Up from Requires improvement overall in 2022 to Good in" in text
    assert letter.get_content_type() == "text/plain"
    link = re.search(r"http://127.0.0.1:8000(/councils/northbridge/\S+)", text)[1]
    assert f"as_at={timezone.localdate()}" in link and "known=" in link
    page = Client().get(link)
    assert page.status_code == 200
    assert b"was ignored" not in page.content
    end = f"http://127.0.0.1:8000/subscribe/{who.token}/end/"
    assert letter["List-Unsubscribe"].strip() == f"<{end}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "http" not in text.replace("http://127.0.0.1:8000/", ""), "it leads nowhere else"


def test_one_click_of_a_mail_program_ends_it_without_a_cookie(
    councils: dict[str, Any], framework: Framework, inbox: Inbox
) -> None:
    who = subscribed()
    client = Client(enforce_csrf_checks=True)
    assert client.get(f"/subscribe/{who.token}/end/").status_code == 302
    assert Subscription.objects.exists(), "a visit alone ends nothing"
    answer = client.post(f"/subscribe/{who.token}/end/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Subscription.objects.exists()
    inspect(councils["Northbridge"], framework)
    assert tell() == 0


def test_the_form_says_what_it_does_not_understand(councils: dict[str, Any], inbox: Inbox) -> None:
    answer = ask(councils="Northbridge, Nowhere", email="no address")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "is called &quot;Nowhere&quot;" in page
    assert "Enter a valid email address" in page
    assert not Subscription.objects.exists()


def test_an_address_is_asked_three_times_a_day_and_a_client_is_bounded(
    councils: dict[str, Any], inbox: Inbox
) -> None:
    for _ in range(5):
        assert ask().status_code == 302
    assert Letter.objects.count() == 3
    codes = {ask(email=f"r{n}@example.org", REMOTE_ADDR="192.0.2.1").status_code for n in range(30)}
    assert codes == {302, 429}


def test_a_letter_cannot_be_given_other_heads(councils: dict[str, Any], inbox: Inbox) -> None:
    assert ask(email="a@example.org\nBcc: b@example.org").status_code == 400


def test_without_mail_the_page_says_so_and_offers_feeds(councils: dict[str, Any]) -> None:
    page = Client().get("/subscribe/").content.decode()
    first = page.split('<p class="sentence">')[1].split("</p>")[0]
    assert first.startswith(
        'This site sends no e-mail: your <a href="#subscribe">calendar or a feed'
    )
    assert "By e-mail" not in page
    for path in ("/feeds/?councils=luton", "/about/"):
        assert "by e-mail" not in Client().get(path).content.decode(), path
    assert "/england.atom" in page
    for said in ("Free, without an account", "How often", "To stop", 'action="/feeds/"'):
        assert said in page
    assert ask().status_code == 400


def test_the_form_begins_with_the_councils_of_its_address(
    councils: dict[str, Any], inbox: Inbox
) -> None:
    page = Client().get("/subscribe/?councils=northbridge~southbridge").content.decode()
    assert "Northbridge, Southbridge</textarea>" in page


@pytest.mark.parametrize("query", ["?councils=%00", "?region=nowhere", "?councils=" + "x" * 8000])
def test_a_mangled_address_is_still_the_form(councils: dict[str, Any], query: str) -> None:
    answer = Client().get(f"/subscribe/{query}", follow=True)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    for path in ("sent/", "x/end/"):
        assert Client().get(f"/subscribe/{path}{query}").status_code == 200
    assert Client().get(f"/subscribe/no-such/{query}").status_code == 404


# Who is told of what


def test_lists_decide_who_is_told(councils: dict[str, Any], framework: Framework) -> None:
    north, south = councils["Northbridge"], councils["Southbridge"]
    expected = {
        "all": (subscribed(), 1),
        "it": (subscribed(councils=[north]), 1),
        "another": (subscribed(councils=[south]), 0),
        "its region": (subscribed(regions=[north.ons_region]), 1),
        "another region": (subscribed(regions=["london"]), 0),
        "its kind": (subscribed(kinds=[NewsKind.INSPECTION]), 1),
        "another kind": (subscribed(kinds=[NewsKind.MONITORING]), 0),
        "a topic of visits": (subscribed(topics=["care_leavers"]), 0),
    }
    assert north.ons_region != "london"
    inspect(north, framework)
    gather()
    for name, (who, count) in expected.items():
        assert who.news_set.count() == count, name


def test_a_correction_and_a_withdrawal_are_news_of_their_own(
    councils: dict[str, Any], framework: Framework, inbox: Inbox
) -> None:
    subscribed(kinds=[NewsKind.CORRECTION])
    event = inspect(councils["Northbridge"], framework)
    assert tell() == 0
    changes = {"lead_inspector": "Rae Sample"}
    actions.correct(event, changes=changes, reason="Misread", by=None)
    assert tell() == 1
    text = inbox.pop().get_content()
    assert "Rae Sample" in text and "Why: Misread." in text
    actions.withdraw(event, reason="Another council's", by=None)
    assert tell() == 1
    assert "Withdrawn: Northbridge" in inbox.pop()["Subject"]


def test_what_was_published_long_ago_is_no_news(
    councils: dict[str, Any], framework: Framework
) -> None:
    subscribed()
    make.make_visit(
        councils["Northbridge"], start_date=date(2023, 3, 1), publication_date=date(2023, 4, 3)
    )
    actions.raise_version()
    assert gather() == 0


def test_a_draft_is_never_told(councils: dict[str, Any], inbox: Inbox) -> None:
    subscribed()
    now = timezone.now()
    for state in Draft.State.values:
        Draft.objects.create(
            council=councils["Northbridge"], state=state, made_at=now, changed_at=now,
            facts={"publication_date": str(timezone.localdate()), "grade:overall": "good"},
        )  # fmt: skip
        actions.raise_version()
        assert tell() == 0


# Once


def test_nothing_is_told_twice_however_often_it_is_looked_at(
    councils: dict[str, Any], framework: Framework, inbox: Inbox
) -> None:
    subscribed()
    inspect(councils["Northbridge"], framework)
    assert [tell() for _ in range(4)] == [1, 0, 0, 0]
    assert len(inbox) == 1
    news = News.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        News.objects.create(subscription=news.subscription, key=news.key, found_at=timezone.now())


def test_a_gathering_that_breaks_off_is_done_again_whole(
    councils: dict[str, Any], framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed()
    inspect(councils["Northbridge"], framework)
    before = ToldTo.objects.get().moment
    monkeypatch.setattr(letters, "wants", lambda who, item: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        gather()
    assert (News.objects.count(), ToldTo.objects.get().moment) == (0, before)
    monkeypatch.undo()
    assert gather() == 1


def test_a_server_that_is_down_is_asked_again(
    councils: dict[str, Any], framework: Framework, inbox: Inbox, settings: Any
) -> None:
    subscribed()
    inspect(councils["Northbridge"], framework)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    assert tell() == 0
    settings.EMAIL_PORT = port
    assert (tell(), len(inbox)) == (1, 1)


@pytest.mark.parametrize(
    ("answer", "state"), [("451 Later", "waiting"), ("554 No", "failed"), ("250 OK", "sent")]
)
def test_what_the_server_answers_decides(
    councils: dict[str, Any], framework: Framework, inbox: Inbox, answer: str, state: str
) -> None:
    subscribed()
    inspect(councils["Northbridge"], framework)
    inbox.answer = answer
    tell()
    assert Letter.objects.get().state == state


def test_letters_of_a_week_and_a_month_wait_for_their_morning() -> None:
    monday = timezone.make_aware(datetime(2026, 11, 30, 7, 1))
    before, friday = monday - timedelta(minutes=2), monday - timedelta(days=3)
    weekly = Subscription(rhythm="weekly", confirmed_at=friday)
    assert (is_due(weekly, before), is_due(weekly, monday)) == (False, True)
    weekly.letter_at = monday
    assert not is_due(weekly, monday + timedelta(days=6))
    assert is_due(weekly, monday + timedelta(days=7))
    late = Subscription(rhythm="weekly", confirmed_at=monday - timedelta(days=8))
    assert is_due(late, before), "last week's letter was not written: it does not wait again"
    monthly = Subscription(rhythm="monthly", confirmed_at=friday)
    assert not is_due(monthly, monday)
    assert is_due(monthly, monday + timedelta(days=1))


def test_a_weekly_letter_holds_all_of_the_week(
    councils: dict[str, Any], framework: Framework, inbox: Inbox
) -> None:
    who = subscribed(rhythm="weekly")
    for council in councils.values():
        inspect(council, framework)
        assert tell() == 0, "it was confirmed after the last morning of letters"
    Subscription.objects.filter(pk=who.pk).update(confirmed_at=timezone.now() - timedelta(days=8))
    assert tell() == 1
    letter = inbox.pop()
    assert letter["Subject"] == "2 changes of the record: Northbridge and Southbridge"
    assert letter.get_content().count("/inspections/") == 2


def test_addresses_that_nobody_confirmed_are_forgotten(councils: dict[str, Any]) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    kept = subscribed()
    Subscription.objects.create(email="x@example.org", asked_at=long_ago)
    letters.forget_old()
    assert Subscription.objects.get() == kept


def test_publishing_tells_within_seconds(
    councils: dict[str, Any], framework: Framework, inbox: Inbox,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    subscribed()
    started = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        inspect(councils["Northbridge"], framework)
    assert work() == 1
    assert len(inbox) == 1
    assert (timezone.now() - started).total_seconds() < 10
