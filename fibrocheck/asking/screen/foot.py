"""The foot of a page: the keys that work there, each with what it does."""

from collections.abc import Sequence
from typing import NamedTuple

from fibrocheck.asking.contract import GO_ON, Page
from fibrocheck.asking.screen.actions import (
    BACK,
    FORWARD,
    HIDE,
    LANGUAGE,
    LISTEN,
    MENU,
    MENU_KEYS,
    WHY,
    Action,
    choose,
    press,
)
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.pages.text_layout import ASIDE, BLANK, STRONG, TEXT, Line, Span, cells
from fibrocheck.pages.voice import Voice

_MAX_ROWS = 2


class FootKey(NamedTuple):
    """A key, what it does, and the action that a click on it requests, if it can be clicked."""

    name: str
    does: str
    action: Action | None = None


class Foot(NamedTuple):
    """The foot of every page of a visit, in a terminal of `columns` columns."""

    voice: Voice
    glyphs: Glyphs
    columns: int
    listens: bool = False
    """Whether pages can be read aloud."""

    def question(self, page: Page, keys: str, *, several: bool, keeps: bool) -> tuple[Line, ...]:
        """Return the foot of a question whose answers have these keys.

        `several` may be marked. `keeps` if there is something to go on with.
        """
        choosing = self.marking_keys(keys) if several else self.choosing_keys(keys)
        lines = self.with_listen([*choosing, *self.page_keys(page, keeps=keeps)], page)
        most = lines
        if page.largest:
            most = self.question(page.largest, keys, several=several, keeps=keeps)
        elif several and not keeps:  # the first mark adds a key: nothing moves then
            most = self.question(page, keys, several=several, keeps=True)
        return (*lines, *[BLANK] * (len(most) - len(lines)))

    def reading(self, page: Page) -> tuple[Line, ...]:
        """Return the foot of a page that is only read."""
        enter = FootKey(self.voice.say(self.voice.content.words.enter_key), page.go_on, choose(GO_ON))
        return self.with_listen([enter, *self.page_keys(page)], page)

    def with_listen(self, keys: list[FootKey], page: Page) -> tuple[Line, ...]:
        """Return the keys with the one that reads aloud, which is on every page.

        It takes a row of its own on a first page only; elsewhere its words are left out, then hints of keys
        that the options show too.
        """
        kept, listen = self._fitting(keys), self.listen_key(page)
        if not listen:
            return self._rows(kept)
        rows, hints = len(self._rows(kept)), _hints(kept)
        bare = [key._replace(does="") for key in listen]
        fewer = [[key for key in kept if key not in hints[:number]] for number in range(3)]
        tries = [[*kept, *listen], *([*each, *bare] for each in fewer)]
        fits = (each for each in tries if page.waits or len(self._rows(each)) <= rows)
        return self._rows(next(fits, tries[-1]))

    def listen_key(self, page: Page) -> list[FootKey]:
        """Return the key that reads a page aloud; none where it is not offered."""
        if not self.listens or not page.can_hide:
            return []
        text, languages = self.voice.content.words.aloud_listen, list(self.voice.content.languages)
        does = " / ".join(
            text[each] for each in (languages if page.id == "language" else [self.voice.language])
        )
        return [FootKey("F4", does, LISTEN)]

    def choosing_keys(self, keys: str) -> list[FootKey]:
        """Return the keys that choose one of the options with these keys."""
        words, say = self.voice.content.words, self.voice.say
        return [
            FootKey(f"{self.glyphs.arrows} {say(words.enter_key)}", say(words.key_choose)),
            *([FootKey(key_ranges(keys, self.glyphs), say(words.key_choose_at_once))] if keys else []),
        ]

    def marking_keys(self, keys: str) -> list[FootKey]:
        """Return the keys that mark options with these keys."""
        words, say = self.voice.content.words, self.voice.say
        marks = (say(words.enter_key), key_ranges(keys, self.glyphs))
        return [FootKey(" ".join(marks), say(words.key_mark))]

    def page_keys(self, page: Page, *, keeps: bool = False) -> list[FootKey]:
        """Return the keys of a page beside those of its options; `keeps` as in `question`."""
        words, say = self.voice.content.words, self.voice.say
        menu = (say(words.more), "") if page.takes_line else (MENU_KEYS[0], say(words.more))
        keys = (
            (FootKey(self.glyphs.back, say(words.back), BACK), page.can_go_back),
            (FootKey(self.glyphs.forward, say(words.go_on), FORWARD), keeps),
            (FootKey("?", say(words.why), WHY), bool(page.why)),
            (FootKey(say(words.escape_key), say(words.hide), HIDE), page.can_hide),
            (FootKey(*menu, MENU), page.can_hide),
            (FootKey(self.voice.language_offer, "", LANGUAGE), page.offers(self.voice.other_languages)),
        )
        own = [
            FootKey(each.name or each.key.upper(), each.does, press(each.key))
            for each in page.keys
            if each.does
        ]
        return [*own, *(key for key, is_shown in keys if is_shown)]

    def lines(self, keys: Sequence[FootKey]) -> tuple[Line, ...]:
        """Return the keys on one line, as far apart as possible; if they do not fit, on two."""
        return self._rows(self._fitting(keys))

    def _fitting(self, keys: Sequence[FootKey]) -> Sequence[FootKey]:
        """Return the keys without the first hints if that makes them fit on two rows."""
        while len(self._rows(keys)) > _MAX_ROWS and (hints := _hints(keys)):
            keys = [key for key in keys if key is not hints[0]]
        return keys

    def _rows(self, keys: Sequence[FootKey]) -> tuple[Line, ...]:
        room = self.columns - 2
        widths = [cells(f"{key.name} {key.does}".rstrip()) for key in keys]
        for gap in (4, 3, 2):
            if sum(widths) + gap * (len(keys) - 1) <= room:
                return (_line(keys, gap),)
        return tuple(_line(row, 2) for row in _wrapped(keys, widths, room))


def seen_at_foot(page: Page | None) -> Page | None:
    """Return what the foot of a page depends on: the page without the texts above it."""
    if page is None:
        return None
    bare = page._replace(
        section="", position="", ask="", term="", groups=(), note="", place="", progress=(0, 0)
    )
    return bare._replace(why="?" if page.why else "", largest=seen_at_foot(page.largest))


def _hints(keys: Sequence[FootKey]) -> list[FootKey]:
    """Return the keys that cannot be clicked: reminders of what the pointer and the digits show too."""
    return [key for key in keys if not key.action]


def key_ranges(keys: str, glyphs: Glyphs) -> str:
    """Return the keys of options as they are named at the foot: "1–5", or "1–9 a–c"."""
    digits, letters = (sorted(filter(kind, keys)) for kind in (str.isdigit, str.isalpha))
    runs = [run for run in (digits, letters) if run]
    return " ".join(run[0] if len(run) == 1 else f"{run[0]}{glyphs.to}{run[-1]}" for run in runs)


def _wrapped(keys: Sequence[FootKey], widths: Sequence[int], room: int) -> list[list[FootKey]]:
    rows: list[list[FootKey]] = [[]]
    used = 0
    for key, width in zip(keys, widths, strict=True):
        if rows[-1] and used + 2 + width > room:
            rows.append([])
        used = used + 2 + width if rows[-1] else width
        rows[-1].append(key)
    return rows


def _line(keys: Sequence[FootKey], gap: int) -> Line:
    spans: list[Span] = []
    for number, key in enumerate(keys):
        spans.append(Span(TEXT, " " * gap if number else " "))
        does = [Span(ASIDE, f" {key.does}", key.action)] if key.does else []
        spans += [Span(STRONG, key.name, key.action), *does]
    return tuple(spans)
