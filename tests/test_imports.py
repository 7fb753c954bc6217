"""What is imported when. Start-up time is mostly imports, which can be counted without a clock."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from fibrocheck import early_page
from fibrocheck.asking.erasing import erase_sequence
from fibrocheck.content import loader
from fibrocheck.content.source_file import read_bytes, shipped_path
from fibrocheck.speech.headphones import sound_cards
from tests.bench.contenders import Words
from tests.bench.terminal import Terminal
from tests.fresh_python import printed_by

# Python writes a line for each import to stderr, here the same terminal, so the order is visible.
TRACED = (sys.executable, "-X", "importtime", "-m", "fibrocheck")
LINE = re.compile(r"^import time: .*\| +([\w.]+)\r?$", re.MULTILINE)
FIRST_PAGE = "\x1b[?1049h"
OURS, ASKS = {"fibrocheck"}, {"prompt_toolkit", "questionary", "wcwidth"}
READS_YAML = set() if loader._baked(read_bytes(shipped_path())) else {"yaml"}
"""Nothing where the questionnaire is baked: after the install of a checkout, while nobody has changed it."""
HEAVY = {
    *("asyncio", "ctypes", "email", "http", "multiprocessing", "socket", "sqlite3", "ssl", "subprocess"),
    *("dataclasses", "inspect", "pathlib", "urllib"),
}


def imported(output: str) -> set[str]:
    """Return the packages that the output names, without those that Python itself starts with."""
    names = LINE.findall(output)
    return {name.partition(".")[0] for name in names[names.index("site") + 1 :]}


def installed(packages: set[str]) -> set[str]:
    """Return those installed by pip.

    Two belong to the standard library although it does not list them: it tries to import `org` (Jython),
    and has `_missing_stdlib_info` from Python 3.15 on.
    """
    return packages - sys.stdlib_module_names - {"org", "_missing_stdlib_info"}


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """Return the packages imported before the first page, and before the first question is shown."""
    words = Words()
    with Terminal((*TRACED, "--language", "en"), str(tmp_path_factory.mktemp("nowhere"))) as terminal:
        terminal.until(words.welcome, after="\x1b[?2004h")
        so_far = terminal.shown
        terminal.press("\r")
        terminal.until(words.question)
        return imported(so_far.partition(FIRST_PAGE)[0]), imported(so_far + terminal.shown)


def test_the_first_page_waits_for_no_library_but_yaml(visit: tuple[set[str], set[str]]) -> None:
    """Neither those that read keys nor those of the command line and the summary."""
    before, _ = visit
    assert installed(before) == OURS | READS_YAML
    assert not before & HEAVY


def test_the_first_question_waits_only_for_the_libraries_of_the_screen(
    visit: tuple[set[str], set[str]],
) -> None:
    """No typer, rich, jinja2, segno or pydantic while a person answers."""
    _, by_then = visit
    assert installed(by_then) == OURS | READS_YAML | ASKS


def test_the_first_page_waits_for_nothing_of_the_program_where_it_is_painted(tmp_path: Path) -> None:
    """Only for what shows it, and for what turns off the echo."""
    if not early_page.is_as_painted(pytest.importorskip(f"fibrocheck.{early_page.PAINTED}")):
        pytest.skip("the code has changed since it was installed")
    with Terminal((*TRACED, "--language", "en"), str(tmp_path)) as terminal:
        terminal.until(Words().welcome)
        names = LINE.findall(terminal.shown.partition(FIRST_PAGE)[0])
    began = names.index("fibrocheck")
    ours = {
        "fibrocheck",
        *(f"fibrocheck.{each}" for each in ("surroundings", "early_page", early_page.PAINTED)),
    }
    assert set(names[began:]) - {"runpy", "importlib.util", "pkgutil"} <= ours | {"gc", "termios"}


def test_the_first_page_needs_few_modules(tmp_path: Path) -> None:
    """About 125, most of them small; another library would show here."""
    with Terminal((*TRACED, "--language", "en"), str(tmp_path)) as terminal:
        terminal.until(Words().welcome)
        names = LINE.findall(terminal.shown.partition(FIRST_PAGE)[0])
    assert len(names) < 130


def loaded_by_the_first_question(folder: Path) -> set[str]:
    """Return the names of all modules that a visit has loaded when it shows its first question."""
    words = Words()
    with Terminal((*TRACED, "--language", "en"), str(folder)) as terminal:
        terminal.until(words.welcome, after="\x1b[?2004h")
        so_far = terminal.shown
        terminal.press("\r")
        terminal.until(words.question)
        return set(LINE.findall(so_far + terminal.shown))


def test_the_first_question_waits_for_no_part_of_a_library_that_is_not_used(tmp_path: Path) -> None:
    """What `light_imports` leaves out, by the modules that would come with it. 390 were loaded before."""
    names = loaded_by_the_first_question(tmp_path)
    unused = {
        "_ssl",
        "_hashlib",
        "_posixsubprocess",
        "ctypes",
        "dis",
        "tokenize",
        "xml",
        "concurrent.futures._base",
        "questionary.form",
    }
    unused |= {"prompt_toolkit.widgets", "prompt_toolkit.key_binding.bindings.vi", "wcwidth.table_wide"}
    if sys.version_info >= (3, 15):  # prompt_toolkit enters contexts by a stack, which imports inspect there
        unused -= {"dis"}
    assert not names & unused
    others = {name for name in names if not name.startswith("fibrocheck")}
    assert len(others) < 235 + 40 * bool(READS_YAML)


@pytest.mark.parametrize("given", ["--reference", "--save", "--questions", "FIBROCHECK_QUESTIONS"])
def test_a_visit_with_options_needs_no_library_to_read_them(given: str, tmp_path: Path) -> None:
    """Nor does one with a questionnaire named by a variable."""
    value = shipped_path() if "QUESTIONS" in given.upper() else f"{tmp_path}/x.html"
    options = (given, value) if given.startswith("-") else ()
    variables = () if options else (f"{given}={value}",)
    with Terminal(("env", *variables, *TRACED, "--language", "en", *options), str(tmp_path)) as terminal:
        terminal.until(Words().welcome)
        before = imported(terminal.shown.partition(FIRST_PAGE)[0])
    assert installed(before) <= OURS | {"yaml"}
    assert not {"uuid", "platform", "datetime"} & before


def test_a_patient_at_a_kiosk_waits_for_no_import(tmp_path: Path) -> None:
    """Up to a page that takes keys, everything was loaded before the visit's process was made.

    And nothing stays in its memory that read its options.
    """
    with Terminal(
        (*TRACED, "kiosk", "--language", "en"), str(tmp_path), FIBROCHECK_STAFF_CODE="246824"
    ) as each:
        each.until(Words().welcome, after="\x1b[?2004h")
        before, erased, visit = each.shown.partition(erase_sequence())
    assert erased
    assert not {"typer", "click", "rich"} & imported(before)
    assert not LINE.findall(visit)


def test_help_needs_neither_pydantic_nor_the_screen() -> None:
    """Typer imports pydantic from 0.29 on (pyproject.toml says what that costs)."""
    done = subprocess.run([*TRACED, "--help"], check=True, capture_output=True, text=True, timeout=60)
    packages = imported(done.stderr)
    assert "typer" in packages
    assert not packages & {"pydantic", "prompt_toolkit", "questionary", "jinja2", "segno"}


def test_a_kiosk_keeps_nothing_that_its_visits_do_not_need() -> None:
    """It is in memory as long as the kiosk runs, and again in each visit that touches it."""
    program = (
        "import sys, types; from fibrocheck.kiosk.serving import read_plainly\n"
        "settings = read_plainly(['--language', 'en'], {}); from fibrocheck.kiosk import supervisor\n"
        "supervisor.load_for(None, 'en'); supervisor.load_before_visits(settings)\n"
        "print(*(name for name, module in sys.modules.items() if type(module) is types.ModuleType))"
    )
    loaded = set(printed_by(program).split())
    assert {"asyncio", "fibrocheck.asking.screen.asker", "fibrocheck.speech.headphones"} <= loaded
    assert "fibrocheck.copies.folder.desk_folder" not in loaded
    for_paths = {"pathlib", "urllib.parse", "ipaddress"}
    with_sound = set() if sound_cards() else {"shutil"}  # each visit then looks for what tells of headphones
    assert not loaded & {"datetime", "json", "locale", "random", "subprocess", *for_paths, *with_sound}


def test_nothing_of_sending_is_loaded_by_a_visit_or_a_kiosk() -> None:
    """Only the command that sends may open a connection: no library for one, and no module of ours."""
    modules = ("fibrocheck.cli", "fibrocheck.kiosk.supervisor", "fibrocheck.kiosk.visits")
    program = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    loaded = set(printed_by(program).split())
    assert loaded.issuperset(modules)
    assert not {name for name in loaded if name.startswith("fibrocheck.sending")}
    assert not {"urllib3", "jwt", "cryptography", "http", "ssl"} & loaded


def test_nothing_of_sending_is_loaded_by_a_desk_without_settings_for_it() -> None:
    """Its pages know only that a list can be sent where that is set up."""
    modules = ("fibrocheck.cli", "fibrocheck.reception.program", "fibrocheck.reception.open_list")
    program = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    loaded = set(printed_by(program).split())
    assert "fibrocheck.reception.sending_page" in loaded
    assert not {name for name in loaded if name.startswith("fibrocheck.sending")}
    assert not {"urllib3", "jwt", "cryptography", "http", "ssl"} & loaded


def test_a_visit_knows_nothing_of_the_front_desks_program(tmp_path: Path) -> None:
    """Neither its pages nor what they do, until its first question."""
    names = loaded_by_the_first_question(tmp_path)
    assert not [name for name in names if name.startswith(("fibrocheck.desk", "fibrocheck.reception"))]
