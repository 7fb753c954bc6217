"""From the full screen to plain lines and back, in the middle of a visit."""

import pytest

from fibrocheck.asking.screen.page_layout import MIN_SIZE
from fibrocheck.content.model import Content
from tests.program.conftest import Start
from tests.program.terminal import F2, RIGHT, Terminal
from tests.program.visits import start_asking


def test_f2_leads_to_plain_lines_and_back_with_every_mark_kept(start: Start, content: Content) -> None:
    """On the page where several may be chosen, marks made in either way stay."""
    terminal = start("--language", "en")
    areas, marked_now = content.question("pain-areas"), content.words.plain_marked["en"]
    to_pain_areas(terminal, content)
    for key in "13":
        terminal.turn(key)
    assert terminal.text.count("[x]") == 2
    terminal.press(F2)
    terminal.wait_for(is_asked)
    assert not terminal.is_full_screen
    assert terminal.ordinary_words.startswith(content.words.plain_switched["en"])
    assert f"1. Head {marked_now} 2. Jaw 3. Neck {marked_now} 4. Shoulders 5." in terminal.ordinary_words
    terminal.press(F2 + "\n")
    terminal.wait_for(lambda terminal: terminal.is_full_screen and areas.ask["en"] in terminal.words)
    assert terminal.text.count("[x]") == 2
    assert "[x] Head" in terminal.turn("3")
    assert terminal.text.count("[x]") == 1
    assert "[x] Hands" in terminal.turn("a")  # the tenth area
    terminal.turn(RIGHT)
    assert content.question("most-in-the-way").ask["en"] in terminal.words
    terminal.leave()
    assert terminal.exit_code == 130
    assert terminal.is_as_found


@pytest.mark.parametrize("small", [(MIN_SIZE.columns - 1, 24), (80, MIN_SIZE.rows - 1)], ids=str)
def test_a_window_grown_too_small_goes_on_in_plain_lines_until_it_is_large_again(
    small: tuple[int, int], start: Start, content: Content
) -> None:
    """By itself, with a line that says so before, and the answers so far kept."""
    terminal = start("--language", "en")
    first, second, third, *_ = content.symptoms
    start_asking(terminal, content)
    assert second.ask["en"] in terminal.turn("1")
    terminal.resize(*small)
    terminal.wait_for(is_asked)
    assert not terminal.is_full_screen
    told, asked = content.words.too_small["en"], f"Symptoms 2 of 8 {second.ask['en']}"
    assert told in terminal.ordinary_words.partition(asked)[0]
    assert asked in terminal.ordinary_words
    terminal.resize(80, 24)
    terminal.wait_for(lambda terminal: terminal.is_full_screen and second.ask["en"] in terminal.words)
    assert third.ask["en"] in terminal.turn("2")
    assert second.ask["en"] in terminal.turn("\x1b[D")
    assert terminal.row.split() == ["❯", "2", "●", "Sometimes"]
    assert first.ask["en"] in terminal.turn("\x1b[D")
    assert terminal.row.split() == ["❯", "1", "●", "Most", "days"]


def test_a_window_that_is_large_again_ends_the_question_whether_to_stop(
    start: Start, content: Content
) -> None:
    """The page before it is there: nothing was answered."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    terminal.resize(MIN_SIZE.columns - 1, 24)
    terminal.wait_for(is_asked)
    terminal.turn("q\n")
    terminal.resize(80, 24)
    terminal.wait_for(
        lambda terminal: terminal.is_full_screen and content.symptoms[0].ask["en"] in terminal.words
    )
    terminal.leave()
    assert terminal.exit_code == 130


def test_lines_that_were_asked_for_stay_whatever_the_window(start: Start, content: Content) -> None:
    """Nobody who listens to lines wants a larger window to take them away."""
    terminal = start("--language", "en", size=(80, 24))
    start_asking(terminal, content)
    terminal.press(F2)
    terminal.wait_for(is_asked)
    terminal.resize(100, 30)
    terminal.press("2\n")
    terminal.wait_for(lambda terminal: content.symptoms[1].ask["en"] in terminal.ordinary_words)
    assert not terminal.is_full_screen
    leave_lines(terminal, content)
    assert terminal.exit_code == 130


def test_a_window_small_from_the_start_is_asked_in_plain_lines(start: Start, content: Content) -> None:
    """No screen is taken, and none is left behind."""
    terminal = start("--language", "en", size=(MIN_SIZE.columns, MIN_SIZE.rows - 1))
    terminal.wait_for(is_asked)
    assert content.words.too_small["en"] in terminal.ordinary_words
    assert b"\x1b" not in terminal.written
    terminal.press("q\n")
    assert terminal.exit_code == 130
    assert terminal.is_as_found


def test_in_a_low_window_the_question_and_its_choices_are_in_sight(start: Start, content: Content) -> None:
    """Also the first time, when all that can be typed is explained: that is above."""
    question = content.questions[0]
    terminal = start("--language", "en", size=(MIN_SIZE.columns - 1, MIN_SIZE.rows - 1))
    terminal.wait_for(is_asked)
    terminal.press("1\n")
    shown = terminal.wait_for(
        lambda terminal: content.words.skip["en"] in terminal.words and is_asked(terminal)
    )
    assert question.ask["en"] in shown
    assert all(f"{number}. {each.label['en']}" in shown for number, each in enumerate(question.choices, 1))
    terminal.leave()


def test_a_window_of_any_size_shows_the_page_again(start: Start, content: Content) -> None:
    """The same question stands there after each change of size, and nothing of the page before."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    for size in [(40, 12), MIN_SIZE, (160, 50), (80, 24)]:
        terminal.resize(*size)
        terminal.wait_for(lambda terminal: terminal.is_full_screen and is_whole(terminal, content))
    terminal.leave()
    assert terminal.exit_code == 130
    assert terminal.ordinary_text == content.words.erased["en"]


def to_pain_areas(terminal: Terminal, content: Content) -> None:
    """From the start to the page where several may be chosen, every symptom marked."""
    start_asking(terminal, content)
    while "[ ]" not in terminal.text:
        terminal.turn("1")


def is_asked(terminal: Terminal) -> bool:
    """Whether plain mode waits for a line."""
    return terminal.row == ">"


def leave_lines(terminal: Terminal, content: Content) -> None:
    """Stop where lines are typed, and confirm that the answers are to be erased."""
    terminal.press("q\n")
    terminal.wait_for(
        lambda terminal: content.words.stop_yes["en"] in terminal.ordinary_words and is_asked(terminal)
    )
    terminal.press("2\n")


def is_whole(terminal: Terminal, content: Content) -> bool:
    """Whether the first question and its foot stand on the screen once, the cursor on the first choice."""
    asked, hide = content.symptoms[0].ask["en"], content.words.hide["en"]
    return (
        terminal.words.count(asked) == 1
        and terminal.words.count(f"Esc {hide}") == 1
        and terminal.row.split() == ["❯", "1", "Most", "days"]
    )


def test_a_change_of_language_in_a_long_text_keeps_the_place(start: Start, content: Content) -> None:
    """The other language's name at the foot of a page leads to the same page in it."""
    terminal = start("--language", "en", size=(40, 12))
    terminal.wait_for("Page 1 of")
    assert "Page 2 of" in terminal.turn("1")
    assert "Página 2 de" in terminal.click(content.languages["es"])
    terminal.turn("0")  # at once in the same place, a click would be the second of a double one
    assert "Page 2 of" in terminal.click(content.languages["en"])
    assert "Page 1 of" in terminal.turn("\x1b[D")
