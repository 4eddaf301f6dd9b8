"""The canvas of a chart in meeting mode: small, so that its words are large on a screen.

Every chart draws its slide on this one canvas with its usual sizes of type; the page scales
it to the screen. Of 1,920 × 1,080 px the page leaves a picture at least ROOM, so that words
of LEAST px, the smallest that a slide may hold, stand 28 px high there.
"""

from typing import Final

WIDTH: Final = 720  # px
HEIGHT: Final = 268  # px
LEAST: Final = 11  # px
ROOM: Final = (1840, 685)  # px of a screen of 1,920 × 1,080
