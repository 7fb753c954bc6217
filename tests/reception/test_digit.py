"""What a digit costs on the page of a call, and on a patient's page. Calls are counted, not time."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from cProfile import Profile
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout, Rows
from fibrocheck.asking.screen.page_layout import Size as ScreenSize
from fibrocheck.asking.screen.view import View
from fibrocheck.asking.switching import layout_for
from fibrocheck.desk.caller import Caller
from fibrocheck.desk.scanner import PAUSE
from fibrocheck.pages.voice import Voice
from fibrocheck.reception import call_pages
from fibrocheck.reception.contract import Pressed
from fibrocheck.reception.desk_app import DeskApp
from fibrocheck.reception.lock import DeskTimer, Lock
from fibrocheck.reception.screen import DeskScreen
from fibrocheck.visit.pages import answer_options, question_page
from tests.desk.lists import CONTENT

VOICE = Voice(CONTENT, "en")
KEYS, ROUNDS = 4, 3


@contextmanager
def pressing(make: Callable[[], Any], size: Size) -> Iterator[Any]:
    """Have a key pressed once on each page, when it was drawn and what was pressed before is no scan."""
    output = Vt100_Output(io.StringIO(), lambda: size, term="xterm-256color", enable_cpr=False)
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=output), make() as asker:
        app, answered = asker._app, list[View]()

        def press(_: object) -> None:
            if isinstance(app, DeskApp) and app._pace.waiting:
                app._loop.call_later(PAUSE, press, None)
            elif app._view and app._view not in answered:
                answered.append(app._view)
                keyboard.send_text("1")

        app._application.after_render += press
        yield asker


def calls_of(press: Callable[[], object]) -> int:
    """Return how many calls a key takes: the fewest of several, as a busy machine adds some of its own."""
    press()  # loads what every key needs
    found = []
    for _ in range(KEYS):
        profile = Profile()
        profile.runcall(press)
        found.append(sum(each.callcount for each in profile.getstats()))
    return min(found)


def calls_at_the_desk(size: Size) -> int:
    """Return what a digit takes on the page of a call, from the page to what it answers."""
    timer, lock = DeskTimer(lambda: 0.0), Lock(lambda: None, lambda: 0.0)
    caller = Caller(CONTENT)
    largest = call_pages.largest_page(caller, VOICE, VOICE)
    with pressing(lambda: DeskScreen(CONTENT, "en", Glyphs(), timer, lock, large=False), size) as asker:

        def digit() -> None:
            page, options = call_pages.call_page(caller, VOICE, VOICE, largest, title="Call", position="A-17")
            reply = asker.ask(page._replace(continues=True), options, caller.focus)
            assert reply == Pressed("1", caller.focus)
            caller.press("1")

        return calls_of(digit)


def calls_of_a_patient(size: Size) -> int:
    """Return what a digit takes on a patient's page, from the page to the key that answers it."""
    with pressing(
        lambda: ScreenAsker(CONTENT, "en", Glyphs(), IdleTimer(), layouts=layout_for), size
    ) as asker:
        questions = iter(CONTENT.symptoms)

        def digit() -> None:
            question = next(questions)
            options = answer_options(VOICE, question, [each.id for each in question.choices])
            asker.choose(question_page(VOICE, question, CONTENT.questions), options)

        return calls_of(digit)


@pytest.mark.parametrize(
    ("size", "at_most", "at_most_of_a_patient"),
    [(Size(24, 80), 5_500, 6_800), (Size(50, 160), 7_900, 12_900), (Size(12, 40), 5_500, 6_800)],
    ids=str,
)
def test_a_digit_costs_few_calls(size: Size, at_most: int, at_most_of_a_patient: int) -> None:
    """5,400 and 6,300 at the usual size, of 22,600 and 10,600 before this was counted.

    Counted several times: on a busy machine the loop wakes up more often, and draws more than once.
    """
    assert min(calls_at_the_desk(size) for _ in range(ROUNDS)) < at_most
    assert min(calls_of_a_patient(size) for _ in range(ROUNDS)) < at_most_of_a_patient


def test_a_digit_lays_out_the_rows_that_it_changes() -> None:
    """The line that it answers, those that it adds, and Done, which says how many are open.

    The others stay, and all are what they would be.
    """
    caller = Caller(CONTENT)
    layout = LayoutBuilder(CONTENT, "en", ScreenSize(80, 24), Glyphs(), rows=Rows())
    largest = call_pages.largest_page(caller, VOICE, VOICE)

    def shown(rows: Rows | None) -> PageLayout:
        page, options = call_pages.call_page(caller, VOICE, VOICE, largest, title="", position="")
        return layout._replace(rows=rows).question(page, options)

    first = shown(layout.rows)
    before = {each.id: each.lines for each in first.options}
    caller.press("1")
    after = shown(layout.rows)
    assert after == shown(None)
    changed = {each.id for each in after.options if before.get(each.id) is not each.lines}
    added = {each.id for each in after.options if each.id not in before}
    assert changed == {CONTENT.symptoms[0].id, after.options[-1].id, *added}
    assert after.foot[-1] is first.foot[-1], "the foot says the same of both lines: it was kept"
