"""Installing and removing a kiosk, on a made-up system below a folder."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from fibrocheck.errors import WrongUsage
from fibrocheck.kiosk.commands import _program
from fibrocheck.kiosk.setup import install as installing
from fibrocheck.kiosk.setup.findings import findings
from fibrocheck.kiosk.setup.install import BACKUP, install, show
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.plan import ENVIRONMENT, UNIT, plan
from fibrocheck.kiosk.setup.remove import remove
from fibrocheck.kiosk.setup.state import STATE, SetupError, write_file
from fibrocheck.kiosk.setup.wish import DEFAULT_PROGRAM, ROOT, Way, Wish
from tests.program.terminal import PROGRAM, piped

from .made_up_system import RECORDS, WAYS, add, everything, finished, results_of, set_code, silent


@WAYS
def test_remove_takes_away_all_that_install_wrote(way: Way, root: Path) -> None:
    """And brings back what it took away."""
    before = everything(root)
    wish = Wish(way, printer="desk", records=RECORDS, root=root)
    install(wish, silent)
    assert everything(root) != before
    assert finished(root)
    remove(wish, silent)
    assert everything(root) == before


@WAYS
def test_every_file_is_written_as_it_is_shown(way: Way, root: Path) -> None:
    """`--dry-run` says each path and its text, and changes nothing."""
    before, said = everything(root), list[str]()
    wish = Wish(way, root=root)
    show(wish, said.append)
    assert everything(root) == before
    install(wish, silent)
    for file in plan(wish).files:
        path = root / file.path.lstrip("/")
        assert path.read_text() == file.text
        assert path.stat().st_mode & 0o777 == file.mode
        assert any(file.path in part and file.text.rstrip() in part for part in said)
        assert "@" not in file.text.replace("getty@tty1", "").replace("@system-service", "")


@WAYS
def test_installing_again_changes_nothing(way: Way, root: Path) -> None:
    """The staff code stays, too."""
    wish = Wish(way, root=root)
    install(wish, silent)
    set_code(root)
    before = everything(root)
    install(wish, silent)
    assert everything(root) == before


def test_a_newer_version_replaces_its_own_files(root: Path) -> None:
    install(Wish(Way.console, root=root), silent)
    install(Wish(Way.console, printer="other", large=True, root=root), silent)
    unit = (root / UNIT.lstrip("/")).read_text()
    assert f"ExecStart={DEFAULT_PROGRAM} kiosk --printer other --large $FIBROCHECK_OPTIONS" in unit


def test_another_kind_needs_remove_first(root: Path) -> None:
    install(Wish(Way.console, root=root), silent)
    with pytest.raises(SetupError, match="kiosk remove"):
        install(Wish(Way.touch, root=root), silent)


def test_a_file_that_differs_is_never_overwritten_silently(root: Path) -> None:
    """It is said before anything is changed; with force it is kept, and remove brings it back."""
    add(root, UNIT, "by hand\n")
    before = everything(root)
    wish = Wish(Way.console, root=root)
    with pytest.raises(
        SetupError, match=r"fibrocheck\.service is there and differs(.|\n)*Nothing was changed"
    ):
        install(wish, silent)
    assert everything(root) == before
    install(wish, silent, force=True)
    assert (root / f"{UNIT}{BACKUP}".lstrip("/")).read_text() == "by hand\n"
    remove(wish, silent)
    assert everything(root) == before


def test_what_was_changed_since_stays(root: Path) -> None:
    said: list[str] = []
    wish = Wish(Way.console, root=root)
    install(wish, silent)
    set_code(root)
    remove(wish, said.append)
    assert f"{ENVIRONMENT}: was changed since, and stays" in said
    assert "front11" in (root / ENVIRONMENT.lstrip("/")).read_text()


def test_what_was_there_already_is_not_removed(root: Path) -> None:
    """Also if it is what install would have written."""
    wish = Wish(Way.console, root=root)
    text = next(file.text for file in plan(wish).files if file.path == UNIT)
    file = add(root, UNIT, text)
    install(wish, silent)
    remove(wish, silent)
    assert file.read_text() == text


@pytest.mark.parametrize("steps", range(12))
@pytest.mark.parametrize("then", ["again", "remove"])
def test_a_run_that_stops_can_be_run_again_or_removed(
    steps: int, then: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stopped: the result is that of one whole run, or of none."""
    wish, before = Wish(Way.console, root=root), everything(root)
    real, left = write_file, [steps]

    def stopping(path: Path, text: str, mode: int) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(path, text, mode)

    with monkeypatch.context() as patched:
        patched.setattr(installing, "write_file", stopping)
        try:
            install(wish, silent)
        except KeyboardInterrupt:
            assert "half-way" in results_of(wish)["files"][1]
    # A kill at the wrong moment leaves what was being written.
    (root / "etc/.fibrocheck-0123456789abcdef.tmp").write_text("half")
    if then == "remove":
        remove(wish, silent)
        assert everything(root) == before
        return
    install(wish, silent)
    assert all((root / file.path.lstrip("/")).read_text() == file.text for file in plan(wish).files)
    assert finished(root)
    assert not list(root.rglob("*.tmp"))


CHANGES = ("unlink", "rmdir", "rename", "replace", "symlink", "mkdir")


def stop_before(step: int, patched: pytest.MonkeyPatch) -> None:
    """Have the run stop before one of its changes to the disk, as a kill would; 0 is the first."""
    left = [step]

    def stopping(real: Callable[..., Any]) -> Callable[..., Any]:
        def change(*arguments: Any, **named: Any) -> Any:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            return real(*arguments, **named)

        return change

    for name in CHANGES:
        patched.setattr(os, name, stopping(getattr(os, name)))


@WAYS
def test_a_removal_that_stops_can_be_run_again(way: Way, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any of its changes: nothing is left after the second run, not even a folder."""
    wish, before = Wish(way, root=root), everything(root)
    for step in range(60):
        install(wish, silent)
        with monkeypatch.context() as patched:
            stop_before(step, patched)
            with suppress(KeyboardInterrupt):
                remove(wish, silent)
                break
        with suppress(SetupError):  # there may be nothing left to do
            remove(wish, silent)
        assert everything(root) == before, step
    else:
        pytest.fail("it never came to its end")
    assert step > 10


def test_what_a_run_left_that_could_not_even_say_what_it_does_is_removed(root: Path) -> None:
    """It was killed while it wrote that."""
    add(root, f"{Path(STATE).parent}/.fibrocheck-0123456789abcdef.tmp", "half")
    with pytest.raises(SetupError, match="nothing to remove"):
        remove(Wish(Way.console, root=root), silent)
    assert not (root / STATE.lstrip("/")).parent.exists()


def test_removing_nothing_is_said(root: Path) -> None:
    with pytest.raises(SetupError, match="nothing to remove"):
        remove(Wish(Way.console, root=root), silent)


def test_a_dry_remove_changes_nothing(root: Path) -> None:
    wish = Wish(Way.console, root=root)
    install(wish, silent)
    before = everything(root)
    remove(wish, silent, dry_run=True)
    assert everything(root) == before


def test_a_damaged_note_of_what_was_done_is_said(root: Path) -> None:
    add(root, STATE, "{}")
    for command in (install, remove):
        with pytest.raises(SetupError, match="damaged"):
            command(Wish(Way.console, root=root), silent)


class Bare(Machine):
    """This computer, without systemd, rights, programs and printers."""

    is_root = False
    has_systemd = False

    def has_program(self, name: str) -> bool:
        return name == "lp"

    def run(self, command: Sequence[str]) -> tuple[int, str]:
        return (0, "desk\nback\n") if command == ["lpstat", "-e"] else (127, "")


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(Way.console), "not started by systemd"),
        (Wish(Way.console), "Only root can install a kiosk"),
        (Wish(Way.console), "apt-get install kbd"),
        (Wish(Way.touch), "apt-get install bsdutils lightdm openbox x11-xserver-utils xterm"),
        (Wish(Way.console, printer="nowhere"), "CUPS has no printer nowhere (it has: desk, back)"),
        (Wish(Way.console, program="/root/bin/fibrocheck"), "which the kiosk's account cannot see"),
        (Wish(Way.console, program="/opt/nowhere/fibrocheck"), "there is no such program"),
        *(
            (Wish(Way.console, records=folder), "is a place that")
            for folder in ("/home/a", "/run/x", "/dev/x", "/root")
        ),
        (Wish(Way.console, root=Path("/nowhere-at-all")), "there is no such folder"),
    ],
)
def test_what_stands_in_the_way_is_found(wish: Wish, said: str) -> None:
    found = " ".join(map(str, findings(wish, Bare(wish))))
    assert said in found


def test_a_printer_that_is_there_is_no_finding() -> None:
    wish = Wish(Way.console, printer="desk")
    assert "printer" not in " ".join(map(str, findings(wish, Bare(wish))))


@pytest.mark.parametrize("before", Way)
@WAYS
def test_a_kiosk_of_another_kind_is_said_by_a_dry_run_too(way: Way, before: Way, root: Path) -> None:
    """As is everything in the way; with or without `--force`, nothing is changed."""
    install(Wish(before, root=root), silent)
    system, said = everything(root), list[str]()
    show(Wish(way, root=root), said.append)
    warned = [line for line in said if line.startswith("warning: ")]
    assert any(f"another kind already ({before.value})" in line for line in warned) is (way is not before)
    if way is not before:
        for force in (False, True):
            with pytest.raises(SetupError, match="another kind"):
                install(Wish(way, root=root), silent, force=force)
        assert everything(root) == system


def test_a_code_that_is_written_is_not_asked_for_again(root: Path) -> None:
    """Whoever may not read it is told to write one."""
    wish, asked = Wish(Way.console, root=root), f"Write the staff code into {ENVIRONMENT}."
    for has_code in (False, True):
        said: list[str] = []
        install(wish, said.append)
        show(wish, said.append)
        assert [asked in each for each in said if each.lstrip().startswith("Next:")] == [not has_code] * 2
        set_code(root)
    (root / ENVIRONMENT.lstrip("/")).unlink()
    (root / ENVIRONMENT.lstrip("/")).mkdir()
    said = []
    show(wish, said.append)
    assert asked in said[-1]


@pytest.mark.parametrize(
    "wish",
    [
        Wish(Way.console, printer="a b"),
        Wish(Way.console, printer="a;b"),
        Wish(Way.console, language="$(x)"),
        Wish(Way.console, records="lists"),
        Wish(Way.console, records="/srv/a b"),
        Wish(Way.console, records="/srv/%h"),
        Wish(Way.console, records="/srv/../home/a"),
    ],
)
def test_words_that_a_shell_could_read_otherwise_are_refused(wish: Wish) -> None:
    with pytest.raises(WrongUsage):
        show(wish, silent)


def test_a_dry_run_works_for_anyone_and_anywhere(tmp_path: Path) -> None:
    """Without rights, systemd, printer or folder: exit 0, and what is missing are warnings."""
    arguments = (
        "kiosk",
        "install",
        "--way",
        "touch",
        "--printer",
        "nowhere",
        "--records",
        "/srv/there-is-no-such-folder/lists",
        "--dry-run",
    )
    done = piped(*PROGRAM, *arguments, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "warning: " in done.stdout
    assert "an installation changes nothing" in done.stdout
    assert "--- /etc/lightdm/lightdm.conf.d/50-fibrocheck.conf (" in done.stdout
    assert "--- /srv/there-is-no-such-folder (new folder, mode 750, group fibrocheck)" in done.stdout
    assert "--- /srv/there-is-no-such-folder/lists (new folder, mode 2773, group fibro" in done.stdout


def test_in_an_image_the_program_is_where_the_guide_puts_it(tmp_path: Path) -> None:
    assert _program(tmp_path) == DEFAULT_PROGRAM
    assert os.path.isabs(_program(ROOT))
