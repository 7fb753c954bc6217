"""When the screen and the answers hide, how staff come back, and a day that staff type."""

import io
import re
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input

from fibrocheck.asking.contract import Key, Option, Page
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.glance import Problem
from fibrocheck.desk.in_tray import Group, Step
from fibrocheck.desk.scanner import Why
from fibrocheck.desk.staff import ANSWERS_FOR, HIDE_AFTER, Staff
from fibrocheck.pages.voice import Voice
from fibrocheck.reception import finding_page, program, rows
from fibrocheck.reception.contract import Closed, Pressed, Typed
from fibrocheck.reception.desk_app import DeskApp
from fibrocheck.reception.lock import DeskTimer, Lock
from fibrocheck.reception.pages import EMERGENCY, initials_page
from fibrocheck.reception.place import Place
from fibrocheck.reception.plain import DeskPlain
from fibrocheck.reception.screen import DeskScreen
from fibrocheck.reception.typed_days import days_meant
from tests.asking.driving import _TallOutput
from tests.desk.lists import CONTENT
from tests.reception.driving import place_in

TODAY = date(2026, 11, 25)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def test_answers_are_shown_for_a_while_whatever_is_pressed() -> None:
    """Keys do not prolong it."""
    clock = Clock()
    timer = DeskTimer(clock)
    timer.show_answers()
    clock.now = ANSWERS_FOR - 1
    timer.touch()
    assert not timer.is_due()
    clock.now = ANSWERS_FOR
    with pytest.raises(Closed):
        timer.is_due()
    assert not timer.is_due()


def test_the_screen_hides_after_two_minutes_without_a_key() -> None:
    """And not before."""
    clock = Clock()
    timer = DeskTimer(clock)
    clock.now = HIDE_AFTER - 1
    assert not timer.is_due()
    clock.now = HIDE_AFTER
    assert timer.is_due()


@pytest.mark.parametrize("pin", ["", "4711"])
def test_line_by_line_the_screen_comes_back_with_the_pin(pin: str) -> None:
    """Or with any line where none was set; what was typed while it was hidden is no answer."""
    clock, back = Clock(), list[str]()
    lock = Lock(lambda: back.append("back"), clock)
    lock.staff = Staff("MR", pin, 0.0, computer="front")
    lines = ["1", "0815", pin, "XY"] if pin else ["anything", "XY"]
    out = io.StringIO()
    typed = io.StringIO("".join(f"{each}\n" for each in lines))
    asker = DeskPlain(CONTENT, "en", typed, out, lock=lock, is_scan=lambda _: False)
    asker.come_back()
    assert asker.write(initials_page(Voice(CONTENT, "en"))) == Typed("XY")
    assert back == ["back"]


def test_the_key_of_the_emergency_words_is_no_part_of_the_pin_that_brings_the_screen_back() -> None:
    """It does nothing there: a patient may stand before the screen."""
    clock, back, pages = Clock(), list[str](), list[str]()
    keys = ["47!", "11\r"]
    with create_pipe_input() as terminal, create_app_session(input=terminal, output=_TallOutput()):
        lock = Lock(lambda: back.append("back"), clock)
        lock.staff = Staff("MR", "4711", 0.0, computer="front")
        with DeskScreen(CONTENT, "en", Glyphs(), DeskTimer(clock), lock, large=False) as screen:
            app, show = cast(DeskApp, screen._app), screen._app.show

            def watched(*arguments: Any, **options: Any) -> Any:
                pages.append(app._page.id)
                terminal.send_text(keys.pop(0))
                return show(*arguments, **options)

            app.show = watched  # type: ignore[method-assign] # to see what is shown
            screen.come_back()
    assert back == ["back"]
    assert {*pages} == {"desk-locked"}


def test_the_emergency_words_are_there_before_a_patient_gets_the_screen() -> None:
    """Staff type that PIN, perhaps with somebody on the line."""
    replies: list[Pressed | Typed] = [Pressed(EMERGENCY, text="47"), Typed("4711")]
    read: list[str] = []

    class Asker:
        language = "en"

        def write(self, page: Page, **_: object) -> Pressed | Typed:
            assert any(each.key == EMERGENCY and each.does for each in page.keys)
            return replies.pop(0)

        def read(self, page: Page, **_: object) -> None:
            read.append(page.id)

    place = place_in(None, lambda *_: Asker())
    assert program._pin(place) == "4711"
    assert read == ["desk-emergency"]


def refusals() -> set[str]:
    """Return the names of the desk's words that say what is wrong, as its pages use them."""
    found: set[str] = set()
    for module in Path(rows.__file__).parent.glob("*.py"):
        calls = re.findall(r"problem\(([^()]*)\)", module.read_text(encoding="utf-8"))
        found |= {name for call in calls for name in re.findall(r"words\.desk\.(\w+)", call)}
    return found


def test_what_says_that_something_is_wrong_says_what_to_do_too() -> None:
    """A second sentence does, in every language."""
    words = CONTENT.words.desk
    texts = [getattr(words, name) for name in refusals()]
    assert len(texts) > 10
    texts += [finding_page._why_text(cast(Place, SimpleNamespace(content=CONTENT)), each) for each in Why]
    texts += [words.misheard, words.no_number, words.search_stopped, words.pin_wrong, words.not_understood]
    texts += [words.print_stopped, words.problem_how, words.code_corrected]
    for text in texts:
        for language in CONTENT.languages:
            assert len(re.findall(r"[.?!](?: |$)", text[language])) > 1, text[language]


NEXT = TODAY + timedelta(days=1)
TWELFTH = date(2026, 12, 11), date(2026, 11, 12)
DECEMBER = date(2026, 12, 1), date(2026, 1, 12)


@pytest.mark.parametrize(
    ("typed", "english", "spanish"),
    [
        ("", [TODAY], [TODAY]),
        ("2026-12-01", [date(2026, 12, 1)], [date(2026, 12, 1)]),
        ("2026/12/1", [date(2026, 12, 1)], [date(2026, 12, 1)]),
        ("11/27/2026", [date(2026, 11, 27)], [date(2026, 11, 27)]),
        ("27/11/2026", [date(2026, 11, 27)], [date(2026, 11, 27)]),
        ("27.11.26", [date(2026, 11, 27)], [date(2026, 11, 27)]),
        ("11-20", [date(2026, 11, 20)], [date(2026, 11, 20)]),
        ("1/1", [date(2027, 1, 1)], [date(2027, 1, 1)]),
        ("1/5", [date(2027, 1, 5)], [date(2027, 5, 1), date(2027, 1, 5)]),
        ("12/11/2026", [date(2026, 12, 11)], [*TWELFTH]),
        ("12/1/2026", [date(2026, 12, 1)], [*DECEMBER]),
        ("1/12/2026", [*DECEMBER], [*DECEMBER]),
        ("1/30/2026", [date(2026, 1, 30)], [date(2026, 1, 30)]),
        ("tomorrow", [NEXT], [NEXT]),
        ("Mañana", [NEXT], [NEXT]),
        ("ayer", [TODAY - timedelta(days=1)], [TODAY - timedelta(days=1)]),
        ("2-30", [], []),
        ("13/13/2026", [], []),
        ("Friday", [], []),
    ],
)
def test_the_day_of_an_appointment(typed: str, english: list[date], spanish: list[date]) -> None:
    """As people write days in each language; what can be read in two ways is both, what is past last."""
    assert [*days_meant(typed, TODAY, Voice(CONTENT, "en"))] == english
    assert [*days_meant(typed, TODAY, Voice(CONTENT, "es"))] == spanish


def test_everything_has_words(folder: Folder) -> None:
    """Every problem, step and reason, in every language."""
    place = Place(CONTENT, Voice(CONTENT, "en"), None, DeskTimer(), Lock(lambda: None), folder=folder)  # type: ignore[arg-type] # nothing is asked
    words = CONTENT.words
    texts = [
        *(rows.problem_text(each, words) for each in Problem),
        *(rows._step(each, words) for each in Step),
        *(finding_page._why_text(place, each) for each in Why),
        *(getattr(words.desk, each.name.lower()) for each in Group),
    ]
    assert all(text[language] for text in texts for language in CONTENT.languages)


@pytest.mark.parametrize("pin", ["", "4711"])
def test_the_screen_hides_on_a_page_that_is_shown_anew_all_the_time(pin: str) -> None:
    """Such as the start page; the key that brings it back, and the PIN, do nothing else there."""
    clock, back = Clock(), list[str]()
    shown: list[str] = []
    with create_pipe_input() as terminal, create_app_session(input=terminal, output=_TallOutput()):
        timer, lock = DeskTimer(clock), Lock(lambda: back.append("back"), clock)
        lock.staff = Staff("MR", pin, 0.0, computer="front")
        page = initials_page(Voice(CONTENT, "en"))._replace(refreshes=5, keys=(Key("1"),))
        with DeskScreen(CONTENT, "en", Glyphs(), timer, lock, large=False) as screen:
            app, show = screen._app, screen._app.show

            def watched(*arguments: Any, **options: Any) -> Any:
                shown.append("hidden" if lock.staff and lock.staff._is_hidden else "page")
                if len(shown) == 1:
                    clock.now = HIDE_AFTER
                elif shown[-1] == "hidden":
                    terminal.send_text("4711\r" if pin else "1")
                else:
                    terminal.send_text("1")
                return show(*arguments, **options)

            app.show = watched  # type: ignore[method-assign] # to see what is shown
            assert screen.ask(page, [Option("row", "A row", is_row=True)]) == Pressed("1", "row")
    assert shown == ["page", "hidden", "page"]
    assert back == ["back"]
