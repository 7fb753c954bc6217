"""A body seen from the front and from the back, with the marked areas filled: an SVG path for paper.

`PLACES` has every area that can be shown. Areas are shown only as marked or not: shading by number
would look like a score.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

ALL_OVER = "all-over"
"""The choice that fills every place."""

Ellipse: TypeAlias = tuple[float, float, float, float]
"""Its centre, across and down, and its two radii."""


_MIDDLE = 30


class Place(NamedTuple):
    """Where an area is, on a body 60 wide and 112 high."""

    front: tuple[Ellipse, ...] = ()
    back: tuple[Ellipse, ...] = ()


def _both(*ellipses: Ellipse) -> Place:
    return Place(ellipses, ellipses)


def _pair(x: float, y: float, across: float, down: float) -> tuple[Ellipse, Ellipse]:
    """Return an ellipse and its mirror image."""
    return (x, y, across, down), (2 * _MIDDLE - x, y, across, down)


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


class View(NamedTuple):
    """One side of the body: its label, all places as an outline, and the marked ones filled."""

    label: str
    outline: str
    filled: str


class Figure(NamedTuple):
    """Both sides of the body, and what is marked in words."""

    views: tuple[View, ...]
    alternative: str


def has_sides(codes: tuple[str, ...]) -> bool:
    """Return whether any of these areas is there twice, left and right. All over is on both sides."""
    ellipses = (each for code in codes for view in PLACES.get(code, Place()) for each in view)
    return any(across != _MIDDLE for across, *_ in ellipses)


def has_places(codes: tuple[str, ...]) -> bool:
    """Return whether these choices are areas of the body: any of them has a place."""
    return any(code in PLACES for code in codes)


def figure(marked: tuple[str, ...], front: str, back: str, alternative: str) -> Figure:
    """Return the figure with the marked areas filled; an area without a place is only in the words."""
    codes = tuple(PLACES) if ALL_OVER in marked else marked
    filled = [PLACES[code] for code in codes if code in PLACES]
    whole = PLACES.values()
    views = (
        View(front, *(_paths([place.front for place in places]) for places in (whole, filled))),
        View(back, *(_paths([place.back for place in places]) for places in (whole, filled))),
    )
    return Figure(views, alternative)


def _paths(places: list[tuple[Ellipse, ...]]) -> str:
    return "".join(_path(*each) for place in places for each in place)


def _path(x: float, y: float, across: float, down: float) -> str:
    """Return an ellipse as an SVG path."""
    half = f"a{across:g} {down:g} 0 1 0 "
    return f"M{x - across:g} {y:g}{half}{2 * across:g} 0{half}{-2 * across:g} 0z"
