"""The two colours, and which terminals get them."""

import os

ACCENT_INDEX, QUIET_INDEX = 29, 243
"""Their places in the 256-colour palette: a green and a grey that read well on white and on black."""

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
