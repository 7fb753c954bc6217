"""The ways at the foot of a wide page as boxes in rows."""

from collections.abc import Sequence
from typing import NamedTuple

from fibrocheck.asking.contract import Page
from fibrocheck.asking.screen.actions import FORWARD, HIDE, LANGUAGE, LISTEN, MENU, WHY, Action
from fibrocheck.asking.screen.boxes import EDGES, Box, beside_each_other
from fibrocheck.asking.screen.foot import Foot, FootKey, shortened
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.pages.text_layout import ASIDE, BLANK, QUIET, STRONG, TEXT, Line, Span, cells

BOX_GAP = 2
"""The empty columns between boxes beside each other."""

_MAX_FOOT_BOX = 26

TALL = 36
"""From this many rows on, there is room above the header, and for the keys in words below the boxes."""

_MANY = 44
"""From this many rows on, more than one row of boxes at the foot leaves enough for the page."""

LOW = 28
"""Below this many rows, the foot is text."""

_ALWAYS = {HIDE, MENU, LANGUAGE, LISTEN}
"""The ways that every page of a visit has at its foot."""

_ROWS = 1 + EDGES
"""The rows of a box at the foot."""

_TRIES = (2, BOX_GAP), (1, BOX_GAP), (1, 1)
"""The columns in a box at the foot beside its text, and between boxes, for one row of them."""


def wrapped(boxes: Sequence[Box], room: int, gap: int = BOX_GAP) -> list[list[Box]]:
    """Return boxes in as few rows as they need."""
    rows: list[list[Box]] = []
    for box in boxes:
        used = sum(each.width + gap for each in rows[-1]) if rows else room
        if used + box.width > room:
            rows.append([])
        rows[-1].append(box)
    return rows


def _box(key: FootKey, action: Action, pad: int) -> Box:
    """Return a key of the foot as a box, with empty columns at either side of its text."""
    name = Span(STRONG if key.does else TEXT, key.name)
    does = [Span(TEXT, f" {key.does}")] if key.does else []
    line = (name, *does)
    return Box(action, (line,), sum(cells(span.text) for span in line) + 2 * pad + EDGES)


def _filled(key: FootKey, action: Action, pad: int) -> Box:
    """Return a key of the foot as a box with as many empty columns at its left as at its right."""
    box = _box(key, action, pad)
    return _centred(box, box.width)


def _gap_between(boxes: Sequence[Box], room: int) -> int:
    """Return the empty columns between the boxes of a row: fewer if that makes them fit."""
    width = sum(box.width for box in boxes)
    return BOX_GAP if width + BOX_GAP * (len(boxes) - 1) <= room else 1


def _lines(rows: Sequence[Sequence[Box]], room: int, glyphs: Glyphs) -> list[Line]:
    """Return rows of boxes that fill the column as lines, with an empty line between."""
    lines: list[Line] = []
    for row in rows:
        filled = _evenly(row, room)
        lines += [*([BLANK] if lines else []), *beside_each_other(filled, glyphs, _gap_between(filled, room))]
    return lines


def _at_both_ends(
    boxes: Sequence[Box], places: Sequence[Box], room: int, gap: int, glyphs: Glyphs
) -> list[Line]:
    """Return a row of boxes: those that have a place at the right edge there, the others at the left.

    A place whose box is not there stays blank.
    """
    have = {box.action: box for box in boxes}
    right = [have.get(each.action, each) for each in places]
    left = [box for box in boxes if box not in right]
    sides = ([*beside_each_other(each, glyphs, gap)] if each else [BLANK] * _ROWS for each in (left, right))
    used = sum([box.width + gap for box in (*left, *right)]) - gap * bool(left) - gap * bool(right)
    between, there = Span(TEXT, " " * (room - used)), {None, *have}
    return [
        (*before, between, *[each if each.action in there else _blank(each) for each in after])
        for before, after in zip(*sides, strict=True)
    ]


def _blank(span: Span) -> Span:
    return Span(TEXT, " " * cells(span.text))


def _evenly(boxes: Sequence[Box], room: int) -> list[Box]:
    """Return boxes that fill the column, or are all as wide as is pleasant; their text is in the middle."""
    room -= _gap_between(boxes, room) * (len(boxes) - 1)
    width = min(room // len(boxes), _MAX_FOOT_BOX)
    if all(box.width <= width for box in boxes):
        widths = [width] * len(boxes)
    else:
        more = (room - sum(box.width for box in boxes)) // len(boxes)
        widths = [box.width + more for box in boxes]
    if width < _MAX_FOOT_BOX:
        widths[-1] += room - sum(widths)
    return [_centred(box, each) for box, each in zip(boxes, widths, strict=True)]


def _centred(box: Box, width: int) -> Box:
    (line,) = box.lines
    space = (width - EDGES - sum(cells(span.text) for span in line)) // 2
    return box._replace(lines=((Span(TEXT, " " * space), *line),), width=width)


class BoxedFoot(NamedTuple):
    """The foot of a wide page, on a terminal with so many rows."""

    foot: Foot
    rows: int

    @property
    def column(self) -> int:
        """The columns of the page."""
        return self.foot.columns - 2

    def lines(self, page: Page, choosing: str, *, keeps: bool, several: bool) -> tuple[Line, ...]:
        """Return the ways at the foot as boxes; as text if they would take too many rows.

        A page that changes has as many rows as its largest form has, some of them empty.
        """
        foot, glyphs = self.foot, self.foot.glyphs
        largest = page.largest or page
        rule: Line = (Span(QUIET, glyphs.rule * self.column),)
        above = [BLANK] if self.rows >= TALL else []
        if self.rows >= LOW and (in_place := self._in_place(page, keeps=keeps)):
            return (*above, rule, *in_place, *self._in_words(choosing, several=several))
        rows = self._ways(page, keeps=keeps)
        most = self._ways(largest, keeps=keeps) if page.largest else rows
        if self.rows < LOW or (len(most) > 1 and self.rows < _MANY):
            lines = foot.rows(foot.ways(page, keeps=keeps))
            room = len(foot.rows(foot.ways(largest, keeps=keeps))) - len(lines)
            return (rule, *(line[1:] for line in lines), *[BLANK] * room)
        boxes = _lines(rows, self.column, glyphs)
        room = len(_lines(most, self.column, glyphs)) - len(boxes) if page.largest else 0
        return (*above, rule, *[BLANK] * room, *boxes, *self._in_words(choosing, several=several))

    def _in_place(self, page: Page, *, keeps: bool) -> list[Line]:
        """Return the ways of a visit's page as one row, each where it is on every page; none without room.

        What comes and goes is at the left, the rest at the right.
        """
        if page.keys:
            return []
        keys = self.foot.ways(page, keeps=keeps)
        fullest = page._replace(can_go_back=True, can_hide=True, can_change_language=True, why="?", id="")
        every = self.foot.ways(fullest, keeps=True)
        pad, gap, has_both = self._usual(every)
        left_out = WHY if not has_both and any(key.action == FORWARD for key in keys) else None
        boxes = [_filled(key, key.action, pad) for key in keys if key.action and key.action != left_out]
        places = [_filled(key, key.action, pad) for key in every if key.action and key.action in _ALWAYS]
        lines = _at_both_ends(boxes, places, self.column, gap, self.foot.glyphs)
        return lines if keys and self._fits(boxes, gap) else []

    def _usual(self, every: Sequence[FootKey]) -> tuple[int, int, bool]:
        """Return the columns in boxes and between them with which the ways of each page fit on one row.

        And whether Why has room beside the arrow that goes on. `every` are the ways of all pages.
        """
        widths = {key.action: cells(f"{key.name} {key.does}".rstrip()) + EDGES for key in every if key.action}
        most, alone = sum(widths.values()), min(widths[WHY], widths[FORWARD])
        for has_both, used, boxes in ((True, most, len(widths)), (False, most - alone, len(widths) - 1)):
            for pad, gap in _TRIES:
                if used + 2 * pad * boxes + gap * (boxes - 1) <= self.column:
                    return pad, gap, has_both
        return pad, gap, False

    def _fits(self, boxes: Sequence[Box], gap: int) -> bool:
        return sum(box.width + gap for box in boxes) - gap <= self.column

    def _ways(self, page: Page, *, keeps: bool) -> list[list[Box]]:
        """Return the ways at the foot as boxes in rows: in one, also if that leaves out the first to go.

        On a low screen, where more rows would be text, so do the next (see `shortened`).
        """
        tries = shortened(self.foot.ways(page, keeps=keeps))
        whole, *fewer = dict.fromkeys(tries[:2] if self.rows >= _MANY else tries)
        rows = self._in_rows(whole)
        if len(rows) <= 1:
            return rows
        return next((each for each in map(self._in_rows, fewer) if len(each) <= 1), rows)

    def _in_rows(self, keys: Sequence[FootKey]) -> list[list[Box]]:
        """Return the keys as boxes in one row if they fit, otherwise in as few as they need."""
        found: list[list[list[Box]]] = []
        for pad, gap in _TRIES:
            boxes = [_box(key, key.action, pad) for key in keys if key.action]
            found.append(wrapped(boxes, self.column, gap))
            if len(found[-1]) <= 1:
                return found[-1]
        return found[1]

    def _in_words(self, choosing: str, *, several: bool) -> tuple[Line, ...]:
        """Return the keys that choose, in words, if there is room for them."""
        if self.rows < TALL:
            return ()
        if not choosing:
            return (BLANK,)  # so that what is above stands where it does on other pages
        keys = self.foot.marking_keys(choosing) if several else self.foot.choosing_keys(choosing)
        text = "   ".join(f"{key.name} {key.does}" for key in keys)
        return ((Span(ASIDE, text),),) if cells(text) <= self.column else (BLANK,)
