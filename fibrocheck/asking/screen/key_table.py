"""Which key does what on every page, besides the keys of its options."""

from operator import methodcaller

from prompt_toolkit.keys import Keys

from fibrocheck.asking.screen.actions import BACK, FORWARD, HIDE, LEAVE, LISTEN, STAFF, SWITCH, WHY

ACTION_OF_KEY = {
    Keys.Left: BACK,
    Keys.Right: FORWARD,
    Keys.Backspace: BACK,
    Keys.Delete: BACK,
    "?": WHY,
    Keys.Escape: HIDE,
    Keys.ControlC: LEAVE,
    Keys.F2: SWITCH,
    Keys.F4: LISTEN,
    Keys.F12: STAFF,
}
_UP, _DOWN = (methodcaller("step", step, among_options=True) for step in (-1, 1))
MOVES = {
    Keys.Up: _UP,
    Keys.BackTab: _UP,
    "-": _UP,
    Keys.Down: _DOWN,
    "+": _DOWN,
    Keys.Home: methodcaller("go_to_end", -1),
    Keys.End: methodcaller("go_to_end", 1),
    Keys.PageUp: methodcaller("turn_page", -1),
    Keys.PageDown: methodcaller("turn_page", 1),
}
"""How keys move the focus in the windows of a page. `+` and `-` because a keypad has no arrows while Num Lock
is on."""

MOVES_HEARD = {**MOVES, Keys.Down: methodcaller("step", 1)}
"""The same for a person who listens: it is said when the arrow leaves the options, and nothing is missed."""

SELECT = (Keys.Enter, Keys.ControlJ, " ", "*")
"""`*` because a keypad has no space bar; Space because it is one of two switches."""

ERASES_TYPED = {Keys.Left, Keys.Backspace, Keys.Delete}
MAX_TYPED = 40
"""The characters of a typed text that are kept: more than the longest staff code has."""


def typed_after(key: str, typed: str, *, is_selected: bool = False) -> str | None:
    """Return a typed text after one more key; `None` if the key has nothing to do with text.

    A character takes the place of a text that `is_selected`.
    """
    if key == Keys.ControlU:
        return ""
    if key in ERASES_TYPED:
        return typed[:-1]
    before = "" if is_selected else typed
    return (before + key)[:MAX_TYPED] if len(key) == 1 else None
