"""What staff did and who signed in. Rows are added and never changed: the database refuses it."""

from django.db import models


class AuditEntry(models.Model):
    """One line. Names are copied, so that it says the same when somebody leaves."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "Signed in"
        FAILED = "failed", "Sign-in failed"
        SIGNED_OUT = "signed_out", "Signed out"
        PERSON = "person", "People"
        ACTION = "action", "Action"

    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    username = models.CharField("who", max_length=150)
    what = models.CharField(max_length=250)
    path = models.CharField("address", max_length=300, blank=True)
    client_address = models.GenericIPAddressField("from", null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["-at"]),
            models.Index(fields=["username", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d %B %Y %H:%M}, {self.username}: {self.what}"
