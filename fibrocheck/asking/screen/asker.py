"""The full screen: one page at a time, answered by keys, clicks or taps."""

import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from fibrocheck.asking.aloud import ReadAloud
from fibrocheck.asking.contract import (
    GO_ON,
    SKIP,
    Chosen,
    GoBack,
    LanguageChosen,
    Looks,
    Option,
    OtherWay,
    Page,
    Reply,
    Setting,
    StaffLock,
)
from fibrocheck.asking.idle import Announcements, IdleTimer
from fibrocheck.asking.languages import change_language
from fibrocheck.asking.screen.actions import (
    BACK,
    FORWARD,
    HIDE,
    IDLE,
    INVITE,
    LANGUAGE,
    LEAVE,
    LISTEN,
    MENU,
    SETTINGS,
    STAFF,
    SWITCH,
    TOO_SMALL,
    WHY,
    Action,
    choose,
)
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.aside import (
    MORE_TIME,
    busy_page,
    hidden_page,
    idle_page,
    last_call_page,
    line_by_line_page,
    menu_page,
    message_page,
    why_page,
)
from fibrocheck.asking.screen.drawing import Drawing, Layouts
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.listening import Listening
from fibrocheck.asking.screen.page_layout import NOTHING_YET, Glyphs, SoFar
from fibrocheck.asking.screen.staff_code import ask_staff_code
from fibrocheck.asking.screen.view import View
from fibrocheck.asking.settings import ROWS, change_settings, rows_of
from fibrocheck.asking.stopping import ERASE, stop_page
from fibrocheck.content.model import Content
from fibrocheck.errors import VisitEnded
from fibrocheck.pages.text_layout import Line, offset_at_end, offset_of, screenful_at

BRIEFLY = 8.0
"""Seconds for which a brief message is shown."""

_SETTLES = 2.0
"""Seconds in which a page that settles takes no key."""

_OPENS_OTHER_PAGE = {WHY, HIDE, MENU, LEAVE, STAFF, IDLE, LISTEN, INVITE}
"""After these actions the person sees another page, and then the first one as if it were new."""

_Answer = Action | GoBack | OtherWay
_Aside = tuple[Page, Sequence[Option]]


class ScreenAsker(Drawing):
    """Asks on the full screen. Use as a context manager, which restores the terminal at the end."""

    def __init__(
        self,
        content: Content,
        language: str,
        glyphs: Glyphs,
        timer: IdleTimer | None = None,
        staff_code: StaffLock | None = None,
        *,
        large: bool = False,
        layouts: Layouts = LayoutBuilder,
        looks: Looks | None = None,
        aloud: ReadAloud | None = None,
    ) -> None:
        """Prepare to ask in one of the content's languages, and to read aloud if the person wants it.

        With a staff code, only F12 and the code leave the program. `layouts` chooses what lays pages out.
        `looks`: what the person has chosen already; without them, `large` counts.
        """
        listening = Listening(aloud or ReadAloud(), lambda: self._voice)
        super().__init__(
            content,
            language,
            glyphs,
            timer or IdleTimer(),
            listening,
            layouts=layouts,
            looks=looks or Looks(large=large),
        )
        self._staff_code = staff_code
        self.settings = list(ROWS)
        """What makes the rows of the settings, each time they are shown."""
        self._app = self._new_app(glyphs)
        self._app.looks = self.looks

    def _new_app(self, glyphs: Glyphs) -> ScreenApp:
        return ScreenApp(glyphs, self._timer, locked=self._staff_code is not None, listening=self._listening)

    def __enter__(self) -> Self:
        """Start to use the terminal."""
        self._app.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Restore the terminal."""
        self._app.__exit__(kind, error, trace)

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply | OtherWay:
        """Have one of the options chosen, with the focus on the answer so far, or where a list starts."""
        kept = options[-1].id if options[-1].is_way_on else current
        is_answered = not (options[-1].is_way_on or page.acts)
        so_far = SoFar(current if is_answered else None, keeps=kept is not None and not page.acts)
        first = self._said_first(page, options, self._app.size)
        if first and (reply := self.read(first)) != Chosen((GO_ON,)):
            return reply
        if page.settles:  # without its options for a moment, in which keys are dropped
            self._app.flash(View(self._settling(page, options)), _SETTLES)
        view = View(
            self._question(page, options, so_far),
            self._listening.first_focus(options, current),
            waits=page.waits or page.closes_in > 0,
            invites=page.waits and self._listening.aloud.invites,
        )
        answer = self._answer(page, options, view, so_far=so_far, forward=kept)
        return Chosen((answer.id,)) if isinstance(answer, Action) else answer

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply | OtherWay:
        """Have any number of the options chosen, with the ones chosen so far marked."""
        marked, focus, detour, skipped = current - {SKIP}, None, None, SKIP in current
        while True:
            rows = [*options, self._last_row(is_marked=bool(marked))]
            so_far = SoFar(SKIP if skipped and not marked else None, marked, keeps=bool(marked) or skipped)
            view = View(self._question(page, rows, so_far), focus, detour, waits=page.waits)
            forward = rows[-1].id if so_far.keeps else None
            ids = tuple(option.id for option in options if option.id in marked)
            try:
                answer = self._answer(page, rows, view, fresh=focus is None, so_far=so_far, forward=forward)
            except LanguageChosen as chosen:
                chosen.ids = ids
                raise
            if isinstance(answer, GoBack | OtherWay):
                return GoBack(ids) if isinstance(answer, GoBack) else OtherWay(ids)
            if not answer.is_choice:  # one of the page's own keys, before what is marked so far
                return Chosen((answer.id, *ids))
            if answer.id in {SKIP, GO_ON}:
                return Chosen(ids or (SKIP,))
            marked, focus = marked ^ {answer.id}, answer
            self._listening.marked(answer.id, is_marked=answer.id in marked)
            detour = choose(GO_ON if marked else SKIP)

    def read(self, page: Page, *, at: float = 0.0) -> Reply | OtherWay:
        """Show a text by screenfuls; Back on the first one and going on from the last one end it."""
        length = offset_at_end(self._screenfuls(page)) if at else 0
        offset = round(at * length)
        while True:
            invites = page.waits and self._listening.aloud.invites
            view = View(self._text(page, offset), waits=page.waits, invites=invites)
            shown = page._replace(can_go_back=page.can_go_back or offset > 0)
            ways = (Option(GO_ON, page.go_on), *page.ways)
            try:
                answer = self._answer(shown, ways, view, offset=offset, forward=GO_ON)
            except LanguageChosen as chosen:
                chosen.at = offset / (offset_at_end(self._screenfuls(page)) or 1)
                raise
            if isinstance(answer, OtherWay):
                return answer
            if isinstance(answer, Action) and answer != choose(GO_ON):
                return Chosen((answer.id,))
            # The window may have another size by now, and the text other screenfuls.
            screenfuls = self._screenfuls(page)
            number = screenful_at(screenfuls, offset) + (-1 if isinstance(answer, GoBack) else 1)
            if number < 0 and page.can_go_back:
                return GoBack()
            if number >= len(screenfuls):
                return Chosen((GO_ON,))
            offset = offset_of(screenfuls, max(number, 0))

    def tell(self, message: str) -> None:
        """Show a message at the top of the next page with options."""
        self._notice = message
        self._listening.tell(message)

    def tell_briefly(self, message: str) -> None:
        """Show a message with the next page for `BRIEFLY` seconds, or until a key does something there.

        On a page that is only read, it takes the place of the title.
        """
        self._notice, self._fades_at = message, time.monotonic() + BRIEFLY

    def busy(self, message: str) -> None:
        """Show a message alone on the screen; keys pressed meanwhile are dropped."""
        page = busy_page(message)
        self._listening.warn(message)
        self._app.flash(View(self._message(page)))

    # What answers a page, and what does not

    def _answer(
        self,
        page: Page,
        options: Sequence[Option],
        view: View,
        *,
        fresh: bool = True,
        so_far: SoFar = NOTHING_YET,
        offset: int | None = None,
        forward: str | None = None,
    ) -> _Answer:
        """Show a view until it is answered; menu, Why, Hide and other actions are handled meanwhile.

        `forward` is the id of the option that there is to keep, if any. `offset` is the place in a text.
        """
        first_focus = view.focus
        try:
            while True:
                changes = self._fades_at is not None or page.closes_in > 0
                self._read_aloud(page, options, so_far, offset, fresh=fresh)
                event = self._app.show(view, fresh=fresh, seconds=1 if changes else None)
                self._fade()
                if page.closes_in and self._timer.seconds_until(page.closes_in) == 0:
                    return choose(options[0].id)
                view = view._replace(focus=event.focus, detour=None)
                action = self._listening.meaning(event.action, page, invites=view.invites)
                fresh = action in _OPENS_OTHER_PAGE
                if action == MENU and page.can_hide:
                    action = self._choose_from_menu(page, options)
                if action == FORWARD and forward is not None:
                    action = choose(forward)
                if answer := self._answer_of(page, action):
                    return answer
                self._handle(page, options, action)
                if fresh and self._listening.reader:
                    view = view._replace(focus=first_focus)  # the page is heard from its start again
        finally:
            self._notice, self._fades_at = "", None

    def _answer_of(self, page: Page, action: Action) -> _Answer | None:
        if action.is_choice:
            return action
        if page.can_go_back and (action == BACK or (action == HIDE and not page.can_hide)):
            return GoBack()
        return OtherWay() if action in {SWITCH, TOO_SMALL} else None

    def _handle(self, page: Page, options: Sequence[Option], action: Action) -> None:
        """Handle an action that does not answer the page."""
        if action == WHY and page.why:
            self.read(why_page(page, self._voice))
        elif action == FORWARD and options[-1].id == SKIP:
            self._notice = self._say(self._content.words.choose_or_skip)
            self._listening.warn(self._notice)
        elif action == HIDE and page.can_hide:
            self._until_any_key(hidden_page(self._voice))
        elif action == STAFF and self._staff_code is not None:
            self._ask_staff_code(page, self._staff_code)
        elif action == SETTINGS:
            change_settings(self.choose, self._voice, self._settings_now)
        elif action == LISTEN or (action == INVITE and self._listening.is_invited()):
            self._listen(page)
        elif action == LANGUAGE and page.can_change_language:
            change_language(self._voice, self.choose)
        elif action == IDLE:
            self._warn_idle(undelivered=page.undelivered)
        elif action == LEAVE:
            self._stop(page)

    def _read_aloud(
        self, page: Page, options: Sequence[Option], so_far: SoFar, offset: int | None, *, fresh: bool
    ) -> None:
        """Have a page read; of a text that has several screenfuls, the one at this offset."""
        part, place = None, ""
        if offset is not None and self._listening.reader:
            screenfuls = self._screenfuls(page)
            number = screenful_at(screenfuls, offset)
            part = offset_of(screenfuls, number), offset_of(screenfuls, number + 1)
            if len(screenfuls) > 1:
                words = self._content.words
                place = self._say(words.screenful, number=number + 1, total=len(screenfuls))
        self._listening.shows(page, options, so_far, part=part, place=place, fresh=fresh)

    def _listen(self, page: Page) -> None:
        """Read aloud from now on; if it does so already, have the person change how it sounds."""
        if refusal := self._listening.aloud.listen(self._voice, self.choose):
            self._show_message(page, refusal)

    def _choose_from_menu(self, page: Page, options: Sequence[Option]) -> Action:
        """Return the action chosen in the menu of a page; one that does nothing to return to the page."""
        offered = menu_page(page, options, self._voice, self._listening.aloud)
        self._notice = ""  # it was about the page
        reply = self.choose(*offered)
        if isinstance(reply, OtherWay):
            return SWITCH
        name = reply.ids[0] if isinstance(reply, Chosen) else GO_ON
        if name == SWITCH.name:
            return self._go_line_by_line()
        return choose(SKIP) if name == SKIP else Action(name)

    def _go_line_by_line(self) -> Action:
        """Return `SWITCH` if the keyboard says so: plain mode cannot be left by taps."""
        page, options = line_by_line_page(self._voice)
        switch = options[-1].id
        view = View(self._question(page, options), not_clicked=choose(switch))
        answer = self._answer(page, options, view)
        return SWITCH if isinstance(answer, OtherWay) or answer == choose(switch) else Action(GO_ON)

    def _stop(self, page: Page) -> None:
        """Ask whether to erase the answers. Raise `VisitEnded` if so, or if nobody has begun."""
        if page.waits:
            raise VisitEnded
        erase = choose(ERASE)
        asked = stop_page(self._voice, page.kept)
        view = View(self._question(*asked), not_clicked_at_once=erase)
        while True:
            self._listening.shows(*asked)
            event = self._app.show(view, fresh=True)
            if event.action == erase:
                raise VisitEnded
            if event.action == IDLE:
                self._warn_idle()
            elif event.action != LEAVE:
                return

    def _until_any_key(self, aside: _Aside) -> None:
        """Show a page until a key is pressed, or its option is tapped."""
        page, options = aside
        view = View(self._question(page, options), any_key=True)
        self._listening.shows(page, options)
        while self._app.show(view, fresh=True).action == IDLE:
            self._warn_idle()

    def _warn_idle(self, *, undelivered: bool = False) -> None:
        """Count down to the end of the visit.

        Any key, click or tap continues an idle visit. At the last call the person chooses: more time, or
        to go on without.
        """
        timer, focus, fresh, announcements = self._timer, None, True, Announcements()
        while timer.is_due():
            seconds, is_last_call = timer.seconds_left(), timer.is_last_call
            page_and_options = (
                last_call_page(seconds, self._voice, may_prolong=timer.may_prolong)
                if is_last_call
                else idle_page(seconds, self._voice, undelivered=undelivered)
            )
            if announcements.is_due(seconds):
                self._listening.warns(*page_and_options, with_options=is_last_call)
            view = View(self._question(*page_and_options), focus, any_key=not is_last_call)
            event = self._app.show(view, fresh=fresh and is_last_call, seconds=1)
            focus, fresh = event.focus, False
            if event.action == TOO_SMALL:  # numbered lines warn from here on
                return
            if is_last_call and event.action == choose(MORE_TIME):
                timer.prolong()
            elif is_last_call and event.action == choose(GO_ON):
                timer.dismiss()

    def _settings_now(self) -> list[Setting]:
        sound = self._listening.reader.settings(self.language) if self._listening.reader else ()
        return [*rows_of(self.settings, self._voice, self.looks), *sound]

    def _ask_staff_code(self, page: Page, code: StaffLock) -> None:
        """Ask for the staff code; the right one ends the kiosk, Esc or a wrong one continues the visit."""
        self._notice = ""
        touch = self.looks.touch
        if message := ask_staff_code(self._app, self._layout, self._voice, code, touch=touch):
            self._show_message(page, message)

    def _show_message(self, page: Page, message: str) -> None:
        """Show a message above a question; instead of a page that is read, until a key is pressed."""
        if page.groups:
            self._until_any_key(message_page(message, self._voice))
        else:
            self.tell(message)

    def _screenfuls(self, page: Page) -> list[list[Line]]:
        return self._layout(self._app.size).screenfuls(page)
