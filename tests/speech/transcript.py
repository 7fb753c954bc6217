"""A whole visit that is only heard: what is said, which key follows, and how long it takes.

`python -m tests.speech.transcript es switches` prints one; with `skip` after it, what was marked is not
learned about. Its length is counted, not measured by a clock: the words that are heard, at the rate at which
the voice begins, and a moment for each key.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple, cast
from unittest.mock import patch

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking.aloud import ReadAloud
from fibrocheck.asking.contract import Asker
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.asking.switching import SwitchingAsker
from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from fibrocheck.content.text import Text
from fibrocheck.copies.copier import Copier
from fibrocheck.errors import VisitEnded
from fibrocheck.speech.reader import VisitReader
from fibrocheck.speech.spoken import for_ears, sentences
from fibrocheck.speech.voices import Utterance
from fibrocheck.visit.flow import Visit
from tests.asking.driving import at_each_page
from tests.speech.fakes import NotedSpeaker

WORDS_A_MINUTE = {"en": 172, "es": 157}
"""With pauses. What is heard in the visits below, each utterance spoken into a file by espeak-ng 1.51 at the
rate that a person finds (185 words a minute without pauses), and 0.1 seconds for it to begin: 1,208 words in
6.98 minutes in English, 1,270 in 8.10 in Spanish; by the other ways within 1% of that."""

SECONDS_A_CHOICE, SECONDS_A_MOVE = 1.0, 0.5
"""From the end of what is heard to a key that chooses, and to one that moves on."""

_MAX_MOVES = 40

DOWN, LEFT, RIGHT, ENTER, TAB = "\x1b[B", "\x1b[D", "\x1b[C", "\r", "\t"
MOVES = {DOWN, TAB, "+"}
NAMES = {DOWN: "Down", LEFT: "Left", RIGHT: "Right", ENTER: "Enter", TAB: "Tab"}

MENU_KEY = "0"
"""Said in the introduction."""

Keys = Iterator[str]


class Step(NamedTuple):
    """What was heard, a few sentences each, the key after it, empty at the end, and what the screen had.

    A person chooses as soon as they have heard their choice; what would have followed is `unheard`.
    """

    heard: tuple[Utterance, ...]
    unheard: tuple[Utterance, ...]
    key: str
    screen: str

    @property
    def text(self) -> str:
        """All that would be heard."""
        return " ".join(each.text for each in (*self.heard, *self.unheard))

    def __str__(self) -> str:
        rest = " ".join(each.text for each in self.unheard)
        lines = [*(each.text for each in self.heard), *([f"({rest})"] if rest else [])]
        return "\n".join([*lines, f"    [{NAMES.get(self.key, self.key)}]"])


def minutes(steps: list[Step], language: str, *, in_full: bool = False) -> float:
    """Return how long a visit takes; `in_full` if every page is heard to its end."""
    said = [each for step in steps for each in (*step.heard, *(step.unheard if in_full else ()))]
    words = sum(len(each.text.split()) for each in said)
    keys = sum(SECONDS_A_MOVE if step.key in MOVES else SECONDS_A_CHOICE for step in steps)
    return words / WORDS_A_MINUTE[language] + keys / 60


class Ears:
    """What a person has heard since they pressed a key."""

    def __init__(self) -> None:
        self.said: tuple[Utterance, ...] = ()
        self.before = ""
        """What was heard before that."""
        self.enough = ""
        """The label after which they need to hear no more."""
        self.until = ""
        """The words after which they need to hear no more."""

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(each.text for each in self.said)

    def hear(self, said: tuple[Utterance, ...]) -> None:
        """Hear what follows a key."""
        self.before, self.said = f"{self.before} {self.text}", said

    def key_of(self, label: str) -> str:
        """Return the key that was said with a label; empty if none was."""
        found = offer(label).search(self.text)
        return found[1].lower() if found else ""

    @property
    def first_offer(self) -> str:
        """The label of the first choice that was offered by its key."""
        found = re.search(rf"(?:^|[.:?] )([^.?:]*){_KEY}", self.text)
        return found[1] if found else ""

    def heard(self) -> tuple[tuple[Utterance, ...], tuple[Utterance, ...]]:
        """Return what was heard until it was enough, and the rest."""
        wanted = offer(self.enough) if self.enough else re.compile(re.escape(self.until) or "(?!)")
        found = [wanted.search(each.text) for each in self.said]
        at = next((number for number, match in enumerate(found) if match), None)
        if at is None:
            return self.said, ()
        end, last = cast(re.Match[str], found[at]).end(), self.said[at]
        cut, rest = last._replace(text=last.text[:end]), last._replace(text=last.text[end:].strip())
        return (*self.said[:at], cut), (*([rest] if rest.text else []), *self.said[at + 1 :])


_KEY = r"(?:, marked|, opción marcada)?: (?:[a-z]+ )?([0-9A-Z])\."


def offer(label: str) -> re.Pattern[str]:
    """Return what a choice with this label sounds like: its key is in the only group."""
    return re.compile(rf"(?:^|(?<=[.:?] )){re.escape(label)}{_KEY}")


class Way(NamedTuple):
    """The keys that a person has: what moves on, chooses and begins to read.

    `digits` if they have them. `forward` is the key that goes on from a page with marks, if they have it.
    """

    on: str
    choose: str
    begin: str
    digits: bool = False
    forward: str = ""

    def chooses(self, ears: Ears, label: str, *, cuts_in: bool = True) -> Keys:
        """Choose what has this label, by its digit or by moving to it; it may be where one is at first."""
        ears.enough = label if cuts_in else ""
        key = ears.key_of(label)
        if self.digits and key.isdigit():
            yield key
            return
        if ears.first_offer != label:
            yield from self._moves(ears, label)
        yield self.choose

    def _moves(self, ears: Ears, label: str) -> Keys:
        for _ in range(_MAX_MOVES):
            yield self.on
            if ears.text.startswith(label):
                return
        raise AssertionError(label, ears.text)


WAYS = {
    "keypad": Way("+", "*", ".", digits=True),
    "arrows": Way(DOWN, ENTER, LEFT, forward=RIGHT),
    "switches": Way(TAB, ENTER, TAB),
}
"""A keypad of digits; arrows and Enter; two switches."""


def labels(content: Content, *, learns: bool) -> Iterator[Text]:
    """Yield what a person with four marks chooses after the language, from the first page to goodbye.

    `learns` if they want to hear about what they marked.
    """
    words, answers = content.words, content.answers
    yield words.start
    for answer in ("most-days", "most-days", "sometimes", "sometimes", *["no"] * (len(content.symptoms) - 4)):
        yield answers[answer]
    how_long, where, _ = content.follow_ups
    yield from (how_long.choices[2].label, where.choices[2].label, where.choices[5].label)
    yield from (words.go_on, content.symptoms[0].term, words.go_on)
    yield from [answers["no"]] * len(content.factors)
    yield from (words.all_right, words.go_on, words.go_on if learns else words.skip_to_end)
    yield from (words.show_code, words.go_on, words.finish, words.done)


def keys_for(content: Content, language: str, way: Way, ears: Ears, *, learns: bool) -> Keys:
    """Yield the keys of a whole visit with a blank screen, each chosen by what was heard before it.

    A text is heard to its end.
    """
    words = content.words

    def said(text: Text) -> str:
        return for_ears(text[language]).rstrip(".?")

    go_on, forward = said(words.go_on), said(words.aloud_forward)
    yield from (way.begin, way.begin)
    yield from way.chooses(ears, for_ears(content.languages[language]))
    ears.enough, ears.until = "", [*sentences(words.aloud_keys[language])][-1]
    if way.digits:
        yield MENU_KEY
    else:
        yield from way.chooses(ears, said(words.more), cuts_in=False)
    ears.until = ""
    for text in (words.aloud, words.aloud_hide):
        yield from way.chooses(ears, said(text))
    for text in labels(content, learns=learns):
        while ears.key_of(go_on) and not ears.key_of(said(text)):
            yield from way.chooses(ears, go_on, cuts_in=False)  # a text of several screenfuls
        if way.forward and text is words.go_on and not ears.key_of(go_on) and forward in ears.before:
            ears.enough = ""
            yield way.forward
            continue
        yield from way.chooses(ears, said(text), cuts_in=text is not words.go_on)


class Listener:
    """A person who only listens, at the screen of a kiosk, with a voice that is noted and not heard."""

    def __init__(self, content: Content, language: str, way: Way, *, learns: bool = True) -> None:
        self._content = content
        self._speaker = NotedSpeaker()
        self._ears = Ears()
        self._keys = keys_for(content, language, way, self._ears, learns=learns)
        self._failure: Exception | None = None
        self.steps: list[Step] = []

    def visit(self) -> list[Step]:
        """Go through a visit, and return all of it."""
        aloud = ReadAloud(lambda: VisitReader(self._content, self._speaker), invites=True)
        copier = Copier(self._content, is_kiosk=True, may_save=False)
        first = next(iter(self._content.languages))
        with (
            create_pipe_input() as terminal,
            create_app_session(input=terminal, output=_Console()),
            patch("fibrocheck.asking.screen.asker._SETTLES", 0.0),  # seconds in which no key counts
            ScreenAsker(self._content, first, Glyphs(), aloud=aloud) as asker,
        ):
            app = asker._app
            program = SwitchingAsker(self._content, first, plain=True, aloud=aloud)
            program._screen = asker

            def answer() -> None:
                key = self._next_key(shown_by(app._windows))
                if key:
                    terminal.send_text(key)
                else:
                    terminal.close()

            at_each_page(asker, answer)
            with suppress(VisitEnded):
                Visit(self._content, cast(Asker, program), None, copier).run()
        if self._failure is not None:
            raise self._failure
        return self.steps

    def _next_key(self, screen: str) -> str:
        self._ears.hear(tuple(self._speaker.noted))
        self._speaker.noted.clear()
        try:
            key = next(self._keys, "")
        except Exception as error:  # noqa: BLE001 - raised in the loop, where nobody would see it
            key, self._failure = "", error
        heard, unheard = self._ears.heard()
        self._speaker.left(unheard)
        self.steps.append(Step(heard, unheard, key, screen))
        return key


class _Console(DummyOutput):
    """A console of the usual size."""

    def get_size(self) -> Size:
        return Size(rows=24, columns=80)


def shown_by(windows: object) -> str:
    """Return what stands on the screen."""
    layout = windows.layout  # type: ignore[attr-defined]
    lines = [*layout.top, *(line for option in layout.options for line in option.lines), *layout.foot]
    return "\n".join("".join(span.text for span in line) for line in lines)


if __name__ == "__main__":
    language, way, *skips = sys.argv[1:]
    steps = Listener(load(), language, WAYS[way], learns=not skips).visit()
    sys.stdout.write("\n".join(map(str, steps)) + "\n\n")
    cut, full = minutes(steps, language), minutes(steps, language, in_full=True)
    sys.stdout.write(f"{len(steps)} keys, {cut:.1f} minutes; {full:.1f} if everything is heard to its end\n")
