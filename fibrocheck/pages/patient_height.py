"""How high the patient's page is on paper, from its words and the style in handout.html.j2.

All heights inside are in em, as in the style; the tests compare the result with a real layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.pages.paper_room import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fibrocheck.pages.patient_page import PatientPage, WorthTelling

_TITLE = 1.32
"""The height of a heading of the second level."""
_PADDING = 2.0
"""Of a box, its border and the gap above it included, left and right or above and below."""
_CODE_HEIGHT, _CODE_WIDTH = 77.0, 9.0
"""A booking code in points, and in em with the gap beside it."""
_GAP = 1.5
"""Between two columns."""


def height(page: PatientPage, size: float, width: float, *, is_large: bool) -> float:
    """Return about how high the page is, in points, with type of a size in a width, both in points."""
    measure = _Measure(size, width, is_large=is_large)
    parts = (
        measure.masthead(page),
        measure.step(page),
        measure.notice(page),
        measure.telling(page.telling),
        measure.small(page.sources.value) + 0.4 if page.sources else 0,
        measure.small(page.not_a_diagnosis) + 0.9,
    )
    return sum(parts) * size


class _Measure:
    """Heights of the parts of a page, in em."""

    def __init__(self, size: float, width: float, *, is_large: bool) -> None:
        self._size, self._width, self._is_large = size, width, is_large
        self._line = 1.2 if is_large else 1.25

    def masthead(self, page: PatientPage) -> float:
        numbers = len(page.numbers) * (1.6 if self._is_large else 1.95) + self._line
        titles = self._line + self._text(page.step_title, self._width / self._size / 2, scale=1.6)
        return 0.6 + max(numbers, titles)

    def step(self, page: PatientPage) -> float:
        code = _CODE_HEIGHT / self._size if page.booking else 0
        beside = _CODE_WIDTH + 1.2 if page.booking else 0
        labelled = [f"{fact.label}: {fact.value}" for fact in (*page.contact, *filter(None, [page.booking]))]
        texts = [*labelled, *page.bring, *([page.ask_at_desk] if page.ask_at_desk else [])]
        words = self._text(page.advice, _PADDING + beside, bold=True)
        words += sum(self._text(text, _PADDING + beside) + 0.2 for text in texts)
        caption = self._text(page.scan, self._width / self._size - _CODE_WIDTH)
        return _PADDING + max(words, code + caption if page.booking else 0)

    def notice(self, page: PatientPage) -> float:
        lists = sum(
            self._text(each.title, _PADDING, bold=True)
            + 0.25
            + sum(self._text(entry, _PADDING + 1.2) for entry in each.entries)
            for each in page.help_lists
        )
        crisis, *others = page.help_texts
        texts = self._text(crisis, _PADDING, bold=True) + sum(self._text(text, _PADDING) for text in others)
        return _PADDING + _TITLE + lists + texts + 0.25 * len(page.help_texts)

    def telling(self, entries: Sequence[WorthTelling]) -> float:
        if not entries:
            return 0
        is_one_column = self._is_large and bool(entries[0].tell)
        column = 0.0 if is_one_column else (self._width / self._size + _GAP) / 2
        heights = [self._entry(each, column) for each in entries]
        return 0.8 + _TITLE + (sum(heights) if is_one_column else _balanced(heights))

    def small(self, text: str) -> float:
        """Return the height of a text in small type, which large print does not have."""
        return self._text(text, scale=1.0 if self._is_large else 0.85)

    def _entry(self, entry: WorthTelling, less: float) -> float:
        said = self._text(f"{entry.term}: {entry.tell}", less + 0.4)
        # The label of a tip is not known here; it is about as long as this one.
        tip = self._text(f"Some people find this helps: {entry.tip}", less) if entry.tip else 0
        return said + tip + 0.35

    def _text(self, text: str, less: float = 0, *, scale: float = 1.0, bold: bool = False) -> float:
        """Return the height of a text in a column that is `less` em narrower than the page."""
        width = self._width - less * self._size
        return lines(text, width, self._size * scale, bold=bold) * self._line * scale


def _balanced(heights: Sequence[float]) -> float:
    """Return the height of two columns that hold these entries in order, each whole."""
    return min(max(sum(heights[:split]), sum(heights[split:])) for split in range(len(heights) + 1))
