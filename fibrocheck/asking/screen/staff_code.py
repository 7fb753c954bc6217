"""How staff type their code on the full screen."""

import math
from collections.abc import Callable

from fibrocheck.asking.contract import GO_ON, StaffLock
from fibrocheck.asking.screen.actions import HIDE, IDLE, PRESS, TOO_SMALL, choose
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.aside import staff_code_page
from fibrocheck.asking.screen.key_table import MAX_TYPED
from fibrocheck.asking.screen.keypad import ERASE, with_keypad
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import PageLayout, Size
from fibrocheck.asking.screen.settling import with_cursor_after
from fibrocheck.asking.screen.view import View
from fibrocheck.errors import STAFF_LEFT, VisitEnded
from fibrocheck.pages.voice import Voice

_NOTHING = "_"
"""What stands for the characters before the first one, so that the keypad stays in its place."""


def ask_staff_code(
    app: ScreenApp, layout: Callable[[Size], LayoutBuilder], voice: Voice, code: StaffLock, *, touch: bool
) -> str:
    """Ask for the staff code; the right one ends the kiosk. Return what to say about any other.

    With `touch`, there is a keypad on the screen.
    """
    words = voice.content.words
    if seconds := math.ceil(code.seconds_to_wait()):
        return voice.say_seconds(words.staff_wait_one, words.staff_wait, seconds)
    typed = type_staff_code(app, layout, voice, touch=touch)
    if typed is None:
        return ""
    if code.opens(typed):
        raise VisitEnded(STAFF_LEFT)
    return voice.say(words.staff_wrong)


def type_staff_code(
    app: ScreenApp, layout: Callable[[Size], LayoutBuilder], voice: Voice, *, touch: bool
) -> str | None:
    """Return the code typed, or `None` if the page was left. `layout` lays pages out for a size."""

    def lay_out(size: Size) -> PageLayout:
        page, options = staff_code_page(app.typed or "", voice)
        builder = layout(size)
        if touch:
            page = page._replace(term=page.term or _NOTHING, can_hide=False)  # a key leads back
        shown = builder.question(page, options)
        if touch:
            return with_keypad(shown, size.columns, voice, builder.glyphs)
        return with_cursor_after(shown, page.term)

    typed = ""
    while True:
        event = app.show(View(lay_out, typed=typed), fresh=False)
        typed = event.typed or ""
        if event.action == ERASE:
            typed = typed[:-1]
        elif event.action.name == PRESS:
            typed = (typed + event.action.id)[:MAX_TYPED]
        elif event.action in {HIDE, IDLE, TOO_SMALL}:
            return None
        elif event.action == choose(GO_ON):
            return typed
