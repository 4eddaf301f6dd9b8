"""The palette: every use of colour can be told from its light value, and words can be read."""

from pathlib import Path

import pytest

from dashboard.charts import theme
from dashboard.charts.css import BEGINS, charts_css

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
TOKENS = [r.name.removeprefix("on-") for r in theme.ROLES if r.name.startswith("on-")]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def role(name: str) -> theme.ColourRole:
    return next(role for role in theme.ROLES if role.name == name)


def test_every_role_has_a_light_colour_of_its_own() -> None:
    assert len(theme.ROLE_OF) == len(theme.ROLES)


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("scheme", ["light", "dark", "printed"])
def test_a_letter_on_its_grade_has_the_contrast_the_law_asks(token: str, scheme: str) -> None:
    fill, text = getattr(role(token), scheme), getattr(role(f"on-{token}"), scheme)
    # Letters are bold and the good grade's light pair is the design's own: 6.4 to 1.
    assert contrast(fill, text) >= 4.5, (token, scheme, contrast(fill, text))


@pytest.mark.parametrize("name", ["ink", "muted"])
@pytest.mark.parametrize("ground", ["paper", "band", "band-alt"])
@pytest.mark.parametrize("scheme", ["light", "dark", "printed"])
def test_words_on_every_ground_can_be_read(name: str, ground: str, scheme: str) -> None:
    assert contrast(getattr(role(name), scheme), getattr(role(ground), scheme)) >= 4.5


@pytest.mark.parametrize("ground", ["tint-1", "series-pale", "tint-3"])
@pytest.mark.parametrize("scheme", ["light", "dark", "printed"])
def test_a_count_on_every_tint_can_be_read(ground: str, scheme: str) -> None:
    assert contrast(getattr(role("ink"), scheme), getattr(role(ground), scheme)) >= 4.5


def test_the_design_gives_the_four_grades_their_colours() -> None:
    four = ("outstanding", "good", "requires-improvement", "inadequate")
    assert [theme.grade_colour(token).fill for token in four] == [
        "#003c94",
        "#3ca1aa",
        "#b64400",
        "#3b0a1e",
    ]


def test_an_unknown_colour_token_is_neutral_and_never_another_grades_colour() -> None:
    assert theme.grade_colour("a-token-nobody-knows") == theme.grade_colour("neutral")


def test_a_name_with_html_in_it_is_escaped_for_plotly() -> None:
    assert theme.words("A <b>& B</b>") == "A &lt;b&gt;&amp; B&lt;/b&gt;"


def test_the_style_sheet_is_the_one_made_from_the_palette() -> None:
    _, begins, kept = (STATIC / "css" / "site.css").read_text().partition(BEGINS)
    assert begins + kept == charts_css(), "run: python -m dashboard.charts.css"
