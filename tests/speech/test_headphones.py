"""Nothing private on a loudspeaker: where headphones are reported, and what follows from it."""

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the jacks are those of Linux", allow_module_level=True)

from fibrocheck.asking.aloud import ReadAloud
from fibrocheck.content.model import Content
from fibrocheck.speech import espeak, headphones, ssip, start
from fibrocheck.speech.headphones import Jack, jack_state
from fibrocheck.speech.reader import VisitReader
from fibrocheck.speech.speaker import Speaker
from fibrocheck.speech.start import Place
from fibrocheck.speech.voices import Utterance
from tests.speech.fakes import PATIENCE, NotedSpeaker, NotedVoice, wait_until

CONTENTS = """numid=3,iface=MIXER,name='Master Playback Switch'
  ; type=BOOLEAN,access=rw------,values=1
  : values=on
numid=14,iface=CARD,name='Headphone Jack'
  ; type=BOOLEAN,access=r-------,values=1
  : values={state}
"""


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a sound card with a jack; return the file that says whether headphones are in it.

    Its events come from a named pipe beside it.
    """
    (tmp_path / "cards" / "card0").mkdir(parents=True)
    monkeypatch.setattr(headphones, "CARDS", tmp_path / "cards")
    (tmp_path / "contents").write_text(CONTENTS.format(state="off"))
    os.mkfifo(tmp_path / "events")
    program = tmp_path / "amixer"
    program.write_text(f"#!/bin/sh\ncat {tmp_path}/$3\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path / "contents"


def put(card: Path, state: str) -> None:
    """Put headphones in (on) or pull them out (off)."""
    card.write_text(CONTENTS.format(state=state))
    with (card.parent / "events").open("w") as events:
        events.write("event value: numid=14,iface=CARD,name='Headphone Jack'\n")


def test_a_jack_says_whether_headphones_are_in_it(card: Path) -> None:
    program = str(card.parent / "amixer")
    assert jack_state(program, "0") is False
    card.write_text(CONTENTS.format(state="on"))
    assert jack_state(program, "0") is True


def test_a_card_without_a_jack_reports_nothing(card: Path) -> None:
    card.write_text("numid=3,iface=MIXER,name='Master Playback Switch'\n  : values=on\n")
    assert jack_state(str(card.parent / "amixer"), "0") is None


def test_a_program_that_fails_reports_nothing(tmp_path: Path) -> None:
    assert jack_state(str(tmp_path / "no-amixer"), "0") is None


def test_putting_headphones_in_is_noticed_once(card: Path) -> None:
    jack, changed = Jack(), threading.Event()
    jack.changed = changed.set
    jack.watch()
    wait_until(lambda: jack.is_in is False)
    put(card, "on")
    assert changed.wait(PATIENCE)
    assert jack.is_in
    assert jack.was_put_in()
    assert not jack.was_put_in()
    jack.close()


def test_headphones_that_were_in_from_the_start_turn_nothing_on(card: Path) -> None:
    """The patient before may have left them there."""
    card.write_text(CONTENTS.format(state="on"))
    jack, changed = Jack(), threading.Event()
    jack.changed = changed.set
    jack.watch()
    wait_until(lambda: jack.is_in is True)
    put(card, "off")
    assert changed.wait(PATIENCE)
    assert not jack.was_put_in()
    jack.close()


@pytest.mark.parametrize(
    ("place", "is_private", "depends_on_jack"),
    [
        (Place(), True, False),
        (Place(is_kiosk=True), False, False),
        (Place(is_kiosk=True, headphones=True), True, False),
        (Place(is_kiosk=True, loudspeaker=True), True, False),
    ],
)
def test_a_kiosk_needs_headphones_or_the_word_of_staff(
    place: Place, *, is_private: bool, depends_on_jack: bool
) -> None:
    assert place.is_private == is_private
    assert place.depends_on_jack == depends_on_jack


@pytest.mark.parametrize(
    ("place", "first"),
    [(Place(), "speech-dispatcher"), (Place(is_kiosk=True, headphones=True), "espeak-ng")],
)
def test_a_kiosk_speaks_by_what_ends_with_the_visit(
    content: Content, monkeypatch: pytest.MonkeyPatch, place: Place, first: str
) -> None:
    """Speech Dispatcher's memory holds what was said before, for as long as it runs."""
    voices = {"speech-dispatcher": NotedVoice(), "espeak-ng": NotedVoice()}
    monkeypatch.setattr(ssip, "SpeechDispatcher", lambda: voices["speech-dispatcher"])
    monkeypatch.setattr(espeak, "EspeakVoice", lambda: voices["espeak-ng"])
    for module in (ssip, espeak):
        monkeypatch.setattr(module, "missing", lambda: "")
    reader = start.start_reading(content, place)
    reader.warn("Hello.", "en")
    voices[first].wait_for(lambda: [each.text for each in voices[first].said] == ["Hello."])
    reader.close()
    assert sum(len(each.said) for each in voices.values()) == 1


def test_headphones_that_are_reported_are_enough_while_they_are_in() -> None:
    jack = Jack()
    place = Place(is_kiosk=True, jack=jack)
    assert not place.is_private
    jack.is_in = True
    assert place.is_private
    assert place.depends_on_jack


def test_pulling_them_out_in_the_middle_of_a_sentence_stops_it(content: Content) -> None:
    jack, voice = Jack(), NotedVoice(holds=True)
    jack.is_in = True
    speaker = Speaker([lambda: voice])
    reader = VisitReader(content, speaker, jack=jack)
    speaker.say([Utterance("Something private.", "en"), Utterance("And more of it.", "en")])
    voice.wait_for(lambda: len(voice.said) == 1)
    jack._note(state=False)
    assert not speaker.is_speaking
    speaker.say([Utterance("The next page.", "en")])
    assert reader.trouble == content.words.aloud_no_headphones
    assert reader.for_staff == ""  # nothing to fix: the person puts them in again
    jack._note(state=True)
    assert reader.trouble is None
    speaker.say([Utterance("Again.", "en")])
    voice.wait_for(lambda: voice.said[-1].text == "Again.")
    assert [each.text for each in voice.said] == ["Something private.", "Again."]
    reader.close()


def test_putting_them_in_turns_it_on_after_it_was_refused(content: Content) -> None:
    jack = Jack()

    def start() -> VisitReader:
        place = Place(is_kiosk=True, jack=jack)
        refusal = None if place.is_private else content.words.aloud_no_headphones
        return VisitReader(content, NotedSpeaker(), refusal=refusal)

    aloud = ReadAloud(start, was_plugged_in=jack.was_put_in)
    assert aloud.turn_on() == content.words.aloud_no_headphones
    assert not aloud.is_wanted()
    jack._note(state=True)
    aloud.turn_on_if_wanted()
    assert aloud.reader is not None
