"""The screen's own pages, shown in the middle of a visit: why, menu, hidden, idle, staff code, busy."""

from collections.abc import Sequence

from fibrocheck.asking.contract import GO_ON, Option, Page
from fibrocheck.asking.screen.actions import BACK, LEAVE, SWITCH, WHY
from fibrocheck.pages.text_layout import Heading, Paragraph
from fibrocheck.pages.voice import Voice

MORE_TIME = "more-time"
"""The id of the option that prolongs the longest visit."""

PageAndOptions = tuple[Page, Sequence[Option]]


def why_page(page: Page, voice: Voice) -> Page:
    """Return the page that says why a question is asked."""
    words = voice.content.words
    groups = ((Heading(page.ask),), (Paragraph(page.why),))
    return Page(voice.say(words.why), groups=groups, go_on=voice.say(words.go_on), id="why")


def menu_page(page: Page, voice: Voice) -> PageAndOptions:
    """Return the menu of a page: `GO_ON`, and every action of the page's foot by its name."""
    words = voice.content.words
    offers = (
        (GO_ON, words.go_on, True),
        (BACK.name, words.back, page.can_go_back),
        (WHY.name, words.why, bool(page.why)),
        (SWITCH.name, words.line_by_line, True),
        (LEAVE.name, words.stop_and_erase, True),
    )
    options = [Option(name, voice.say(text)) for name, text, is_offered in offers if is_offered]
    menu = page._replace(ask=voice.say(words.more), term="", why="", can_hide=False, waits=False, id="menu")
    return menu, options


def hidden_page(voice: Voice) -> PageAndOptions:
    """Return the page that hides the answers: go on, or leave."""
    words = voice.content.words
    return _bare_page("hidden", voice.say(words.hidden)), (
        _go_on(voice),
        Option(LEAVE.name, voice.say(words.stop_and_erase)),
    )


def idle_page(seconds: int, voice: Voice) -> PageAndOptions:
    """Return the idle warning; the answers are erased in `seconds`."""
    words = voice.content.words
    page = _bare_page("idle-warning", voice.say(words.still_there))
    erased_in = voice.say_seconds(words.erased_in_one, words.erased_in, seconds)
    return page._replace(term=erased_in), (_go_on(voice),)


def last_call_page(seconds: int, voice: Voice, *, may_prolong: bool) -> PageAndOptions:
    """Return the warning before the end of the longest visit; the answers are erased in `seconds`."""
    words = voice.content.words
    page = _bare_page("last-call", voice.say(words.time_is_short))
    ends_in = voice.say_seconds(words.time_ends_in_one, words.time_ends_in, seconds)
    more_time = [Option(MORE_TIME, voice.say(words.more_time))] if may_prolong else []
    return page._replace(term=ends_in), (*more_time, _go_on(voice))


def staff_code_page(typed: str, voice: Voice) -> PageAndOptions:
    """Return the page that asks for the staff code, with an asterisk for each character typed."""
    ask = voice.say(voice.content.words.staff_code)
    page = Page("", ask=ask, term="*" * len(typed), can_go_back=False, id="staff-code")
    return page, (_go_on(voice),)


def busy_page(message: str) -> Page:
    """Return the page that shows a message and asks nothing."""
    return _bare_page("busy", message)


def _bare_page(name: str, ask: str) -> Page:
    return Page("", ask=ask, can_go_back=False, can_hide=False, id=name)


def _go_on(voice: Voice) -> Option:
    return Option(GO_ON, voice.say(voice.content.words.go_on))
