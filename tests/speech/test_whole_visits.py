"""The real program in a real terminal, with a Speech Dispatcher that is not there: only heard."""

import os
import re
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from fibrocheck.content.model import Content
from fibrocheck.speech.spoken import for_ears
from tests.kiosk.start import CODE, leave
from tests.program.terminal import PROGRAM, Terminal, piped
from tests.program.visits import TO_THE_LIST
from tests.speech.fakes import FakeDispatcher, fake_espeak, wait_until

F4, ENTER, TAB, RIGHT = "\x1bOS", "\r", "\t", "\x1b[C"


class Ears:
    """A person who hears what the program has said, and sees nothing."""

    def __init__(self, terminal: Terminal, dispatcher: FakeDispatcher) -> None:
        self._terminal = terminal
        self._dispatcher = dispatcher
        self._at = 0

    def hear(self, words: str) -> str:
        """Wait until these words are said after those heard last, and return everything said since."""
        said = self._dispatcher.said
        wanted = for_ears(words)
        self._dispatcher.wait_for(lambda: wanted in " ".join(text for _, text in said[self._at :]))
        heard = " ".join(text for _, text in said[self._at :])
        self._at = len(said)
        return heard

    def press(self, key: str, words: str) -> str:
        """Press a key, and wait until these words are said."""
        self._terminal.press(key)
        return self.hear(words)

    def switch_to(self, label: str, words: str) -> str:
        """Move on by one switch until a label is said, then choose by the other.

        Nothing else may be waiting to be said: hear the last words of a page before.
        """
        said = self._dispatcher.said
        for _ in range(30):
            before = len(said)
            self._terminal.press(TAB)
            self._dispatcher.wait_for(lambda before=before: len(said) > before)  # type: ignore[misc]
            if said[-1][1].startswith(for_ears(label)):
                break
        self._at = len(said)
        return self.press(ENTER, words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a private folder for lists."""
    lists = tmp_path / "lists"
    lists.mkdir(mode=0o700)
    return lists


def listening(dispatcher: FakeDispatcher) -> dict[str, str]:
    """Return the environment in which the program finds the dispatcher, and no espeak-ng."""
    return {"SPEECHD_ADDRESS": f"unix_socket:{dispatcher.path}", "PATH": os.defpath.split(":")[-1]}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_whole_visit_by_digits_with_nothing_to_be_seen(
    content: Content, tmp_path: Path, folder: Path, language: str
) -> None:
    """From the first page to goodbye, with the number for the front desk said digit by digit."""
    words = content.words
    with (
        FakeDispatcher(tmp_path) as dispatcher,
        Terminal(
            "--records", str(folder), folder=tmp_path, environment=listening(dispatcher), size=(100, 60)
        ) as terminal,
    ):
        ears = Ears(terminal, dispatcher)
        terminal.wait_for(words.aloud_listen["es"])
        ears.press(F4, content.languages["es"])
        heard = ears.press(str([*content.languages].index(language) + 1), words.start[language])
        assert for_ears(words.aloud_again_key[language]) in heard
        ears.press(F4, words.aloud_turn_off[language])
        ears.press("2", words.start[language])
        terminal.wait_for(words.aloud_blank[language].split(".")[0])
        seen = [terminal.words]
        for key, symptom in zip("11233333", content.symptoms, strict=True):
            ears.press(key, symptom.ask[language])
            assert symptom.ask[language] not in terminal.words
        ears.press("3", content.follow_ups[0].ask[language])
        ears.press("2", words.aloud_pad[language])
        ears.press("3", words.aloud_marked[language])
        ears.press(RIGHT, content.follow_ups[2].ask[language])
        ears.press("1", words.factors_intro[language].split(".")[0])
        ears.press("1", content.factors[0].ask[language])
        for factor in content.factors[1:]:
            ears.press("2", factor.ask[language])
        ears.press("2", words.all_right[language])
        ears.press("1", words.go_on[language])
        ears.press("1", words.skip_to_end[language])
        ears.press("2", words.give_to_desk[language])
        ears.press("1", words.finish[language])
        (given,) = (each.stem for each in folder.rglob("*.json"))
        ears.press("1", words.what_now[language])
        heard = ears.press("1", words.done[language])
        assert " ".join(given) in heard
        seen.append(terminal.words)
        terminal.press("1")
        assert terminal.exit_code == 0
    for screen in seen:
        assert screen.strip("❯ ").startswith(words.aloud_blank[language].split(".")[0])
        assert given not in screen
    assert {spoken for spoken, _ in dispatcher.said[-20:]} == {"en-us" if language == "en" else "es-419"}


def test_two_switches_lead_through_questions_by_ear_alone(content: Content, tmp_path: Path) -> None:
    """Tab and Enter only, and only what is heard says where the pointer is."""
    words = content.words
    with (
        FakeDispatcher(tmp_path) as dispatcher,
        Terminal(
            "--language", "en", "--speak", folder=tmp_path, environment=listening(dispatcher)
        ) as terminal,
    ):
        ears = Ears(terminal, dispatcher)
        ears.hear(words.start["en"])
        ears.press(ENTER, "Skip this question: 5.")
        assert "Sometimes." not in ears.switch_to("Sometimes", "Most days.")  # it was just heard
        assert "Skipped." in ears.switch_to("Skip this question", "Most days.")
        ears.switch_to("Menu", f"{words.stop_and_erase['en']}: 9.")
        ears.switch_to(words.aloud["en"], f"{words.aloud_turn_off['en']}: 8.")
        ears.switch_to(words.aloud_slower["en"], "Speed: 2 of 6.")
        ears.switch_to(words.aloud_turn_off["en"], "")
        terminal.wait_for("3 of 8")
        terminal.leave()
        assert terminal.exit_code == 130


def test_a_voice_that_hangs_holds_up_no_key(content: Content, tmp_path: Path) -> None:
    with FakeDispatcher(tmp_path) as dispatcher:
        dispatcher.hangs_at = "LIST"
        with Terminal(
            "--language", "en", "--speak", folder=tmp_path, environment=listening(dispatcher)
        ) as terminal:
            terminal.wait_for(content.words.start["en"])
            dispatcher.wait_for(lambda: "LIST SYNTHESIS_VOICES" in dispatcher.commands)
            for number in range(1, 9):
                terminal.press("1" if number == 1 else "3")
                terminal.wait_for(f"{number} of 8")
            terminal.leave()
            assert terminal.exit_code == 130


NOWHERE = {"SPEECHD_ADDRESS": "unix_socket:/nowhere", "PATH": "/nowhere"}
TO_THE_END = TO_THE_LIST + "3\n1\n1\n"
"""Lines of a whole visit whose list is given to no one."""


@pytest.mark.parametrize("language", ["en", "es"])
def test_without_a_voice_a_visit_with_speak_says_so_on_its_first_page(
    content: Content, tmp_path: Path, language: str
) -> None:
    with Terminal("--language", language, "--speak", folder=tmp_path, environment=NOWHERE) as terminal:
        terminal.wait_for(content.words.aloud_trouble[language])
        assert content.words.aloud_listen[language] not in terminal.words
        assert "espeak-ng" not in terminal.words


def test_without_a_voice_a_visit_that_was_to_be_heard_ends_as_a_wish_that_was_not_met(tmp_path: Path) -> None:
    """And one in which a person asked for it on a page does not: staff read why in either."""
    plain = ("--plain", "--language", "en")
    wished = piped(*PROGRAM, *plain, "--speak", home=tmp_path, typed=TO_THE_END, **NOWHERE)
    asked = piped(*PROGRAM, *plain, home=tmp_path, typed=f"r\n{TO_THE_END}", **NOWHERE)
    assert (wished.returncode, asked.returncode) == (1, 0)
    for done in (wished, asked):
        (why,) = done.stderr.splitlines()
        assert why.startswith("Reading aloud does not work. Speech Dispatcher cannot be reached.")
        assert why.endswith("espeak-ng is not installed. Install it with: apt install espeak-ng")
        assert "espeak-ng" not in done.stdout


def test_at_a_kiosk_without_a_voice_the_patient_reads_a_sentence_and_staff_the_reason(
    content: Content, tmp_path: Path
) -> None:
    """Not that headphones would help: they would not."""
    options = ("kiosk", "--language", "en", "--speak", "--loudspeaker")
    environment = NOWHERE | {"FIBROCHECK_STAFF_CODE": CODE}
    with Terminal(*options, folder=tmp_path, environment=environment) as terminal:
        terminal.wait_for(content.words.aloud_trouble["en"])
        assert content.words.aloud_plug_in["en"] not in terminal.words
        assert content.words.aloud_listen["en"] not in terminal.words
        assert leave(terminal) == 0
        assert "Reading aloud does not work." in "".join(terminal.ordinary_text.splitlines())


def test_no_speech_offers_nothing(content: Content, tmp_path: Path) -> None:
    with Terminal("--language", "en", "--no-speech", folder=tmp_path) as terminal:
        terminal.wait_for(content.words.start["en"])
        assert content.words.aloud_listen["en"] not in terminal.words
        terminal.press(F4)
        assert content.words.aloud["en"] not in terminal.insist("0", content.words.to_the_page["en"])


@pytest.mark.parametrize("command", [(), ("kiosk",)])
def test_speaking_and_not_speaking_exclude_each_other(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = piped(*PROGRAM, *command, "--speak", "--no-speech", home=tmp_path)
    assert done.returncode == 2
    assert "--no-speech: leave out one of them" in done.stderr


def test_answers_are_in_no_file_argument_or_environment(content: Content, tmp_path: Path) -> None:
    """A canary for espeak-ng alone: what it is given besides its standard input, and what is left behind."""
    tools = tmp_path / "tools"
    tools.mkdir()
    notes = tmp_path / "notes"
    does = (
        f"open({str(notes)!r}, 'a').write(repr((sys.argv, dict(os.environ), os.listdir('/proc/self/fd'))))\n"
        f"open({str(tmp_path / 'heard')!r}, 'a').write(text + chr(10))"
    )
    fake_espeak(tools, does)
    environment = {
        "SPEECHD_ADDRESS": "unix_socket:/nowhere",
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }
    with Terminal("--language", "en", "--speak", folder=tmp_path, environment=environment) as terminal:
        terminal.wait_for(content.words.start["en"])
        terminal.press("1")
        terminal.wait_for("1 of 8")
        terminal.press("2")
        terminal.wait_for("2 of 8")
        wait_until(lambda: "You chose: Sometimes" in heard_in(tmp_path))
        terminal.leave()
        assert terminal.exit_code == 130
    answer = re.compile(rb"Sometimes|sometimes|muscles")
    assert answer.search(heard_in(tmp_path).encode())
    assert not answer.search(notes.read_bytes())
    assert not [
        each for each in terminal.home.rglob("*") if each.is_file() and answer.search(each.read_bytes())
    ]


def heard_in(folder: Path) -> str:
    """Return what the fake espeak-ng was given to say so far."""
    heard = folder / "heard"
    return heard.read_text() if heard.exists() else ""
