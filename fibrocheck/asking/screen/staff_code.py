"""How staff type their code on the full screen."""

import math
from collections.abc import Callable

from fibrocheck.asking.contract import GO_ON, StaffLock
from fibrocheck.asking.screen.actions import HIDE, IDLE, TOO_SMALL, choose
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.aside import staff_code_page
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import PageLayout, Size
from fibrocheck.asking.screen.view import View
from fibrocheck.errors import STAFF_LEFT, VisitEnded
from fibrocheck.pages.voice import Voice


def message_after_code(
    app: ScreenApp, layout: Callable[[Size], LayoutBuilder], voice: Voice, code: StaffLock
) -> str:
    """Ask for the staff code, which ends the kiosk if it is right; return what to say if it is not.

    Nothing is to be said if the page was left. Raise `VisitEnded` for the right code.
    """
    words = voice.content.words
    if seconds := math.ceil(code.seconds_to_wait()):
        return voice.say_seconds(words.staff_wait_one, words.staff_wait, seconds)
    typed = _typed_code(app, layout, voice)
    if typed is None:
        return ""
    if code.opens(typed):
        raise VisitEnded(STAFF_LEFT)
    return voice.say(words.staff_wrong)


def _typed_code(app: ScreenApp, layout: Callable[[Size], LayoutBuilder], voice: Voice) -> str | None:
    """Return the code typed, or `None` if the page was left. `layout` lays pages out for a size."""

    def lay_out(size: Size) -> PageLayout:
        page, options = staff_code_page(app.typed or "", voice)
        return layout(size).question(page, options)

    typed = ""
    while True:
        event = app.show(View(lay_out, typed=typed), fresh=False)
        typed = event.typed or ""
        if event.action in {HIDE, IDLE, TOO_SMALL}:
            return None
        if event.action == choose(GO_ON):
            return typed
