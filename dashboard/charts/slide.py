"""The canvas of a chart in meeting mode: small, so that its words are large on a screen.

Every chart draws its slide on this canvas with its usual sizes of type, once for wide screens
and once, TALL, for those that are nearer to a square; the page shows the one that its screen
has room for and scales it. Of 1,920 × 1,080 px the page leaves a picture at least ROOM, so that
words of LEAST px, the smallest that a slide may hold, stand 28 px high there.
"""

from typing import Final

WIDTH: Final = 720  # px
HEIGHT: Final = 288  # px
TALL: Final = 400  # px, on a screen less wide than 13 to 9, and on paper
LEAST: Final = 12  # px
ROOM: Final = (1840, 685)  # px of a screen of 1,920 × 1,080
