"""How the program starts: what it refuses, and what it makes of the terminal it gets."""

import re
from pathlib import Path

import pytest

from fibrocheck import __version__
from fibrocheck.content.model import Content
from fibrocheck.pages.palette import ACCENT_INDEX, QUIET_INDEX
from tests.program.conftest import Start
from tests.program.terminal import CTRL_C, PROGRAM, one_line, piped
from tests.program.visits import skip_to_summary, start_asking

COLOURS = re.compile(rb"\x1b\[[0-9;]*\b(3[0-8]|4[0-8]|9[0-7]|10[0-7])\b[0-9;]*m")


def test_a_language_that_is_not_there_is_refused_with_those_that_are(start: Start) -> None:
    """Exit 2, at the terminal, before any screen is taken."""
    terminal = start("--language", "fr")
    assert terminal.exit_code == 2
    assert "Choose one of: en, es." in one_line(terminal.ordinary_text)
    assert b"\x1b" not in terminal.written


def test_an_unknown_option_is_wrong_usage(tmp_path: Path) -> None:
    """Exit 2, with its name."""
    done = piped(*PROGRAM, "--diagnose", home=tmp_path)
    assert done.returncode == 2
    assert "--diagnose" in done.stderr


def test_a_broken_questions_file_is_refused_with_every_problem(start: Start, tmp_path: Path) -> None:
    """Exit 1, each problem with the file and its line, before any screen is taken."""
    file = tmp_path / "broken.yaml"
    file.write_text("format: 1\nid: 7 7\nlanguages: {en: English}\nsymptoms: none\nsurprise: yes\n")
    terminal = start("--questions", str(file), size=(200, 50))
    assert terminal.exit_code == 1
    told = terminal.ordinary_text
    for line in (2, 4, 5):
        assert f"broken.yaml:{line}: " in told
    assert "Traceback" not in told
    assert b"\x1b" not in terminal.written


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}, {"TERM": ""}], ids=str)
def test_a_terminal_that_cannot_or_should_not_be_drawn_on_gets_plain_lines(
    environment: dict[str, str], start: Start, content: Content
) -> None:
    """Without one escape sequence."""
    terminal = start("--language", "en", environment=environment)
    terminal.wait_for(content.words.plain_go_on["en"])
    terminal.wait_for(lambda terminal: terminal.row == ">")
    terminal.press("1\n")
    terminal.wait_for(content.symptoms[0].ask["en"])
    terminal.wait_for(lambda terminal: terminal.row == ">")
    terminal.press("q\n")
    assert terminal.exit_code == 130
    assert b"\x1b" not in terminal.written


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
def test_colours_only_where_there_are_256_and_they_are_wanted(
    environment: dict[str, str], is_coloured: bool, start: Start, content: Content
) -> None:
    """On the opening page, on the pages after it and in the summary alike; elsewhere weight does."""
    terminal = start("--language", "en", environment=environment)
    start_asking(terminal, content)
    skip_to_summary(terminal, content)
    while terminal.is_full_screen:
        terminal.turn("1")
    assert terminal.exit_code == 0
    opening, pages, summary = re.split(rb"\x1b\[\?1000h|\x1b\[\?1000l", bytes(terminal.written), maxsplit=2)
    for part in (opening, pages, summary):
        assert b"\x1b[1m" in part or b"\x1b[0;1m" in part
        assert bool(COLOURS.search(part)) is is_coloured
    own = {b"38;5;%d" % index for index in (ACCENT_INDEX, QUIET_INDEX)}
    assert is_coloured is (own <= set(re.findall(rb"38;5;\d+", terminal.written)))


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "linux", "LC_ALL": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "LANG": ""}],
    ids=str,
)
def test_a_terminal_without_accents_gets_ascii_alone(
    environment: dict[str, str], start: Start, content: Content
) -> None:
    """In Spanish too, the pages and the summary after them."""
    terminal = start("--language", "es", environment=environment)
    terminal.wait_for("Dolor o presion en el pecho")
    assert "Sintomas" in terminal.turn("1")
    terminal.press(CTRL_C)
    assert terminal.exit_code == 130
    assert terminal.written.isascii()
    assert content.clinic.name in terminal.written.decode()


@pytest.mark.parametrize("name", ["linux", "no-such-terminal", "xterm", "vt100", "screen"])
def test_any_terminal_by_name_gets_the_full_screen(name: str, start: Start, content: Content) -> None:
    """Whether or not the system knows the name."""
    terminal = start("--language", "en", environment={"TERM": name})
    start_asking(terminal, content)
    assert terminal.is_full_screen
    terminal.press(CTRL_C)
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
def test_clicks_are_given_up_for_esc_in_gnu_screen(
    environment: dict[str, str], has_mouse: bool, start: Start, content: Content
) -> None:
    """Also where only the name of the terminal is left of it, as over ssh."""
    terminal = start("--language", "en", environment=environment)
    start_asking(terminal, content)
    assert (b"\x1b[?1000h" in terminal.written) is has_mouse
    terminal.press(CTRL_C)
    assert terminal.exit_code == 130


def test_the_version_and_the_help_are_told(tmp_path: Path) -> None:
    """On standard output, exit 0; the help has an example."""
    version, helped = piped(*PROGRAM, "--version", home=tmp_path), piped(*PROGRAM, "--help", home=tmp_path)
    assert (version.returncode, version.stdout) == (0, f"fibrocheck {__version__}\n")
    assert helped.returncode == 0
    assert "Example: fibrocheck" in helped.stdout


def test_learn_lists_the_topics_and_shows_one(content: Content, tmp_path: Path) -> None:
    """An unknown one is wrong usage; a reader that goes away is no error to tell."""
    listed, shown = (
        piped(*PROGRAM, "learn", home=tmp_path),
        piped(*PROGRAM, "learn", "sleep", "--language", "es", home=tmp_path),
    )
    assert listed.returncode == shown.returncode == 0
    for item in content.items:
        assert item.id in listed.stdout
    sleep = content.question("sleep")
    assert one_line(sleep.term["es"]) in one_line(shown.stdout)
    missing = piped(*PROGRAM, "learn", "nothing", home=tmp_path)
    assert missing.returncode == 2
    assert "'nothing'" in missing.stderr
    assert "`fibrocheck learn`" in missing.stderr
    assert missing.stdout == ""
