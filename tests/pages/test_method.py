"""The method page."""

import re

import pytest
from django.test import Client

from inspections.models import Framework

pytestmark = pytest.mark.django_db


def test_the_method_is_told_in_the_fields_words(client: Client) -> None:
    """No code of the record stands in its text."""
    page = re.sub(r"<code>.*?</code>|<[^>]+>", " ", client.get("/method/").content.decode())
    codes = Framework.objects.values_list("code", flat=True)
    assert [code for code in codes if re.search(rf"\b{code}\b", page)] == []
