"""One contract, two ways to ask: the same scripts through the screen and through plain lines."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking.contract import GoBack, Option, Page
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier
from fibrocheck.pages.text_layout import Paragraph
from tests.asking.driving import (
    BACK,
    STOP,
    WHY,
    Outcome,
    Row,
    Step,
    at_each_page,
    in_lines,
    on_screen,
    press,
    write,
)

Ask = Callable[..., Outcome]
WELCOME, INTRO, ALL_RIGHT, FINISH, DONE = 1, 1, 1, 1, 1
SKIP_SYMPTOM, SKIP_FACTOR = 5, 4
TO_THE_LIST: list[Step] = [1, 1]
"""The next step, and what was marked."""

TO_THE_MENU: list[Step] = [*TO_THE_LIST, 1, 1]
"""The best way to take the list along, here its code."""

END: list[Step] = [*TO_THE_MENU, FINISH, DONE]

FACTORS_SKIPPED: list[Step] = [INTRO, *[SKIP_FACTOR] * 7]
SKIP_ALL: list[Step] = [WELCOME, *[SKIP_SYMPTOM] * 8, *FACTORS_SKIPPED]


@pytest.fixture(params=[on_screen, in_lines], ids=["screen", "plain"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Return one of the two ways to ask."""
    way: Ask = request.param
    return way


def test_the_first_choice_everywhere_reaches_the_end(ask: Ask, content: Content) -> None:
    """Answering 1 to everything marks everything and finishes."""
    steps: list[Step] = [1, *[1] * 8, 1, (1,), 1, INTRO, *[1] * 7, ALL_RIGHT, *END]
    outcome = ask(content, steps)
    assert not outcome.ended
    assert outcome.unused == 0
    assert set(outcome.answers) == {question.id for question in content.questions}
    assert outcome.answers["pain-areas"] == ("head",)


def test_skipping_everything_answers_nothing(ask: Ask, content: Content) -> None:
    """A skipped question has no answer, not the answer "no"."""
    outcome = ask(content, [*SKIP_ALL, ALL_RIGHT, *END])
    assert outcome.answers == {}
    assert not outcome.ended
    assert outcome.unused == 0


def test_one_key_skips_every_question(content: Content) -> None:
    """The letter of plain mode: the option's own key depends on how many answers there are."""
    symptoms, factors = len(content.symptoms), len(content.factors)
    keys = ["1", *"s" * symptoms, "1", *"S" * factors]
    assert press(content, keys).answers == {}
    where_it_hurts = ["1", "1", *"s" * (symptoms - 1), "s"]
    marked = press(content, [*where_it_hurts, "3", "s", "\x1b[C"], timeout=0.7)
    assert "pain-areas" in marked.answers, "with a mark, s skips nothing"
    assert "duration" not in marked.answers


def test_the_language_can_be_chosen_and_chosen_again(ask: Ask, content: Content) -> None:
    """Back from the welcome page leads to the languages; the visit is in the language chosen last."""
    steps: list[Step] = [1, BACK, 2, *SKIP_ALL, ALL_RIGHT, *END]
    outcome = ask(content, steps, None)
    assert outcome.language == "es"
    assert not outcome.ended
    assert outcome.unused == 0


def test_back_from_the_first_question_shows_the_welcome_page(ask: Ask, content: Content) -> None:
    """And going on from there leads to the question again."""
    outcome = ask(content, [WELCOME, BACK, WELCOME, 2, STOP])
    assert outcome.answers == {"muscle-pain": "sometimes"}
    assert outcome.ended


def test_back_keeps_the_answer_and_lets_it_be_changed(ask: Ask, content: Content) -> None:
    """Two questions answered, one back, and its answer changed."""
    outcome = ask(content, [WELCOME, 1, 1, BACK, 3, STOP])
    assert outcome.answers == {"muscle-pain": "most-days", "widespread-pain": "no"}


def test_why_returns_to_the_same_question(ask: Ask, content: Content) -> None:
    """It neither gives nor loses an answer."""
    outcome = ask(content, [WELCOME, 1, WHY, 2, STOP])
    assert outcome.answers == {"muscle-pain": "most-days", "widespread-pain": "sometimes"}


def test_several_areas_are_marked_and_kept(ask: Ask, content: Content) -> None:
    """They are in the order of the page, however they were marked."""
    symptoms: list[Step] = [1, *[SKIP_SYMPTOM] * 7]
    steps: list[Step] = [WELCOME, *symptoms, 2, (3, 1, 13), STOP]
    assert ask(content, steps).answers["pain-areas"] == ("head", "neck", "feet")


@pytest.mark.parametrize("ids", [(), ("a",), ("c", "a")])
def test_going_back_keeps_what_is_marked_in_both_ways(ids: tuple[str, ...], content: Content) -> None:
    """In plain lines what was marked before, as on the screen before F2: there a line is an answer."""
    page, options = Page("Part", ask="Where?", id="where"), [Option(each, each) for each in "abc"]
    with (
        create_pipe_input() as terminal,
        create_app_session(input=terminal, output=DummyOutput()),
        ScreenAsker(content, "en", Glyphs()) as screen,
    ):
        keys = iter([*(str("abc".index(each) + 1) for each in ids), "\x1b[D"])
        at_each_page(screen, lambda: terminal.send_text(next(keys)))
        on_the_screen = screen.choose_many(page, options)
    plain = PlainAsker(content, "en", io.StringIO("b\n"), io.StringIO())
    in_plain_lines = plain.choose_many(page, options, frozenset(ids))
    for reply in (on_the_screen, in_plain_lines):
        assert isinstance(reply, GoBack)
        assert reply.marked == tuple(sorted(ids))


def test_what_was_marked_before_going_back_is_there_again(content: Content) -> None:
    """And counts without being marked again; a visit that is left there is left as any other."""
    to_areas = ["1", "1", *"5" * 7, "2"]
    left, right = "\x1b[D", "\x1b[C"
    outcome = press(content, [*to_areas, "d", "3", left, right, right, *"4" * 9, "1"])
    assert outcome.answers["pain-areas"] == ("neck", "feet")


def test_changing_an_answer_returns_to_the_check_page(ask: Ask, content: Content) -> None:
    """The first row of the check page is the first question."""
    outcome = ask(content, [*SKIP_ALL, Row(1), 3, ALL_RIGHT, *END])
    assert outcome.answers == {"muscle-pain": "no"}
    assert not outcome.ended
    assert outcome.unused == 0


def test_marking_a_symptom_on_the_check_page_asks_the_follow_ups(ask: Ask, content: Content) -> None:
    """Duration and areas, then the check page again."""
    outcome = ask(content, [*SKIP_ALL, Row(1), 1, 4, (1, 2), ALL_RIGHT, *END])
    assert outcome.answers["duration"] == "over-2-years"
    assert outcome.answers["pain-areas"] == ("head", "jaw")
    assert not outcome.ended


def test_skipping_an_answered_question_removes_the_answer(ask: Ask, content: Content) -> None:
    """After Back, the option that skips is chosen."""
    outcome = ask(content, [WELCOME, 1, BACK, SKIP_SYMPTOM, STOP])
    assert outcome.answers == {}


def test_back_leads_from_the_end_to_the_check_page_and_the_questions(ask: Ask, content: Content) -> None:
    """Next step, check page, last factor, and forward again to the end."""
    steps: list[Step] = [*SKIP_ALL, ALL_RIGHT, BACK, BACK, 1, ALL_RIGHT, *END]
    outcome = ask(content, steps)
    assert outcome.answers == {"autoimmune": "yes"}
    assert not outcome.ended
    assert outcome.unused == 0


def test_everything_can_be_read_at_the_end(ask: Ask, content: Content) -> None:
    """Topics and questions return to their lists, and everything else to the menu."""
    topics: list[Step] = [2, 3, 1, 4, 1, BACK]
    questions: list[Step] = [5, 4, 1, 3, 1, BACK]
    reads: list[Step] = [*topics, *questions, 3, 1, 4, 1, 6, 1, 7, 1]
    steps: list[Step] = [*SKIP_ALL, ALL_RIGHT, *TO_THE_MENU, *reads, FINISH, DONE]
    outcome = ask(content, steps)
    assert not outcome.ended
    assert outcome.unused == 0


def test_stopping_ends_the_visit(ask: Ask, content: Content) -> None:
    """In the middle, without another question."""
    assert ask(content, [WELCOME, 1, STOP]).ended


def test_the_end_of_the_input_ends_the_visit_and_answers_nothing(ask: Ask, content: Content) -> None:
    """The script runs out, as if the terminal were closed."""
    outcome = ask(content, [WELCOME, 1])
    assert outcome.ended
    assert outcome.answers == {"muscle-pain": "most-days"}


PAST_QUESTIONARY = {
    "Ctrl-O": "\x0f",
    "Alt-Enter": "\x1b\r",
    "Ctrl-D": "\x04",
    "Ctrl-S": "\x13",
    "Ctrl-R": "\x12",
    "Ctrl-Z": "\x1a",
    "Ctrl-backslash": "\x1c",
    "a paste of 1 and Enter": "\x1b[200~1\r\x1b[201~",
    "a colour sequence": "\x1b[31m",
    "a letter beyond the choices": "z",
    "a digit beyond the choices": "9",
    "j": "j",
    "F5": "\x1b[15~",
    "a wide character": "東",
    "a lone continuation byte as Latin": "\xbf",
}


@pytest.mark.parametrize("keys", PAST_QUESTIONARY.values(), ids=PAST_QUESTIONARY)
def test_a_key_without_a_meaning_answers_nothing(keys: str, content: Content) -> None:
    """Keys that get past questionary by itself: the question is still shown, and 2 answers it."""
    before = ["1"]  # the welcome page
    # Esc works as itself: it hides the screen, and any key shows it again.
    undo = ["1"] if keys.startswith("\x1b\r") else []
    outcome = press(content, [*before, keys, *undo, "2", "\x03", "2"], timeout=0.7)
    assert outcome.answers == {"muscle-pain": "sometimes"}


NOT_AN_ANSWER = ["0", "6", "99999999999", "1 2", "-1", "1.0", "yes", "é", "\x1b[A", "１２３" * 3]


@pytest.mark.parametrize("line", NOT_AN_ANSWER, ids=repr)
def test_a_line_without_a_meaning_gets_one_line_of_help(line: str, content: Content) -> None:
    """Then the question is repeated without its options, and 2 still answers it."""
    outcome, written = write(content, ["1", line, "2", "q"])
    assert outcome.answers == {"muscle-pain": "sometimes"}
    assert written.count(content.words.plain_not_understood["en"]) == 1
    assert written.count(content.symptoms[0].ask["en"]) == 2
    assert written.count(content.symptoms[0].term["en"]) == 1


@pytest.mark.parametrize("line", ["", " "], ids=repr)
def test_an_empty_line_repeats_the_question(line: str, content: Content) -> None:
    """With its options, for a person who missed it; it answers nothing."""
    outcome, written = write(content, ["1", line, "2", "q"])
    assert outcome.answers == {"muscle-pain": "sometimes"}
    assert content.words.plain_not_understood["en"] not in written
    first, again, *_ = written.split("Symptoms 1 of 8")[1:]
    assert first.strip(" >\n") == again.split("> You chose")[0].strip(" >\n")


@pytest.mark.parametrize("language", ["en", "es"])
def test_of_several_numbers_the_one_that_is_no_choice_is_named(language: str, content: Content) -> None:
    """None of them is marked: the person sees which to leave out, and types the others again."""
    several = ["1", "1", *["5"] * 7, "s"]
    wrong = content.words.plain_not_a_choice[language]
    outcome, written = write(content, [*several, "1 3 99", "1 2 " + "9" * 60, "1 3", "q"], language)
    assert outcome.answers["pain-areas"] == ("head", "neck")
    assert f"> {wrong.replace('{typed}', '99')}\n" in written
    assert "9" * 30 not in written
    assert content.words.plain_not_understood[language] not in written


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_key_has_a_word_on_every_question(language: str, content: Content) -> None:
    """On the first one a sign is spelled out too; later the keys take no more than two lines."""
    _, written = write(content, ["1", "2", "2", "q"], language)
    *_, later = written.split("> ")[:-2]
    words = content.words
    rows = later.strip().split(f". {words.skip[language]}\n")[1].splitlines()
    assert len(rows) <= 2
    keys = ", ".join(rows).split(", ")
    offer = {"en": "Español", "es": "English"}[language]
    texts = (words.plain_back, words.plain_why_short, words.plain_skip, words.plain_stop)
    assert keys[0] == words.plain_range[language].replace("{last}", "5")
    assert keys[1:5] == [text[language] for text in texts]
    assert keys[5] == words.plain_language[language].replace("{language}", offer)
    assert all(": " in key for key in keys[1:])


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_with_all_answers_is_numbered_from_top_to_bottom(language: str, content: Content) -> None:
    """The way on is number 1 and comes first; the last lines say so again, below a long list."""
    _, written = write(content, ["1", *["5"] * 8, "1", *["4"] * 7, "2", "3", "q"], language)
    pages = written.split(f"\n{content.words.check[language]}\n")[1:]
    assert len(pages) == 2
    for page in pages:
        lines = page.split("\n> ")[0].splitlines()
        numbers = [int(line.split(".")[0]) for line in lines if line.split(".")[0].strip().isdecimal()]
        assert numbers == list(range(1, 17))
        assert f"  1. {content.words.all_right[language]}" in lines
        assert content.words.plain_choose_to_change[language] in " ".join(lines[-4:])


def test_a_term_with_brackets_has_none_around_it(content: Content) -> None:
    term, page = "Pain (in many areas)", Page("Part", ask="Where?", id="where")
    for shown, expected in ((term, term), ("Pain", "(Pain)")):
        out = io.StringIO()
        asker = PlainAsker(content, "en", io.StringIO("1\n"), out)
        asker.choose(page._replace(term=shown), [Option("yes", "Yes"), Option("no", "No")])
        assert f"\n{expected}\n" in out.getvalue()


def test_a_question_stays_on_the_line_of_its_answer(content: Content) -> None:
    """Where there is room: other sentences begin a line each, for screen readers."""
    long = "A sentence that fills the first line of this page as far as it can be filled."
    text = f"{long} In danger now? Call 911. {long} {long[:-1]}? {long}"
    out = io.StringIO()
    page = Page("Part", groups=((Paragraph(text),),), go_on="Go on", id="text")
    PlainAsker(content, "en", io.StringIO("\n"), out, width=80).read(page)
    lines = out.getvalue().splitlines()
    assert "In danger now? Call 911." in lines
    assert not any("filled? A" in line for line in lines)


def test_a_page_that_is_read_says_how_to_go_on(content: Content) -> None:
    """And says so again after a line without a meaning; it never lists an option."""
    _, written = write(content, ["9"])
    go_on = content.words.plain_go_on["en"]
    help_line = content.words.plain_not_understood["en"]
    assert written.count(go_on) == 2
    assert written.endswith(f"> {help_line}\n{go_on}\nq: stop, l: Español\n> \n")
    assert content.words.start["en"] not in written.splitlines()


PROMPTS = {
    "en": ["Symptoms 1 of 8", "b: back", "? (question mark): why we ask", "s: skip", "q: stop", "l: Español"],
    "es": [
        "Síntomas 1 de 8",
        "b: atrás",
        "? (interrogación): por qué preguntamos",
        "s: omitir",
        "q: salir",
        "l: English",
    ],
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_question_states_its_position_text_options_and_keys_once(language: str, content: Content) -> None:
    """Section and position, the question, its term, each option with its number, each key."""
    _, written = write(content, ["1", "q"], language)
    prompt = written.split("> ")[1]
    question = content.symptoms[0]
    labels = [*(choice.label[language] for choice in question.choices), content.words.skip[language]]
    numbered = [f"{number}. {label}\n" for number, label in enumerate(labels, start=1)]
    for words in (*PROMPTS[language], question.ask[language], f"({question.term[language]})", *numbered):
        assert prompt.count(words) == 1, words
    rows_of_keys = {"en": 2, "es": 3}[language]
    assert len(prompt.strip().splitlines()) == 3 + len(labels) + rows_of_keys


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_answer_is_repeated_before_the_next_question(language: str, content: Content) -> None:
    """So that the person notices a mistyped number: one option, several, none."""
    _, written = write(content, ["1", "2", *["5"] * 7, "s", "3 1", "q"], language)
    chose = content.words.you_chose[language]
    areas = [choice.label[language] for choice in content.question("pain-areas").choices]
    sometimes = content.symptoms[0].choices[1].label[language]
    assert f"> {chose.replace('{answer}', sometimes)}\n" in written
    assert f"> {chose.replace('{answer}', f'{areas[0]}, {areas[2]}')}\n" in written
    assert written.count(f"> {content.words.skipped[language]}\n") == 8


def test_each_sentence_of_a_long_text_begins_a_line(content: Content) -> None:
    """A screen reader pauses after each line; what the screen shows side by side comes in sequence."""
    everything = ["1", "1", *["5"] * 7, "s", "s", *["1"] * 8, "1", "1", "q"]
    _, written = write(content, everything)
    lines = written.splitlines()
    about = lines.index(content.words.about_marked["en"])
    for_everyone = content.about.other_conditions
    assert for_everyone
    assert " ".join(lines[about + 1 : about + 3]) == for_everyone["en"]
    item = content.symptoms[0]
    at = lines.index(item.term["en"], about) - 1
    assert lines[at] == ""
    assert lines[at + 1 : at + 3] == [item.term["en"], "You marked: Most days"]
    assert item.learn["en"] == " ".join(lines[at + 3 : at + 6])
    assert all(line.endswith(".") for line in lines[at + 3 : at + 6])
    assert not any("   " in line.strip() for line in lines)


def test_a_very_long_line_is_one_invalid_line(content: Content) -> None:
    """The rest of it is not read as further answers."""
    outcome, written = write(content, ["1", "x" * 10_000 + " 1", "2", "q"])
    assert outcome.answers == {"muscle-pain": "sometimes"}
    assert written.count("That is not one of the choices") == 1


def test_plain_mode_announces_a_changed_answer(content: Content) -> None:
    """After a change from the check page, and without repeating the answer as well."""
    _, written = write(content, [*["1"], *["5"] * 8, "1", *["4"] * 7, "2", "3", "q"])
    assert written.count("> \nChanged. Muscle aching or burning: No\n\nCheck your answers\n") == 1
    assert "You chose" not in written


@pytest.mark.parametrize("ask_and_save", ["screen", "plain"])
def test_a_copy_can_be_saved_at_the_end(
    ask_and_save: str, content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record, in the current folder; then Finish comes first."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    steps: list[Step] = [*SKIP_ALL, ALL_RIGHT, *TO_THE_LIST, 2, 3, 1, 1, FINISH, DONE]
    ask = on_screen if ask_and_save == "screen" else in_lines
    outcome = ask(content, steps, copier=Copier(content))
    assert not outcome.ended
    assert outcome.unused == 0
    (saved,) = tmp_path.glob("fibrocheck-*.json")
    assert b"QuestionnaireResponse" in saved.read_bytes()


def test_a_copy_that_cannot_be_saved_loses_no_answer(ask: Ask, content: Content, tmp_path: Path) -> None:
    """If its folder does not exist, that is said, and the list can be taken along in another way."""
    steps: list[Step] = [*SKIP_ALL, Row(1), 2, 1, (1,), ALL_RIGHT, *END]
    outcome = ask(content, steps, copier=Copier(content, save_to=(tmp_path / "gone" / "visit.json",)))
    assert outcome.answers["muscle-pain"] == "sometimes"
    assert outcome.unused == 0
    assert not outcome.ended


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_reason_of_a_failure_is_marked_as_being_for_staff(
    language: str, content: Content, tmp_path: Path
) -> None:
    """After the sentence for the person, in the person's language."""
    copier = Copier(content, save_to=(tmp_path / "gone" / "visit.json",))
    lines = ["1", *["5"] * 8, "1", *["4"] * 7, "1", *["1"] * 6]
    outcome, written = write(content, lines, language, copier)
    for_staff = content.words.for_staff[language].replace("{reason}", "")
    text = " ".join(written.split())
    assert f"{content.words.not_saved[language]} {for_staff}" in text
    assert "not saved, the folder does not exist. Create it, or choose another one." in text
    assert not outcome.ended
