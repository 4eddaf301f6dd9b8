"""Which themes an improvement point raises, by the words it uses.

The themes are rows of `data/england/themes.csv`; the words that stand for each are in
`phrases.toml` beside this file, to be read and argued about by people who know the field.
A point raises every theme that it names as something to improve, or as the result wanted.

Measured on points labelled by hand, on none of which a word was chosen: `python -m
tools.themes` prints precision and recall by theme.
"""

from inspections.rules.themes.phrases import rules
from inspections.rules.themes.proposing import VERSION, Proposal, is_unsure, propose, sorted_under
from inspections.rules.themes.text import plain_words

__all__ = ["VERSION", "Proposal", "is_unsure", "plain_words", "propose", "rules", "sorted_under"]
