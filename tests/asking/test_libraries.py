"""The undocumented parts of the libraries that the program uses still exist and work as expected."""

import io
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest
from prompt_toolkit import renderer
from prompt_toolkit.application import Application, application, create_app_session
from prompt_toolkit.data_structures import Point, Size
from prompt_toolkit.filters import to_filter
from prompt_toolkit.formatted_text import to_formatted_text
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.layout import HSplit, Layout, VSplit, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.screen import Char, Screen, WritePosition
from prompt_toolkit.output import ColorDepth, DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import DummyStyleTransformation, Style
from questionary import Choice, Separator
from questionary.prompts.common import InquirerControl

from fibrocheck.asking.contract import OWN
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.screen import toolkit
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.asking.screen.splits import Columns, Stack
from fibrocheck.asking.screen.theme import STYLES, THEMES


def test_the_list_of_choices_points_at_the_chosen_row() -> None:
    """Titles made of fragments are kept whole, and the pointer and the cursor are on the row pointed at."""
    choices = [
        Separator("Symptoms"),
        Choice([("class:text", "1  Yes")], "yes"),
        Choice([("", "2  No")], "no"),
    ]
    control = InquirerControl(
        choices, pointer="❯", use_indicator=False, show_description=False, focusable=True
    )
    assert isinstance(control, FormattedTextControl)
    assert control.is_focusable()
    assert [choice.value for choice in control.choices][1:] == ["yes", "no"]
    control.pointed_at = 2
    fragments = [(fragment[0], fragment[1]) for fragment in to_formatted_text(control.text)]
    pointer = fragments.index(("class:pointer", " ❯ "))
    assert fragments[pointer + 1] == ("[SetCursorPosition]", "")
    assert ("", "2  No") in fragments[pointer + 2 :]


def test_an_application_has_no_styles_but_ours_and_needs_none() -> None:
    """With the library's styles below ours, every style of a page looks the same."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        app = ScreenApp(Glyphs(), IdleTimer(), locked=False)
        application = app._application
        with_others = Application._create_merged_style(application, to_filter(False))
        names = [*STYLES, "cursor-line class:text", "cursor-line class:detail", "page class:pointer"]
        for colours in (OWN, *THEMES):
            app.looks.colours = colours
            for name in names:
                ours = application._merged_style.get_attrs_for_style_str(f"class:{name}")
                assert ours == with_others.get_attrs_for_style_str(f"class:{name}"), name
        app._loop.close()


def test_an_application_has_no_key_bindings_but_ours_and_the_mouse() -> None:
    """prompt_toolkit's own loader would add about 580 for editing text; it is restored afterwards."""
    before = application.load_key_bindings  # type: ignore[attr-defined] # as imported there
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        app = ScreenApp(Glyphs(), IdleTimer(), locked=False)
        beside_ours = app._application._default_bindings.bindings
        ours = app._application.key_bindings
        assert ours is not None
        assert len(ours.bindings) == 2, "one for all keys, and one for what is pasted"
        app._loop.close()
    assert application.load_key_bindings is before  # type: ignore[attr-defined]
    assert 0 < len(beside_ours) < 10
    assert len(before().bindings) > 500, "the library has fewer now: its loader need not be replaced any more"


def screen_with(rows: dict[int, str]) -> Screen:
    """Return what a frame draws, with texts in some rows; the second half of each has another style."""
    screen = Screen()
    screen.height = 6
    for y, text in rows.items():
        for x, character in enumerate(text):
            if character != "_":  # left out, as `Painted` leaves blanks out
                screen.data_buffer[y][x] = Char(character, "bold" if x > len(text) // 2 else "")
    return screen


ROWS = [
    {},
    {0: "Title", 2: "one_two"},
    {0: "Title", 2: "one"},
    {2: "one_two", 3: "more"},
    {0: "T", 3: "more"},
]


@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize("width", [80, 79])
def test_what_is_sent_of_a_frame_is_what_the_library_sends(width: int, is_done: bool) -> None:
    """From every frame to every other, also after a third one: rows are compared as they were drawn."""

    def sent(sends: Callable[..., Any], frames: Iterable[dict[int, str]]) -> str:
        out, before = io.StringIO(), None
        output = Vt100_Output(out, lambda: Size(rows=6, columns=80), term="xterm-256color")
        attributes = renderer._StyleStringToAttrsCache(
            Style([]).get_attrs_for_style_str, DummyStyleTransformation()
        )
        app: Application[None] = Application(layout=Layout(Window()), output=output)
        at, style = Point(0, 0), None
        for rows in frames:
            screen = screen_with(rows)
            at, style = sends(
                app, output, screen, at, ColorDepth.DEPTH_8_BIT, before, style, is_done,
                full_screen=True, attrs_for_style_string=attributes,
                style_string_has_style=renderer._StyleStringHasStyleCache(attributes),
                size=Size(rows=6, columns=80), previous_width=width,
            )  # fmt: skip
            before = screen
        output.flush()
        return out.getvalue()

    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        ScreenApp(Glyphs(), IdleTimer(), locked=False)._loop.close()
        ours = vars(renderer)["_output_screen_diff"]
        assert isinstance(ours, toolkit._ChangedRows)
        for frames in product(ROWS, repeat=3):
            assert sent(ours, frames) == sent(ours._send, frames), frames


def test_rows_that_have_not_changed_are_not_compared() -> None:
    """The library gets the others only; afterwards the frame has all of them."""
    given: list[tuple[set[int], set[int]]] = []

    def sends(_app: object, _output: object, screen: Screen, *others: Any, **_: Any) -> None:
        given.append((set(screen.data_buffer), set(others[2].data_buffer)))

    before, after = screen_with(ROWS[1]), screen_with(ROWS[2])
    sizes = {"size": Size(rows=6, columns=80), "previous_width": 80}
    toolkit._ChangedRows(sends)(None, None, after, Point(0, 0), None, before, None, False, **sizes)
    assert given == [({2}, {2})]
    assert set(after.data_buffer) == {0, 2}


@pytest.mark.parametrize("heights", [(3,), (3, 1, 5), (0, 2)])
def test_windows_below_each_other_are_as_high_as_in_the_library(heights: tuple[int, ...]) -> None:
    """Between the last and the others is what they leave; if there is not enough, nothing is drawn."""

    def windows() -> list[Window]:
        return [Window(height=height) for height in heights]

    with create_app_session(output=DummyOutput()):
        for rows in range(1, 30):
            ours = Stack(windows(), Window(height=2), Window(), "")
            its = HSplit([*windows(), Window(), Window(height=2)])
            at = WritePosition(0, 0, 80, rows)
            theirs = its._divide_heights(at)
            assert ours._divide_heights(at) == (theirs and theirs[::2])


@pytest.mark.parametrize("widths", [(3, None), (1, None, 1), (None, 7, 2), (3, None, None), (3, 4)])
def test_columns_are_divided_as_the_library_divides_them(widths: tuple[int | None, ...]) -> None:
    """Whatever is left goes to the one without a width, as wide as its text or not."""

    def windows() -> list[Window]:
        return [Window(FormattedTextControl("some text"), width=width) for width in widths]

    with create_app_session(output=DummyOutput()):
        for width in range(1, 100):
            ours, its = Columns(windows())._divide_widths(width), VSplit(windows())._divide_widths(width)
            assert ours == (its and its[::2])  # without the columns between windows, which are empty
