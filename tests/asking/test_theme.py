"""Every colour is readable on a light and on a dark background."""

import pytest
from prompt_toolkit.cursor_shapes import CursorShape

from fibrocheck.asking.contract import Looks
from fibrocheck.asking.screen.theme import STYLES, THEMES, cursor_of
from fibrocheck.pages.palette import (
    ACCENT_COLOUR,
    ACCENT_INDEX,
    PROBLEM_COLOUR,
    QUIET_COLOUR,
    QUIET_INDEX,
    SETS,
)
from fibrocheck.pages.text_layout import PICTURE, PICTURE_LIGHT

BLACK, WHITE = "#000000", "#ffffff"


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_states() -> None:
    """It is 21 : 1."""
    assert contrast(BLACK, WHITE) == pytest.approx(21)


@pytest.mark.parametrize("background", [BLACK, WHITE])
def test_every_colour_has_a_contrast_of_at_least_4_5_to_1(background: str) -> None:
    """WCAG 2.2, success criterion 1.4.3, for every colour that a style uses."""
    colours = {word for style in STYLES.values() for word in style.split() if word.startswith("#")}
    assert colours == {ACCENT_COLOUR, QUIET_COLOUR, PROBLEM_COLOUR}
    for colour in colours:
        assert contrast(colour, background) >= 4.5


def test_what_must_be_read_is_in_no_grey_that_both_backgrounds_have() -> None:
    """On a screen, thin letters of the best such grey had 4.2 : 1: in the terminal's colours it is text."""
    assert STYLES["aside"] == STYLES["text"]
    words = {each: STYLES[each] for each in ("label", "separator", "strong", "again", "detail", "scroll")}
    assert not [each for each, style in words.items() if "#" in style]
    assert all(theme.exact["aside"] == theme.exact["quiet"] for theme in THEMES.values())


@pytest.mark.parametrize(
    ("term", "colours", "is_line"),
    [("xterm", "own", False), ("xterm", "light", True), ("linux", "dark", False)],
)
def test_the_cursor_is_a_line_in_a_set_of_colours(
    term: str, colours: str, is_line: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A white block would hide the key it is on; the Linux console has a line and writes the sequence."""
    monkeypatch.setenv("TERM", term)
    looks = Looks()
    looks.colours = colours
    assert (cursor_of(looks) == CursorShape.UNDERLINE) is is_line


def palette(index: int) -> str:
    """Return a colour of the 256-colour palette: the 6 x 6 x 6 cube, then the greys."""
    if index >= 232:
        return "#" + f"{8 + 10 * (index - 232):02x}" * 3
    steps = (0, 95, 135, 175, 215, 255)
    return "#" + "".join(f"{steps[(index - 16) // power % 6]:02x}" for power in (36, 6, 1))


def test_the_palette_has_the_same_two_colours() -> None:
    """The first paint and the screen look the same."""
    assert palette(ACCENT_INDEX) == ACCENT_COLOUR
    assert palette(QUIET_INDEX) == QUIET_COLOUR


@pytest.mark.parametrize("name", SETS)
def test_a_set_of_colours_has_the_contrast_that_the_standard_asks_for(name: str) -> None:
    """7 : 1 on its own background (WCAG 2.2, 1.4.6), also for what is quiet."""
    colours = SETS[name]
    for colour in (colours.text, colours.accent, colours.quiet, colours.problem):
        assert contrast(colour, colours.background) >= 7, colour


def test_both_colours_are_set_in_every_set() -> None:
    """Also with 8 colours: the terminal's own background would be anything."""
    for theme in THEMES.values():
        for styles in theme:
            assert len(styles["page"].split()) == 2
            assert " bg:" in styles["page"]
            assert all(" bg:" in styles[each] for each in (PICTURE, PICTURE_LIGHT))


def test_nothing_is_bold_black_with_few_colours() -> None:
    """Many terminals draw it in grey, which is pale on their white."""
    for theme in THEMES.values():
        is_black = theme.simple["page"].split()[0] == "ansiblack"
        assert not (is_black and [each for each in theme.simple.values() if "bold" in each.split()])
