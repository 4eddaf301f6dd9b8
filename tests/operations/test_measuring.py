"""What the instruments that measure the site take for a fault."""

import pytest

from tools.load import STRAY, fault_in

TOLD = "  2000 requests in 2.00s\nRequests/sec:   1000.0\n"
ERRORS = "  Socket errors: connect 0, read 0, write 0, timeout {}\n"


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (TOLD, ""),
        (ERRORS.format(1) + TOLD, STRAY),
        (ERRORS.format(2) + TOLD, "not every answer was a success"),
        (ERRORS.format(1).replace("read 0", "read 1") + TOLD, "not every answer was a success"),
        (
            ERRORS.format(1) + TOLD + "  Non-2xx or 3xx responses: 1\n",
            "not every answer was a success",
        ),
    ],
)
def test_one_stray_timeout_of_wrk_is_told_and_more_stop_the_bench(told: str, fault: str) -> None:
    assert fault_in(told) == fault
