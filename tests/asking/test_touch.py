"""Touch: a double tap is one, staff hold a corner and tap their code. And settings, which last a visit."""

import asyncio
import io
from collections.abc import Callable
from contextlib import suppress

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Point
from prompt_toolkit.data_structures import Size as TerminalSize
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking.contract import OWN, SKIP, Chosen, LanguageChosen, Looks, Option, Page
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.screen import clicks
from fibrocheck.asking.screen.actions import Action, action_of, choose, press
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.keypad import ERASE
from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout, Size
from fibrocheck.asking.screen.view import View
from fibrocheck.asking.switching import layout_for
from fibrocheck.errors import STAFF_LEFT, VisitEnded
from fibrocheck.pages.palette import HIGH_CONTRAST
from fibrocheck.pages.text_layout import LARGE_MEASURE, cells
from tests.asking.test_every_page import Lock
from tests.asking.test_pages import CONTENT
from tests.asking.test_wide_layout import actions_of, rows_of
from tests.program.terminal import clicked

QUESTION = Page("Part", ask="Question?", id="question")
ANSWERS = [Option("yes", "Yes"), Option("no", "No"), Option(SKIP, "Skip")]
ANY_VIEW = View(lambda _: PageLayout(0, (), (), 0, ()))
PRESSED, LET_GO = "\x1b[<0;2;1M", "\x1b[<0;2;1m"


class Screen(DummyOutput):
    """A screen of one size."""

    def __init__(self, size: Size) -> None:
        self._size = TerminalSize(rows=size.rows, columns=size.columns)

    def get_size(self) -> TerminalSize:
        """Return its size."""
        return self._size


def played(keys: Callable[[ScreenAsker], list[str]], size: Size, looks: Looks) -> object:
    """Return the reply to a question after keys, each pressed when the page has been drawn."""
    with (
        create_pipe_input() as keyboard,
        create_app_session(input=keyboard, output=Screen(size)),
        ScreenAsker(CONTENT, "en", Glyphs(), None, Lock(), layouts=layout_for, looks=looks) as asker,
    ):
        app, left = asker._app, list[str]()
        begun = False

        def send(_: object) -> None:
            nonlocal begun
            if app._requested.done():
                return
            if not begun:
                begun = True
                left.extend(keys(asker))
            if left:
                keyboard.send_text(left.pop(0))
            else:  # so that a mistake ends the test
                asyncio.get_running_loop().call_later(10, keyboard.close)

        app._application.after_render += send
        return asker.choose(QUESTION, ANSWERS)


@pytest.mark.parametrize(
    ("second", "counts"),
    [(Point(10, 5), False), (Point(12, 6), False), (Point(10, 9), True), (Point(40, 5), True)],
    ids=str,
)
def test_the_second_tap_of_a_double_one_may_be_a_little_off(
    second: Point, counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A finger does not hit the same cell twice; another box is too far away to be meant by it."""
    monkeypatch.setattr(clicks, "_DOUBLE_CLICK", 60)
    taps = clicks.ClickFilter()
    taps.pressed(choose("yes"))
    assert taps.counts(choose("yes"), Point(10, 5), ANY_VIEW)
    taps.pressed(choose("no"))
    assert taps.counts(choose("no"), second, ANY_VIEW) is counts


SWIPES = {"another": (choose("no"), False), "the same": (choose("yes"), True)}


@pytest.mark.parametrize(("begun", "counts"), SWIPES.values(), ids=SWIPES)
def test_a_swipe_chooses_nothing(begun: Action, counts: bool) -> None:
    """It begins on one place and ends on another; inside one box it is a tap."""
    taps = clicks.ClickFilter()
    taps.pressed(begun)
    assert taps.counts(choose("yes"), Point(10, 5), ANY_VIEW) is counts
    assert not taps.counts(choose("yes"), Point(40, 5), ANY_VIEW)  # let go again, without a press


def test_what_was_pressed_on_the_page_before_is_not_chosen_on_this_one() -> None:
    """The page came while the finger was down."""
    taps = clicks.ClickFilter()
    taps.pressed(choose("yes"))
    taps.page_shown()
    assert not taps.counts(choose("yes"), Point(10, 5), ANY_VIEW)


def swiped(asker: ScreenAsker) -> list[str]:
    """Return a swipe from the first box to the second, a swipe inside the last one, then Enter."""
    found = actions_of(rows_of(asker._layout(Size(160, 50)).question(QUESTION, ANSWERS), Size(160, 50)))
    (yes, no, skip) = (
        min(at for at, action in found.items() if action == choose(each)) for each in ("yes", "no", SKIP)
    )
    down, up = "\x1b[<0;{};{}M", "\x1b[<0;{};{}m"
    return [
        down.format(yes[1] + 2, yes[0] + 2) + up.format(no[1] + 2, no[0] + 2),
        down.format(skip[1] + 2, skip[0] + 1) + up.format(skip[1] + 9, skip[0] + 3),
    ]


def test_a_swipe_from_box_to_box_answers_nothing_on_the_screen() -> None:
    """As the terminal reports it; the tap after it does, though the finger slips within the box."""
    assert played(swiped, Size(160, 50), Looks(touch=True)) == Chosen((SKIP,))


def test_the_same_key_of_a_keypad_counts_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code may have a character twice."""
    monkeypatch.setattr(clicks, "_DOUBLE_CLICK", 60)
    taps = clicks.ClickFilter()
    view = ANY_VIEW._replace(typed="")
    for _ in range(2):
        taps.pressed(press("4"))
        assert taps.counts(press("4"), Point(3, 3), view)


def keypad_taps(asker: ScreenAsker, size: Size, code: str) -> list[str]:
    """Return taps on the keys of the keypad, as it is laid out for this size."""
    from fibrocheck.asking.contract import GO_ON
    from fibrocheck.asking.screen.aside import staff_code_page
    from fibrocheck.asking.screen.keypad import with_keypad

    page, options = staff_code_page("1", asker._voice)
    page = page._replace(can_hide=False)
    layout = asker._layout(size)
    shown = with_keypad(layout.question(page, options), size.columns, asker._voice, Glyphs())
    places = {}
    for row, line in enumerate(shown.top):
        column = 0
        for span in line:
            if (action := action_of(span)) and action not in places:
                places[action] = (column, row)
            column += cells(span.text)
    assert options[-1].id == GO_ON
    return [clicked(*places[each]) for each in [*map(press, "x"), ERASE, *map(press, code)]] + ["\r"]


@pytest.mark.parametrize("size", [Size(80, 24), Size(100, 30), Size(160, 50)], ids=str)
def test_staff_leave_by_touch(size: Size, monkeypatch: pytest.MonkeyPatch) -> None:
    """They hold the corner, then tap their code; a wrong character can be taken away."""
    monkeypatch.setattr(clicks, "_HELD", 0)
    with pytest.raises(VisitEnded) as ended:
        played(lambda asker: [PRESSED + LET_GO, *keypad_taps(asker, size, "desk42")], size, Looks(touch=True))
    assert ended.value.exit_code == STAFF_LEFT


def test_the_corner_does_nothing_without_touch_or_when_it_is_only_tapped() -> None:
    """The second key answers the question."""
    for looks in (Looks(), Looks(touch=True)):
        assert played(lambda _: [PRESSED + LET_GO + "2"], Size(80, 24), looks) == Chosen(("no",))


def test_settings_are_kept_for_this_visit_and_the_page_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large text, then high contrast, then back to the question by keys alone."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    looks = Looks()
    keys = ["0", "6", "2", "2", "3", "4", "\x1b[D", "2"]
    assert played(lambda _: keys, Size(80, 24), looks) == Chosen(("no",))
    assert looks.large
    assert looks.colours == HIGH_CONTRAST
    assert Looks().colours == OWN


def test_the_language_can_be_changed_in_the_settings() -> None:
    """As from every page."""
    with pytest.raises(LanguageChosen) as changed:
        played(lambda _: ["0", "6", "1", "2"], Size(80, 24), Looks())
    assert changed.value.language == "es"


def test_no_colours_are_offered_where_none_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `NO_COLOR` there are two settings; a third key does nothing."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert played(lambda _: ["0", "6", "3" + "\x1b[D", "1"], Size(80, 24), Looks()) == Chosen(("yes",))


def in_lines(lines: str, looks: Looks | None) -> str:
    """Return what is written by a question that is answered by these lines, in words."""
    out = io.StringIO()
    asker = PlainAsker(CONTENT, "en", io.StringIO(lines), out, looks=looks)
    with suppress(VisitEnded):
        asker.choose(QUESTION, ANSWERS)
    return out.getvalue()


def test_settings_line_by_line_change_the_text_and_the_page_comes_back() -> None:
    """Large text has shorter lines and choices apart, as on the screen; colours mean nothing there."""
    looks = Looks()
    settings, after = in_lines("t\n2\n2\nb\n1\n", looks).split("Settings", 1)[1].rsplit("Question?", 1)
    assert looks.large
    assert "Text: Normal" in settings
    assert "Text: Large" in settings
    assert "Colors" not in settings
    assert "\n\n  1. Yes\n\n  2. No\n" in after
    assert max(map(len, in_lines("?\n", looks).splitlines())) <= LARGE_MEASURE


def test_the_language_is_a_setting_line_by_line_too() -> None:
    """As on the screen; at the desk, where no settings are kept for a person, there is no letter for it."""
    with pytest.raises(LanguageChosen):
        in_lines("settings\n1\n2\n", Looks())
    assert "t: settings" not in in_lines("\n", None)
