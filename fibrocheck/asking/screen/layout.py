"""Where everything stands on a full-screen page, worked out as lines for any size of terminal.

Pure: sizes and words in, lines out. The screen paints them; so does the opening page, before the
libraries that read keys are loaded.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from fibrocheck.asking.contract import GO_ON, Option, Page
from fibrocheck.content.model import Content, Text
from fibrocheck.pages.text_layout import (
    ACCENT,
    AGAIN,
    BLANK,
    MEASURE,
    QUIET,
    STRONG,
    TEXT,
    Line,
    Span,
    cells,
    paginate,
    wrap,
)
from fibrocheck.pages.voice import Voice

CHOOSE = "choose:"
"""Before the id of a choice: `choose:most-days` asks for that choice."""

ENTER, BACK, WHY, HIDE, MORE, LEAVE, SWITCH, TOO_SMALL, STAFF, TYPED, IDLE, TICK = (
    "enter",
    "back",
    "why",
    "hide",
    "more",
    "leave",
    "switch",
    "too-small",
    "staff",
    "typed",
    "idle",
    "tick",
)
"""What else can be asked for on a page, by a key, a click, the terminal or the clock."""

HOTKEYS = "1234567890abcdefghijklmnopqrstuvwxyz"
"""The key of each choice, in order."""

MORE_KEY = "0"
"""Opens a page with everything else that can be done, so that digits alone reach it. On a page with
ten choices or more it is the key of the tenth."""

OTHER_MORE_KEYS = ".,"
"""Open that page too, on a page of any length: the key beside 0 on a keypad of digits."""

POINTER_COLUMNS = 3
_VALUE_GAP = 2


class Size(NamedTuple):
    """A terminal's size in character cells."""

    columns: int
    rows: int


FLOOR = Size(columns=34, rows=11)
"""The smallest screen that shows a question with some of its choices; plain mode below it."""


class Glyphs(NamedTuple):
    """The signs of the frame, in what the terminal's font and encoding can show."""

    pointer: str = "❯"
    rule: str = "─"
    arrows: str = "↑↓"
    back: str = "←"
    mark: str = "→"
    to: str = "–"


ASCII_GLYPHS = Glyphs(pointer=">", rule="-", arrows="Up/Down", back="<-", mark="->", to="-")


class OptionLines(NamedTuple):
    """One choice as it stands on the page, and the heading above it, if any."""

    id: str
    heading: tuple[str, ...]
    lines: tuple[Line, ...]


class Frame(NamedTuple):
    """One page laid out: lines above the choices, the choices, lines at the foot.

    `option_rows` is how many rows the choices get: where they need more, they scroll.
    """

    margin: int
    top: tuple[Line, ...]
    options: tuple[OptionLines, ...]
    option_rows: int
    foot: tuple[Line, ...]

    @property
    def rows_needed(self) -> int:
        """How many rows all the choices need."""
        return sum(len(each.heading) + len(each.lines) for each in self.options)

    @property
    def scrolls(self) -> bool:
        """Whether the choices need more rows than they get."""
        return self.rows_needed > self.option_rows

    def choices_ahead(self, place: int, direction: int) -> int:
        """How many choices from one on, down (1) or up (-1), fill the rows of choices; at least one."""
        ahead = self.options[place + 1 :] if direction > 0 else self.options[:place][::-1]
        room = self.option_rows
        for count, option in enumerate(ahead):
            room -= len(option.heading) + len(option.lines)
            if room < 0:
                return max(count, 1)
        return max(len(ahead), 1)

    @property
    def foot_actions(self) -> list[str]:
        """The actions that can be focused at the foot, in order."""
        actions = (span.action for line in self.foot for span in line)
        return list(dict.fromkeys(action for action in actions if action and not action.startswith(CHOOSE)))


class _Spacing(NamedTuple):
    """How much air a page gets; the first spacing in which everything fits is taken."""

    rules: bool
    above_ask: int
    above_term: int
    above_options: int


_ROOMY = _Spacing(rules=True, above_ask=1, above_term=1, above_options=1)
_CLOSE = _Spacing(rules=True, above_ask=0, above_term=0, above_options=1)
_TIGHT = _Spacing(rules=True, above_ask=0, above_term=0, above_options=0)
_BARE = _Spacing(rules=False, above_ask=0, above_term=0, above_options=0)
_SPACINGS = (_ROOMY, _CLOSE, _TIGHT, _BARE)
_LARGE_MEASURE = 48  # columns
_MOST_FOOT_ROWS = 2
_ROOMY_ROWS = 20
"""From this height on, a text to read is set with air around it too."""


class _Key(NamedTuple):
    """A key named at the foot, what it does, and the action that a click on it starts."""

    name: str
    does: str
    action: str = ""


class Layout(NamedTuple):
    """The look shared by all pages of a visit: who asks, in which words, signs and size.

    `large` for fewer words a line, and an empty line before each choice where there is room.
    """

    content: Content
    language: str
    size: Size
    glyphs: Glyphs
    large: bool = False

    @property
    def margin(self) -> int:
        """The empty columns at either side."""
        return 3 if self.size.columns >= 60 else 1  # noqa: PLR2004 - a wide screen can spare three

    @property
    def text_width(self) -> int:
        """The columns that running text gets."""
        return min(_LARGE_MEASURE if self.large else MEASURE, self.size.columns - 2 * self.margin)

    def question(
        self, page: Page, options: Sequence[Option], marked: frozenset[str] | None = None, notice: str = ""
    ) -> Frame:
        """A question above its choices; `marked` are those marked so far where several may be."""
        ask = [*self._text(notice, ACCENT), *self._text(page.ask, STRONG)]
        term = self._text(page.term, QUIET)
        foot = self._question_foot(page, len(options), many=marked is not None)
        lines = self._options(options, marked)
        if self.large:
            apart = tuple(each._replace(heading=(*each.heading, "")) for each in lines)
            roomy = self._framed(page, [*ask, *([BLANK, *term] if term else [])], apart, foot, _ROOMY)
            if not roomy.scrolls:
                return roomy
        tried = [
            self._framed(
                page, [*ask, *([BLANK] * spacing.above_term if term else []), *term], lines, foot, spacing
            )
            for spacing in _SPACINGS
        ]
        scrolling = tried[_SPACINGS.index(_CLOSE)] if self.size.rows >= _ROOMY_ROWS else tried[-1]
        return next((frame for frame in tried if not frame.scrolls), scrolling)

    def message(self, page: Page) -> Frame:
        """A page that says one thing and asks nothing: its one choice gets no row."""
        options = self._options([Option(GO_ON, page.go_on)], None)
        frame = self._framed(page, self._text(page.ask, STRONG), options, (), _ROOMY)
        return frame._replace(option_rows=0)

    def screenfuls(self, page: Page) -> list[list[Line]]:
        """A text in portions that each fit above the choice that goes on."""
        return self._set(page)[1]

    def reading(self, page: Page, number: int) -> Frame:
        """One screenful of a text, counted from 0."""
        return self._one_of(page, number, *self._set(page))

    def reading_at(self, page: Page, place: int) -> Frame:
        """The screenful of a text in which a place is."""
        spacing, screenfuls = self._set(page)
        return self._one_of(page, screenful_at(screenfuls, place), spacing, screenfuls)

    def _one_of(self, page: Page, number: int, spacing: _Spacing, screenfuls: list[list[Line]]) -> Frame:
        if len(screenfuls) > 1:
            page = self._numbered(page, number + 1, len(screenfuls))
        return self._reading(page, screenfuls[number], spacing)

    def _set(self, page: Page) -> tuple[_Spacing, list[list[Line]]]:
        """The text in screenfuls: on one, with the most air that allows it, or else on several."""
        for spacing in _SPACINGS:
            screenfuls = self._screenfuls(page, spacing)
            if len(screenfuls) == 1:
                return spacing, screenfuls
        several = _ROOMY if self.size.rows >= _ROOMY_ROWS else _BARE
        # The page numbers may take a line of the header, and the other choice one more row.
        widest = max((self._numbered(page, n, 10) for n in (1, 10)), key=lambda p: cells(p.go_on))
        return several, self._screenfuls(widest, several)

    def _screenfuls(self, page: Page, spacing: _Spacing) -> list[list[Line]]:
        frame = self._reading(page, [BLANK], spacing)
        return paginate(page.groups, self.text_width, max(frame.option_rows - frame.rows_needed + 1, 1))

    def _numbered(self, page: Page, number: int, total: int) -> Page:
        """The page as one of several screenfuls; only the last one has the page's own way on."""
        words = self.content.words
        position = self._say(words.screenful, number=number, total=total)
        go_on = page.go_on if number == total else self._say(words.go_on)
        return page._replace(position=position, go_on=go_on)

    def _reading(self, page: Page, text: Sequence[Line], spacing: _Spacing) -> Frame:
        options = self._options([Option(GO_ON, page.go_on)], None)
        return self._framed(page, list(text), options, self._foot(self._reading_keys(page)), spacing)

    def _question_foot(self, page: Page, count: int, *, many: bool) -> tuple[Line, ...]:
        foot = self._foot(
            self._question_keys(page, count, self._say(self.content.words.space_key), many=many)
        )
        if many and len(foot) > 1:
            # The space bar is the key that people try anyway.
            return self._foot(self._question_keys(page, count, many=many))
        return foot

    def _question_keys(self, page: Page, count: int, space: str = "", *, many: bool) -> list[_Key]:
        words, glyphs = self.content.words, self.glyphs
        enter, digits = self._say(words.enter_key), choice_keys(count, glyphs)
        if many:
            keys = [
                _Key(" ".join(filter(None, (glyphs.mark, space, digits))), self._say(words.key_mark)),
                _Key(enter, self._say(words.go_on), ENTER),
            ]
        else:
            keys = [
                _Key(f"{glyphs.arrows} {enter}", self._say(words.key_choose)),
                _Key(digits, self._say(words.key_choose_at_once)),
            ]
        return [*keys, *self._page_keys(page, count)]

    def _reading_keys(self, page: Page) -> list[_Key]:
        enter = _Key(self._say(self.content.words.enter_key), page.go_on, CHOOSE + GO_ON)
        return [enter, *self._page_keys(page, 1)]

    def _page_keys(self, page: Page, count: int) -> list[_Key]:
        words = self.content.words
        back = _Key(self.glyphs.back, self._say(words.back), BACK)
        why = _Key("?", self._say(words.why), WHY)
        hide = _Key(self._say(words.escape_key), self._say(words.hide), HIDE)
        more_key = MORE_KEY if count <= HOTKEYS.index(MORE_KEY) else OTHER_MORE_KEYS[0]
        more = _Key(more_key, self._say(words.more), MORE)
        shown = (
            (back, page.can_go_back),
            (why, bool(page.why)),
            (hide, page.can_hide),
            (more, page.can_hide),
        )
        return [key for key, is_shown in shown if is_shown]

    def _say(self, text: Text, **values: object) -> str:
        return Voice(self.content, self.language).say(text, **values)

    def _framed(
        self,
        page: Page,
        text: list[Line],
        options: tuple[OptionLines, ...],
        foot: tuple[Line, ...],
        spacing: _Spacing,
    ) -> Frame:
        rule = [self._rule()] if spacing.rules else []
        above = [BLANK] * spacing.above_ask
        below = [BLANK] * spacing.above_options if text else []
        shifted = [_indented(line, self.margin) for line in text]
        top = (*self._header(page), *rule, *above, *shifted, *below)
        bottom = (*rule, *foot)
        return Frame(self.margin, top, options, self.size.rows - len(top) - len(bottom), bottom)

    def _header(self, page: Page) -> list[Line]:
        where = f"{page.section}  {page.position}".rstrip()
        room = self.size.columns - 2 - cells(where)
        clinic = self.content.clinic.name
        if cells(clinic) + 2 > room:
            return [(Span(ACCENT, f" {row}"),) for row in wrap(where, self.size.columns - 2)]
        gap = Span(TEXT, " " * (room - cells(clinic)))
        return [(Span(QUIET, f" {clinic}"), gap, Span(ACCENT, where))]

    def _rule(self) -> Line:
        return (Span(QUIET, " " + self.glyphs.rule * (self.size.columns - 2)),)

    def _text(self, text: str, style: str) -> list[Line]:
        return [(Span(style, row),) for row in wrap(text, self.text_width)] if text else []

    def _options(self, options: Sequence[Option], marked: frozenset[str] | None) -> tuple[OptionLines, ...]:
        width = self.size.columns - 2 * self.margin - POINTER_COLUMNS
        if self.margin == 1 and any(option.value for option in options):
            width -= 1  # a long list has a sign at its edge, which the values should not touch
        return tuple(
            _option_lines(option, key, width, marked) for key, option in zip(HOTKEYS, options, strict=False)
        )

    def _foot(self, keys: Sequence[_Key]) -> tuple[Line, ...]:
        """The keys on one line, as far apart as they can be; on two where they must."""
        room = self.size.columns - 2
        for gap in (4, 3, 2):
            if sum(_key_width(key) for key in keys) + gap * (len(keys) - 1) <= room:
                return (_key_line(keys, gap),)
        rows: list[list[_Key]] = [[]]
        for key in keys:
            if rows[-1] and sum(_key_width(each) + 2 for each in [*rows[-1], key]) - 2 > room:
                rows.append([])
            rows[-1].append(key)
        told_only = [key for key in keys if not key.action]
        if len(rows) > _MOST_FOOT_ROWS and told_only:
            # Keys that cannot be clicked only remind: the pointer and the numbers show them too.
            return self._foot([key for key in keys if key is not told_only[0]])
        return tuple(_key_line(row, 2) for row in rows)


def place_of(screenfuls: Sequence[Sequence[Line]], number: int) -> int:
    """Where a screenful begins: the letters before it, which no width and no height changes."""
    return sum(map(_letters, screenfuls[:number]))


def screenful_at(screenfuls: Sequence[Sequence[Line]], place: int) -> int:
    """The number of the screenful in which a place is."""
    begins = accumulate(map(_letters, screenfuls[:-1]), initial=0)
    return bisect_right(list(begins), place) - 1


def _letters(lines: Sequence[Line]) -> int:
    spans = (span for line in lines for span in line if span.style != AGAIN)
    return sum(len("".join(span.text.split())) for span in spans)


def choice_keys(count: int, glyphs: Glyphs) -> str:
    """The keys that choose at once, as they are named at the foot: "1–5", or "1–9 0 a–c"."""
    runs = (HOTKEYS[:9], HOTKEYS[9:10], HOTKEYS[10:])
    starts = (0, 9, 10)
    used = [run[: count - start] for run, start in zip(runs, starts, strict=True) if count > start]
    return " ".join(run if len(run) == 1 else f"{run[0]}{glyphs.to}{run[-1]}" for run in used)


def _option_lines(option: Option, key: str, width: int, marked: frozenset[str] | None) -> OptionLines:
    heading = ("", *wrap(option.heading, width)) if option.heading else ()
    return OptionLines(option.id, heading, _label_lines(option, key, width, marked))


def _label_lines(option: Option, key: str, width: int, marked: frozenset[str] | None) -> tuple[Line, ...]:
    box = "" if marked is None else ("[x] " if option.id in marked else "[ ] ")
    lead = f"{key}  {box}"
    action = f"choose:{option.id}"
    room = width - len(lead)
    space = room - cells(option.label) - cells(option.value)
    if option.value and space >= _VALUE_GAP:
        return ((Span(TEXT, f"{lead}{option.label}{' ' * space}{option.value}", action),),)
    label = [*wrap(option.label, room), *(f"  {row}" for row in wrap(option.value, room - 2) if option.value)]
    leads = [lead, *[" " * len(lead)] * (len(label) - 1)]
    return tuple((Span(TEXT, before + row, action),) for before, row in zip(leads, label, strict=True))


def _indented(line: Line, margin: int) -> Line:
    return (Span(TEXT, " " * margin), *line) if line else BLANK


def _key_width(key: _Key) -> int:
    return cells(f"{key.name} {key.does}")


def _key_line(keys: Sequence[_Key], gap: int) -> Line:
    spans: list[Span] = []
    for number, key in enumerate(keys):
        spans.append(Span(TEXT, " " * gap if number else " "))
        spans += [Span(STRONG, key.name, key.action), Span(QUIET, f" {key.does}", key.action)]
    return tuple(spans)
