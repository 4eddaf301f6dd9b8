"""A printed point as plain words, so that phrases can be looked for in it."""

import re

# Where a point says what it rests on: "(paragraphs 28, 92)", "(outcome 3, national framework)".
REFERENCE = re.compile(
    r"[(\[][^()\[\]]{0,40}\b(?:paragraphs?|paras?|pages?|outcomes?|enablers?|principles?"
    r"|framework)\b[^()\[\]]{0,80}[)\]]?",
    re.IGNORECASE,
)
# The next heading of the report, glued on where a page's layout was hard to read.
HEADING = re.compile(r"(?<=[.)])\s+[A-Z][\w’',-]*(?: [\w’',-]+){0,8}$")
POSSESSIVE = re.compile(r"['’]s\b|['’]")
# Full stops, dashes and bullets, those of the reports' own symbol fonts too.
SENTENCE_END = re.compile(r"[.;:!?•–—\uf0a7\uf0b7]|\s[-−]\s")
NOT_A_WORD = re.compile(r"[^a-z0-9.]+")
STOP = " . "


def plain_words(text: str) -> str:
    """The point in lower case, words parted by one space, each sentence's end a word '.'.

    Hyphens part words ("life-story" and "life story" are one), a possessive is dropped
    ("children's", "carers’"), and so are references to paragraphs and a heading at the end.
    """
    kept = HEADING.sub("", REFERENCE.sub(" ", text).rstrip())
    kept = SENTENCE_END.sub(STOP, POSSESSIVE.sub("", kept.lower()))
    return " ".join(NOT_A_WORD.sub(" ", kept).split())
