"""Wrong passwords slow down one account, whoever gives them; an address alone locks nobody."""

import re
from datetime import datetime, timedelta

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
LEAST_DIFFERENT = 5
OWN_WORDS = (
    "ofsted", "inspection", "inspector", "inspect", "children", "service", "council", "england",
    "ilacs", "safeguarding", "outstanding", "inadequate", "password", "welcome", "admin", "letmein",
)  # fmt: skip
LEAST_BESIDES = 6
"""Letters and digits of a password besides these words."""


def wait_after(failures: int) -> timedelta:
    """How long an account waits after its wrong passwords of a day: nothing for the first five,
    a minute after the sixth, twice as long after each further one, up to a quarter of an hour."""
    beyond = failures - settings.AXES_FAILURE_LIMIT
    if beyond < 0:
        return timedelta()
    return min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)


class AccountHandler(AxesDatabaseHandler):
    """Locks an account for as long as its failures say. A try while it is locked is not counted,
    so that nobody can keep somebody else out for longer by trying on."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Of the account; below the limit once its wait is over."""
        failures = super().get_failures(request, credentials)
        found = (rows.aggregate(at=Max("attempt_time"))["at"]
                 for rows in self.get_user_attempts(request, credentials))  # fmt: skip
        last = max(filter(None, found), default=None)
        now: datetime = getattr(request, "axes_attempt_time")  # noqa: B009 - set by axes
        if last is not None and now >= last + wait_after(failures):
            return min(failures, settings.AXES_FAILURE_LIMIT - 1)
        return failures


class RepeatedPasswordValidator:
    """Refuses a password of few different characters, such as spaces or `abcabcabcabc`."""

    def validate(self, password: str, user: object = None) -> None:
        if len(set(password.casefold())) < LEAST_DIFFERENT:
            raise ValidationError(self.get_help_text(), code="password_repeated")

    def get_help_text(self) -> str:
        return f"A password needs at least {LEAST_DIFFERENT} different characters."


class WordsOfThisSiteValidator:
    """Refuses a password that is made of the words anybody would try here, such as
    `ofsted-inspections-2026`."""

    def validate(self, password: str, user: object = None) -> None:
        left = re.sub("|".join(OWN_WORDS), "", password.casefold())
        if sum(map(str.isalnum, left)) < LEAST_BESIDES:
            raise ValidationError(self.get_help_text(), code="password_of_this_site")

    def get_help_text(self) -> str:
        return (
            f"A password needs at least {LEAST_BESIDES} letters or digits besides the words that "
            "anybody would try here."
        )
