"""What the terminal and the environment allow. Loaded before all else, so it needs nothing itself."""

import os
import sys

USUAL_SIZE = (80, 24)
"""The columns and rows of a terminal that does not say how large it is."""

ASCII, CONSOLE, USUAL = "ascii", "console", "usual"
"""The sets of signs: for an encoding or a locale of ASCII, for the Linux console, and for all others."""

_MANY_COLOURS = {"xterm", "screen", "tmux", "alacritty", "foot", "xterm-kitty", "xterm-ghostty", "wezterm"}
"""Terminals that have 256 colours although their names do not say so."""


def screen_works() -> bool:
    """Return whether input and output are a terminal that can move its cursor, and plain mode is not set."""
    is_terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    simple = os.environ.get("TERM", "") in {"", "dumb"} and os.name == "posix"
    wants_plain = is_on(os.environ.get("ACCESSIBLE", ""))
    return is_terminal and not simple and not wants_plain


def columns_and_rows() -> tuple[int, int]:
    """Return the terminal's current size.

    A serial line or a container may report 0; then `COLUMNS` and `LINES` say it, or it is the usual one.
    """
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):  # not a terminal
        return USUAL_SIZE
    return (
        size.columns or _number(os.environ.get("COLUMNS")) or USUAL_SIZE[0],
        size.lines or _number(os.environ.get("LINES")) or USUAL_SIZE[1],
    )


def _number(text: str | None) -> int:
    """Return the number that an environment variable holds; 0 if there is none."""
    return int(text) if text and text.isascii() and text.isdigit() else 0


def has_room_for_boxes(columns: int, rows: int) -> bool:
    """Return whether pages are laid out for a wide terminal, larger than the usual one both ways."""
    return columns > USUAL_SIZE[0] and rows > USUAL_SIZE[1]


def signs() -> str:
    """Return the name of the set of signs that this terminal can show."""
    if speaks_ascii_only(sys.stdout.encoding):
        return ASCII
    return CONSOLE if os.environ.get("TERM", "").startswith("linux") else USUAL


def speaks_ascii_only(encoding: str | None) -> bool:
    """Return whether output in an encoding, under this locale, must be ASCII.

    Python writes UTF-8 even in the C locale (PEP 538, PEP 540) and then sets `LC_CTYPE` itself.
    """
    if (encoding or "ascii").lower().replace("_", "-") not in {"utf-8", "utf8"}:
        return True
    ctype = os.environ.get("LC_CTYPE", "").replace("C.UTF-8", "")
    locale = os.environ.get("LC_ALL") or ctype or os.environ.get("LANG")
    return locale in {"C", "POSIX"}


def shows_colours() -> bool:
    """Return whether this terminal has exactly our colours and the environment allows colours.

    With 8 or 16 colours, each shade is the terminal's own, and none of them reads well on both light and
    dark backgrounds, so bold is used alone. A VT100 would read the code of a colour as "blink".
    """
    found = os.environ
    if found.get("NO_COLOR"):  # no-color.org: any text but the empty one, also "0"
        return False
    if forced := found.get("FORCE_COLOR") or found.get("CLICOLOR_FORCE"):
        return is_on(forced)
    if found.get("CLICOLOR") == "0":  # bixense.com/clicolors
        return False
    term = os.environ.get("TERM", "")
    return os.name != "posix" or "256" in term or "direct" in term or term in _MANY_COLOURS


def is_on(value: str) -> bool:
    """Return whether an environment variable with this value turns something on."""
    return value.strip().lower() not in {"", "0", "no", "false", "off", "n", "f"}
