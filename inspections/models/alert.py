"""Who is told of what by mail, and every letter that was made for them."""

import secrets

from django.db import models

from inspections.models.council import Council


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Subscription(models.Model):
    """One person's wish to be told. It goes, with its letters, when they end it.

    An empty list stands for everything of its kind. Codes: `regions` of Region, `kinds` of
    NewsKind, `topics` of VisitTopic, `themes` of Theme.
    """

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", "At once"
        WEEKLY = "weekly", "Once a week, on Monday"
        MONTHLY = "monthly", "Once a month, on the 1st"

    email = models.EmailField()
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    councils = models.ManyToManyField(Council, blank=True, related_name="+")
    regions = models.JSONField(default=list, blank=True)
    kinds = models.JSONField(default=list, blank=True)
    topics = models.JSONField(default=list, blank=True)
    themes = models.JSONField(default=list, blank=True)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    letter_at = models.DateTimeField("last letter", null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_rhythm_display().lower()}"


class Letter(models.Model):
    """One mail. It is marked as being sent before it is, so that none goes out twice.

    Where the sender dies in between, nobody knows whether it went: it stays in doubt.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent, or in doubt"
        SENT = "sent", "Sent"
        FAILED = "failed", "Refused"

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    told = models.CharField("what the mail server said", max_length=300, blank=True)
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["state", "made_at"])]

    def __str__(self) -> str:
        return f"{self.subscription.email}: {self.subject}"


class News(models.Model):
    """One thing that a subscription is to be told, once."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE)
    key = models.CharField(max_length=250, help_text="What happened to which event, and when.")
    heading = models.CharField(max_length=250)
    words = models.TextField()
    path = models.CharField(max_length=400)
    found_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, null=True, blank=True)

    class Meta:
        ordering = ["found_at", "pk"]
        verbose_name_plural = "news"
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "key"], name="nobody_is_told_the_same_twice"
            )
        ]

    def __str__(self) -> str:
        return self.heading


class ToldTo(models.Model):
    """One row: the moment up to which changes of the record were looked through for news."""

    moment = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.moment:%d %B %Y %H:%M:%S}"
