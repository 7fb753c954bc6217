"""An option has one meaning wherever it stands, and none is without an effect."""

import os
from functools import cache
from pathlib import Path

import pytest
import typer

from fibrocheck.cli import app, run_command
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.files import SaveError
from fibrocheck.copies.formats import FORMATS, JSON, REPORT_NAMES, SUFFIXES, named
from fibrocheck.copies.report import check_output, report_format
from fibrocheck.errors import StaffError, WrongUsage
from tests.fixture import questionnaire
from tests.program.terminal import PROGRAM, one_line, piped, piped_anew

VALUES = {
    "--language": ["es"],
    "--questions": ["other.yaml"],
    "--save": ["v.txt"],
    "--reference": ["A-17"],
    "--printer": ["desk"],
    "--records": ["lists"],
    "--ways": ["code"],
    "--plain": [],
    "--large": [],
    "--speak": [],
    "--no-speech": [],
    "--force": [],
    "--large-print": [],
    "--show": [],
}
"""Every option that may stand before a command, with a value."""

COMMANDS = {
    "learn sleep": ("--language", "--questions"),
    "report v.json": ("--language", "--questions"),
    "report v.json --output v.html": ("--language", "--questions", "--force", "--large-print"),
    "send v.json --server http://127.0.0.1:9 --patient Patient/1": ("--questions",),
    "content check": ("--questions",),
    "content fhir": ("--questions",),
    "content schema": (),
    "content preview --output p.html": ("--questions", "--force"),
    "content approve --by A --on 2026-11-20": ("--questions",),
    "content add-language fr": ("--questions",),
    "desk": ("--language", "--questions", "--printer", "--records", "--plain", "--large"),
    "kiosk": (
        *("--language", "--questions", "--printer", "--records", "--ways", "--plain", "--large"),
        *("--speak", "--no-speech"),
    ),
    "kiosk install --way console --dry-run": (
        *("--language", "--questions", "--printer", "--records", "--ways", "--large", "--force"),
        *("--speak", "--no-speech"),
    ),
    "kiosk pack --output . --source nowhere": (),
    "kiosk check": (),
    "kiosk remove": (),
    "kiosk test": ("--printer",),
}
"""The options that each command takes; all others are refused."""
TAKE_A_FILE = ("content check", "content preview", "content approve", "content add-language")
"""The commands whose argument is the file that others take with `--questions`."""


@cache
def a_record() -> str:
    """Return a saved record: the same for every test, as none changes it."""
    record = JSON.render(Copier(questionnaire()).copy({"sleep": "no"}, "en"))
    assert isinstance(record, str)
    return record


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a folder with a record."""
    (tmp_path / "v.json").write_text(a_record(), encoding="utf-8")
    return tmp_path


commands_of = cache(typer.main.get_command)


@pytest.fixture
def built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Typer build the commands once for all tests: they are the same whatever is read."""
    monkeypatch.setattr(typer.main, "get_command", commands_of)


def test_the_tables_name_every_option_and_command() -> None:
    """A new one must be added to them."""
    group = typer.main.get_command(app)
    options = {name for each in group.params for name in each.opts if name.startswith("--")}
    assert options - set(VALUES) == {"--version", "--install-completion", "--show-completion"}
    content = group.commands["content"]  # type: ignore[attr-defined]
    kiosk = group.commands["kiosk"]  # type: ignore[attr-defined]
    names = {*group.commands, *(f"content {name}" for name in content.commands)}  # type: ignore[attr-defined]
    names |= {f"kiosk {name}" for name in kiosk.commands}
    assert {
        line for line in names - {"content"} if not any(known.startswith(line) for known in COMMANDS)
    } == set()


TAKEN = [(command, option) for command, options in COMMANDS.items() for option in options]
REFUSED = [(command, option) for command in COMMANDS for option in VALUES if option not in COMMANDS[command]]


@pytest.mark.usefixtures("built_once")
@pytest.mark.parametrize(("command", "option"), REFUSED)
def test_an_option_before_a_command_that_takes_none_is_refused(
    command: str, option: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence, before anything is done."""
    monkeypatch.chdir(home)
    with pytest.raises(WrongUsage) as caught:
        run_command([option, *VALUES[option], *command.split()])
    assert str(caught.value).startswith((f"{option} has no effect on `fibrocheck ", f"{option} needs --"))
    assert len(str(caught.value).splitlines()) == 1
    assert {each.name for each in home.iterdir()} == {"v.json"}


def test_such_a_refusal_is_exit_2_and_a_line_for_staff(home: Path) -> None:
    """Nothing is written to where a report would be."""
    done = piped(*PROGRAM, "--save", "v.txt", "report", "v.json", home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--save has no effect on `fibrocheck report`")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("command", "option"), TAKEN)
def test_an_option_before_a_command_has_the_effect_that_it_has_after_it(
    command: str, option: str, home: Path
) -> None:
    """Output, messages and files are the same. Each command starts anew once, with all that it imports."""
    given = [option, *VALUES[option]]
    start = piped_anew if option == COMMANDS[command][0] else piped
    before = start(*PROGRAM, *given, *command.split(), home=home)
    written = (home / "v.html").read_bytes() if (home / "v.html").exists() else b""
    (home / "v.html").unlink(missing_ok=True)
    is_argument = option == "--questions" and command.startswith(TAKE_A_FILE)
    given = VALUES[option] if is_argument else given
    after = piped(*PROGRAM, *command.split(), *given, home=home)
    assert (after.returncode, after.stdout, after.stderr) == (before.returncode, before.stdout, before.stderr)
    assert ((home / "v.html").read_bytes() if (home / "v.html").exists() else b"") == written


def test_an_option_before_a_command_comes_before_the_environment(home: Path, content: Content) -> None:
    """As it does after the command; and the environment's file is what `content check` checks."""
    variables = {"FIBROCHECK_QUESTIONS": "other.yaml"}
    file = str(home / "mine.yaml")
    (home / "mine.yaml").write_bytes(
        Path(os.environ.get("FIXTURE", "tests/fixture.yaml")).resolve().read_bytes()
    )
    shown = piped(*PROGRAM, "--questions", file, "learn", "sleep", home=home, **variables)
    assert one_line(content.question("sleep").term["en"]) in one_line(shown.stdout)
    assert piped(*PROGRAM, "content", "check", home=home, **variables).stderr.startswith(
        "other.yaml: no such"
    )
    checked = piped(*PROGRAM, "--questions", file, "content", "check", home=home, **variables)
    assert checked.returncode == 0
    assert f"{file}:" in checked.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--force"],
        ["desk", "--plain", "--large"],
        ["--save", "a.json", "--save", "./a.json"],
        ["--save", "a.json", "--save", "a.txt", "--save", "sub/../a.json"],
        ["--printer", "-o"],
        ["--printer", "-"],
        ["--printer", ""],
        ["--ways", "desk"],
        ["--ways", "print"],
        ["--ways", "code,fax"],
        ["kiosk", "--ways", "desk"],
        ["kiosk", "--ways", "save"],
        ["kiosk", "--printer", "--"],
        ["kiosk", "--printer=-dother"],
        ["kiosk", "--plain", "--touch"],
        ["report", "v.json", "--force"],
        ["report", "v.json", "--large-print"],
        ["report", "v.json", "--format", "json", "--output", "new.html"],
    ],
    ids=" ".join,
)
def test_what_would_have_no_effect_is_refused_at_the_start(arguments: list[str], home: Path) -> None:
    """Exit 2, one sentence, and nothing is asked or written."""
    (home / "sub").mkdir()
    done = piped_anew(*PROGRAM, *arguments, home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert {each.name for each in home.iterdir()} == {"v.json", "sub"}


@pytest.mark.parametrize("form", [None, *REPORT_NAMES])
@pytest.mark.parametrize("suffix", [*SUFFIXES, "", ".md", ".HTML"])
def test_the_suffix_and_the_format_of_a_report_agree(form: str | None, suffix: str) -> None:
    """Or it is refused. Without a format the suffix names it; a text may have any suffix that none has."""
    owner = next((each for each in FORMATS if each.in_report and each.suffix == suffix.lower() != ""), None)
    output = Path(f"visit{suffix}")
    if form is None:
        assert report_format(form, output) is (owner or named("text"))
    elif named(form) is owner or (form in {"text", "chart"} and owner is None):
        assert report_format(form, output) is named(form)
    else:
        with pytest.raises(WrongUsage, match="do not agree"):
            report_format(form, output)
    assert report_format(form, None) is named(form or "text")


@pytest.mark.parametrize("name", ["v.xyz", "v.doc", "v.htm", "visit.2026"])
def test_a_suffix_that_names_no_format_is_refused_as_a_visit_refuses_it(name: str) -> None:
    """A name without one, or with that of a text, is a text; `--format text` may have any other."""
    with pytest.raises(SaveError, match=r"Use a name that ends in \.txt"):
        report_format(None, Path(name))
    for text in ("v", "v.txt", "v.TEXT"):
        assert report_format(None, Path(text)).name == "text"
    assert report_format("text", Path("v.md")).name == "text"


def test_a_folder_that_is_not_there_yet_is_to_be_made_first() -> None:
    """A name without a suffix may be meant as one."""
    with pytest.raises(WrongUsage, match="make the folder first"):
        report_format("html", Path("pages"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("report v.json --output", "See: fibrocheck report --help"),
        ("desk --printer", "See: fibrocheck desk --help"),
        ("content approve --by", "See: fibrocheck content approve --help"),
        ("kiosk instal", "'install'? See: fibrocheck kiosk --help"),
    ],
)
def test_a_wrong_command_line_names_the_help_of_its_own_command(line: str, said: str) -> None:
    """In sentences with one mark at the end of each."""
    with pytest.raises(WrongUsage) as caught:
        run_command(line.split())
    assert str(caught.value).endswith(said)
    assert "?." not in str(caught.value)


@pytest.mark.parametrize(
    "spelling", ["v.json", "./v.json", "sub/../v.json", "hard.json", "soft.json", "way/v.json"]
)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_report_is_never_written_over_its_record(spelling: str, *, swapped: bool, home: Path) -> None:
    """By whatever name, and even with --force."""
    (home / "sub").mkdir()
    os.link(home / "v.json", home / "hard.json")
    (home / "soft.json").symlink_to("v.json")
    (home / "way").symlink_to(".")
    before = (home / "v.json").read_bytes()
    file, output = (spelling, "v.json") if swapped else ("v.json", spelling)
    done = piped(*PROGRAM, "report", file, "--output", output, "--force", home=home)
    assert done.returncode == 1
    assert "this is the record itself" in done.stderr
    assert (home / "v.json").read_bytes() == before
    with pytest.raises(StaffError):
        check_output(home / file, home / output)


def test_a_shell_gets_completions_and_no_visit(tmp_path: Path) -> None:
    """It starts the program without arguments, and asks in the environment."""
    asks = {"_FIBROCHECK_COMPLETE": "complete_bash", "COMP_WORDS": "fibrocheck le", "COMP_CWORD": "1"}
    done = piped_anew(*PROGRAM, home=tmp_path, **asks)
    assert (done.returncode, done.stdout.split()) == (0, ["learn"])


def test_large_text_begins_on_numbered_lines_too(home: Path) -> None:
    """Lines of 48 columns and an empty line above each choice, as the settings there give."""
    normal, large = (
        piped(*PROGRAM, "--plain", "--language", "es", *more, home=home, typed="\n").stdout
        for more in ([], ["--large"])
    )
    assert max(map(len, normal.splitlines())) > 48 >= max(map(len, large.splitlines()))
    assert "\n\n  2. " in large
    assert "\n\n  2. " not in normal
