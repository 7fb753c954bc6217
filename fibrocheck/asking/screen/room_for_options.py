"""What a page leaves out where there is no room for it: of its text, and of labels that are too high."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from fibrocheck.asking.contract import Option, Page
from fibrocheck.asking.screen.option_lines import cut_to
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, ROOMY_ROWS, PageLayout, Size
from fibrocheck.pages.text_layout import STRONG, TEXT, Group, Paragraph, wrap
from fibrocheck.pages.voice import beside

_MIN_OPTION_ROWS = 2
_MIN_IN_SIGHT = 3
"""Options have nothing said below them if fewer than these would be in sight at first."""

_KEPT = 2
"""The blocks of a text that stay longest."""

_LayOut = Callable[[Page, Sequence[Option], str], PageLayout]
"""Lays out a page with its options and a notice."""


class Fitted(NamedTuple):
    """A page with its options as it is shown, and how it is laid out."""

    layout: PageLayout
    page: Page
    options: Sequence[Option]


def with_more_in_sight(
    layout: PageLayout,
    lay_out: _LayOut,
    page: Page,
    options: Sequence[Option],
    notice: str,
    size: Size,
    width: int,
) -> Fitted:
    """Return a page whose options need more rows than there are, with as many in sight as can be.

    First, what is said below the options is left out. Then the notice takes the place of the title. Then the
    text becomes shorter; `width` is that of its rows. What is left out is read before (see `left_out`).
    """
    if [each for each in options if each.details] and _in_sight(layout) < _MIN_IN_SIGHT:
        shorter = [each if each.is_apart else each._replace(details="") for each in options]
        layout, options = _with_options(layout, lay_out, page, options, notice, shorter)
    if notice and size.rows < ROOMY_ROWS and layout.scrolls:
        layout = _with_notice_as_title(layout, lay_out, page, options, notice)
    if not _has_room(layout):
        layout, page, notice = _with_less_text(lay_out, page, options, notice, width)
    if max([each.height for each in layout.listed], default=0) > layout.option_rows:
        shorter = _with_whole_labels(layout, options)
        layout, options = _with_options(layout, lay_out, page, options, notice, shorter)
        layout = with_values_in_sight(layout, options, size.columns)
    return Fitted(layout, page, options)


def left_out(page: Page, options: Sequence[Option], fitted: Fitted) -> list[tuple[str, Group]]:
    """Return what of a page is not shown: of its text, and of its options, each with its id."""
    text = () if fitted.page.groups == page.groups else page.groups
    return [
        *(("", group) for group in text),
        *(
            (each.id, (Paragraph(beside(each.label, each.details)),))
            for each, shown in zip(options, fitted.options, strict=True)
            if each.details != shown.details
        ),
    ]


def _with_less_text(
    lay_out: _LayOut, page: Page, options: Sequence[Option], notice: str, width: int
) -> tuple[PageLayout, Page, str]:
    """Return a page with its options and its notice, with as much text as leaves room for the options.

    Of what has more than two blocks, some makes way for a third option.
    """
    for shorter, said in with_less_text(page, notice, width):
        layout = lay_out(shorter, options, said)
        if _has_room(layout, _MIN_IN_SIGHT if sum(map(len, shorter.groups)) > _KEPT else _MIN_OPTION_ROWS):
            break
    return layout, shorter, said


def _with_options(
    layout: PageLayout,
    lay_out: _LayOut,
    page: Page,
    options: Sequence[Option],
    notice: str,
    shorter: Sequence[Option],
) -> tuple[PageLayout, Sequence[Option]]:
    """Return a page with shorter options; as it is if they are the same."""
    return (layout, options) if [*options] == [*shorter] else (lay_out(page, shorter, notice), shorter)


def _with_whole_labels(layout: PageLayout, options: Sequence[Option]) -> list[Option]:
    """Return options without what is said below those that are higher than their list."""
    return [
        each._replace(details="") if lines.height > layout.option_rows else each
        for each, lines in zip(options, layout.options, strict=True)
    ]


def _has_room(layout: PageLayout, rows: int = _MIN_OPTION_ROWS) -> bool:
    return layout.option_rows >= rows or not layout.scrolls


def _in_sight(layout: PageLayout) -> int:
    """Return how many options are whole and in sight while the pointer is on the first."""
    shown = layout.in_sight(0, 0)
    return len(shown) if sum(each.height for each in layout.listed[: shown.stop]) <= layout.option_rows else 0


def _with_notice_as_title(
    layout: PageLayout, lay_out: _LayOut, page: Page, options: Sequence[Option], notice: str
) -> PageLayout:
    """Return a page with its notice where it hides the fewest options: above the text, or as the title.

    A term, which says the same as its question, makes way for one that takes more rows than the title.
    """
    most = _in_sight(lay_out(page, options, ""))
    titled = page._replace(section=notice, position="")
    for tried in (titled, titled._replace(term="")):
        if _in_sight(layout) >= most:
            break
        layout = max(layout, lay_out(tried, options, ""), key=_in_sight)
    return layout


def with_less_text(page: Page, notice: str, width: int) -> Iterator[tuple[Page, str]]:
    """Yield a page with its notice, both with less and less text; `width` is that of a row, in columns.

    The last ones have the notice alone: the question was there before, and is there again when the notice
    fades.
    """
    for shorter in _with_less_said(page):
        yield shorter, notice
    bare = page._replace(ask="", term="", groups=(), note="")
    rows = wrap(notice, width) if notice else ()
    for kept in range(len(rows), 0, -1):
        yield bare, notice if kept == len(rows) else type(notice)(f"{_begin(notice, rows[:kept])} …")


def with_values_in_sight(layout: PageLayout, options: Sequence[Option], columns: int) -> PageLayout:
    """Return a page on which every value is in sight: a label that is too high for the list is cut."""
    width = columns - 2 * layout.margin - POINTER_COLUMNS - 1
    shown = zip(options, layout.options, strict=True)
    cut = (
        cut_to(each, option.value, layout.option_rows, width) if option.value else each
        for option, each in shown
    )
    return layout._replace(options=tuple(cut))


def _with_less_said(page: Page) -> Iterator[Page]:
    """Yield a page with less and less text, the most important left to the last.

    What is said below the question in strong type stays longest, and of that its first two blocks.
    """
    said = [block for group in page.groups for block in group]
    ranks = sorted(range(len(said)), key=lambda at: (getattr(said[at], "style", TEXT) != STRONG, at))

    def with_blocks(number: int) -> Page:
        return page._replace(groups=(tuple(said[at] for at in sorted(ranks[:number])),))

    for kept in range(len(said) - 1, _KEPT - 1, -1):
        yield with_blocks(kept)
    yield with_blocks(_KEPT)._replace(note="")
    yield with_blocks(1)._replace(note="")


def _begin(text: str, rows: Sequence[str]) -> str:
    """Return the beginning of a text that is in these rows of it, which may break a word."""
    letters = [at for at, character in enumerate(text) if not character.isspace()]
    return text[: letters[sum(len("".join(row.split())) for row in rows) - 1] + 1]
