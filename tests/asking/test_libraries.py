"""What is used of questionary beyond its documented interface is still there, and still means the same."""

from prompt_toolkit.formatted_text import to_formatted_text
from prompt_toolkit.layout.controls import FormattedTextControl
from questionary import Choice, Separator
from questionary.prompts.common import InquirerControl


def test_the_list_of_choices_points_where_it_is_told() -> None:
    """Titles of fragments are kept whole, and the pointer and the cursor stand on the row pointed at."""
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
