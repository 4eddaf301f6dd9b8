"""The mail server of the tests of people."""

from tests.people.conftest import inbox as inbox
