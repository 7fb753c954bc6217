"""What holds on every page of every kind: it ends in time, nothing is out of reach, nothing erases twice."""

import io
import os
from collections.abc import Callable, Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size as TerminalSize
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking import lines as lines_module
from fibrocheck.asking.contract import SKIP, Option, OtherWay, Page
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.screen import app as app_module
from fibrocheck.asking.screen.aside import menu_page
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout, Size, SoFar
from fibrocheck.asking.stopping import stop_page
from fibrocheck.asking.switching import layout_for
from fibrocheck.content.model import Content
from fibrocheck.errors import IDLE_TOO_LONG, VisitEnded
from fibrocheck.pages.text_layout import Paragraph
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.pages import answer_options, question_page
from tests.asking.test_pages import CONTENT, every_page

ANSWERS = [Option("yes", "Yes"), Option("no", "No"), Option(SKIP, "Skip")]
QUESTION = Page("Part", ask="Question?", why="Because.", id="question")
TEXT = Page("Part", groups=((Paragraph("Text."),),), go_on="Go on", id="text")
MENU, WHY, HIDE, STOP, STAFF, TO_LINES = "0", "?", "\x1b", "\x03", "\x1b[24~", "0\0006"
Ask = Callable[[ScreenAsker | PlainAsker], object]
PAGES: dict[str, Ask] = {
    "a question": lambda asker: asker.choose(QUESTION, ANSWERS),
    "several": lambda asker: asker.choose_many(QUESTION, ANSWERS[:2]),
    "a text": lambda asker: asker.read(TEXT),
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second pass in no time."""
    monkeypatch.setattr(lines_module, "_TICK", 0.01)
    monkeypatch.setattr(app_module, "_TICK", 0.01)


class Lock:
    """A staff code that is never locked."""

    def seconds_to_wait(self) -> float:
        """Return that it can be tried now."""
        return 0

    def opens(self, code: str) -> bool:
        """Return whether it is the right one."""
        return code == "desk42"


class Screen(DummyOutput):
    """A screen of any size, which may change."""

    def __init__(self) -> None:
        self.size = TerminalSize(rows=24, columns=80)

    def get_size(self) -> TerminalSize:
        """Return its size now."""
        return self.size


def clock_of(step: float) -> Callable[[], float]:
    """Return a clock on which this many seconds pass between one look and the next."""
    seconds: Iterator[float] = (number * step for number in range(1_000_000))
    return lambda: next(seconds)


def played(ask: Ask, keys: list[str], timer: IdleTimer, *, small: bool = False) -> object:
    """Press keys on a page, each after it was drawn; then make the window too small, or press nothing."""
    screen, left = Screen(), list(keys)
    with (
        create_pipe_input() as keyboard,
        create_app_session(input=keyboard, output=screen),
        ScreenAsker(CONTENT, "en", Glyphs(), timer, Lock()) as asker,
    ):
        app = asker._app

        def go_on(_: object) -> None:
            if app._requested.done():
                return
            if left:
                keyboard.send_text(left.pop(0))
            elif small:
                screen.size = TerminalSize(rows=24, columns=20)
                app._application.invalidate()

        app._application.after_render += go_on
        return ask(asker)


@pytest.mark.parametrize("keys", ["", MENU, WHY, HIDE, STAFF, STAFF + "\0a", TO_LINES], ids=repr)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_screen_is_erased_in_time(name: str, keys: str) -> None:
    """Also the pages that open over it."""
    timer = IdleTimer(60, 45, clock=clock_of(100))
    with pytest.raises(VisitEnded) as ended:
        played(PAGES[name], [*filter(None, keys.split("\0"))], timer)
    assert ended.value.exit_code == IDLE_TOO_LONG


@pytest.mark.parametrize("keys", ["", MENU, WHY, HIDE, STAFF, STAFF + "\0a", TO_LINES], ids=repr)
@pytest.mark.parametrize("name", PAGES)
def test_a_window_grown_too_small_leads_to_plain_lines_from_every_page(name: str, keys: str) -> None:
    """Also from the pages that open over it."""
    timer = IdleTimer(1_000_000, 45, clock=clock_of(0.01))
    reply = played(PAGES[name], [*filter(None, keys.split("\0"))], timer, small=True)
    assert isinstance(reply, OtherWay)


@pytest.mark.parametrize("lines", ["", "q\n", "?\n", "l x\n", "f12\n", "f12\nwrong\n"], ids=repr)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_plain_mode_is_erased_in_time(name: str, lines: str) -> None:
    """Also while a staff code or a confirmation is waited for; a line that is begun is no sign of life."""
    source, target = os.pipe()
    os.write(target, f"{lines}1".encode())
    timer = IdleTimer(60, 45, clock=clock_of(30))
    with os.fdopen(source, encoding="utf-8") as stream, pytest.raises(VisitEnded) as ended:
        PAGES[name](PlainAsker(CONTENT, "en", stream, io.StringIO(), timer=timer, staff_code=Lock()))
    os.close(target)
    assert ended.value.exit_code == IDLE_TOO_LONG


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("size", [Size(80, 24), Size(60, 20), Size(40, 12), Size(160, 50)], ids=str)
def test_tapping_again_where_stop_was_does_not_confirm_it(size: Size, large: bool) -> None:
    """Nor does the key that chose it, on any page in any language."""
    for language in CONTENT.languages:
        layout = LayoutBuilder(CONTENT, language, size, Glyphs(), large)
        voice = Voice(CONTENT, language)
        stop = layout.question(*stop_page(voice))
        for page, options in (
            (QUESTION, ANSWERS),
            (TEXT, ANSWERS[:1]),
            (TEXT._replace(can_go_back=False), ANSWERS[:1]),
        ):
            menu = layout.question(*menu_page(page, options, voice))
            assert not rows_of(menu, "leave") & rows_of(stop, "leave")
            assert key_of(menu, "leave") != key_of(stop, "leave")


@pytest.mark.parametrize("size", [Size(80, 24), Size(100, 30), Size(160, 50)], ids=str)
def test_the_menu_of_the_areas_is_without_the_body(size: Size) -> None:
    """What is drawn beside a page belongs to its options."""
    voice, areas = Voice(CONTENT, "en"), CONTENT.question("pain-areas")
    page = question_page(voice, areas, CONTENT.questions)
    options = answer_options(voice, areas, [choice.id for choice in areas.choices])
    layout = layout_for(CONTENT, "en", size, Glyphs())
    assert layout.question(page, options, SoFar(marked=frozenset())).beside
    assert not layout.question(*menu_page(page, options, voice)).beside


def rows_of(page: PageLayout, option_id: str) -> set[int]:
    """Return the rows of the screen on which a click chooses an option."""
    row, rows = len(page.top), set()
    for option in page.options:
        start = row + len(option.heading)
        row += option.height
        if option.id == option_id:
            rows = set(range(start, row))
    return rows


def key_of(page: PageLayout, option_id: str) -> str:
    """Return the key of an option."""
    return next(option.key for option in page.options if option.id == option_id)


def test_every_page_offers_the_other_language(content: Content) -> None:
    """But the choice of language itself, and the pages that open over another page."""
    other = {"en": "Español", "es": "English"}
    without = {
        "language",
        "why",
        "menu",
        "hidden",
        "stop",
        "line-by-line",
        "idle-warning",
        "busy",
        "staff-code",
    }
    for language in content.languages:
        layout = LayoutBuilder(content, language, Size(80, 24), Glyphs())
        for name, draw in every_page(language).items():
            foot = "".join(span.text for line in draw(layout)[0].foot for span in line)
            assert (other[language] in foot) is (name not in without), name
