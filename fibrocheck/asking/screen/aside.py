"""The screen's own pages, shown in the middle of a visit: why, menu, hidden, idle, staff code, busy."""

from collections.abc import Sequence

from fibrocheck.asking.aloud import ReadAloud
from fibrocheck.asking.contract import GO_ON, SKIP, Option, Page
from fibrocheck.asking.screen.actions import BACK, FORWARD, LANGUAGE, LEAVE, LISTEN, SETTINGS, SWITCH, WHY
from fibrocheck.pages.text_layout import Heading, Paragraph
from fibrocheck.pages.voice import Voice

MORE_TIME = "more-time"
"""The id of the option that prolongs the longest visit."""

PageAndOptions = tuple[Page, Sequence[Option]]


def why_page(page: Page, voice: Voice) -> Page:
    """Return the page that says why a question is asked."""
    words = voice.content.words
    groups = ((Heading(page.ask),), (Paragraph(page.why),))
    return Page(
        voice.say(words.why),
        groups=groups,
        go_on=voice.say(words.go_on),
        kept=page.kept,
        can_change_language=False,
        id="why",
    )


def menu_page(
    page: Page, options: Sequence[Option], voice: Voice, aloud: ReadAloud | None = None
) -> PageAndOptions:
    """Return the menu of a page: `GO_ON`, every action of the page's foot, and how to go on without answer.

    `aloud` says whether pages can be read aloud, and whether they are now: then the way to change how it
    sounds comes early. Stopping is the third or a later choice, so that its key is not the
    one that confirms it.
    """
    words = voice.content.words
    is_heard = aloud is not None and aloud.reader is not None
    listens = aloud is not None and aloud.is_offered
    offers = [
        (GO_ON, voice.say(words.to_the_page), True),
        (LISTEN.name, voice.say(words.aloud), is_heard),
        (BACK.name, voice.say(words.page_before), page.can_go_back),
        (WHY.name, voice.say(words.why), bool(page.why)),
        *((option.id, option.label, True) for option in options if option.id == SKIP),
        (FORWARD.name, voice.say(words.go_on), options[-1].id == GO_ON and len(options) > 1),
        (LANGUAGE.name, voice.language_offer, page.offers(voice.other_languages)),
        (LISTEN.name, voice.say(words.aloud), listens and not is_heard),
        (SWITCH.name, voice.say(words.line_by_line), True),
        (SETTINGS.name, voice.say(words.settings), True),
        (LEAVE.name, voice.say(words.stop_and_erase), True),
    ]
    menu = page._replace(
        section="",
        position="",
        place="",
        ask=voice.say(words.more),
        term="",
        groups=(),
        note="",
        why="",
        can_go_back=True,
        can_hide=False,
        waits=False,
        can_change_language=False,
        acts=True,
        shows_body=False,
        id="menu",
    )
    return menu, [Option(name, label) for name, label, is_offered in offers if is_offered]


def line_by_line_page(voice: Voice) -> PageAndOptions:
    """Return the page before plain mode, where taps do nothing: the keyboard has to lead there."""
    words = voice.content.words
    page = _bare_page("line-by-line", voice.say(words.keys_needed))._replace(can_go_back=True)
    return page, (
        Option(GO_ON, voice.say(words.to_the_page)),
        Option(SWITCH.name, voice.say(words.line_by_line)),
    )


def hidden_page(voice: Voice) -> PageAndOptions:
    """Return the page that hides the answers until any key is pressed."""
    words = voice.content.words
    page = _bare_page("hidden", voice.say(words.hidden))
    return page._replace(term=voice.say(words.hidden_how)), (_go_on(voice),)


def message_page(message: str, voice: Voice) -> PageAndOptions:
    """Return the page that shows a message until any key is pressed."""
    return _bare_page("message", message), (_go_on(voice),)


def idle_page(seconds: int, voice: Voice, *, undelivered: bool = False) -> PageAndOptions:
    """Return the idle warning; the answers, or the list that no one has yet, are erased in `seconds`."""
    words = voice.content.words
    page = _bare_page("idle-warning", voice.say(words.still_there))
    answers, a_list = (words.erased_in_one, words.erased_in), (words.list_erased_in_one, words.list_erased_in)
    erased_in = voice.say_seconds(*(a_list if undelivered else answers), seconds)
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
    return page._replace(can_change_language=False), (_go_on(voice),)


def busy_page(message: str) -> Page:
    """Return the page that shows a message and asks nothing."""
    return _bare_page("busy", message)


def _bare_page(name: str, ask: str) -> Page:
    return Page("", ask=ask, can_go_back=False, can_hide=False, can_change_language=False, id=name)


def _go_on(voice: Voice) -> Option:
    return Option(GO_ON, voice.say(voice.content.words.go_on))
