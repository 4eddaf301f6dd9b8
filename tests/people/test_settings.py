"""Settings about people that make no sense stop the start."""

import subprocess
import sys

import pytest

from tools.server import BASE_DIR, clean_environment

HTTPS = {"SITE_URL": "https://record.example.org", "SECRET_KEY": "x" * 50}


def start(**given: str) -> str:
    """What a start with these settings says, or the value of SECOND_FACTOR."""
    script = "from config import settings; print(settings.SECOND_FACTOR)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=clean_environment() | given, cwd=BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def test_a_second_factor_is_left_out_on_this_machine_alone() -> None:
    assert start() == "False"
    assert start(SECOND_FACTOR="1") == "True"
    assert start(**HTTPS) == "True"
    assert "SECOND_FACTOR: found 0" in start(**HTTPS, SECOND_FACTOR="0")


@pytest.mark.parametrize("url", ["host", "http://host", "smtp://"])
def test_mail_is_sent_by_an_address_that_can_be_read(url: str) -> None:
    assert "MAIL_URL: not readable" in start(MAIL_URL=url)
    assert "MAIL_FROM: found ''" in start(MAIL_URL="smtp://host")
