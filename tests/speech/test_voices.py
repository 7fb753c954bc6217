"""The two voices, and the thread that has them speak: quick, whatever the voice does."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the voices are those of Linux", allow_module_level=True)

from fibrocheck.speech import ssip
from fibrocheck.speech.espeak import EspeakVoice
from fibrocheck.speech.speaker import MAX_WAITING, Speaker
from fibrocheck.speech.ssip import SpeechDispatcher
from fibrocheck.speech.voices import Manner, Utterance, VoiceError, longest
from tests.speech.fakes import FakeDispatcher, NotedVoice, fake_espeak, wait_until

SPEAKS_IN_A_VISIT = """
import sys, time
from fibrocheck.speech.espeak import EspeakVoice
from fibrocheck.speech.speaker import Speaker
from fibrocheck.speech.voices import Utterance
Speaker([lambda: EspeakVoice(sys.argv[1])]).say([Utterance("Hello", "en")])
time.sleep(600)
"""
HELLO, HOLA = Utterance("Hello there.", "en"), Utterance("Hola.", "es")


@pytest.fixture
def wake() -> Iterator[tuple[int, int]]:
    """Return a pipe: the end that interrupts a voice, and the one that is written to do so."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


@pytest.fixture
def dispatcher(tmp_path: Path) -> Iterator[FakeDispatcher]:
    with FakeDispatcher(tmp_path) as fake:
        yield fake


def test_speech_dispatcher_is_asked_in_the_language_of_the_text(
    dispatcher: FakeDispatcher, wake: tuple[int, int]
) -> None:
    voice = SpeechDispatcher(dispatcher.path)
    for each in (HELLO, HOLA):
        voice.speak(each, Manner(), wake[0])
    voice.close()
    assert dispatcher.said == [("en-us", "Hello there."), ("es-419", "Hola.")]


def test_a_line_that_begins_with_a_dot_does_not_end_the_message(
    dispatcher: FakeDispatcher, wake: tuple[int, int]
) -> None:
    SpeechDispatcher(dispatcher.path).speak(Utterance(".\r\nQUIT", "en"), Manner(), wake[0])
    assert dispatcher.said == [("en-us", ". QUIT")]


def test_rate_and_volume_reach_the_daemon(dispatcher: FakeDispatcher, wake: tuple[int, int]) -> None:
    SpeechDispatcher(dispatcher.path).speak(HELLO, Manner(rate=5, volume=0), wake[0])
    assert {"SET SELF RATE 80", "SET SELF VOLUME -60"} <= set(dispatcher.commands)


def test_an_interrupted_message_is_cancelled(dispatcher: FakeDispatcher, wake: tuple[int, int]) -> None:
    dispatcher.finishes = False
    voice = SpeechDispatcher(dispatcher.path)
    os.write(wake[1], b"\0")
    voice.speak(HELLO, Manner(), wake[0])
    assert dispatcher.commands[-1] == "CANCEL SELF"


def test_a_language_without_sounds_is_known(dispatcher: FakeDispatcher) -> None:
    voice = SpeechDispatcher(dispatcher.path)
    assert [voice.speaks(each) for each in ("en", "es", "eo")] == [True, True, False]


def test_no_daemon_says_what_to_look_at(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="Is speech-dispatcher running"):
        SpeechDispatcher(str(tmp_path / "nothing"))


@pytest.mark.parametrize("at", ["LIST", "SPEAK", "SET SELF RATE"])
def test_a_daemon_that_dies_or_hangs_is_given_up(
    dispatcher: FakeDispatcher, wake: tuple[int, int], monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    monkeypatch.setattr(ssip, "_REPLIES_WITHIN", 0.2)
    monkeypatch.setattr(ssip, "_LISTS_WITHIN", 0.2)
    for dispatcher.ends_at, dispatcher.hangs_at in ((at, ""), ("", at)):
        with pytest.raises(VoiceError):
            SpeechDispatcher(dispatcher.path).speak(HELLO, Manner(), wake[0])


def test_a_message_that_never_ends_is_given_up(
    dispatcher: FakeDispatcher, wake: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssip, "longest", lambda _: 0.1)
    dispatcher.finishes = False
    with pytest.raises(VoiceError):
        SpeechDispatcher(dispatcher.path).speak(HELLO, Manner(), wake[0])


def test_a_voice_has_longer_for_a_longer_text() -> None:
    assert longest(HELLO) < longest(Utterance("Hello there. " * 10, "en"))


def test_espeak_gets_the_text_through_a_pipe_only(tmp_path: Path, wake: tuple[int, int]) -> None:
    does = f"open({str(tmp_path / 'seen')!r}, 'a').write(repr((sys.argv[1:], text)) + '\\n')"
    EspeakVoice(str(fake_espeak(tmp_path, does))).speak(HOLA, Manner(), wake[0])
    seen = (tmp_path / "seen").read_text()
    assert "['--stdin', '-v', 'es-419', '-s', '185', '-a', '100'], 'Hola.'" in seen


def test_espeak_knows_its_languages(tmp_path: Path) -> None:
    voice = EspeakVoice(str(fake_espeak(tmp_path, "")))
    assert [voice.speaks(each) for each in ("en", "es", "eo")] == [True, True, False]


def test_espeak_that_is_interrupted_is_killed(tmp_path: Path, wake: tuple[int, int]) -> None:
    voice = EspeakVoice(str(fake_espeak(tmp_path, "time.sleep(600)")))
    os.write(wake[1], b"\0")
    voice.speak(HELLO, Manner(), wake[0])
    assert voice._process is None


@pytest.mark.parametrize("does", ["sys.exit(1)", "sys.stderr.write('error: No such file or directory\\n')"])
def test_espeak_without_a_sound_device_says_what_to_look_at(
    tmp_path: Path, wake: tuple[int, int], does: str
) -> None:
    with pytest.raises(VoiceError, match="group audio"):
        EspeakVoice(str(fake_espeak(tmp_path, does))).speak(HELLO, Manner(), wake[0])


def test_warnings_of_the_sound_system_do_not_stop_espeak(tmp_path: Path, wake: tuple[int, int]) -> None:
    does = "sys.stderr.write('ALSA lib pcm.c:8568:(snd_pcm_recover) underrun occurred\\n')"
    EspeakVoice(str(fake_espeak(tmp_path, does))).speak(HELLO, Manner(), wake[0])


def test_espeak_that_hangs_is_given_up(
    tmp_path: Path, wake: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fibrocheck.speech.espeak.longest", lambda _: 0.1)
    with pytest.raises(VoiceError, match="does not answer"):
        EspeakVoice(str(fake_espeak(tmp_path, "time.sleep(600)"))).speak(HELLO, Manner(), wake[0])


def test_espeak_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """As when a visit is killed; without `setpriv` it would finish its sentence."""
    does = f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    program = str(fake_espeak(tmp_path, does))
    visit = subprocess.Popen([sys.executable, "-c", SPEAKS_IN_A_VISIT, program])
    try:
        wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != "")
        pid = int((tmp_path / "pid").read_text())
    finally:
        visit.kill()
        visit.wait()
    wait_until(lambda: not is_running(pid))


def is_running(pid: int) -> bool:
    """Return whether a process runs, and is not only waiting for its exit code to be read."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_utterances_are_said_in_order() -> None:
    voice = NotedVoice()
    speaker = Speaker([lambda: voice])
    speaker.say([HELLO, HOLA])
    voice.wait_for(lambda: voice.said == [HELLO, HOLA])
    speaker.close()


def test_a_new_page_replaces_what_is_being_said() -> None:
    voice = NotedVoice(holds=True)
    speaker = Speaker([lambda: voice])
    speaker.say([HELLO, HELLO, HELLO])
    voice.wait_for(lambda: voice.said == [HELLO])
    speaker.say([HOLA])
    voice.wait_for(lambda: voice.said == [HELLO, HOLA])
    speaker.close()


def test_what_is_added_does_not_end_what_is_being_said() -> None:
    """As the same invitation in two languages."""
    voice = NotedVoice(holds=True)
    speaker = Speaker([lambda: voice])
    speaker.add([HELLO])
    voice.wait_for(lambda: voice.said == [HELLO])
    speaker.add([HOLA])
    assert not select.select([speaker._woken], [], [], 0)[0]
    speaker.close()


def test_a_pause_goes_on_with_the_sentence_that_it_interrupted() -> None:
    voice = NotedVoice(holds=True)
    speaker = Speaker([lambda: voice])
    speaker.say([HELLO, HOLA])
    voice.wait_for(lambda: voice.said == [HELLO])
    speaker.pause()
    assert not speaker.is_speaking
    assert speaker.is_paused
    assert speaker.unsaid == [HELLO, HOLA]
    speaker.go_on()
    voice.wait_for(lambda: voice.said == [HELLO, HELLO])
    speaker.close()


def test_the_next_voice_takes_over_from_one_that_dies() -> None:
    dead, voice = NotedVoice(), NotedVoice()
    dead.fails = True
    speaker = Speaker([lambda: dead, lambda: voice])
    speaker.say([HELLO])
    voice.wait_for(lambda: voice.said == [HELLO])
    assert speaker.failures == ["It has died"]
    assert not speaker.has_failed
    speaker.close()


def test_without_a_voice_everything_goes_on_in_silence() -> None:
    dead = NotedVoice()
    dead.fails = True
    speaker = Speaker([lambda: dead])
    speaker.say([HELLO, HOLA])
    wait_until(lambda: speaker.has_failed and not speaker.is_speaking)
    speaker.close()


def test_a_language_without_sounds_is_noted_and_the_rest_is_said() -> None:
    voice = NotedVoice(("en",))
    speaker = Speaker([lambda: voice])
    speaker.say([HOLA, HELLO])
    voice.wait_for(lambda: voice.said == [HELLO])
    assert speaker.unspoken == {"es"}
    speaker.close()


def test_no_more_waits_than_one_page_has() -> None:
    voice = NotedVoice(holds=True)
    speaker = Speaker([lambda: voice])
    speaker.say([HELLO] * (MAX_WAITING * 2))
    speaker.add([HELLO] * MAX_WAITING)
    assert len(speaker.unsaid) <= MAX_WAITING
    speaker.close()
