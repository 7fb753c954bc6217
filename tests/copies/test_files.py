"""Saving a copy, with everything that can go wrong on the way to the disk."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fibrocheck.copies import files
from fibrocheck.copies.files import SaveError, form_of, save

OLD, NEW = "old copy\n", "new copy, línea\n"
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def leftovers(folder: Path) -> list[str]:
    """The temporary files in a folder."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


@pytest.mark.parametrize("force", [False, True])
def test_a_copy_is_whole_and_for_its_owner_only(tmp_path: Path, *, force: bool) -> None:
    """UTF-8, line ends as they are, mode 0600 whatever the umask, and nothing beside it."""
    path = tmp_path / "visit.txt"
    before = os.umask(0)
    try:
        save(path, NEW, force=force)
    finally:
        os.umask(before)
    assert path.read_bytes() == NEW.encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["visit.txt"]


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """Without force, it is told and not touched."""
    path = tmp_path / "visit.txt"
    path.write_text(OLD)
    told = refused(path)
    assert told.endswith("a file of that name is there already. Choose another name, or add --force.")
    assert path.read_text() == OLD


def test_a_file_that_appears_at_the_last_moment_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is only taken if it is free then, not if it was free before."""
    path = tmp_path / "visit.txt"
    monkeypatch.setattr(files, "_refuse_what_is_there", lambda path, **_: path.write_text(OLD))
    assert "is there already" in refused(path)
    assert path.read_text() == OLD
    assert leftovers(tmp_path) == []


def test_force_replaces_an_ordinary_file_and_its_mode(tmp_path: Path) -> None:
    """The new file is for its owner only, even where the old one was for all."""
    path = tmp_path / "visit.txt"
    path.write_text(OLD)
    path.chmod(0o644)
    save(path, NEW, force=True)
    assert path.read_text(encoding="utf-8") == NEW
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("target", ["there.txt", "nowhere.txt"])
def test_a_link_is_neither_followed_nor_replaced(tmp_path: Path, target: str, *, force: bool) -> None:
    """Whoever left a link there cannot choose where answers go, or which file is lost."""
    (tmp_path / "there.txt").write_text(OLD)
    path = tmp_path / "visit.txt"
    path.symlink_to(target)
    assert "this is a link to somewhere else" in refused(path, force=force)
    assert path.is_symlink()
    assert (tmp_path / "there.txt").read_text() == OLD
    assert not (tmp_path / "nowhere.txt").exists()


def test_a_link_that_appears_at_the_last_moment_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even with force: what it points to is not touched."""
    (tmp_path / "there.txt").write_text(OLD)
    path = tmp_path / "visit.txt"
    monkeypatch.setattr(files, "_refuse_what_is_there", lambda path, **_: path.symlink_to("there.txt"))
    save(path, NEW, force=True)
    assert (tmp_path / "there.txt").read_text() == OLD
    assert not path.is_symlink()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".", "this is a folder. Add a file name"),
        ("missing/visit.txt", "the folder does not exist. Create it"),
        ("file/visit.txt", "part of the way there is a file and not a folder"),
        ("x" * 300 + ".txt", "the name is too long. Choose a shorter one"),
        ("circle/visit.txt", "lead in a circle. Choose another folder"),
        ("a\0b.txt", "no file can have that name. Choose another name"),
        ("pipe", "this is not an ordinary file. Choose another name"),
    ],
)
@pytest.mark.parametrize("force", [False, True])
def test_each_trouble_has_its_own_sentence(tmp_path: Path, name: str, words: str, *, force: bool) -> None:
    """Where, what, and what to do, on one line."""
    (tmp_path / "file").write_text("")
    (tmp_path / "circle").symlink_to("circle")
    os.mkfifo(tmp_path / "pipe")
    path = Path(f"{tmp_path}/{name}")
    told = refused(path, force=force)
    assert words in told
    assert told.isprintable()
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("force", [False, True])
def test_a_device_is_no_place_for_a_copy(*, force: bool) -> None:
    """Above all not for root, who could replace it by a file."""
    device = Path("/dev/full")
    if not device.is_char_device():
        pytest.skip("there is no /dev/full here")
    assert "not an ordinary file" in refused(device, force=force)
    assert device.is_char_device()


def test_a_name_with_escapes_is_told_without_them(tmp_path: Path) -> None:
    """An error message is no way to move a terminal."""
    path = tmp_path / "a\x1b[2Jb\n.txt"
    save(path, OLD)
    assert "a<U+001B>[2Jb<U+000A>.txt" in refused(path)


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path: Path, *, force: bool) -> None:
    """A real file system without room, of 64 kB."""
    with mounted(tmp_path / "disk", "size=64k") as disk:
        path = disk / "visit.txt"
        if force:
            save(path, OLD)
        assert "no space is left there. Make room, or choose another place." in refused(
            path, "x" * 200_000, force=force
        )
        assert leftovers(disk) == []
        assert path.exists() == force
        save(path, NEW, force=force)  # the visit went on with its answers, and there is room for less
        assert path.read_text(encoding="utf-8") == NEW


@pytest.mark.parametrize("force", [False, True])
def test_a_disk_that_can_only_be_read_is_told(tmp_path: Path, *, force: bool) -> None:
    """A real file system, mounted read-only."""
    with mounted(tmp_path / "disk", "size=64k,ro") as disk:
        assert "nothing can be written to that disk. Choose another place." in refused(
            disk / "visit.txt", force=force
        )


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_of_somebody_else_is_told(tmp_path: Path, *, force: bool) -> None:
    """As a user without rights there: as root, by a process that gives root up first."""
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o500)
    if not AS_ROOT:
        assert "you are not allowed to write there" in refused(folder / "visit.txt", force=force)
        return
    program = (
        "import os, sys; from pathlib import Path; from fibrocheck.copies.files import save, SaveError\n"
        f"os.chdir({str(folder)!r}); os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        f"try: save(Path('visit.txt'), 'new', force={force})\n"
        "except SaveError as error: print(error)"
    )
    folder.chmod(0o555)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "you are not allowed to write there. Choose a folder of your own." in done.stdout


def test_a_folder_that_goes_away_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a memory stick that is pulled out."""
    folder = tmp_path / "folder"
    folder.mkdir()

    def pull_out(descriptor: int) -> None:
        del descriptor
        folder.rename(tmp_path / "elsewhere")

    monkeypatch.setattr(os, "fsync", pull_out)
    assert "the folder does not exist" in refused(folder / "visit.txt")


def test_whatever_the_system_says_ends_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a fault that nobody thought of; and the temporary file is gone."""
    monkeypatch.setattr(os, "fsync", failing(OSError(121, "Remote I/O error")))
    assert "not saved, remote i/o error. Choose another place." in refused(tmp_path / "visit.txt")
    assert leftovers(tmp_path) == []


def test_leaving_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the disk is slow goes its way, and the temporary file is gone."""
    monkeypatch.setattr(os, "fsync", failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "visit.txt", NEW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("taken", [False, True])
def test_a_file_system_without_hard_links_serves_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, taken: bool
) -> None:
    """Memory sticks have none: a free name is still taken, and a taken one still refused."""
    monkeypatch.setattr(os, "link", failing(PermissionError(1, "Operation not permitted")))
    path = tmp_path / "visit.txt"
    if taken:
        monkeypatch.setattr(files, "_refuse_what_is_there", lambda path, **_: path.write_text(OLD))
        assert "is there already" in refused(path)
    else:
        save(path, NEW)
    assert path.read_text(encoding="utf-8") == (OLD if taken else NEW)
    assert path.stat().st_mode & 0o077 == 0 or taken
    assert leftovers(tmp_path) == []


def test_without_hard_links_a_failed_last_step_frees_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The empty file that held the name goes again."""
    monkeypatch.setattr(os, "link", failing(PermissionError(1, "Operation not permitted")))
    monkeypatch.setattr(Path, "replace", failing(OSError(5, "Input/output error")))
    assert "the disk reported a fault" in refused(tmp_path / "visit.txt")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("step", ["open", "write", "fsync", "link", "rename", "unlink"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_step_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, step: str, when: str, *, force: bool
) -> None:
    """SIGKILL around each step: never half a copy; what is left is private, its name says nothing."""
    path = tmp_path / "visit-of-ana.txt"
    if force:
        path.write_text(OLD)
    killed(path, step, when, force=force)
    there = path.read_text(encoding="utf-8") if path.exists() else None
    assert there in ({OLD, NEW} if force else {None, NEW})
    for name in leftovers(tmp_path):
        assert name.startswith(".fibrocheck-")
        assert "ana" not in name
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    save(path, NEW, force=True)  # and the next one is not hindered
    assert path.read_text(encoding="utf-8") == NEW


@pytest.mark.parametrize("force", [False, True])
def test_visits_that_save_to_one_name_at_once_do_not_mix(tmp_path: Path, *, force: bool) -> None:
    """Without force exactly one gets the name; with force the file is one of theirs, whole."""
    path = tmp_path / "visit.txt"
    program = (
        "import sys, time; from pathlib import Path; from fibrocheck.copies.files import save, SaveError\n"
        "number, path, force = sys.argv[1], Path(sys.argv[2]), sys.argv[3] == 'True'\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "try: save(path, number * 300_000, force=force); print('saved')\n"
        "except SaveError: print('refused')"
    )
    visits = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(number), str(path), str(force)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for visit in visits:
        assert visit.stdout is not None
        assert visit.stdout.readline() == "ready\n"
    said = [visit.communicate("go\n", timeout=60)[0].strip() for visit in visits]
    winners = [str(number) for number, words in enumerate(said) if words == "saved"]
    assert len(winners) == (len(visits) if force else 1)
    assert path.read_text() in {number * 300_000 for number in winners}
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "form"), [("a.json", "json"), ("a.html", "html"), ("a.b.TXT", "txt"), ("~/x y/.a.txt", "txt")]
)
def test_the_suffix_picks_the_form(name: str, form: str) -> None:
    """In capitals too."""
    assert form_of(Path(name)) == form


@pytest.mark.parametrize("name", ["a", "a.pdf", "a.txt.gz", ".txt", "a.", "", "folder.txt/", "a.\x1b[2J"])
def test_an_unknown_suffix_is_told_with_an_example(name: str) -> None:
    """One line: what the name ends in, and what it may end in."""
    if name == "folder.txt/":  # a path knows no slash at its end; saving finds out
        assert form_of(Path(name)) == "txt"
        return
    with pytest.raises(SaveError, match=r"End it in \.txt, \.html or \.json, such as visit\.txt\.") as told:
        form_of(Path(name))
    assert str(told.value).isprintable()


def refused(path: Path, text: str = NEW, *, force: bool = False) -> str:
    """What the error says when a copy cannot be saved."""
    with pytest.raises(SaveError) as told:
        save(path, text, force=force)
    return str(told.value)


class failing:  # noqa: N801 - reads as a verb: os.fsync is failing(…)
    """A function that raises, whatever it is called with."""

    def __init__(self, error: BaseException) -> None:
        """Remember what to raise."""
        self.error = error

    def __call__(self, *_: object, **__: object) -> None:
        """Raise it."""
        raise self.error


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A small file system of its own; skips where none can be mounted."""
    if not AS_ROOT:
        pytest.skip("only root can mount a small disk")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def killed(path: Path, step: str, when: str, *, force: bool) -> None:
    """Save in another process that kills itself around one step; a step that is not taken kills nobody."""
    program = f"""
import os, signal, sys
from pathlib import Path
from fibrocheck.copies.files import save

taken = os.{step}
def step(*arguments, **more):
    try:
        if {when!r} == "after":
            taken(*arguments, **more)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)

if {step!r} == "write":  # a buffered file writes below Python: half of it is on the disk
    def half(descriptor):
        os.truncate(descriptor, 3)
        os.kill(os.getpid(), signal.SIGKILL)
    os.fsync = half
elif {step!r} == "rename":
    os.replace = step
else:
    os.{step} = step
save(Path(sys.argv[1]), {NEW!r}, force={force})
"""
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    steps = {"link": not force, "rename": force}
    assert done.returncode == (-9 if steps.get(step, True) else 0)
