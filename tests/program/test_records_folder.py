"""`--records`: the folder is tried before anything is shown."""

from pathlib import Path

import pytest

from fibrocheck.content.model import Content
from tests.kiosk.start import start_kiosk
from tests.program.terminal import PROGRAM, one_line, piped
from tests.program.test_wishes import PLAIN

MISSING = "records: the folder does not exist. Create it, or choose another one.\n"


@pytest.mark.parametrize("arguments", [PLAIN, ()], ids=["plain", "screen"])
def test_a_folder_that_is_missing_is_refused_before_the_first_page(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    """Exit 1 and one line, by the option and by the environment; it is not made."""
    for done in (
        piped(*PROGRAM, *arguments, "--records", "records", home=tmp_path),
        piped(*PROGRAM, *arguments, home=tmp_path, FIBROCHECK_RECORDS="records"),
        piped(*PROGRAM, home=tmp_path, FIBROCHECK_RECORDS="records"),
    ):
        assert (done.returncode, done.stdout, done.stderr) == (1, "", MISSING)
    assert not (tmp_path / "records").exists()


def test_a_folder_that_can_be_used_is_left_as_it_was(tmp_path: Path) -> None:
    """By a visit in which no list is given."""
    (tmp_path / "records").mkdir(mode=0o700)
    done = piped(*PROGRAM, *PLAIN, "--records", "records", home=tmp_path)
    assert done.returncode == 130
    assert list((tmp_path / "records").iterdir()) == []


def test_an_empty_name_is_wrong_usage(tmp_path: Path) -> None:
    """It would be the current folder. An empty variable is none."""
    done = piped(*PROGRAM, *PLAIN, "--records", "", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--records" in done.stderr
    assert piped(*PROGRAM, *PLAIN, home=tmp_path, FIBROCHECK_RECORDS="").returncode == 130


def test_the_option_comes_before_the_variable(tmp_path: Path) -> None:
    """As for every option."""
    (tmp_path / "records").mkdir(mode=0o700)
    done = piped(*PROGRAM, *PLAIN, "--records", "records", home=tmp_path, FIBROCHECK_RECORDS="nowhere")
    assert done.returncode == 130


def test_a_command_without_visits_refuses_the_option_and_ignores_the_variable(tmp_path: Path) -> None:
    """One variable for the whole computer is not the wish of one command."""
    assert piped(*PROGRAM, "--records", "records", "learn", home=tmp_path).returncode == 2
    assert piped(*PROGRAM, "learn", home=tmp_path, FIBROCHECK_RECORDS="records").returncode == 0


def test_a_kiosk_does_not_start_without_its_folder(tmp_path: Path) -> None:
    """Staff see why before the first patient comes."""
    with start_kiosk(tmp_path, "--records", str(tmp_path / "records")) as terminal:
        assert terminal.exit_code == 1
        # The terminal breaks the line, maybe within a word.
        assert "thefolderdoesnotexist" in "".join(terminal.text.split())
        assert not terminal.is_full_screen
    assert not (tmp_path / "records").exists()


def test_what_the_front_desk_has_is_said_when_it_changes_and_before_stopping(
    content: Content, tmp_path: Path
) -> None:
    """Stopping erases the answers here, and not the list that was given."""
    (tmp_path / "records").mkdir(mode=0o700)
    start = [*PROGRAM, *PLAIN, "--records", "records"]
    before, *_ = piped(*start, home=tmp_path, typed="1\n" * 60).stdout.split(
        content.words.who_gets_list["en"]
    )
    give, private_off, stop, yes = "1\n", "4\n", "q\n", "2\n"
    typed = "1\n" * before.count("> ") + give + private_off + stop + yes
    done = piped(*start, home=tmp_path, typed=typed)
    told, asked = (each["en"] for each in (content.words.desk_has_change, content.words.desk_keeps))
    assert done.returncode == 130
    assert one_line(done.stdout).index(told) < one_line(done.stdout).index(asked)
    said = [
        content.words.tell_number["en"].replace("{number}", each.stem) for each in tmp_path.rglob("*.json")
    ]
    assert any(each in done.stdout.rstrip().splitlines()[-1] for each in said)
