"""From news to letters to the mail server: each step can be stopped and gone on with."""

import logging
import smtplib
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dashboard import words
from dashboard.alerts.news import Item, news_between
from inspections import store
from inspections.models import Letter, News, Subscription, ToldTo
from inspections.vocabulary import NewsKind, Region, VisitTopic

logger = logging.getLogger(__name__)
State, Rhythm = Letter.State, Subscription.Rhythm
MOST_IN_A_LETTER = 50
MOST_TRIES = 12
A_MORNING = timedelta(hours=7)
UNCONFIRMED_DAYS, LETTERS_DAYS = 7, 90


@transaction.atomic
def gather() -> int:
    """Looks through what changed since the last time and notes it for whoever asked; how many
    notes. It and the moment that it reached are written together, so nothing is noted twice."""
    now = store.current_record()
    if now.changed_at is None:
        return 0
    reached, is_new = ToldTo.objects.select_for_update().get_or_create(
        pk=1, defaults={"moment": now.changed_at}
    )
    if is_new or reached.moment >= now.changed_at:
        return 0
    then = store.record_known_at(reached.moment, now)
    items = news_between(then, now, today=timezone.localdate())
    notes = [
        News(
            subscription=who, key=item.key, heading=item.heading[:250], words=item.words,
            path=item.path, found_at=timezone.now(),
        )
        for who in Subscription.objects.exclude(confirmed_at=None).prefetch_related("councils")
        for item in items
        if wants(who, item)
    ]  # fmt: skip
    News.objects.bulk_create(notes, ignore_conflicts=True)
    reached.moment = now.changed_at
    reached.save()
    return len(notes)


def wants(who: Subscription, item: Item) -> bool:
    """By place, kind, and topic or theme; a list left empty asks for everything of its kind."""
    councils = {row.pk for row in who.councils.all()}
    if (councils or who.regions) and not (
        councils & item.councils or item.regions.intersection(who.regions)
    ):
        return False
    if who.kinds and item.kind not in who.kinds:
        return False
    return not (who.topics or who.themes) or bool(
        item.topics.intersection(who.topics) or item.themes.intersection(who.themes)
    )


def write_letters(now: datetime | None = None) -> int:
    """Makes a letter of the news of each subscription whose hour has come; how many."""
    now = now or timezone.now()
    waiting = Subscription.objects.filter(news__letter=None, news__isnull=False).distinct()
    return sum(_write_letter(who.pk, now) for who in waiting if is_due(who, now))


@transaction.atomic
def _write_letter(number: int, now: datetime) -> int:
    who = Subscription.objects.select_for_update().filter(pk=number).first()
    news = list(News.objects.filter(subscription_id=number, letter=None))
    if who is None or not news or not is_due(who, now):
        return 0
    letter = Letter.objects.create(
        subscription=who, subject=subject_of(news), body=body_of(who, news), made_at=now
    )
    News.objects.filter(pk__in=[row.pk for row in news]).update(letter=letter)
    who.letter_at = now
    who.save(update_fields=["letter_at"])
    return 1


def is_due(who: Subscription, now: datetime) -> bool:
    """At once always; else on the first look after Monday's, or the first's, seven o'clock."""
    if who.confirmed_at is None or who.rhythm == Rhythm.AT_ONCE:
        return who.confirmed_at is not None
    begun = timezone.localtime(now).replace(tzinfo=None) - A_MORNING
    back = begun.weekday() if who.rhythm == Rhythm.WEEKLY else begun.day - 1
    first = datetime.combine(begun.date() - timedelta(days=back), time.min)
    return (who.letter_at or who.confirmed_at) < timezone.make_aware(first + A_MORNING)


def subject_of(news: list[News]) -> str:
    if len(news) == 1:
        return news[0].heading[:200]
    places = list(dict.fromkeys(row.heading.split(": ")[-2] for row in news))
    named = words.listing(places) if len(places) < 4 else f"{places[0]} and {len(places) - 1} more"
    return f"{len(news)} changes of the record: {named}"[:200]


def body_of(who: Subscription, news: list[News]) -> str:
    """Plain text: each thing with its pinned address, then how to end it."""
    parts = [
        f"{row.heading}\n{row.words}\n{settings.SITE_URL}{row.path}"
        for row in news[:MOST_IN_A_LETTER]
    ]
    if (more := len(news) - MOST_IN_A_LETTER) > 0:
        parts.append(f"And {more} more: {settings.SITE_URL}/england.atom")
    return "\n\n".join([*parts, foot(who)]) + "\n"


def foot(who: Subscription) -> str:
    return (
        f"-- \nYou asked for this: {asked_words(who)}.\n"
        f"Change or end it: {settings.SITE_URL}/subscribe/{who.token}/\n"
        "This site is independent of Ofsted. Nobody follows whether you read this."
    )


def asked_words(who: Subscription) -> str:
    """What somebody asked for: `Luton, inspections with grades, at once`."""
    places = [row.short_name for row in who.councils.all()]
    places += [Region.label_of(code) for code in who.regions]
    kinds = [NewsKind.label_of(code).lower() for code in who.kinds]
    about = [VisitTopic.label_of(code).lower() for code in who.topics]
    names = {row.code: row.short_name for row in store.current_record().themes}
    about += [names.get(code, code).lower() for code in who.themes]
    parts = [words.listing(places) or "all councils", words.listing(kinds) or "everything new"]
    if about:
        parts.append(f"about {words.listing(about)}")
    return ", ".join([*parts, who.get_rhythm_display().lower()])


def send_letters() -> int:
    """Sends what waits, oldest first; how many went. One that may have gone is not sent again."""
    sent = 0
    if not settings.MAIL_URL:
        return 0
    waiting = Letter.objects.filter(state=State.WAITING, tries__lt=MOST_TRIES).order_by("made_at")
    connection = None
    for letter in waiting.select_related("subscription"):
        if connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                logger.warning("No mail server: %s", error)
                return sent  # Nothing was handed over: all of it waits.
        mine = Letter.objects.filter(pk=letter.pk, state=State.WAITING)
        if not mine.update(state=State.SENDING, tries=letter.tries + 1, tried_at=timezone.now()):
            continue  # another sender has it
        state, told = _hand_over(letter, connection)
        if state != State.SENT:
            connection = None  # a server that has refused may have hung up
        Letter.objects.filter(pk=letter.pk).update(state=state, told=told[:300])
        sent += state == State.SENT
    if connection is not None:
        connection.close()
    return sent


def _hand_over(letter: Letter, connection: BaseEmailBackend) -> tuple[str, str]:
    """The state that the letter has then. Only an answer of the server's proves that it did not
    take the letter: then it is tried again, or not, as the server says."""
    who = letter.subscription
    end = f"{settings.SITE_URL}/subscribe/{who.token}/end/"
    message = EmailMessage(
        letter.subject, letter.body, settings.MAIL_FROM, [who.email], connection=connection,
        headers={
            "List-Unsubscribe": f"<{end}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Message-ID": f"<letter-{letter.pk}-{settings.MAIL_FROM}>",
            "Auto-Submitted": "auto-generated",
        },
    )  # fmt: skip
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return (State.FAILED if min(codes) >= 500 else State.WAITING), str(error)
    except smtplib.SMTPResponseException as error:
        return (State.FAILED if error.smtp_code >= 500 else State.WAITING), str(error)
    except (OSError, smtplib.SMTPException) as error:
        return State.SENDING, f"In doubt: {error}"
    return State.SENT, ""


def forget_old(now: datetime | None = None) -> None:
    """Deletes addresses that nobody confirmed, and letters of long ago."""
    now = now or timezone.now()
    unconfirmed = now - timedelta(days=UNCONFIRMED_DAYS)
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=unconfirmed).delete()
    old = Q(made_at__lt=now - timedelta(days=LETTERS_DAYS))
    Letter.objects.filter(old & ~Q(state=State.WAITING)).delete()


def confirm_letter(who: Subscription) -> Letter:
    """Asks the owner of the address whether they meant it."""
    body = (
        f"Somebody, probably you, asked to be told by mail: {asked_words(who)}.\n\n"
        f"Confirm it here, within {UNCONFIRMED_DAYS} days:\n"
        f"{settings.SITE_URL}/subscribe/{who.token}/\n\n"
        "If it was not you, leave it: you hear nothing more.\n"
    )
    subject = "Confirm: news of children's services inspections"
    return Letter.objects.create(
        subscription=who, subject=subject, body=body, made_at=timezone.now()
    )
