"""The two colours, one accent and one quiet grey, and which terminals get them.

Each was chosen to reach a contrast of 4.5 : 1 on white and on black alike (WCAG 2.2, 1.4.3), because
a terminal does not tell which background it has.
"""

import os

ACCENT_COLOUR, QUIET_COLOUR = "#00875f", "#767676"
ACCENT_INDEX, QUIET_INDEX = 29, 243
"""The same two by their places in the 256-colour palette."""

_MANY_COLOURS = {"xterm", "screen", "tmux", "alacritty", "foot", "xterm-kitty", "xterm-ghostty", "wezterm"}
"""Terminals that have 256 colours and do not say so in their name."""


def shows_colours() -> bool:
    """Whether this terminal has those very colours, and they are wanted.

    With 8 or 16 colours, each shade is the terminal's own, and none of them reads well on a light
    and on a dark background alike: there, weight does without colour. A VT100 would take the code
    of a colour for "blink".
    """
    if os.environ.get("NO_COLOR"):
        return False
    term = os.environ.get("TERM", "")
    return os.name != "posix" or "256" in term or "direct" in term or term in _MANY_COLOURS
