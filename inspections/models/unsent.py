"""What a member of staff has typed into a form and not sent yet."""

from django.conf import settings
from django.db import models
from django.http import QueryDict

LONGEST_PATH = 300
CHOSEN = "chosen-file"
"""The names of the files that were sent with it."""


class UnsentForm(models.Model):
    """One form of one person's, as a browser would send it; gone when it has been sent."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=LONGEST_PATH)
    typed = models.TextField(help_text="As the body of a form.")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "path"], name="one_unsent_form_per_page"),
        ]

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Each field and what was typed into it, to be sent again as it was."""
        given = QueryDict(self.typed)
        return [(name, text) for name in given for text in given.getlist(name) if name != CHOSEN]

    @property
    def files(self) -> list[str]:
        """Names of the files to be chosen again."""
        return QueryDict(self.typed).getlist(CHOSEN)

    def __str__(self) -> str:
        return f"{self.path} of {self.person}, {self.kept_at:%d %B %Y %H:%M}"
