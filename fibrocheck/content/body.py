"""The body of "Where it hurts": the areas that can be marked, and where each is, on paper and on the screen.

Our own drawing, all in this file: `PLACES` for paper, as ellipses; `FRONT` and `BACK` for the screen, with a
letter for each character of an area, and `FRONT_LINES` and `BACK_LINES` with what is drawn there while the
area is not marked. `content check` warns about an area without a place and a place without an area.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from fibrocheck.content.problems import WARNING, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fibrocheck.content.model import Content
    from fibrocheck.content.nodes import Node

ALL_OVER = "all-over"
"""The choice that fills every place."""

Ellipse: TypeAlias = tuple[float, float, float, float]
"""Its centre, across and down, and its two radii."""


MIDDLE = 30


class Place(NamedTuple):
    """Where an area is, on a body 60 wide and 112 high."""

    front: tuple[Ellipse, ...] = ()
    back: tuple[Ellipse, ...] = ()


def _both(*ellipses: Ellipse) -> Place:
    return Place(ellipses, ellipses)


def _pair(x: float, y: float, across: float, down: float) -> tuple[Ellipse, Ellipse]:
    """Return an ellipse and its mirror image."""
    return (x, y, across, down), (2 * MIDDLE - x, y, across, down)


PLACES = {
    "head": _both((30, 9, 6.5, 7.5)),
    "jaw": Place(front=((30, 14.2, 4, 2.6),)),
    "neck": _both((30, 20, 3.2, 3)),
    "shoulders": _both(*_pair(18.5, 27, 5.5, 4)),
    "upper-back": Place(back=((30, 33, 7.5, 7),)),
    "lower-back": Place(back=((30, 50, 7.5, 7),)),
    "chest": Place(front=((30, 33, 7.5, 7),)),
    "belly": Place(front=((30, 49, 7.5, 7.5),)),
    "arms": _both(*_pair(12, 43, 3.2, 12)),
    "hands": _both(*_pair(9, 60, 3, 4)),
    "hips": _both(*_pair(23, 62, 5.5, 4.5)),
    "legs": _both(*_pair(23, 84, 4.5, 16)),
    "feet": _both(*_pair(21.5, 105, 4.5, 3)),
}
"""The areas by the codes of the choices, from head to foot."""

FRONT = (
    "     hhhhh     ",
    "     hhhhh     ",
    "      jjj      ",
    "      nnn      ",
    "  sssscccssss  ",
    " aaa ccccc aaa ",
    " aa  ccccc  aa ",
    " aa  bbbbb  aa ",
    " aa  bbbbb  aa ",
    " aa iiiiiii aa ",
    " dd iiiiiii dd ",
    "    lll lll    ",
    "    lll lll    ",
    "    lll lll    ",
    "   ffff ffff   ",
)
_LINES_BELOW_HEAD = (
    "      ╰─╯      ",
    "      │ │      ",
    "  ╭──╮╭─╮╭──╮  ",
    " ╭─╯ │   │ ╰─╮ ",
    " ││  ╰───╯  ││ ",
    " ││  ╭───╮  ││ ",
    " ││  ╰───╯  ││ ",
    " ╰╯ ╭─────╮ ╰╯ ",
    " ╰╯ ╰─────╯ ╰╯ ",
    "    ╭─╮ ╭─╮    ",
    "    │ │ │ │    ",
    "    ╰─╯ ╰─╯    ",
    "   ╰──╯ ╰──╯   ",
)
"""The outlines that both sides have alike."""

FRONT_LINES = (
    "     ╭───╮     ",
    "     ╰───╯     ",
    *_LINES_BELOW_HEAD,
)
"""The outlines of the areas: lines of the colour of a text, which shades would not have."""

BACK = (
    "     hhhhh     ",
    "     hhhhh     ",
    "      hhh      ",
    "      nnn      ",
    "  ssssuuussss  ",
    " aaa uuuuu aaa ",
    " aa  uuuuu  aa ",
    " aa  wwwww  aa ",
    " aa  wwwww  aa ",
    " aa iiiiiii aa ",
    " dd iiiiiii dd ",
    "    lll lll    ",
    "    lll lll    ",
    "    lll lll    ",
    "   ffff ffff   ",
)
BACK_LINES = (
    "     ╭───╮     ",
    "     │   │     ",
    *_LINES_BELOW_HEAD,
)
LETTERS = {
    "h": "head",
    "j": "jaw",
    "n": "neck",
    "s": "shoulders",
    "c": "chest",
    "b": "belly",
    "u": "upper-back",
    "w": "lower-back",
    "a": "arms",
    "d": "hands",
    "i": "hips",
    "l": "legs",
    "f": "feet",
}
"""The areas by their letters in `FRONT` and `BACK`."""

_NO_AREA = frozenset({ALL_OVER, "not-sure"})


def has_places(codes: Iterable[str]) -> bool:
    """Return whether these choices are areas of the body: any of them has a place."""
    return any(code in PLACES for code in codes)


def unlike_the_body(content: Content, node: Node) -> Iterator[Problem]:
    """Yield a warning at a node for each area without a place, and each place without an area."""
    for question in content.follow_ups:
        codes = {choice.id for choice in question.choices}
        if has_places(codes):
            for code in sorted(codes - set(PLACES) - _NO_AREA):
                what = f"follow-up {question.id}: the area {code} has no place on the figure"
                yield Problem(node.line, node.column, what, "Use one of the areas the figure has", WARNING)
            for code in sorted(set(PLACES) - codes):
                what = f"follow-up {question.id}: the figure shows {code}, which cannot be chosen"
                yield Problem(node.line, node.column, what, f"Add a choice {code}", WARNING)
