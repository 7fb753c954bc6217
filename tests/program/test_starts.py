"""How the program starts: what it refuses, and how it uses the terminal it gets."""

import re
from pathlib import Path

import pytest

from fibrocheck import __version__
from fibrocheck.content.model import Content
from fibrocheck.pages.palette import ACCENT_INDEX, BLACK_ON_WHITE, QUIET_INDEX, WHITE_ON_BLACK
from fibrocheck.visit.terminal import CLEAR
from tests.program.conftest import Start
from tests.program.terminal import PROGRAM, one_line, piped_anew
from tests.program.visits import skip_to_next_step, start_asking

COLOURS = re.compile(rb"\x1b\[[0-9;]*\b(3[0-8]|4[0-8]|9[0-7]|10[0-7])\b[0-9;]*m")


def test_an_unknown_language_is_refused_and_the_known_ones_are_listed(start: Start) -> None:
    """Exit 2, on the ordinary screen, before the full screen opens."""
    terminal = start("--language", "fr", anew=True)
    assert terminal.exit_code == 2
    assert "Choose one of: en, es." in one_line(terminal.ordinary_text)
    assert b"\x1b" not in terminal.written


def test_an_unknown_option_is_wrong_usage(tmp_path: Path) -> None:
    """Exit 2, and the message names it."""
    done = piped_anew(*PROGRAM, "--diagnose", home=tmp_path)
    assert done.returncode == 2
    assert "--diagnose" in done.stderr


def test_a_broken_questions_file_is_refused_with_every_problem(start: Start, tmp_path: Path) -> None:
    """Exit 1, each problem with its file and line, before the full screen opens."""
    file = tmp_path / "broken.yaml"
    file.write_text("format: 1\nid: 7 7\nlanguages: {en: English}\nsymptoms: none\nsurprise: yes\n")
    terminal = start("--questions", str(file), size=(200, 50), anew=True)
    assert terminal.exit_code == 1
    message = terminal.ordinary_text
    for line in (2, 4, 5):
        assert f"broken.yaml:{line}: " in message
    assert "Traceback" not in message
    assert b"\x1b" not in terminal.written


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}, {"TERM": ""}], ids=str)
def test_a_dumb_terminal_or_an_accessible_one_gets_plain_lines(
    environment: dict[str, str], start: Start, content: Content
) -> None:
    """Without a single escape sequence before its end, when a terminal that can be cleared is."""
    terminal = start("--language", "en", environment=environment, anew=True)
    terminal.wait_for(content.words.plain_go_on["en"])
    terminal.wait_for(lambda terminal: terminal.row == ">")
    terminal.press("1\n")
    terminal.wait_for(content.symptoms[0].ask["en"])
    terminal.wait_for(lambda terminal: terminal.row == ">")
    assert b"\x1b" not in terminal.written
    terminal.press("q\n")
    terminal.wait_for(content.words.stop_ask["en"])
    terminal.press("2\n")
    assert terminal.exit_code == 130
    is_cleared = "ACCESSIBLE" in environment
    assert bytes(terminal.written).count(CLEAR.encode()) == terminal.written.count(b"\x1b[2J") == is_cleared
    said = content.words.erased if is_cleared else content.words.left_early
    assert terminal.ordinary_text.endswith(said["en"])


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [
        ({}, True),
        ({"TERM": "xterm"}, True),
        ({"TERM": "tmux"}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "vt100"}, False),
        ({"TERM": "xterm-16color"}, False),
        ({"TERM": "no-such-terminal"}, False),
    ],
    ids=str,
)
def test_colours_are_used_only_if_there_are_256_and_they_are_wanted(
    environment: dict[str, str], is_coloured: bool, start: Start, content: Content
) -> None:
    """On the opening page and on later ones, for lines and signs. Bold text works everywhere, below them too.

    Only the picture of a code has colours everywhere: a camera needs them.
    """
    terminal = start("--language", "en", "--show", environment=environment)
    start_asking(terminal, content)
    skip_to_next_step(terminal, content)
    while terminal.is_full_screen:
        terminal.turn("1")
    assert terminal.exit_code == 0
    opening, pages, summary = re.split(rb"\x1b\[\?1000h|\x1b\[\?1000l", bytes(terminal.written), maxsplit=2)
    for part in (opening, pages, summary):
        assert b"\x1b[1m" in part or b"\x1b[0;1m" in part
        without_picture = part.replace(WHITE_ON_BLACK.encode(), b"").replace(BLACK_ON_WHITE.encode(), b"")
        assert bool(COLOURS.search(without_picture)) is (is_coloured and part is not summary)
    own = {b"38;5;%d" % index for index in (ACCENT_INDEX, QUIET_INDEX)}
    assert is_coloured is (own <= set(re.findall(rb"38;5;\d+", terminal.written)))


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "linux", "LC_ALL": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "LANG": ""}],
    ids=str,
)
def test_a_terminal_without_accents_gets_only_ascii(
    environment: dict[str, str], start: Start, content: Content
) -> None:
    """In Spanish too, on the pages and in the summary after them."""
    terminal = start("--language", "es", environment=environment)
    terminal.wait_for("Dolor o presion en el pecho")
    assert "Sintomas" in terminal.turn("1")
    terminal.leave()
    assert terminal.exit_code == 130
    assert terminal.written.isascii()
    assert content.clinic.name in terminal.written.decode()


@pytest.mark.parametrize("name", ["linux", "no-such-terminal", "xterm", "vt100", "screen"])
def test_a_terminal_of_any_name_gets_the_full_screen(name: str, start: Start, content: Content) -> None:
    """Whether or not the system knows the name."""
    terminal = start("--language", "en", environment={"TERM": name})
    start_asking(terminal, content)
    assert terminal.is_full_screen
    terminal.leave()
    assert terminal.exit_code == 130
    assert terminal.is_as_found


@pytest.mark.parametrize(
    ("environment", "has_mouse"),
    [
        ({"TERM": "screen.xterm-256color"}, False),
        ({"TERM": "screen"}, False),
        ({"TERM": "vt100", "STY": "7.visit"}, False),
        ({"TERM": "screen", "TMUX": "/tmp/tmux-0/default,7,0"}, True),  # noqa: S108 - only a name
        ({"TERM": "screen-256color"}, True),
    ],
    ids=str,
)
def test_gnu_screen_gets_no_clicks_so_that_esc_works(
    environment: dict[str, str], has_mouse: bool, start: Start, content: Content
) -> None:
    """Even if only the name of the terminal shows that it is GNU Screen, as over SSH."""
    terminal = start("--language", "en", environment=environment)
    start_asking(terminal, content)
    assert (b"\x1b[?1000h" in terminal.written) is has_mouse
    terminal.leave()
    assert terminal.exit_code == 130


def test_the_version_and_the_help_are_printed(tmp_path: Path) -> None:
    """To standard output, exit 0; the help has an example."""
    version, helped = (
        piped_anew(*PROGRAM, "--version", home=tmp_path),
        piped_anew(*PROGRAM, "--help", home=tmp_path),
    )
    assert (version.returncode, version.stdout) == (0, f"fibrocheck {__version__}\n")
    assert helped.returncode == 0
    assert "Example: fibrocheck" in helped.stdout


def test_learn_lists_the_topics_and_shows_one(content: Content, tmp_path: Path) -> None:
    """An unknown topic is wrong usage."""
    listed, shown = (
        piped_anew(*PROGRAM, "learn", home=tmp_path),
        piped_anew(*PROGRAM, "learn", "sleep", "--language", "es", home=tmp_path),
    )
    assert listed.returncode == shown.returncode == 0
    for item in content.items:
        assert item.id in listed.stdout
    sleep = content.question("sleep")
    assert one_line(sleep.term["es"]) in one_line(shown.stdout)
    missing = piped_anew(*PROGRAM, "learn", "nothing", home=tmp_path)
    assert missing.returncode == 2
    assert "'nothing'" in missing.stderr
    assert "`fibrocheck learn`" in missing.stderr
    assert missing.stdout == ""
