"""The colours, one accent, one quiet grey and a red for problems, and which terminals get them.

Each has a contrast of 4.5 : 1 or more on white and on black (WCAG 2.2, 1.4.3), because a terminal does
not say which background it has. No colour has more on both: in the terminal's own colours, lines and signs
have these, and words have the colour of its text, but for a problem.
"""

import os
from typing import NamedTuple

from fibrocheck.surroundings import shows_colours

ACCENT_COLOUR, QUIET_COLOUR, PROBLEM_COLOUR = "#00875f", "#767676", "#ee0000"
ACCENT_INDEX, QUIET_INDEX = 29, 243
"""The same two in the 256-colour palette."""


class Colours(NamedTuple):
    """A set of colours with its background.

    `ansi`: text, background and what is strong, on a terminal with 8 or 16 colours. Bold black is no choice:
    many of them draw it in grey.
    """

    text: str
    background: str
    accent: str
    quiet: str
    problem: str
    ansi: tuple[str, str, str]


LIGHT, DARK, HIGH_CONTRAST = "light", "dark", "high-contrast"
SETS = {
    LIGHT: Colours(
        "#1a1a1a", "#ffffff", "#005f43", "#595959", "#b00020", ("ansiblack", "ansigray", "nobold ansiblue")
    ),
    DARK: Colours("#f0f0f0", "#121212", "#5fd7af", "#b0b0b0", "#ff8a80", ("ansigray", "ansiblack", "bold")),
    HIGH_CONTRAST: Colours(
        "#ffffff", "#000000", "#ffff00", "#ffffff", "#ffb0b0", ("ansiwhite", "ansiblack", "bold")
    ),
}
"""The sets a person can choose. Contrast is computed in tests/asking/test_theme.py: 7 : 1 or more for every
colour on its background (WCAG 2.2, 1.4.6)."""


_SIMPLE_COLOURS = ("linux", "xterm", "rxvt", "screen", "tmux", "cons25", "putty", "konsole")
"""What the names of terminals with 8 or 16 colours begin with."""

WHITE_ON_BLACK, BLACK_ON_WHITE, COLOURS_OFF = "\x1b[37;40;97m", "\x1b[30;47;107m", "\x1b[m"
"""Both colours, for a picture; white again in its bright shade, which a simple terminal ignores.

They are no decoration: `NO_COLOR` does not leave them out. Without them, a camera would see a code on a
light terminal with dark and light exchanged, and not every camera reads that.
"""


def sets_backgrounds() -> bool:
    """Return whether a set of colours can be chosen: the terminal has colours, and none are unwanted."""
    found = os.environ
    unwanted = found.get("NO_COLOR") or found.get("CLICOLOR") == "0"
    return not unwanted and (shows_colours() or found.get("TERM", "").startswith(_SIMPLE_COLOURS))
