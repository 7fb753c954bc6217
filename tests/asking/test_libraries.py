"""The undocumented parts of the libraries that the program uses still exist and work as expected."""

import pytest
from prompt_toolkit.application import Application, application, create_app_session
from prompt_toolkit.filters import to_filter
from prompt_toolkit.formatted_text import to_formatted_text
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.layout import VSplit, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import DummyOutput
from questionary import Choice, Separator
from questionary.prompts.common import InquirerControl

from fibrocheck.asking.contract import OWN
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.asking.screen.page_windows import Columns
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
        app._loop.close()
    assert application.load_key_bindings is before  # type: ignore[attr-defined]
    assert 0 < len(beside_ours) < 10
    assert len(before().bindings) > 500, "the library has fewer now: its loader need not be replaced any more"


@pytest.mark.parametrize("widths", [(3, None), (1, None, 1), (None, 7, 2), (3, None, None), (3, 4)])
def test_columns_are_divided_as_the_library_divides_them(widths: tuple[int | None, ...]) -> None:
    """Whatever is left goes to the one without a width, as wide as its text or not."""

    def windows() -> list[Window]:
        return [Window(FormattedTextControl("some text"), width=width) for width in widths]

    with create_app_session(output=DummyOutput()):
        for width in range(1, 100):
            ours, its = Columns(windows()), VSplit(windows())
            assert ours._divide_widths(width) == its._divide_widths(width)
