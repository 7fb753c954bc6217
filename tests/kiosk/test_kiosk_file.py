"""Several kiosks: their settings in one file, and all that they need in one folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fibrocheck.errors import StaffError, WrongUsage
from fibrocheck.kiosk.commands import _wish
from fibrocheck.kiosk.setup import pack as packing
from fibrocheck.kiosk.setup.install import KEPT, install, show
from fibrocheck.kiosk.setup.pack import LOCK, Target, pack
from fibrocheck.kiosk.setup.plan import ENVIRONMENT, UNIT, plan
from fibrocheck.kiosk.setup.state import SetupError
from fibrocheck.kiosk.setup.wish import QUESTIONS, ROOT, Way, Wish

from .made_up_system import silent

TOP = Path(__file__).parents[2]
WHOLE = """\
way: console
printer: desk
records: /srv/fibrocheck/records
ways: desk,print
language: es
large: true
questions: words.yaml
options: --idle 120 --headphones
staff-code: front11
"""


def wish(text: str, folder: Path, **given: object) -> Wish:
    """Return what a settings file with this text asks for."""
    file = folder / "kiosk.yaml"
    file.write_text(text)
    (folder / "words.yaml").write_bytes((TOP / "tests/fixture.yaml").read_bytes())
    return _wish(given, file, "/opt/fibrocheck/bin/fibrocheck", ROOT)


def test_the_file_has_all_that_makes_a_kiosk(tmp_path: Path) -> None:
    made = {file.path: file.text for file in plan(wish(WHOLE, tmp_path)).files}
    options = "--language es --printer desk --records /srv/fibrocheck/records --ways desk,print"
    assert f"fibrocheck kiosk {options} --questions {QUESTIONS} --large $FIBROCHECK_OPTIONS" in made[UNIT]
    assert "FIBROCHECK_STAFF_CODE=front11\n" in made[ENVIRONMENT]
    assert 'FIBROCHECK_OPTIONS="--idle 120 --headphones"\n' in made[ENVIRONMENT]
    assert made[QUESTIONS] == (TOP / "tests/fixture.yaml").read_text(encoding="utf-8")


def test_the_command_line_comes_first(tmp_path: Path) -> None:
    asked = wish(WHOLE, tmp_path, way=Way.touch, language="en", printer="")
    assert (asked.way, asked.language, asked.printer) == (Way.touch, "en", "desk")


def test_a_dry_run_does_not_show_the_code(tmp_path: Path) -> None:
    said: list[str] = []
    show(wish(WHOLE, tmp_path), said.append)
    assert "front11" not in "".join(said)
    assert "STAFF_CODE=(yours)" in "".join(said)


def test_a_code_that_was_there_before_stays_and_that_is_said(root: Path) -> None:
    install(Wish(Way.console, root=root, code="front11"), silent)
    for code, is_said in (("front11", False), ("front22", True)):
        said: list[str] = []
        install(Wish(Way.console, root=root, code=code), said.append)
        assert f"{ENVIRONMENT}: {KEPT}" in said
        assert any("another staff code" in line for line in said) is is_said
        assert not any("Write the staff code" in line for line in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("printer: desk", "kind of kiosk is not named"),
        ("way: desktop", "desktop is no kind of kiosk"),
        ("way: console\nprinters: desk", "unknown setting"),
        ("way: console\nlarge: maybe", "neither true nor false"),
        ("way: console\nstaff-code: 123456", "Put it in quotation marks"),
        ("way: console\nstaff-code: abc", "6 to 32"),
        ("way: console\nlanguage: de", "no language"),
        ("way: console\nquestions: none.yaml", "no such file"),
        ("way: console\nways: desk", "needs --records"),
        ("way: console\nways: fax", "not known"),
        ("way: console\noptions: check", "no option"),
        ("way: console\noptions: --idle 120 twice", "no option"),
        ("way: console\noptions: --idle $(x)", "letters, digits"),
        ("way: [", "not YAML"),
    ],
)
def test_what_cannot_be_is_said_first(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(StaffError, match=re.escape(said)):
        wish(text, tmp_path)


def test_the_order_of_ways_in_a_script_is_safe(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        wish("way: console\nways: $(x)", tmp_path)


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Take pip's commands; instead of a build, there is a wheel without anything in it."""
    commands: list[tuple[str, ...]] = []

    def run(*command: str) -> None:
        commands.append(command)
        if command[0] == "wheel":
            folder = Path(command[command.index("--wheel-dir") + 1])
            folder.mkdir()
            (folder / "fibrocheck-0.2.0-py3-none-any.whl").write_bytes(b"wheel")

    monkeypatch.setattr(packing, "_pip", run)
    return commands


def test_a_folder_has_packages_hashes_settings_and_a_script(
    pip: list[tuple[str, ...]], tmp_path: Path
) -> None:
    wish(WHOLE, tmp_path)
    said: list[str] = []
    output = tmp_path / "kiosks"
    pack(TOP, output, tmp_path / "kiosk.yaml", Target("3.13", "aarch64"), said.append)
    assert [command[0] for command in pip] == ["wheel", "download"]
    assert {"--require-hashes", "3.13", "manylinux_2_17_aarch64"} <= set(pip[1])
    assert {path.name for path in output.iterdir()} == {
        *("wheels", LOCK, "install.sh", "kiosk.yaml", "words.yaml")
    }
    lock = (output / LOCK).read_text()
    assert re.search(r"^fibrocheck==0\.2\.0 \\\n    --hash=sha256:[0-9a-f]{64}\n\Z", lock, re.MULTILINE)
    assert (output / "kiosk.yaml").stat().st_mode & 0o777 == 0o600
    script = (output / "install.sh").read_text()
    assert "Python 3.13 on aarch64" in script
    assert "@" not in script.replace('"$@"', "")
    assert "sh kiosks/install.sh" in said[-1]


def test_the_script_changes_nothing_on_another_kind_of_computer(
    pip: list[tuple[str, ...]], tmp_path: Path
) -> None:
    """Nor for another user than root: whichever it finds first."""
    pack(TOP, tmp_path / "kiosks", None, Target("2.7", "vax"), silent)
    assert pip
    done = subprocess.run(["sh", tmp_path / "kiosks/install.sh"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert ("for Python 2.7 on vax" if os.geteuid() == 0 else "Only root") in done.stderr
    assert done.stderr.endswith("Nothing was changed.\n")


def test_words_that_would_not_be_found_there_are_refused(pip: list[tuple[str, ...]], tmp_path: Path) -> None:
    (tmp_path / "kiosk.yaml").write_text("way: console\nquestions: sub/words.yaml\n")
    with pytest.raises(SetupError, match="Put it beside"):
        pack(TOP, tmp_path / "kiosks", tmp_path / "kiosk.yaml", Target(), silent)
    assert pip == []


def test_a_folder_is_made_whole_or_not_at_all(
    pip: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SetupError, match="is there already"):
        pack(TOP, tmp_path, None, Target(), silent)
    with pytest.raises(SetupError, match="not the source of fibrocheck"):
        pack(tmp_path, tmp_path / "kiosks", None, Target(), silent)
    assert pip == []
    monkeypatch.undo()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SetupError, match="Nothing was made"):
        pack(TOP, tmp_path / "kiosks", None, Target(), silent)
    assert list(tmp_path.iterdir()) == []
