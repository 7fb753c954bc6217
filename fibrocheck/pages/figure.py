"""A body seen from the front and from the back, with the marked areas filled: an SVG path for paper.

Where the areas are is in `content.body`. Areas are shown only as marked or not: shading by number
would look like a score.
"""

from __future__ import annotations

from typing import NamedTuple

from fibrocheck.content.body import ALL_OVER, MIDDLE, PLACES, Ellipse, Place


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
    return any(across != MIDDLE for across, *_ in ellipses)


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
