"""A page for ears: what is said, in order. Pure: a page goes in, utterances come out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fibrocheck.asking.aloud import MENU, OVER_PAGES, Shown
from fibrocheck.asking.contract import Option
from fibrocheck.content.text import Text
from fibrocheck.pages.text_layout import Barred, Block, Fixed, Gap, Heading, Labelled, Paragraph, Row
from fibrocheck.pages.voice import Voice, beside
from fibrocheck.speech.spoken import ended, for_ears, sentences
from fibrocheck.speech.voices import Utterance


class PageForEars(NamedTuple):
    """The words of one page in one language.

    `section_before` is the section that was named last. `is_known` if the person has heard a page with the
    same choices, and how they are chosen; `moves` if they then chose by moving, and so hear each choice as
    they come to it. `is_blank` if nothing of the page is to be seen.
    """

    shown: Shown
    voice: Voice
    section_before: str = ""
    is_known: bool = False
    moves: bool = False
    is_blank: bool = False

    def utterances(self, *, with_rows: bool = False) -> list[Utterance]:
        """Return what is said; `with_rows` also the rows of a page that is checked."""
        if self.shown.page.id == "language":
            return [*self._choice_of_language()]
        title, ways = list(self._title(with_rows=with_rows)), list(self._ways())
        offers = self._offers(with_rows=with_rows)
        parts = ([*title, *ways], self._text(), offers, self.said(self.shown.page.note))
        return [each for part in parts for each in joined(list(part))]

    def said(self, text: str) -> list[Utterance]:
        """Return a text of the page's language as utterances, one for each sentence."""
        return said(text, self.voice.language)

    @property
    def _is_checked(self) -> bool:
        return bool(self.shown.options) and self.shown.options[-1].is_way_on

    def _say(self, text: Text, **values: object) -> str:
        return self.voice.say(text, **values)

    def _choice_of_language(self) -> Iterator[Utterance]:
        """Each language is offered in itself: a person may understand no other."""
        words = self.voice.content.words
        for option, key in zip(self.shown.options, self.shown.keys, strict=True):
            own = self.voice._replace(language=option.id)
            yield from said(own.say(words.choose_language), option.id)
            yield from said(own.say(words.aloud_key, label=option.label, key=key), option.id)

    def _title(self, *, with_rows: bool) -> Iterator[Utterance]:
        page, words = self.shown.page, self.voice.content.words
        is_menu = page.id == MENU  # over the page it belongs to, whose title it keeps
        if page.section != self.section_before and page.id not in OVER_PAGES:
            yield from self.said(page.section)
        if page.position and not is_menu:
            yield from self.said(self._say(words.aloud_question, position=page.position))
        yield from self.said(self.shown.place)
        if not self._is_checked or with_rows:  # otherwise `aloud_rows` says how to change one
            yield from self.said(page.ask)
        if not page.position or is_menu:
            yield from self.said(page.term)  # a question's term says the same in the clinic's words

    def _text(self) -> Iterator[Utterance]:
        blocks = [block for group in self.shown.page.groups for block in group]
        begin, end = self.shown.part or (0, _ENDLESS)
        at = 0
        for block in blocks:
            text = block_text(block, unsaid=self._marks)
            length = _characters(block)
            if begin <= at and at + length <= end:
                yield from self.said(text)
            elif at < end and at + length > begin:
                yield from self.said(_between(text, begin - at, end - at))
            at += length
        if self.shown.page.picture:
            words = self.voice.content.words
            yield from self.said(
                self._say(words.aloud_picture_hidden if self.is_blank else words.aloud_picture)
            )

    @property
    def _marks(self) -> frozenset[str]:
        """What stands beside a topic that was marked: the page is about those, so it says nothing new."""
        say, content = self.voice.say, self.voice.content
        return frozenset(say(content.words.you_marked, answer=say(each)) for each in content.answers.values())

    @property
    def _length(self) -> int:
        return sum(_characters(block) for group in self.shown.page.groups for block in group)

    @property
    def _has_long_text(self) -> bool:
        """Whether there are ways past a text that is long to listen to."""
        return bool(self.shown.page.ways) and self._length > _LONG

    @property
    def _is_first_part(self) -> bool:
        return self.shown.part is None or self.shown.part[0] == 0

    @property
    def _is_last_part(self) -> bool:
        return self.shown.part is None or self.shown.part[1] >= self._length

    def _ways(self) -> Iterator[Utterance]:
        """Say the ways past a long text before it: a person who listens cannot look down to them."""
        if self._has_long_text and self._is_first_part:
            for number, (option, key) in enumerate(zip(self.shown.options, self.shown.keys, strict=True)):
                yield from self._offer(option, key, is_known=self.is_known or number > 0)

    def _offers(self, *, with_rows: bool) -> Iterator[Utterance]:
        """Say the choices; that their keys are to be pressed only with the first, if it is not known."""
        words, shown, is_known = self.voice.content.words, self.shown, self.is_known
        offers = list(zip(shown.options, shown.keys, strict=True))
        if self._is_checked:
            yield from self._rows(with_rows=with_rows)
            offers, is_known = offers[-1:], False
        elif self.moves and is_known and not (with_rows or shown.marked - {None}):
            yield from self.said(offers[0][0].label)
            return
        elif self._has_long_text and (self._is_first_part or self._is_last_part):
            offers = offers[:1]  # the others were said before the text, or lead past what has been heard
        several = self._say(words.aloud_several)
        if shown.several and several.rstrip(".") not in shown.page.ask:
            yield from self.said(several)
        if shown.several and shown.by_line:
            yield from self.said(self._say(words.plain_choose_many))
        for number, (option, key) in enumerate(offers):
            yield from self._offer(option, key, is_known=is_known or number > 0)
        if not self._is_checked and not all(key.isdigit() for key in shown.keys):
            yield from self.said(self._say(words.aloud_pad))

    def _rows(self, *, with_rows: bool) -> Iterator[Utterance]:
        """Say the rows of a page that is checked, or how to hear them."""
        words, shown = self.voice.content.words, self.shown
        rows = list(zip(shown.options, shown.keys, strict=True))[:-1]
        if not with_rows:
            text = words.aloud_rows_lines if shown.by_line else words.aloud_rows
            yield from self.said(self._say(text, number=len(rows)))
            return
        for option, key in rows:
            row = beside(option.label, option.value)
            by_line = self._say(words.aloud_key_short, label=row.rstrip(".?"), key=key)
            yield from self.said(by_line if shown.by_line else row)

    def _offer(self, option: Option, key: str, *, is_known: bool) -> Iterator[Utterance]:
        words = self.voice.content.words
        language, voice = self.voice.language, self.voice
        for code, name in voice.content.languages.items():
            if option.label == name:  # the way to another language is offered in it
                language, voice = code, voice._replace(language=code)
        label = option_label(self.shown, option, voice)
        spoken_key = key.upper() if key else ""
        is_short = is_known and language == self.voice.language
        template = words.aloud_key_short if is_short else words.aloud_key
        with_key = voice.say(template, label=label.rstrip(".?"), key=spoken_key) if key else label
        yield from self.said(option.heading)
        yield from said(with_key, language)
        yield from self.said(option.details)


_ENDLESS = 10**9
_LONG = 400
"""Characters without spaces: about half a minute."""
_TOGETHER = 140
"""Characters: about 8 seconds, which is what a pause or a killed visit may leave to be said again."""


def said(text: str, language: str) -> list[Utterance]:
    """Return a text as utterances, one for each sentence; none for an empty text."""
    return [Utterance(sentence, language) for sentence in sentences(text)]


def joined(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Return short sentences of the same language together: a voice takes half a second to begin again."""
    made: list[Utterance] = []
    for each in utterances:
        last = made[-1] if made else each
        if made and last.language == each.language and len(last.text) + len(each.text) < _TOGETHER:
            made[-1] = Utterance(f"{last.text} {each.text}", each.language)
        else:
            made.append(each)
    return made


def option_label(shown: Shown, option: Option, voice: Voice) -> str:
    """Return an option's words: its label, its value, and whether it is marked."""
    words = voice.content.words
    label = beside(option.label, option.value) if option.value else option.label
    if option.id not in shown.marked:
        return label
    return f"{label}, {voice.say(words.aloud_marked)}"


def block_text(block: Block, *, unsaid: frozenset[str] = frozenset()) -> str:
    """Return the words of a block; what stands beside each other comes in sequence.

    What stands beside a heading is left out if it is among `unsaid`, and the heading is no question.
    """
    block = _without_bar(block)
    match block:
        case Gap():
            return ""
        case Heading(text, aside):
            is_unsaid = aside in unsaid and not text.endswith("?")  # it would sound as if it were asked again
            return f"{ended(text)} {'' if is_unsaid else aside}".strip()
        case Row(label, value):
            return beside(label, value)
        case Labelled(label, text):
            return f"{label}: {text}"
        case Paragraph(text, _, hang):
            return f"{hang}{text}".strip(" -•")
    return block.text


def _without_bar(block: Block) -> Paragraph | Heading | Row | Labelled | Fixed | Gap:
    return block.block if isinstance(block, Barred) else block


def focus_text(label: str) -> str:
    """Return what is said when the pointer moves to something with this label."""
    return ended(for_ears(label))


def _characters(block: Block) -> int:
    """Return how many characters a block has on the screen, without spaces (see `layout.offset_of`)."""
    block = _without_bar(block)
    match block:
        case Gap():
            return 0
        case Heading(text, aside):
            parts: Sequence[str] = (text, aside)
        case Row(label, value):
            parts = (label, value)
        case Labelled(label, text):
            parts = (label, text)
        case Paragraph(text, _, hang):
            parts = (hang, text)
        case _:
            parts = (block.text,)
    return sum(len("".join(part.split())) for part in parts)


def _between(text: str, begin: int, end: int) -> str:
    """Return the part of a text between two numbers of characters without spaces."""
    kept: list[str] = []
    at = 0
    for sign in text:
        if begin <= at < end:
            kept.append(sign)
        at += not sign.isspace()
    return "".join(kept).strip()
