"""The first line of each page is what the page found, made from its rows."""

from types import SimpleNamespace

import pytest

from dashboard import words
from dashboard.about import corrections


def logged(was_ofsteds: bool) -> SimpleNamespace:
    return SimpleNamespace(entry=SimpleNamespace(was_ofsteds=was_ofsteds))


@pytest.mark.parametrize(
    ("own", "ofsteds", "name", "said"),
    [
        (0, 0, "", "Nothing that this site published has been corrected."),
        (0, 0, "Luton", "Nothing that this site published of Luton has been corrected."),
        (1, 0, "", "1 correction of what this site published."),
        (
            0, 2, "", "Nothing that this site published has been corrected. "
            "2 errors in Ofsted's own publications are not repeated here.",
        ),
        (
            2, 1, "Luton", "2 corrections of what this site published of Luton. "
            "1 error in Ofsted's own publications is not repeated here.",
        ),
    ],
)  # fmt: skip
def test_the_log_tells_its_own_corrections_from_ofsteds(own, ofsteds, name, said):
    found = [logged(False)] * own + [logged(True)] * ofsteds
    council = SimpleNamespace(short_name=name) if name else None
    assert corrections.sentence(found, council) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2022-11-05", "2022-09-05", "5 November 2022 → 5 September 2022"),
        ("Good", "Requires improvement", "Good → Requires improvement"),
        ("none", "2022-09-05", "none → 5 September 2022"),
        ("2022-13-05 or so", "2022", "2022-13-05 or so → 2022"),
        ("2022-13-05", "x", "2022-13-05 → x"),
    ],
)
def test_a_corrected_day_is_told_in_words(old, new, said):
    assert words.corrected(old, new) == said
