"""What a page leaves out where there is no room for it: of its text, and of labels that are too high."""

from collections.abc import Iterator, Sequence

from fibrocheck.asking.contract import Option, Page
from fibrocheck.asking.screen.option_lines import cut_to
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, PageLayout
from fibrocheck.pages.text_layout import STRONG, TEXT, wrap


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
    cut = (cut_to(each, layout.option_rows, width) if option.value else each for option, each in shown)
    return layout._replace(options=tuple(cut))


def _with_less_said(page: Page) -> Iterator[Page]:
    """Yield a page with less and less text, the most important left to the last.

    What is said below the question in strong type stays longest, and of that its first two blocks.
    """
    said = [block for group in page.groups for block in group]
    ranks = sorted(range(len(said)), key=lambda at: (getattr(said[at], "style", TEXT) != STRONG, at))

    def with_blocks(number: int) -> Page:
        return page._replace(groups=(tuple(said[at] for at in sorted(ranks[:number])),))

    for kept in range(len(said) - 1, 1, -1):
        yield with_blocks(kept)
    yield with_blocks(2)._replace(note="")
    yield with_blocks(1)._replace(note="")


def _begin(text: str, rows: Sequence[str]) -> str:
    """Return the beginning of a text that is in these rows of it, which may break a word."""
    letters = [at for at, character in enumerate(text) if not character.isspace()]
    return text[: letters[sum(len("".join(row.split())) for row in rows) - 1] + 1]
