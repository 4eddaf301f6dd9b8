from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who enters or corrects facts. There is no default account."""
