"""The foot of a page: the keys that work there, each with what it does."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fibrocheck.asking.contract import GO_ON, Page
from fibrocheck.asking.screen.actions import (
    BACK,
    CHOOSE,
    FORWARD,
    HIDE,
    LANGUAGE,
    LISTEN,
    MENU,
    MENU_KEYS,
    PRESS,
    WHY,
    Action,
    choose,
    press,
)
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.pages.text_layout import ASIDE, BLANK, STRONG, TEXT, Line, Span, cells
from fibrocheck.pages.voice import Voice

_MAX_ROWS = 2
_USUAL_COLUMNS = 80
_MIN_GAP, _MAX_GAP = 2, 4
"""The columns between keys: the most that fit, and the least if the keys do not fit on one or two rows."""


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

    def question(
        self, page: Page, keys: str, *, several: bool, keeps: bool, hints: bool = True
    ) -> tuple[Line, ...]:
        """Return the foot of a question whose answers have these keys.

        `several` may be marked. `keeps` if there is something to go on with. Without `hints` it is as low as
        can be: what the options show too is left out.
        """
        choosing = self.marking_keys(keys) if several else self.choosing_keys(keys)
        lines = self.rows([*(choosing if hints else []), *self.ways(page, keeps=keeps)])
        most = lines
        if page.largest:
            most = self.question(page.largest, keys, several=several, keeps=keeps, hints=hints)
        elif several and not keeps:  # the first mark adds a key: nothing moves then
            most = self.question(page, keys, several=several, keeps=True, hints=hints)
        return (*lines, *[BLANK] * (len(most) - len(lines)))

    def reading(self, page: Page) -> tuple[Line, ...]:
        """Return the foot of a page that is only read: with Enter if that takes no other row."""
        enter = FootKey(self.voice.say(self.voice.content.words.enter_key), page.go_on, choose(GO_ON))
        ways = self.ways(page)
        with_enter = self.rows([*ways, enter] if self.columns < _USUAL_COLUMNS else [enter, *ways])
        return with_enter if len(with_enter) == 1 else self.rows(ways)

    def ways(self, page: Page, *, keeps: bool = False) -> list[FootKey]:
        """Return the keys that lead away from a page, with the one that reads it aloud as the last."""
        return [*self.page_keys(page, keeps=keeps), *self.listen_key(page)]

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
            (FootKey("?", say(words.why), WHY), bool(page.why)),
            (FootKey(self.glyphs.forward, say(words.go_on), FORWARD), keeps),
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

    def rows(self, keys: Sequence[FootKey]) -> tuple[Line, ...]:
        """Return the keys on one row; if they do not fit, the hints on one row and the ways on another.

        No key is without its word. Where there is no room for all of them, some are left out, in the same
        order on every page: see `shortened`. Ways of the front desk may take more rows. Below the usual
        width, ways keep their places (see `_in_places`).
        """
        widths = {key: cells(f"{key.name} {key.does}".rstrip()) for key in keys}
        # Hints are reminders of what the pointer and the options show too.
        hints = [key for key in keys if key.action is None or key.action.name == CHOOSE]
        ways = [key for key in keys if key not in hints]
        if self.columns < _USUAL_COLUMNS and PRESS not in {key.action.name for key in ways if key.action}:
            return self._in_places(hints, ways, widths)
        fewer = shortened(ways)
        for rows in ([keys], [*filter(None, (hints, ways))]):
            if gap := self._gap(rows, widths):
                return tuple(_line(row, gap) for row in rows)
        for each in dict.fromkeys((tuple(keys), *fewer)):
            found = _wrapped(each, widths, self._room)
            if len(found) <= _MAX_ROWS:
                break
        return tuple(_line(row, _MIN_GAP) for row in found)

    def _in_places(
        self, hints: Sequence[FootKey], ways: Sequence[FootKey], widths: Mapping[FootKey, int]
    ) -> tuple[Line, ...]:
        """Return the ways that most pages have in the same places of each, and after them those of some.

        Hints have a row above one row of ways, and a hint that is a way too has its end. Where there is no
        room they are left out, and so is what has no room on two rows: Why, which is in the menu.
        """
        of_some = [key for action in (FORWARD, WHY) for key in ways if key.action == action]
        rows = _wrapped([key for key in ways if key not in of_some] or ways, widths, self._room)
        if len(rows) == 1 and not self._fits([*rows[0], *of_some], widths):
            rows = [rows[0], of_some] if len(of_some) > 1 else _wrapped(ways, widths, self._room)
        else:
            self._append(of_some, rows[::-1], widths)
        if len(rows) < _MAX_ROWS:
            self._append([key for key in hints if key.action], rows, widths)
            only_said = [key for key in hints if not key.action]
            rows = [*([only_said] if only_said and self._fits(only_said, widths) else []), *rows]
        return tuple(_line(row, _MIN_GAP) for row in rows)

    def _append(
        self, keys: Sequence[FootKey], rows: Sequence[list[FootKey]], widths: Mapping[FootKey, int]
    ) -> None:
        """Append each key to the first of the rows that has room for it."""
        for key in keys:
            if row := next((each for each in rows if self._fits([*each, key], widths)), None):
                row.append(key)

    def _fits(self, row: Sequence[FootKey], widths: Mapping[FootKey, int]) -> bool:
        return sum([widths[key] for key in row]) + _MIN_GAP * (len(row) - 1) <= self._room

    def _gap(self, rows: Sequence[Sequence[FootKey]], widths: Mapping[FootKey, int]) -> int:
        """Return the most columns between the keys with which each of these rows fits; 0 if one does not."""
        spare = [(self._room - sum([widths[key] for key in row])) // max(len(row) - 1, 1) for row in rows]
        gap = min(_MAX_GAP, *spare)
        return gap if gap >= _MIN_GAP else 0

    @property
    def _room(self) -> int:
        return self.columns - 2


def seen_at_foot(page: Page | None) -> Page | None:
    """Return what the foot of a page depends on: the page without the texts above it."""
    if page is None:
        return None
    bare = page._replace(
        section="", position="", ask="", term="", groups=(), note="", place="", progress=(0, 0)
    )
    return bare._replace(why="?" if page.why else "", largest=seen_at_foot(page.largest))


def _wrapped(keys: Sequence[FootKey], widths: Mapping[FootKey, int], room: int) -> list[list[FootKey]]:
    """Return keys in as few rows as they need, the last with more than one key if there is room for it."""
    rows: list[list[FootKey]] = []
    used = room
    for key in keys:
        used += _MIN_GAP + widths[key]
        if used > room:
            rows.append([])
            used = widths[key]
        rows[-1].append(key)
    if len(rows) > 1 and len(rows[-1]) == 1 and _MIN_GAP + used + widths[rows[-2][-1]] <= room:
        rows[-1].insert(0, rows[-2].pop())
    return rows


def shortened(keys: Sequence[FootKey]) -> list[tuple[FootKey, ...]]:
    """Return the ways of a foot, then without what goes first, then without what goes next.

    First Why, which is in the menu of a visit: what goes on may be rows below in a list that scrolls. Then
    the arrow that goes on. What leads back, opens the menu, hides the page, changes its language or reads it
    aloud stays. The front desk's menu has no Why, but its way on is always in sight.
    """
    is_of_desk = PRESS in {key.action.name for key in keys if key.action}
    without = ((), (FORWARD,), (FORWARD,)) if is_of_desk else ((), (WHY,), (WHY, FORWARD))
    return [tuple([key for key in keys if key.action not in left_out]) for left_out in without]


def key_ranges(keys: str, glyphs: Glyphs) -> str:
    """Return the keys of options as they are named at the foot: "1–5", or "1–9 a–c"."""
    digits, letters = (sorted(filter(kind, keys)) for kind in (str.isdigit, str.isalpha))
    runs = [run for run in (digits, letters) if run]
    return " ".join(run[0] if len(run) == 1 else f"{run[0]}{glyphs.to}{run[-1]}" for run in runs)


def _line(keys: Sequence[FootKey], gap: int) -> Line:
    spans: list[Span] = []
    for number, key in enumerate(keys):
        spans.append(Span(TEXT, " " * gap if number else " "))
        does = [Span(ASIDE, f" {key.does}", key.action)] if key.does else []
        spans += [Span(STRONG, key.name, key.action), *does]
    return tuple(spans)
