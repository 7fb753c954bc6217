"""The styles of every page: two colours, and weight for the rest; or a set of colours that a person chose."""

from functools import cache
from os import environ
from typing import NamedTuple

from prompt_toolkit.cursor_shapes import CursorShape
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

from fibrocheck.asking.contract import OWN, Looks
from fibrocheck.pages.palette import ACCENT_COLOUR, PROBLEM_COLOUR, QUIET_COLOUR, SETS, Colours
from fibrocheck.pages.text_layout import PICTURE, PICTURE_LIGHT
from fibrocheck.surroundings import shows_colours


def _styles(
    accent: str,
    quiet: str,
    problem: str,
    text: str = "",
    pictures: tuple[str, str] = ("", ""),
    strong: str = "bold",
    aside: str = "",
    label: str = "bold",
) -> dict[str, str]:
    """Return prompt_toolkit styles by the style names that spans carry."""
    return {
        "page": text,
        "text": "",
        "strong": strong,
        "again": strong,
        "quiet": quiet,
        "aside": aside,
        "detail": "",
        "accent": accent,
        "label": label,
        "problem": f"{strong} {problem}".strip(),
        "pointer": f"{strong} {accent}".strip(),
        "separator": f"{strong} {label}".strip(),
        "cursor-line": f"nounderline {strong}",
        "scroll": strong,
        # In the terminal's own colours, they are set where they are drawn.
        PICTURE: pictures[0],
        PICTURE_LIGHT: pictures[1],
    }


_SIMPLE_PICTURES = ("ansiwhite bg:ansiblack", "ansiblack bg:ansigray")
"""Of eight colours, the grey is the lightest that every terminal has as a background."""

STYLES = _styles(ACCENT_COLOUR, QUIET_COLOUR, PROBLEM_COLOUR)
"""The styles in the terminal's own colours, for light and dark backgrounds."""


class Theme(NamedTuple):
    """The styles of a set of colours: exact, and for terminals with 8 or 16 colours of their own."""

    exact: dict[str, str]
    simple: dict[str, str]


def _theme(colours: Colours) -> Theme:
    exact = _styles(
        colours.accent,
        colours.quiet,
        colours.problem,
        f"{colours.text} bg:{colours.background}",
        ("#ffffff bg:#000000", "#000000 bg:#ffffff"),
        aside=colours.quiet,
        label=colours.accent,
    )
    text, background, strong = colours.ansi
    # On a background that is known to be light or dark, weight does without further colours.
    simple = _styles(strong, "", "", f"{text} bg:{background}", _SIMPLE_PICTURES, strong, label=strong)
    return Theme(exact, simple)


THEMES = {name: _theme(colours) for name, colours in SETS.items()}
"""The sets of colours by the names of `palette.SETS`."""


def style_of(looks: Looks) -> Style:
    """Return the styles in the colours that a person chose."""
    return _style_of(looks.colours, is_exact=shows_colours())


def colour_depth_of(looks: Looks) -> ColorDepth | None:
    """Return how many colours are used; `None` leaves it to the library.

    With 8 or 16 colours, none of them reads well on both light and dark backgrounds, so only a set of colours
    with its own background uses them.
    """
    if shows_colours():
        return None
    return ColorDepth.MONOCHROME if looks.colours == OWN else ColorDepth.DEPTH_4_BIT


def cursor_of(looks: Looks) -> CursorShape:
    """Return how the cursor looks, which stands on the first character of what has the focus.

    In a set of colours, a block in the terminal's own colour may hide that character: xterm draws white on
    white. So it is a line there. The Linux console, whose cursor is a line by itself, may write the sequence.
    """
    stays = looks.colours == OWN or environ.get("TERM") == "linux"
    return CursorShape._NEVER_CHANGE if stays else CursorShape.UNDERLINE  # noqa: SLF001


@cache
def _style_of(name: str, *, is_exact: bool) -> Style:
    theme = THEMES.get(name, Theme(STYLES, STYLES))
    return Style.from_dict(theme.exact if is_exact else theme.simple)
