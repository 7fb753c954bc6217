"""How high the patient's page is on paper, from its words and the style in handout.html.j2.

All heights inside are in em, as in the style; the tests compare the result with a real layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.pages.paper_room import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fibrocheck.pages.patient_page import Fit, PatientPage, WorthTelling

_LINE, _LARGE_LINE, _TIGHT_LINE = 1.25, 1.2, 1.15
"""How high a line is: in normal and in large print, and with small gaps."""
_TITLE = 1.32
"""The height of a heading of the second level."""
_PADDING, _LARGE_PADDING = 2.0, 1.4
"""Of a box, its border and the gap above it included, left and right or above and below."""
_CODE_HEIGHT, _CODE_WIDTH = 77.0, 12.0
"""A booking code in points, and in em with the gap beside it."""
_GAP = 1.5
"""Between two columns."""


def height(page: PatientPage, fit: Fit, width: float) -> float:
    """Return about how high the page is in a width, both in points."""
    measure = _Measure(fit, width)
    parts = (
        measure.masthead(page),
        measure.step(page),
        measure.notice(page),
        measure.telling(page.telling),
        measure.small(page.sources.value) + 0.4 if page.sources else 0,
        measure.small(page.not_a_diagnosis) + (0.6 if fit.is_large else 0.9),
    )
    return sum(parts) * fit.size


class _Measure:
    """Heights of the parts of a page, in em."""

    def __init__(self, fit: Fit, width: float) -> None:
        self._size, self._width = fit.size, width
        self._is_large = fit.is_large
        self._gap = 0.15 if fit.is_tight else 0.25
        self._room = width / fit.size
        self._padding = _LARGE_PADDING if fit.is_large else _PADDING
        self._line = _TIGHT_LINE if fit.is_tight else _LARGE_LINE if fit.is_large else _LINE

    def masthead(self, page: PatientPage) -> float:
        tall = 1.6 if self._is_large else 1.95
        numbers = tall * (len(page.numbers) if any(fact.is_long for fact in page.numbers) else 1)
        if self._is_large:  # the clinic's name and the numbers over the title and the date
            title = self._text(page.step_title, self._room / 2, scale=1.25)
            return 0.4 + max(numbers, self._line) + max(title, self._line)
        titles = self._line + self._text(page.step_title, self._room / 2, scale=1.6)
        return 0.6 + max(numbers + self._line, titles)

    def step(self, page: PatientPage) -> float:
        """Return the height of the advice, how to follow it, and the code with its caption beside it."""
        code = _CODE_HEIGHT / self._size if page.booking else 0
        beside = 0.0
        if page.booking:
            beside = code + 0.6 if self._is_large else _CODE_WIDTH + 1.2
        reach = [f"{fact.label}: {fact.value}" for fact in (*page.contact, *filter(None, [page.booking]))]
        reach += [page.ask_at_desk] if page.ask_at_desk else []
        if self._is_large:  # only what says how to reach the clinic stands beside the code
            reach += [page.scan] if page.booking else []
            texts = sum(self._text(text, self._padding + beside) for text in reach)
            whole = self._text(page.advice, self._padding, bold=True)
            whole += sum(self._text(text, self._padding) for text in page.bring)
            return self._padding + whole + max(texts, code)
        words = self._text(page.advice, self._padding + beside, bold=True)
        words += sum(self._text(text, self._padding + beside) + 0.2 for text in (*reach, *page.bring))
        caption = self._text(page.scan, self._room - _CODE_WIDTH) if page.booking else 0
        return self._padding + max(words, code + caption)

    def notice(self, page: PatientPage) -> float:
        lists = sum(
            self._text(each.title, self._padding, bold=True)
            + self._gap
            + sum(self._text(entry, self._padding + 1.2) for entry in each.entries)
            for each in page.help_lists
        )
        crisis, *others = page.help_texts
        texts = self._text(crisis, self._padding, bold=True)
        texts += sum(self._text(text, self._padding) for text in others)
        return self._padding + _TITLE + lists + texts + self._gap * len(page.help_texts)

    def telling(self, entries: Sequence[WorthTelling]) -> float:
        if not entries:
            return 0
        is_one_column = self._is_large and bool(entries[0].tell)
        column = 0.0 if is_one_column else (self._room + _GAP) / 2
        heights = [self._entry(each, column) for each in entries]
        return 0.55 + self._gap + _TITLE + (sum(heights) if is_one_column else _balanced(heights))

    def small(self, text: str) -> float:
        """Return the height of a text in small type, which large print does not have."""
        return self._text(text, scale=1.0 if self._is_large else 0.85)

    def _entry(self, entry: WorthTelling, less: float) -> float:
        said = self._text(f"{entry.term}: {entry.tell}", less + 0.4)
        # The label of a tip is not known here; it is about as long as this one.
        tip = self._text(f"Some people find this helps: {entry.tip}", less) if entry.tip else 0
        return said + tip + self._gap + 0.1

    def _text(self, text: str, less: float = 0, *, scale: float = 1.0, bold: bool = False) -> float:
        """Return the height of a text in a column that is `less` em narrower than the page."""
        width = self._width - less * self._size
        return lines(text, width, self._size * scale, bold=bold) * self._line * scale


def _balanced(heights: Sequence[float]) -> float:
    """Return the height of two columns that hold these entries in order, each whole."""
    return min(max(sum(heights[:split]), sum(heights[split:])) for split in range(len(heights) + 1))
