"""Keys, clicks and whatever else a terminal can send."""

import re

import pytest

from fibrocheck.content.model import Content
from tests.program.conftest import Start
from tests.program.terminal import (
    CTRL_C,
    DOWN,
    ENTER,
    ESCAPE,
    F2,
    LEFT,
    RIGHT,
    UP,
    Terminal,
    clicked,
    one_line,
)
from tests.program.visits import (
    MOST_TURNS,
    choose_first_everywhere,
    skip_to_check,
    skip_to_next_step,
    start_asking,
)

SLIPPED_PAST_QUESTIONARY: dict[str, str | bytes] = {
    "Ctrl-O": "\x0f",
    "Ctrl-S": "\x13",
    "Ctrl-Q": "\x11",
    "Ctrl-R": "\x12",
    "Ctrl-D": "\x04",
    "Ctrl-Z": "\x1a",
    "Ctrl-backslash": "\x1c",
    "a paste of digits and lines": "\x1b[200~1\r2\n\x0f\x1b[201~",
    "a paste within a paste": "\x1b[200~1\r\x1b[200~1\r\x1b[201~",
    "a colour": "\x1b[31m",
    "a question for the cursor": "\x1b[6n",
    "an answer about the cursor": "\x1b[1;1R",
    "an answer about the terminal": "\x1b[?65;1;9c",
    "a click below the screen": clicked(10, 500),
    "a click right of the screen": clicked(500, 7),
    "a click before the first cell": "\x1b[<0;0;0M\x1b[<0;0;0m",
    "a click with no position": "\x1b[<0;;M\x1b[<0;;m",
    "an old click out of the screen": b"\x1b[M \xff\xff\x1b[M#\xff\xff",
    "a urxvt click out of the screen": "\x1b[32;999;999M\x1b[35;999;999M",
    "a click on the question": clicked(6, 3),
    "a click on nothing": clicked(70, 16),
    "the wheel on a choice": "\x1b[<64;8;8M\x1b[<65;8;8M",
    "bytes that are no text": b"\xff\xfe\x80",
    "a letter": "x",
    "a key beyond the choices": "9",
    "a full-width digit": "１",
    "a NUL": "\x00",
}


def test_no_key_that_slipped_past_questionary_gives_an_answer(start: Start, content: Content) -> None:
    """After each of them the same question is asked, and the visit can be completed afterwards."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    question, first_focused = terminal.words, "❯ 1 Most days"
    for name, keys in SLIPPED_PAST_QUESTIONARY.items():
        terminal.press(keys)
        terminal.insist(DOWN, lambda terminal: "❯ 1" not in terminal.words)
        if content.words.hidden["en"] in terminal.words:  # some begin with what can only be an Esc
            terminal.turn(DOWN)
        if first_focused not in terminal.words:
            terminal.insist(UP, first_focused)
        assert terminal.words == question, name
    assert b"Traceback" not in terminal.written
    assert content.words.done["en"] in choose_first_everywhere(terminal)[-2]
    assert terminal.exit_code == 0


@pytest.mark.parametrize("keys", ["\x1b\r", "\x1b\n", "\x1b1", "\x1b\x1b\r"], ids=repr)
def test_a_key_with_alt_is_esc_and_never_an_answer(keys: str, start: Start, content: Content) -> None:
    """Alt-Enter and Esc-then-Enter, in one go: the screen is hidden, and the question is still there."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    question = terminal.words
    terminal.press(keys)
    terminal.wait_for(content.words.hidden["en"])
    assert terminal.turn("1") == question


def test_an_unterminated_paste_answers_nothing_and_is_given_up(start: Start, content: Content) -> None:
    """It swallows keys for a moment; then they count again."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    terminal.press("\x1b[200~1\r" + ESCAPE + "1\r")
    terminal.insist(DOWN, "❯ 2")
    assert content.symptoms[0].ask["en"] in terminal.words


def test_a_double_press_answers_one_question(start: Start, content: Content) -> None:
    """Digits, Enter and clicks alike, when both arrive before the next page is drawn."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    for number, keys in enumerate(["11", "\r\r", clicked(8, 7) * 2, "1\r1"], start=1):
        assert content.symptoms[number].ask["en"] in terminal.turn(keys)
        # Had the second press waited somewhere, it would come before this one.
        terminal.turn("?")
        terminal.wait_for(content.symptoms[number].why["en"])
        assert content.symptoms[number].ask["en"] in terminal.turn("1")


def test_every_key_at_the_foot_can_be_clicked(start: Start, content: Content) -> None:
    """A choice, Back, Why and Hide, by the mouse alone."""
    terminal = start("--language", "en")
    words, (first, second, *_) = content.words, content.symptoms
    start_asking(terminal, content)
    assert second.ask["en"] in terminal.click("Sometimes")
    assert first.ask["en"] in terminal.click(words.back["en"])
    assert pointed_at(terminal) == "2 ● Sometimes"
    assert first.why["en"] in terminal.click(words.why["en"])
    assert first.term["en"] in terminal.click(words.go_on["en"])
    assert words.hidden["en"] in terminal.click(words.hide["en"])
    assert first.term["en"] not in terminal.words
    assert first.term["en"] in terminal.click(words.go_on["en"])
    assert words.stop_and_erase["en"] in terminal.click(words.more["en"])
    assert words.stop_ask["en"] in terminal.click(words.stop_and_erase["en"])
    assert first.term["en"] in terminal.click(words.stop_no["en"])
    terminal.click(words.more["en"])
    terminal.click(words.stop_and_erase["en"])
    row = next(at for at, text in enumerate(terminal.text.splitlines()) if words.stop_yes["en"] in text)
    terminal.insist(clicked(10, row), lambda it: not it.is_full_screen)  # not at once: see `View`
    assert terminal.exit_code == 130


def test_arrows_and_enter_reach_everything(start: Start, content: Content) -> None:
    """Each choice, then each action at the foot, the real cursor always on the pointer."""
    terminal = start("--language", "en")
    words, (first, second, *_) = content.words, content.symptoms
    start_asking(terminal, content)
    terminal.turn(DOWN)
    assert pointed_at(terminal) == "2 Sometimes"
    assert second.ask["en"] in terminal.turn(ENTER)
    choices = ["2 Sometimes", "3 No", "4 Not sure", f"5 {words.skip['en']} (s)"]
    foot = [
        f"← {words.back['en']}",
        f"? {words.why['en']}",
        f"Esc {words.hide['en']}",
        f"0 {words.more['en']}",
        "Español",
        f"F4 {words.aloud_listen['en']}",
    ]
    whole = " ".join(foot)  # of the first key of a row, all of it is seen
    down, up = [*choices, "1 Most days"], [*foot[:0:-1], whole]  # Back never follows the last choice
    for key, focused in [*((DOWN, each) for each in down), *((UP, each) for each in up)]:
        terminal.turn(key)
        assert terminal.text.count("❯") == 1
        assert pointed_at(terminal) == focused
    assert first.ask["en"] in terminal.turn(ENTER)
    assert pointed_at(terminal) == "2 ● Sometimes"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
def test_the_cursor_stands_on_the_focused_row_of_every_page(
    size: tuple[int, int], start: Start, content: Content
) -> None:
    """One step up at a time, through the foot too, until the first choice is focused again, on every page."""
    terminal = start("--language", "en", size=size)
    terminal.wait_for(content.words.hide["en"])
    walked = 0
    while terminal.is_full_screen:
        walked += 1
        assert walked < MOST_TURNS
        terminal.wait_for(lambda shown: "❯" in shown.row)  # the last page has no choices in its first moments
        walk_round(terminal)
        # On the page where several may be chosen, the first marks one, and → goes on.
        terminal.turn("1")
        if "[x]" in terminal.text:
            terminal.turn(RIGHT)
    assert walked > len(content.questions)


def test_the_cursor_stands_on_the_focused_row_of_the_pages_aside(start: Start, content: Content) -> None:
    """Why, the menu, and the page before erasing."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    for key in ["?", "0", CTRL_C]:
        terminal.turn(key)
        walk_round(terminal)
        assert content.symptoms[0].ask["en"] in terminal.turn("1")


def walk_round(terminal: Terminal) -> None:
    """Up, row by row, until the focus is where it was: the arrow down would stay among the choices."""
    first = pointed_at(terminal)
    for _ in range(60):
        assert terminal.text.count("❯") == 1
        terminal.turn(UP)
        if pointed_at(terminal) == first:
            return
    raise AssertionError(f"never came back to {first}")


BODY = re.compile(r" {3,}(Front|[╭╰│█]).*")
"""What is drawn beside the areas of the body."""


def pointed_at(terminal: Terminal) -> str:
    """What the pointer stands before, if the cursor stands on its first character."""
    before, after = terminal.row.split("❯")
    after = BODY.sub("", after)
    assert terminal.cursor[0] - len(before) in {1, 2}
    assert terminal.row[terminal.cursor[0]].strip()
    return one_line(after.strip().split("  ")[0] if before.strip() else after)


def test_where_several_may_be_chosen_enter_marks_what_the_pointer_points_at(
    start: Start, content: Content
) -> None:
    """Enter and Space mark and unmark; the last row goes on with marks, and skips without any."""
    terminal = start("--language", "en")
    words = content.words
    to_the_pain_areas(terminal, content)
    assert words.choose_or_skip["en"] in terminal.turn(RIGHT)
    terminal.turn(DOWN)
    terminal.turn(ENTER)
    assert pointed_at(terminal) == "2 [x] Jaw"
    assert f"f {words.go_on['en']}" in terminal.words
    terminal.turn(" ")
    assert pointed_at(terminal) == "2 [ ] Jaw"
    assert f"f {words.skip['en']}" in terminal.words
    terminal.turn(ENTER)
    assert content.question("most-in-the-way").ask["en"] in terminal.turn("f")
    assert "[x] Jaw" in terminal.turn(LEFT)
    assert content.question("most-in-the-way").ask["en"] in terminal.turn(RIGHT)


@pytest.mark.parametrize("back", [LEFT, "\x7f", "click", "menu"])
def test_going_back_keeps_what_is_marked(back: str, start: Start, content: Content) -> None:
    """By every way back, as the answer to a question with one; the next page keeps it without more marks."""
    terminal = start("--language", "en")
    to_the_pain_areas(terminal, content)
    words, before = content.words, content.question("duration").ask["en"]
    terminal.turn("2")
    terminal.turn("6")
    if back == "click":
        terminal.click(f"← {words.back['en']}")
    else:
        terminal.turn("0" if back == "menu" else back)
        if back == "menu":
            terminal.turn("2")
    assert before in terminal.words
    terminal.turn("2")
    assert "[x] Jaw" in terminal.words
    assert terminal.words.count("[x]") == 2
    terminal.turn("2")
    terminal.turn("6")
    terminal.turn(LEFT)
    terminal.turn(RIGHT)
    assert "[x]" not in terminal.words


def test_two_switches_are_enough(start: Start, content: Content) -> None:
    """Tab goes on and Space selects; after a mark Tab passes the row that goes on, then continues."""
    terminal = start("--language", "en")
    to_the_pain_areas(terminal, content)
    terminal.turn(" ")
    assert pointed_at(terminal) == "1 [x] Head"
    terminal.turn("\t")
    assert pointed_at(terminal) == f"f {content.words.go_on['en']}"
    terminal.turn("\t")
    assert pointed_at(terminal) == "2 [ ] Jaw"
    terminal.turn(" ")
    terminal.turn("\t")
    assert content.question("most-in-the-way").ask["en"] in terminal.turn(" ")


def test_the_arrow_to_the_right_goes_on_only_with_something_to_keep(start: Start, content: Content) -> None:
    """An answer and a skip are kept; on a question that was never answered it says what to do."""
    terminal = start("--language", "en")
    first, second, third, *_ = content.symptoms
    start_asking(terminal, content)
    assert content.words.choose_or_skip["en"] in terminal.turn(RIGHT)
    assert content.words.choose_or_skip["en"] not in terminal.turn("0")
    assert first.ask["en"] in terminal.turn("1")
    assert second.ask["en"] in terminal.turn("2")
    assert third.ask["en"] in terminal.turn("5")
    assert second.ask["en"] in terminal.turn(LEFT)
    assert pointed_at(terminal) == f"5 ● {content.words.skip['en']} (s)"
    assert first.ask["en"] in terminal.turn(LEFT)
    terminal.turn(DOWN)
    assert "2 ● Sometimes" in terminal.words
    assert second.ask["en"] in terminal.turn(RIGHT)
    assert third.ask["en"] in terminal.turn(RIGHT)


@pytest.mark.parametrize("key", ["0", ESCAPE, CTRL_C, "9", "q"], ids=repr)
def test_no_key_pressed_again_and_again_erases(key: str, start: Start, content: Content) -> None:
    """Nor does the key that chooses "Stop" in the menu."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    if key == "9":
        assert f"9 {content.words.stop_and_erase['en']}" in terminal.turn("0")
    for _ in range(4):
        terminal.press(key)
    if key == "9":
        terminal.wait_for(content.words.stop_ask["en"])
    else:
        terminal.insist(CTRL_C, content.words.stop_ask["en"])
    # Again, because a key that is still waiting asks anew, and that drops what is typed meanwhile.
    terminal.insist("2", lambda shown: shown.has_ended)
    assert terminal.exit_code == 130


def test_any_key_shows_a_hidden_page_again(start: Start, content: Content) -> None:
    """Whatever it does elsewhere."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    question = terminal.words
    for key in ["1", "2", "0", "x", "?", ENTER, ESCAPE, DOWN, CTRL_C, F2, "#"]:
        assert content.words.hidden["en"] in terminal.turn(ESCAPE)
        assert terminal.turn(key) == question, key


def test_the_other_language_is_offered_on_every_page(start: Start, content: Content) -> None:
    """At the foot and in the menu; the same page comes again, with what was marked."""
    terminal = start("--language", "en")
    terminal.wait_for(content.words.start["en"])
    assert content.words.start["es"] in terminal.click("Español")
    assert content.words.start["en"] in terminal.click("English")
    to_the_pain_areas(terminal, content, begin=False)
    terminal.turn("3")
    assert "3 [x] Cuello" in terminal.click("Español")
    terminal.turn("0")
    assert "3 [x] Neck" in terminal.click("English")


def test_a_keypad_of_digits_reaches_what_has_no_digit(start: Start, content: Content) -> None:
    """`+` and `-` move the focus, `*` selects, `.` and `0` open the menu."""
    terminal = start("--language", "en")
    to_the_pain_areas(terminal, content)
    for _ in range(12):
        terminal.turn("+")
    terminal.turn("*")
    assert pointed_at(terminal) == "d [x] Feet"
    terminal.turn("*")
    question = terminal.words
    for key in ".0":
        assert content.words.line_by_line["en"] in terminal.turn(key)
        assert terminal.turn("1") == question


def test_taps_alone_never_lead_to_plain_lines(start: Start, content: Content) -> None:
    """They do nothing there: the keyboard has to confirm it, with a digit."""
    terminal = start("--language", "en")
    words = content.words
    start_asking(terminal, content)
    terminal.click(words.more["en"])
    assert words.keys_needed["en"] in terminal.click(words.line_by_line["en"])
    y = next(y for y, row in enumerate(terminal.text.splitlines()) if words.line_by_line["en"] in row)
    terminal.press(clicked(9, y))
    assert words.keys_needed["en"] in terminal.turn(DOWN)
    terminal.press("2")
    terminal.wait_for(lambda terminal: terminal.row == ">")
    terminal.press("0\n")
    terminal.wait_for(lambda terminal: terminal.is_full_screen)


def to_the_pain_areas(terminal: Terminal, content: Content, *, begin: bool = True) -> None:
    """To the page where several may be chosen, the first choice taken everywhere."""
    if begin:
        start_asking(terminal, content)
    while "[ ]" not in terminal.text:
        terminal.turn("1")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
def test_taps_alone_reach_every_row_of_a_long_list(
    size: tuple[int, int], start: Start, content: Content
) -> None:
    """The edge of a list that scrolls leads down and up again; so does the wheel."""
    terminal = start("--language", "en", size=size)
    words, (*_, last) = content.words, content.factors
    terminal.wait_for(words.hide["en"])
    while words.choose_to_change["en"] not in terminal.words:
        terminal.turn(RIGHT if "[x]" in terminal.text else "1")
    rows = set(terminal.text.splitlines())
    while edge := edge_at(terminal, "v"):
        terminal.turn(clicked(*edge))
        rows.update(terminal.text.splitlines())
    # At the narrow size a label may be broken: its first words tell it.
    labels = [each.term["en"][:20] for each in content.symptoms] + [
        each.ask["en"][:20] for each in content.factors
    ]
    for label in labels:
        assert any(label in row for row in rows), label
    assert last.ask["en"] in terminal.click(labels[-1])
    assert words.choose_to_change["en"] in terminal.click(words.back["en"])
    assert pointed_at(terminal).startswith("1 ")  # the row after the one that was looked at
    terminal.turn("\x1b[<64;9;6M")
    assert pointed_at(terminal).startswith(f"r {labels[-1]}")
    terminal.turn("\x1b[<65;9;6M")
    assert pointed_at(terminal).startswith("1 ")
    # Its last word: at the narrow size, the first is beside where Back was tapped a moment ago.
    assert content.next_step.title["en"] in terminal.click(words.all_right["en"].split()[-1])


def edge_at(terminal: Terminal, sign: str) -> tuple[int, int] | None:
    """Where the edge of a list that scrolls shows this sign, if it does."""
    for y, row in enumerate(terminal.text.splitlines()):
        if row.endswith(f" {sign}"):
            return len(row) - 1, y
    return None


def test_keys_at_the_opening_page_count(start: Start, content: Content) -> None:
    """Pressed before the libraries that read keys are loaded, they wait and are not shown."""
    terminal = start(held=True)
    opening = terminal.wait_for(content.words.choose_language["es"])
    terminal.wait_until_held()
    terminal.press("2")
    terminal.release()
    terminal.wait_for(content.welcome.title["es"])
    assert opening not in terminal.words
    terminal.leave()
    assert terminal.exit_code == 130
    assert terminal.ordinary_text == content.words.erased["es"]


def test_the_digits_alone_reach_what_the_other_keys_do(start: Start, content: Content) -> None:
    """`0` opens a page with the rest, on a question and on a text."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    question = terminal.words
    assert content.words.stop_and_erase["en"] in terminal.turn("0")
    assert terminal.turn("1") == question
    skip_to_next_step(terminal, content)
    assert content.words.line_by_line["en"] in terminal.turn("0")


def test_the_gap_below_a_choice_belongs_to_it(start: Start, content: Content) -> None:
    """In the large layout: a tap there is no tap on nothing."""
    terminal = start("--language", "en", "--large")
    terminal.wait_for("Page 1 of 3")
    for _ in range(3):
        terminal.turn("1")
    row = next(at for at, text in enumerate(terminal.text.splitlines()) if "2  Sometimes" in text)
    assert terminal.text.splitlines()[row + 1].strip() == ""
    assert content.symptoms[1].ask["en"] in terminal.turn(clicked(10, row + 1))
    terminal.turn(LEFT)
    assert terminal.row.split()[:2] == ["❯", "2"]


def test_the_way_on_stands_under_a_list_that_hides_it(start: Start, content: Content) -> None:
    """With its key, beside the number of rows below; a tap on it leads on."""
    terminal = start("--language", "en")
    start_asking(terminal, content)
    skip_to_check(terminal, content)
    words = content.words
    way_on = f"1 {words.all_right['en']}"
    shown = one_line(terminal.text)
    assert shown.index("more below") < shown.index(way_on)
    terminal.turn("k")  # asks the last question in sight, so that the list has scrolled afterwards
    terminal.turn(LEFT)
    terminal.click(words.all_right["en"])
    assert content.next_step.title["en"] in terminal.words
