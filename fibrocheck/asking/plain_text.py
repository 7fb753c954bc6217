"""A page as lines of text to be read or heard one after the other.

Screen readers speak a line at a time and pause after each. So each sentence of a text that takes
several lines begins a line, and what is side by side on the screen comes in sequence here.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fibrocheck.asking.contract import GO_ON, SKIP, Chosen, Option, Page
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.pages.text_layout import (
    BLANK,
    Block,
    Gap,
    Heading,
    Labelled,
    Line,
    Paragraph,
    Row,
    cells,
    in_sentences,
)
from fibrocheck.pages.voice import Voice, beside


class PlainText(NamedTuple):
    """The text of pages in one language, in lines of at most `width` columns.

    Large text has an empty line above each choice. `rows` of a low window; 0 if it is high enough.
    """

    voice: Voice
    width: int
    is_large: bool = False
    rows: int = 0

    def question(
        self, page: Page, options: Sequence[Option], marked: frozenset[str | None], keys: Sequence[str]
    ) -> list[Line]:
        """Return a question with its numbered options; `keys` are its prompt and what else can be typed."""
        ask, term = self.text(page.ask), self.text(_in_brackets(page.term))
        below = [*self._groups(page), *self._options(options, marked), *self.text(page.note)]
        return self._with_keys(self._place(page), ask, term, below, keys)

    def reading(self, page: Page, keys: Sequence[str]) -> list[Line]:
        """Return a page that is read; `keys` are its prompt and what else can be typed."""
        ways = [Option(GO_ON, page.go_on), *page.ways] if page.ways else []
        below = [*self._groups(page), *self._options(ways, frozenset()), *self.text(page.note)]
        return self._with_keys(self._place(page), [], [], below, keys)

    def helped(self, said: str, page: Page, keys: Sequence[str], whole: Sequence[Line]) -> list[Line]:
        """Return what there is to say to a line that was no answer; then the question, and what to type.

        In a low window, where that would hide the choices, the `whole` page if it is not empty.
        """
        if self.rows and whole:
            return [*self.text(said), *whole]
        return self._with_keys([], self.text(said), [], self.text(page.ask), keys)

    def _with_keys(
        self, place: list[Line], ask: list[Line], term: list[Line], below: list[Line], keys: Sequence[str]
    ) -> list[Line]:
        """Return a page with what can be typed below it; above it if its window is too low for both.

        The last rows are what is in sight. Of a question, the prompt goes up too if it must, and the term.
        """
        prompt, others = self.text(keys[0]), self._in_rows(keys[1:])
        page = [*place, *ask, *term, *below]
        room = self.rows - 1  # a line is typed below
        if not self.rows or len(page) + len(prompt) + len(others) <= room:
            return [*page, *prompt, *others]
        if not ask or len(ask) + len(term) + len(below) + len(prompt) <= room:
            return [BLANK, *others, *page, *prompt]
        return [BLANK, *others, *prompt, *place, *term, *ask, *below]

    def _groups(self, page: Page) -> Iterator[Line]:
        for group in page.groups:
            yield from (line for block in group for line in _lines(block, self.width))
            yield BLANK

    def text(self, text: str) -> list[Line]:
        """Return running text; no line for an empty text."""
        return [*_lines(Paragraph(text), self.width)] if text else []

    def _place(self, page: Page) -> list[Line]:
        where = f"{page.section} {page.position}".strip()
        return [BLANK, *self.text(where)]

    def _options(self, options: Sequence[Option], marked: frozenset[str | None]) -> Iterator[Line]:
        now = f" {self.voice.say(self.voice.content.words.plain_marked)}"
        for number, option in enumerate(in_number_order(options), start=1):
            yield from [BLANK] if self.is_large else ()
            yield from self.text(option.heading)
            label = beside(option.label, option.value) if option.value else option.label
            label += now if option.id in marked else ""
            hang = "   - " if option.is_row else f"{number:>3}. "
            yield from Paragraph(label, hang=hang).lines(self.width)
            yield from _lines(Paragraph(option.details, hang=" " * 5), self.width) if option.details else ()

    def _in_rows(self, texts: Iterable[str]) -> list[Line]:
        return [line for row in _joined(texts, self.width) for line in Paragraph(row).lines(self.width)]


def in_number_order(options: Sequence[Option]) -> Sequence[Option]:
    """Return options in the order of their numbers: a way on is number 1, although it is the last option."""
    return [options[-1], *options[:-1]] if options and options[-1].is_way_on else options


def number_keys(options: Sequence[Option]) -> tuple[str, ...]:
    """Return the number of each option, in the order of the page."""
    numbers = {option.id: str(number) for number, option in enumerate(in_number_order(options), start=1)}
    return tuple(numbers[option.id] for option in options)


def repeated_back(options: Sequence[Option], chosen: Chosen, voice: Voice) -> str:
    """Return what to write of an answer before the next page, unless a message about it is written."""
    words = voice.content.words
    labels = [option.label for option in options if option.id in chosen.ids]
    skipped = not labels or chosen.ids == (SKIP,)
    return voice.say(words.skipped if skipped else words.you_chose, answer=", ".join(labels))


def idle_warning(timer: IdleTimer, seconds: int, voice: Voice, *, undelivered: bool) -> list[str]:
    """Return what to write when the visit will end in so many seconds."""
    words = voice.content.words
    if timer.is_last_call:
        ends_in = voice.say_seconds(words.time_ends_in_one, words.time_ends_in, seconds)
        more_time = [voice.say(words.plain_more_time)] if timer.may_prolong else []
        return [voice.say(words.time_is_short), ends_in, *more_time]
    answers = (words.plain_erased_in_one, words.plain_erased_in)
    a_list = (words.list_erased_in_one, words.list_erased_in)
    erased_in = voice.say_seconds(*(a_list if undelivered else answers), seconds)
    return [voice.say(words.still_there), erased_in]


def _lines(block: Block, width: int) -> Iterator[Line]:
    """Return a block as lines to be heard in sequence, each of at most `width` columns."""
    match block:
        case Gap():
            yield BLANK
        case Heading(text, aside):
            yield from _sentences(text, width)
            yield from _sentences(aside, width) if aside else ()
        case Row(label, value):
            yield from _sentences(beside(label, value), width, hang="  ")
        case Labelled(label, text):
            yield from _sentences(f"{label}:", width)
            yield from _sentences(text, width, hang="  ")
        case Paragraph(text, _, hang):
            yield from _sentences(text, width, hang=hang)


def _sentences(text: str, width: int, *, hang: str = "") -> Iterator[Line]:
    """Return a text on one line if it fits, otherwise each sentence on a line or more of its own."""
    fits = cells(hang + text) <= width
    for sentence in [text] if fits else _with_answers(in_sentences(text), width - cells(hang)):
        yield from Paragraph(sentence, hang=hang).lines(width)
        hang = " " * cells(hang)


def _with_answers(sentences: Iterable[str], width: int) -> list[str]:
    """Return sentences with each question before its answer on one line, if both have room there."""
    rows: list[str] = []
    for sentence in sentences:
        if rows and rows[-1].endswith("?") and cells(f"{rows[-1]} {sentence}") <= width:
            rows[-1] += f" {sentence}"
        else:
            rows.append(sentence)
    return rows


def _in_brackets(term: str) -> str:
    """Return a term in brackets, unless it has some itself; empty for none."""
    return f"({term})" if term and "(" not in term else term


def _joined(texts: Iterable[str], width: int) -> list[str]:
    """Return texts separated by commas, in rows of at most `width` columns that break between texts."""
    rows: list[str] = []
    for text in texts:
        if rows and cells(f"{rows[-1]}, {text}") <= width:
            rows[-1] += f", {text}"
        else:
            rows.append(text)
    return rows
