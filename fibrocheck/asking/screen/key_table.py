"""Which key does what on every page, besides the keys of its options."""

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
STEPS = {Keys.Up: -1, Keys.BackTab: -1, "-": -1, Keys.Down: 1, "+": 1}
"""`+` and `-` because a keypad has no arrows while Num Lock is on."""

SELECT = (Keys.Enter, Keys.ControlJ, " ", "*")
"""`*` because a keypad has no space bar; Space because it is one of two switches."""

ERASES_TYPED = {Keys.Left, Keys.Backspace, Keys.Delete}
MAX_TYPED = 40
"""The characters of a typed text that are kept: more than the longest staff code has."""


def typed_after(key: str, typed: str) -> str | None:
    """Return a typed text after one more key; `None` if the key has nothing to do with text."""
    if key in ERASES_TYPED:
        return typed[:-1]
    return (typed + key)[:MAX_TYPED] if len(key) == 1 else None
