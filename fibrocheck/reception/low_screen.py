"""What the desk's pages leave out on a low or narrow screen, where their lists need the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.reception import call_pages, pages

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fibrocheck.asking.contract import Option, Page
    from fibrocheck.asking.screen.page_layout import Size
    from fibrocheck.visit.pages import ChoicePage

_LOW, _NARROW = 20, 60


def is_small(size: Size) -> bool:
    """Return whether a screen has so few rows or columns that something is left out."""
    return size.rows < _LOW or size.columns < _NARROW


def shortened(page: Page, options: Sequence[Option]) -> ChoicePage:
    """Return a page without what its menu has too: keys at its foot, and heads of columns.

    The keys work all the same.
    """
    if page.id == pages.START:
        others = {each.key for each in page.keys} - {*pages.MAIN_KEYS}
        return _without(page, others), [each._replace(heading="") for each in options]
    if page.id == call_pages.CALL:
        short = _of_call(page)
        return short._replace(largest=_of_call(page.largest) if page.largest else None), options
    return page, options


def _of_call(page: Page) -> Page:
    return _without(page, {call_pages.LANGUAGE})._replace(why="")


def _without(page: Page, keys: Collection[str]) -> Page:
    """Return a page without these keys at its foot."""
    shown = tuple([each._replace(does="") if each.key in keys else each for each in page.keys])
    return page._replace(keys=shown)
