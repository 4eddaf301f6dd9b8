"""People of each role and the mail server of the tests of people."""

from tests.people.conftest import boss as boss
from tests.people.conftest import inbox as inbox
from tests.people.conftest import office as office
