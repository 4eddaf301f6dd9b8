"""One-time links by which somebody chooses a password, and the mail that brings one."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task

from inspections.models import User

VALID_DAYS = settings.PASSWORD_RESET_TIMEOUT // 86_400
INVITED = "You are invited to enter inspections of children's services"
FORGOTTEN = "A new password"


def link_for(person: User) -> str:
    """The whole address at which this person chooses a password. It opens once: a chosen password
    or a sign-in ends it, and so does its age."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("entry:welcome", args=[uid, default_token_generator.make_token(person)])
    return f"{settings.SITE_URL}{path}"


@task
def send_link(person_id: int, subject: str) -> None:
    """Mails the link, which is made only now, so that it stands in no queue."""
    person = User.objects.get(pk=person_id, is_active=True)
    body = (
        f"{subject}: {settings.SITE_URL}\n\n"
        f"Your name there is {person.username}. Choose a password here, once, within "
        f"{VALID_DAYS} days:\n\n{link_for(person)}\n\n"
        "If you did not expect this, leave it: nothing changes.\n"
    )
    EmailMessage(subject, body, settings.MAIL_FROM, [person.email]).send()
