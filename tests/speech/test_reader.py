"""What is said of a page, of the pointer, and when."""

import io
from functools import partial
from typing import cast

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking.aloud import ReadAloud, Shown
from fibrocheck.asking.contract import GO_ON, Asker, Option, Page
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.asking.switching import SwitchingAsker
from fibrocheck.content.model import Content
from fibrocheck.content.text import Text
from fibrocheck.errors import VisitEnded
from fibrocheck.pages.text_layout import Heading, Paragraph
from fibrocheck.pages.voice import Voice
from fibrocheck.speech import controls
from fibrocheck.speech.pages import PageForEars
from fibrocheck.speech.reader import VisitReader
from fibrocheck.speech.voices import RATES, USUAL_RATE, USUAL_VOLUME, Manner, Utterance
from fibrocheck.visit.flow import Visit
from tests.asking.driving import at_each_page
from tests.speech.fakes import NotedSpeaker, noted_aloud

F4, UP, DOWN, TAB, LEFT, RIGHT = "\x1bOS", "\x1b[A", "\x1b[B", "\t", "\x1b[D", "\x1b[C"


class Heard:
    """A visit on the screen, key by key, and what was said after each key."""

    def __init__(self, content: Content, *, language: str | None = "en", on: bool = True) -> None:
        self._content, self._language = content, language
        self.aloud, self.speaker = noted_aloud(content)
        if not on:
            self.aloud = ReadAloud(lambda: VisitReader(content, self.speaker), invites=True)
        self.screens: list[str] = []

    def press(self, *keys: str) -> list[str]:
        """Press keys, each when the page after the one before is drawn; return what was said after each.

        The first is what was said before any key.
        """
        said: list[str] = []
        left = list(keys)
        with (
            create_pipe_input() as terminal,
            create_app_session(input=terminal, output=DummyOutput()),
            ScreenAsker(self._content, self._language or "en", Glyphs(), aloud=self.aloud) as asker,
        ):
            app = asker._app

            def note_and_press() -> None:
                said.append(self.speaker.text)
                self.speaker.noted.clear()
                self.screens.append(_lines(app._windows))
                if left:
                    terminal.send_text(left.pop(0))
                else:
                    terminal.close()

            at_each_page(asker, note_and_press)
            visit = Visit(self._content, cast(Asker, asker), self._language)
            with pytest.raises(VisitEnded):
                visit.run()
        return said


def one_after(content: Content, key: str, *before: str, language: str | None = "en") -> str:
    """Return what is said after one key, pressed after some others."""
    return Heard(content, language=language).press(*before, key)[-1]


def test_the_choice_of_language_is_offered_in_each_language(content: Content) -> None:
    heard = Heard(content, language=None)
    heard.press()
    words = content.words
    assert [each.language for each in heard.speaker.noted] == []
    ears = Heard(content, language=None).press()[0]
    for language, name in content.languages.items():
        assert words.choose_language[language] in ears
        assert name in ears


def test_a_question_is_said_with_its_place_its_words_and_the_key_of_each_choice(content: Content) -> None:
    said = one_after(content, "1")
    assert said.startswith("Symptoms. Question 1 of 8. ")
    assert content.symptoms[0].ask["en"] in said
    assert "Most days: press 1. Sometimes: 2." in said
    assert said.endswith("Skip this question: 5.")


def test_the_section_is_said_once(content: Content) -> None:
    assert "Symptoms" not in one_after(content, "2", "1")


def test_an_answer_is_said_before_the_next_question(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    aloud, speaker = noted_aloud(content)
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n2\n5\n"))
    monkeypatch.setattr("sys.stdout", io.StringIO())
    asker = SwitchingAsker(content, "en", plain=True, aloud=aloud)
    with pytest.raises(VisitEnded):
        Visit(content, asker, "en").run()
    assert "You chose: Sometimes. Question 2 of 8." in speaker.text
    assert "Skipped. Question 3 of 8." in speaker.text


def test_the_pointer_is_followed_to_the_choices_and_the_foot(content: Content) -> None:
    assert Heard(content).press("1", DOWN, TAB, *[DOWN] * 3)[2:] == [
        "Sometimes.", "No.", "Not sure.", "Skip this question.", "Back.",
    ]  # fmt: skip


def test_a_person_who_moves_hears_known_choices_as_they_come_to_them(content: Content) -> None:
    heard = Heard(content).press("1", "1", DOWN, "\r", DOWN, "/", "3", DOWN, "0", "1")
    by_digit, _, moved, _, whole, after, *_, back = heard[2:]
    assert by_digit.endswith("Skip this question: 5.")
    assert moved.endswith("? Most days.")
    assert whole.endswith("Skip this question: 5.")
    assert after.endswith("? Most days.")
    assert back.endswith("Skip this question: 5.")


def test_the_answer_so_far_is_said(content: Content) -> None:
    assert "Sometimes, marked: 2." in one_after(content, LEFT, "1", "2")


def test_marks_are_said_as_they_change(content: Content) -> None:
    before = ("1", "1", *["3"] * 7, "1")
    said = Heard(content).press(*before, "2", "2", DOWN)[-4:]
    assert said[0].count("You can choose more than one") == 1
    assert said[1:] == ["Jaw, marked. To go on: Tab, plus, or right arrow.", "Jaw, not marked.", "Neck."]


def test_the_check_page_is_said_row_by_row_on_request(content: Content) -> None:
    before = ("1", *["5"] * 8, "1", *["4"] * 7)
    first, row, everything = Heard(content).press(*before, UP, "/")[-3:]
    assert "To hear all 15," in first
    assert "Skipped" not in first.partition("To hear all")[2]
    assert "Skipped" in row
    assert everything.count("Skipped") == 15


def test_a_text_is_said_screenful_by_screenful_and_nothing_twice(content: Content) -> None:
    """As it is shown, so that what is heard is what Enter leaves."""
    whole = Heard(content).press()[0]
    assert "Page 1 of" not in whole


def test_why_menu_and_stop_are_pages_too(content: Content) -> None:
    assert content.symptoms[0].why["en"].split(".")[0] in one_after(content, "?", "1")
    assert one_after(content, "0", "1").startswith("Menu. Return to this page: press 1.")
    assert content.words.stop_ask["en"] in one_after(content, "\x03", "1")


def test_choose_or_skip_is_said(content: Content) -> None:
    assert one_after(content, RIGHT, "1") == content.words.choose_or_skip["en"]


def test_any_key_interrupts(content: Content) -> None:
    heard = Heard(content)
    heard.press("1", "x")
    assert heard.speaker.interrupted == 2


def test_how_to_listen_is_said_once_before_the_first_page(content: Content) -> None:
    said = Heard(content).press("1", LEFT)
    assert said[0].startswith("I can read each page to you.")
    assert "the slash key" in said[0]
    assert "I can read" not in "".join(said[1:])


def test_the_slash_key_reads_the_page_again(content: Content) -> None:
    first, again = Heard(content).press("1", "/")[1:]
    assert again == first.replace("Symptoms. ", "", 1) or again == first


def test_f4_turns_it_on_and_then_leads_to_how_it_sounds(content: Content) -> None:
    before, first, second = Heard(content, on=False).press(F4, F4)
    assert before == ""
    assert first.startswith("I can read each page")
    assert second.startswith("How should it sound? Go on reading: press 1.")


def test_it_is_in_the_menu(content: Content) -> None:
    heard = Heard(content, on=False)
    said = heard.press("1", "0", "6")
    assert content.words.aloud["en"] in heard.screens[2]
    assert said[-1].startswith("I can read each page to you.")


def test_the_rate_and_the_volume_have_an_end(content: Content) -> None:
    heard = Heard(content)
    said = heard.press(F4, *["5"] * RATES, "6")
    assert said[2] == f"Speed: {USUAL_RATE + 2} of 6."
    assert said[-2] == "Speed: 6 of 6."
    assert said[-1] == f"Volume: {USUAL_VOLUME} of 6."


def test_nothing_of_a_page_is_seen_while_the_screen_is_hidden(content: Content) -> None:
    heard = Heard(content)
    said = heard.press("1", F4, "2", DOWN, "2", F4, "2")
    hidden = heard.screens[3]
    assert content.words.aloud_blank["en"].split(".")[0] in hidden
    assert "Symptoms" not in hidden
    assert "Most days" not in hidden
    assert said[4] == "Sometimes."
    assert said[5].startswith("Question 2 of 8.")
    assert "Most days" in heard.screens[7]


def test_it_can_be_turned_off_and_begins_again_as_at_first(content: Content) -> None:
    heard = Heard(content, on=False)
    said = heard.press(F4, F4, "5", "8", "1", F4)
    assert said[-2] == ""
    assert said[-1].startswith("I can read each page to you.")


def test_a_key_without_a_meaning_offers_to_read_aloud_on_the_first_page(content: Content) -> None:
    for key in ("x", ".", TAB, LEFT):
        heard = Heard(content, language=None, on=False)
        said = heard.press(key, key)
        for language in content.languages:
            assert content.words.aloud_invite[language].rstrip(".") in said[1]
        assert "press 1" in said[2]


def test_a_key_without_a_meaning_offers_nothing_on_a_question(content: Content) -> None:
    assert Heard(content, on=False).press("1", "x", "x") == [""] * 4


def test_nothing_is_offered_without_a_voice_to_be_wanted(content: Content) -> None:
    heard = Heard(content, on=False)
    heard.aloud = ReadAloud()
    heard.press("1", "0", F4)
    assert not any(content.words.aloud["en"] in each for each in heard.screens)


def test_where_people_could_hear_only_that_is_said(content: Content) -> None:
    heard = Heard(content, on=False)
    refusal = content.words.aloud_no_headphones
    heard.aloud = ReadAloud(lambda: VisitReader(content, heard.speaker, refusal=refusal), invites=True)
    said = heard.press("1", F4, "1")
    assert said[2] == refusal["en"]
    assert refusal["en"].split(".")[0] in heard.screens[2]
    assert said[3] == ""


WHY_NOT = "espeak-ng is not installed"


def voiceless(content: Content, heard: Heard, told: list[str], refusal: Text | None = None) -> ReadAloud:
    """Return reading aloud on a computer without a voice, as is found out when it is wanted."""
    heard.speaker.failures.append(WHY_NOT)
    start = partial(VisitReader, content, heard.speaker, refusal=refusal)
    return ReadAloud(start, invites=True, tell_staff=told.append)


@pytest.mark.parametrize("at", [0, 1], ids=["on a text", "on a question"])
@pytest.mark.parametrize("keys", [(F4,), ("0", "{aloud}")], ids=["F4", "menu"])
def test_without_a_voice_a_line_says_so_and_it_is_offered_no_more(
    content: Content, at: int, keys: tuple[str, ...]
) -> None:
    """What is missing is for staff, and on no page."""
    words, told = content.words, list[str]()
    heard = Heard(content, on=False)
    heard.aloud = voiceless(content, heard, told)
    number = "36"[at]  # in the menu
    heard.press(*["1"] * at, *(number if key == "{aloud}" else key for key in keys), "1", "0")
    assert words.aloud_listen["en"] in heard.screens[at]
    after = at + len(keys)
    assert words.aloud_trouble["en"] in " ".join(heard.screens[after].split())
    for screen in heard.screens[after:]:
        assert words.aloud_listen["en"] not in screen
        assert WHY_NOT not in screen
    assert words.aloud["en"] not in heard.screens[-1]
    assert told == [f"Reading aloud does not work. {WHY_NOT}"]


def test_without_a_voice_headphones_would_not_help(content: Content) -> None:
    heard = Heard(content, on=False)
    aloud = voiceless(content, heard, [], refusal=content.words.aloud_no_headphones)
    assert aloud.turn_on() == content.words.aloud_trouble
    assert not aloud.is_offered


def test_without_a_voice_nothing_is_invited_to(content: Content) -> None:
    """A key without a meaning would lead to a promise that nobody hears."""
    heard = Heard(content, language=None, on=False)
    heard.aloud = voiceless(content, heard, [])
    heard.press("x", "x", "x")
    assert not heard.aloud.invites
    assert heard.aloud.reader is None


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_voice_that_is_lost_is_said_once_with_the_next_question(
    content: Content, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person who could hear and can see goes on without."""
    aloud, speaker = noted_aloud(content)
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n1\n1\n"))
    monkeypatch.setattr("sys.stdout", out)
    speaker.failures.append(WHY_NOT)
    with pytest.raises(VisitEnded):
        Visit(content, SwitchingAsker(content, language, plain=True, aloud=aloud), language).run()
    welcome, first, *others = out.getvalue().split("> ")
    trouble = content.words.aloud_trouble[language]
    assert trouble in first
    assert all(trouble not in each for each in (welcome, *others))
    assert content.words.plain_aloud[language] in welcome
    assert content.words.plain_aloud[language] not in first


def test_a_voice_that_is_lost_shows_the_screen_again(content: Content) -> None:
    """To a person who had it hidden: nothing else is left to them."""
    told: list[str] = []
    speaker = NotedSpeaker()
    aloud = ReadAloud(lambda: VisitReader(content, speaker), tell_staff=told.append)
    aloud.turn_on()
    assert isinstance(aloud.reader, VisitReader)
    aloud.reader.is_blank = True
    speaker.failures.append(WHY_NOT)
    assert aloud.given_up() == content.words.aloud_trouble
    assert aloud.given_up() is None
    assert not aloud.is_offered
    assert len(told) == 1


def test_rows_for_a_page_of_settings_change_how_it_sounds(content: Content) -> None:
    speaker = NotedSpeaker()
    reader = VisitReader(content, speaker)
    speed, volume, screen = controls.rows(reader, voice_of(content))
    speed.apply("5")
    volume.apply("0")
    screen.apply(controls.BLANK)
    assert reader.manner == Manner(5, 0)
    assert reader.is_blank
    assert [each.current for each in controls.rows(reader, voice_of(content))] == ["5", "0", controls.BLANK]


def test_the_settings_have_its_rows_while_it_reads(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """After language and text: speed, volume, and the screen, which is hidden at once."""
    monkeypatch.setenv("NO_COLOR", "1")
    heard = Heard(content)
    heard.press("1", "0", "8", "3", "6", "4", "1", "5", "2")
    assert f"Speed: {USUAL_RATE + 1} of 6" in heard.screens[3]
    assert "Speed: 6 of 6" in heard.screens[5]
    assert "Volume: 1 of 6" in heard.screens[7]
    assert content.words.aloud_blank["en"].split(".")[0] in heard.screens[9]
    assert "Speed" not in heard.screens[9]
    silent = Heard(content, on=False)
    silent.press("1", "0", "8")
    assert "Speed" not in silent.screens[3]


def voice_of(content: Content) -> Voice:
    return Voice(content, "en")


def plain_visit(content: Content, *lines: str, on: bool = True) -> tuple[str, str]:
    """Return what was said, and what was written, in a visit line by line."""
    aloud, speaker = noted_aloud(content)
    if not on:
        aloud = ReadAloud(lambda: VisitReader(content, speaker))
    out = io.StringIO()
    answers = io.StringIO("".join(f"{line}\n" for line in lines))
    with pytest.raises(VisitEnded):
        Visit(content, cast(Asker, PlainAsker(content, "en", answers, out, aloud=aloud)), "en").run()
    return speaker.text, out.getvalue()


def test_line_by_line_a_page_is_said_with_its_numbers(content: Content) -> None:
    said, _ = plain_visit(content, "1", "2")
    assert "Question 1 of 8." in said
    assert "Most days: press 1." in said


def test_line_by_line_a_letter_turns_it_on_and_leads_to_how_it_sounds(content: Content) -> None:
    said, written = plain_visit(content, "1", "r", "r", "4", "1", on=False)
    assert "r: read aloud" in written
    assert said.index("Question 1 of 8") < said.index("How should it sound?") < said.index("Speed: 4 of 6.")


def test_line_by_line_what_is_not_understood_is_said(content: Content) -> None:
    assert content.words.plain_not_understood["en"] in plain_visit(content, "1", "99")[0]


def spoken(content: Content, shown: Shown, *, is_blank: bool = False, with_rows: bool = False) -> str:
    ears = PageForEars(shown, voice_of(content), is_blank=is_blank)
    return " ".join(each.text for each in ears.utterances(with_rows=with_rows))


def test_line_by_line_how_to_answer_is_said_for_lines(content: Content) -> None:
    said, _ = plain_visit(content, "1", "2")
    assert said.startswith("I can read each page to you. Type the number of your choice")
    assert "arrow" not in said
    before = ("1", *["5"] * 8, "1", *["4"] * 7)
    checked, _ = plain_visit(content, *before, "")
    count, rows = checked.split("To hear all 15, press Enter alone.")
    assert "Skipped: 2." not in count
    assert ": Skipped: 2." in rows


def test_line_by_line_the_screen_cannot_be_hidden(content: Content) -> None:
    said, written = plain_visit(content, "1", "r")
    assert "Louder: 6." in said
    assert content.words.aloud_hide["en"] not in said + written


def test_a_picture_is_said_to_be_there_or_how_to_see_it(content: Content) -> None:
    shown = Shown(Page("Code", picture=("rows",), id="code"), (Option("go-on", "Go on"),), ("1",))
    assert content.words.aloud_picture["en"] in spoken(content, shown)
    hidden = spoken(content, shown, is_blank=True)
    assert "show the screen" in hidden
    assert content.words.aloud_picture["en"] not in hidden


def test_the_answer_beside_a_topic_is_said_only_if_it_is_not_a_mark(content: Content) -> None:
    words, say = content.words, voice_of(content).say
    for lead, answer, is_said in [
        (words.you_marked, "most-days", False),
        (words.you_chose, "not-sure", True),
    ]:
        beside = say(lead, answer=say(content.answers[answer]))
        page = Page("Title", groups=((Heading("Pain", beside), Paragraph("Some text.")),), id="text")
        said = spoken(content, Shown(page, (Option("go-on", "Go on"),), ("1",)))
        assert (beside in said) == is_said
        assert "Pain." in said
        asked = page._replace(groups=((Heading("Does it hurt?", beside),),))
        assert f"Does it hurt? {beside}" in spoken(content, Shown(asked, (Option("go-on", "Go on"),), ("1",)))


def test_ways_past_a_long_text_are_said_before_it_and_not_again(content: Content) -> None:
    ways = (Option("end", "Skip to the end"),)
    page = Page("Title", groups=((Paragraph("Many words. " * 50),),), ways=ways, id="text")
    said = spoken(content, Shown(page, (Option("go-on", "Go on"), *ways), ("1", "2")))
    assert said.startswith("Title. Go on: press 1. Skip to the end: 2. Many words.")
    assert said.endswith("Many words. Go on: press 1.")
    middle = Shown(page, (Option("go-on", "Go on"), *ways), ("1", "2"), part=(100, 200))
    assert spoken(content, middle).endswith("Many words. Go on: press 1. Skip to the end: 2.")
    assert spoken(content, middle._replace(part=(400, 500))).endswith("Go on: press 1.")


@pytest.mark.parametrize("moves", [False, True])
@pytest.mark.parametrize("chosen", [GO_ON, controls.BLANK])
def test_what_the_menu_interrupted_is_gone_on_with(content: Content, chosen: str, *, moves: bool) -> None:
    """Neither the menu's own words nor a label that the pointer was at meanwhile."""
    speaker = NotedSpeaker()
    reader = VisitReader(content, speaker)
    page = Shown(Page("Title", ask="One. Two.", id="text"), (Option("go-on", "Go on"),), ("1",))
    reader.page(page, "en")
    speaker.left([Utterance("Two.", "en")])
    if moves:
        reader.focus("Menu", "en")
        speaker.left([Utterance("Menu.", "en")])
    reader.page(page._replace(page=Page("Title", ask="Menu", id="menu")), "en")
    speaker.left([Utterance("Settings: 4.", "en")])
    reader.controls("en")
    reader.control(chosen, "en")
    speaker.noted.clear()
    reader.page(page, "en")
    hidden = f"{content.words.aloud_now_hidden['en']} " if chosen == controls.BLANK else ""
    assert speaker.text == f"{hidden}Two."


def test_a_part_of_a_text_is_said_without_what_is_on_other_screens(content: Content) -> None:
    page = Page("Title", groups=((Paragraph("One two. Three four."), Paragraph("Five six.")),), id="text")
    shown = Shown(page, (Option("go-on", "Go on"),), ("1",), part=(7, 17))
    said = " ".join(each.text for each in PageForEars(shown, voice_of(content)).utterances())
    assert said == "Title. Three four. Go on: press 1."


def _lines(windows: object) -> str:
    layout = windows.layout  # type: ignore[attr-defined]
    lines = [*layout.top, *(line for option in layout.options for line in option.lines), *layout.foot]
    return "\n".join("".join(span.text for span in line) for line in lines)
