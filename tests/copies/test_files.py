"""Saving a copy, and everything that can go wrong between the program and the disk."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fibrocheck.copies import files
from fibrocheck.copies.files import SaveError, check_writable, save, save_numbered
from tests.fresh_python import printed_by

OLD, NEW = "old copy\n", "new copy, línea\n"
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def leftovers(folder: Path) -> list[str]:
    """Return the names of the temporary files in a folder."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


@pytest.mark.parametrize("force", [False, True])
def test_a_copy_is_complete_and_readable_by_its_owner_only(tmp_path: Path, *, force: bool) -> None:
    """UTF-8, line endings unchanged, mode 0600 whatever the umask, and no other file."""
    path = tmp_path / "visit.txt"
    before = os.umask(0)
    try:
        save(path, NEW, force=force)
    finally:
        os.umask(before)
    assert path.read_bytes() == NEW.encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["visit.txt"]


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    """Without force, it is reported and not changed."""
    path = tmp_path / "visit.txt"
    path.write_text(OLD)
    assert refused(path).endswith("the file already exists. Choose another name, or add --force.")
    assert path.read_text() == OLD


def test_a_file_that_appears_at_the_last_moment_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is whether the name is free when the file is renamed, not before."""
    path = tmp_path / "visit.txt"
    monkeypatch.setattr(files, "_check_free", lambda path, **_: path.write_text(OLD))
    assert "the file already exists" in refused(path)
    assert path.read_text() == OLD
    assert leftovers(tmp_path) == []


def test_force_replaces_an_ordinary_file_and_its_mode(tmp_path: Path) -> None:
    """Only the owner can read the new file, even if everyone could read the old one."""
    path = tmp_path / "visit.txt"
    path.write_text(OLD)
    path.chmod(0o644)
    save(path, NEW, force=True)
    assert path.read_text(encoding="utf-8") == NEW
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("target", ["there.txt", "nowhere.txt"])
def test_a_link_is_neither_followed_nor_replaced(tmp_path: Path, target: str, *, force: bool) -> None:
    """A link left by someone else decides neither where answers go nor which file is lost."""
    (tmp_path / "there.txt").write_text(OLD)
    path = tmp_path / "visit.txt"
    path.symlink_to(target)
    assert "this is a symbolic link" in refused(path, force=force)
    assert path.is_symlink()
    assert (tmp_path / "there.txt").read_text() == OLD
    assert not (tmp_path / "nowhere.txt").exists()


def test_a_link_that_appears_at_the_last_moment_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even with force, the file it points to is not changed."""
    (tmp_path / "there.txt").write_text(OLD)
    path = tmp_path / "visit.txt"
    monkeypatch.setattr(files, "_check_free", lambda path, **_: path.symlink_to("there.txt"))
    save(path, NEW, force=True)
    assert (tmp_path / "there.txt").read_text() == OLD
    assert not path.is_symlink()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".", "this is a folder. Add a file name"),
        ("missing/visit.txt", "the folder does not exist. Create it"),
        ("file/visit.txt", "part of the path is a file, not a folder. Check the path"),
        ("x" * 300 + ".txt", "the name is too long. Choose a shorter one"),
        ("circle/visit.txt", "the symbolic links in the path form a loop. Choose another folder"),
        ("a\0b.txt", "this file name is not valid. Choose another name"),
        ("pipe", "this is not an ordinary file. Choose another name"),
    ],
)
@pytest.mark.parametrize("force", [False, True])
def test_each_problem_has_its_own_message(tmp_path: Path, name: str, words: str, *, force: bool) -> None:
    """One line: where, what happened, and what to do."""
    (tmp_path / "file").write_text("")
    (tmp_path / "circle").symlink_to("circle")
    os.mkfifo(tmp_path / "pipe")
    path = Path(f"{tmp_path}/{name}")
    message = refused(path, force=force)
    assert words in message
    assert message.isprintable()
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("force", [False, True])
def test_a_copy_is_not_saved_to_a_device(*, force: bool) -> None:
    """Least of all by root, who could replace the device with a file."""
    device = Path("/dev/full")
    if not device.is_char_device():
        pytest.skip("needs /dev/full")
    assert "not an ordinary file" in refused(device, force=force)
    assert device.is_char_device()


def test_a_name_with_escapes_is_shown_without_them(tmp_path: Path) -> None:
    """An error message cannot control the terminal."""
    path = tmp_path / "a\x1b[2Jb\n.txt"
    save(path, OLD)
    assert "a<U+001B>[2Jb<U+000A>.txt" in refused(path)


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_is_reported_and_the_existing_file_is_kept(tmp_path: Path, *, force: bool) -> None:
    """A real file system of 64 kB."""
    with mounted(tmp_path / "disk", "size=64k") as disk:
        path = disk / "visit.txt"
        if force:
            save(path, OLD)
        assert "the disk is full. Free some space, or choose another place." in refused(
            path, "x" * 200_000, force=force
        )
        assert leftovers(disk) == []
        assert path.exists() == force
        save(path, NEW, force=force)  # the answers are still there, and a smaller copy fits
        assert path.read_text(encoding="utf-8") == NEW


@pytest.mark.parametrize("force", [False, True])
def test_a_read_only_disk_is_reported(tmp_path: Path, *, force: bool) -> None:
    """A real file system, mounted read-only."""
    with mounted(tmp_path / "disk", "size=64k,ro") as disk:
        assert "the disk is read-only. Choose another place." in refused(disk / "visit.txt", force=force)


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_that_is_not_writable_is_reported(tmp_path: Path, *, force: bool) -> None:
    """As a normal user; if the tests run as root, in a process that gives up root first."""
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o500)
    if not AS_ROOT:
        assert "permission denied" in refused(folder / "visit.txt", force=force)
        return
    program = (
        "import os, sys; from pathlib import Path; from fibrocheck.copies.files import save, SaveError\n"
        f"os.chdir({str(folder)!r}); os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        f"try: save(Path('visit.txt'), 'new', force={force})\n"
        "except SaveError as error: print(error)"
    )
    folder.chmod(0o555)
    assert "permission denied. Choose a folder that you can write to." in printed_by(program)


def test_a_folder_that_disappears_while_saving_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a USB drive that is pulled out."""
    folder = tmp_path / "folder"
    folder.mkdir()

    def pull_out(descriptor: int) -> None:
        del descriptor
        folder.rename(tmp_path / "elsewhere")

    monkeypatch.setattr(os, "fsync", pull_out)
    assert "the folder does not exist" in refused(folder / "visit.txt")


@pytest.mark.parametrize(
    ("error", "said"),
    [(OSError(121, "Remote I/O error"), "remote i/o error"), (OSError("odd"), "it could not be written")],
)
def test_any_system_error_becomes_one_line(
    error: OSError, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even an error without a message of ours, or of the system's; and the temporary file is gone."""
    monkeypatch.setattr(os, "fsync", failing(error))
    assert f"not saved, {said}. Choose another place." in refused(tmp_path / "visit.txt")
    assert leftovers(tmp_path) == []


def test_interrupting_a_save_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the disk is slow is raised, and the temporary file is gone."""
    monkeypatch.setattr(os, "fsync", failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "visit.txt", NEW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize("has_renameat2", [False, True])
def test_a_file_system_without_hard_links_works_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_renameat2: bool, taken: bool
) -> None:
    """USB drives have none: a free name still works, and a taken one is still refused."""
    monkeypatch.setattr(os, "link", failing(PermissionError(1, "Operation not permitted")))
    if not has_renameat2:
        monkeypatch.setattr(files, "rename_if_free", lambda _old, _new: False)
    path = tmp_path / "visit.txt"
    if taken:
        monkeypatch.setattr(files, "_check_free", lambda path, **_: path.write_text(OLD))
        assert "the file already exists" in refused(path)
    else:
        save(path, NEW)
    assert path.read_text(encoding="utf-8") == (OLD if taken else NEW)
    assert path.stat().st_mode & 0o077 == 0 or taken
    assert leftovers(tmp_path) == []


def test_without_hard_links_a_failed_rename_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is under the name before the copy is complete."""
    monkeypatch.setattr(os, "link", failing(PermissionError(1, "Operation not permitted")))
    for way, name in ((files, "rename_if_free"), (Path, "replace")):
        monkeypatch.setattr(way, name, failing(OSError(5, "Input/output error")))
        assert "the disk reported an error" in refused(tmp_path / "visit.txt")
        assert list(tmp_path.iterdir()) == []
        monkeypatch.setattr(files, "rename_if_free", lambda _old, _new: False)


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
@pytest.mark.parametrize("force", [False, True])
def test_the_umask_does_not_change_who_can_read_a_copy(tmp_path: Path, umask: int, *, force: bool) -> None:
    """Its owner, and no one else."""
    before = os.umask(umask)
    try:
        save(tmp_path / "visit.txt", NEW, force=force)
    finally:
        os.umask(before)
    assert (tmp_path / "visit.txt").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("limit", [0, 4096])
def test_a_limit_on_the_size_of_files_is_reported(tmp_path: Path, limit: int) -> None:
    """As `ulimit -f` sets it, before the visit and when the copy is saved; nothing cut is left."""
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from fibrocheck.copies.files import check_writable, save, SaveError\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "for attempt in (check_writable, lambda path: save(path, 'x' * 50_000)):\n"
        "    try: attempt(Path('visit.txt'))\n"
        "    except SaveError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.count("the file would be larger than the system allows") == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("link", ["nowhere.txt", "visit.txt"])
def test_a_copy_gets_the_next_number_however_many_there_are(tmp_path: Path, link: str) -> None:
    """A link that leads nowhere, or to itself, takes a name too; so do a folder and a pipe."""
    names = ["visit.txt", *(f"visit-{number}.txt" for number in range(2, 131))]
    (tmp_path / names[0]).symlink_to(link)
    (tmp_path / names[1]).mkdir()
    os.mkfifo(tmp_path / names[2])
    for name in names[3:]:
        (tmp_path / name).write_text(OLD)
    assert save_numbered(tmp_path / "visit.txt", NEW) == tmp_path / "visit-131.txt"
    assert (tmp_path / "visit-131.txt").read_text(encoding="utf-8") == NEW


STEPS = {
    "usual": ["open", "write", "fsync", "link", "unlink"],
    "force": ["open", "write", "fsync", "replace", "unlink"],
    "no links": ["open", "write", "fsync", "rename_if_free", "unlink"],
    "neither": ["open", "write", "fsync", "replace", "unlink"],
}
"""The steps of saving: with links, over a file, without links, and without a rename that never replaces."""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("way", "step"), [(way, step) for way, steps in STEPS.items() for step in steps])
def test_killed_at_any_step_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, way: str, step: str, when: str
) -> None:
    """SIGKILL around each step: never half a copy; any file left behind is private and has a neutral name."""
    path = tmp_path / "visit-of-ana.txt"
    if way == "force":
        path.write_text(OLD)
    killed(path, way, step, when)
    there = path.read_text(encoding="utf-8") if path.exists() else None
    assert there in ({OLD, NEW} if way == "force" else {None, NEW})
    for name in leftovers(tmp_path):
        assert name.startswith(".fibrocheck-")
        assert "ana" not in name
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    save(path, NEW, force=True)  # and the next save works
    assert path.read_text(encoding="utf-8") == NEW


@pytest.mark.parametrize("force", [False, True])
def test_visits_that_save_to_one_name_at_the_same_time_do_not_mix(tmp_path: Path, *, force: bool) -> None:
    """Without force exactly one gets the name; with force the file is a complete copy of one of them."""
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
    ("name", "message"),
    [
        ("taken.txt", "the file already exists. Choose another name, or add --force."),
        ("no/such/visit.txt", "the folder does not exist. Create it, or choose another one."),
        ("taken.txt/visit.txt", "part of the path is a file, not a folder. Check the path."),
        (".", "this is a folder. Add a file name, such as visit.txt."),
        ("a\0b.txt", "this file name is not valid. Choose another name."),
    ],
)
def test_a_file_that_cannot_be_saved_is_refused_before_the_visit(
    name: str, message: str, tmp_path: Path
) -> None:
    """With the message that saving would give."""
    (tmp_path / "taken.txt").write_text(OLD)
    with pytest.raises(SaveError) as refusal:
        check_writable(Path(f"{tmp_path}/{name}"))
    assert str(refusal.value).endswith(f"not saved, {message}")


def test_checking_a_free_name_leaves_no_file(tmp_path: Path) -> None:
    """Nor does it change an existing file that may be replaced."""
    check_writable(tmp_path / "visit.txt")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "visit.txt").write_text(OLD)
    check_writable(tmp_path / "visit.txt", force=True)
    assert (tmp_path / "visit.txt").read_text() == OLD


def test_bytes_are_saved_as_they_are(tmp_path: Path) -> None:
    """A format need not be text."""
    save(tmp_path / "visit.bin", b"\xff\r\n\x00")
    assert (tmp_path / "visit.bin").read_bytes() == b"\xff\r\n\x00"


def refused(path: Path, text: str = NEW, *, force: bool = False) -> str:
    """Return the message of the error when a copy cannot be saved."""
    with pytest.raises(SaveError) as refusal:
        save(path, text, force=force)
    return str(refusal.value)


class failing:  # noqa: N801 - reads as a verb: os.fsync is failing(…)
    """A function that raises, whatever it is called with."""

    def __init__(self, error: BaseException) -> None:
        """Keep the error to raise."""
        self.error = error

    def __call__(self, *_: object, **__: object) -> None:
        """Raise it."""
        raise self.error


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """Mount a small file system; skip the test if that is not possible."""
    if not AS_ROOT:
        pytest.skip("only root can mount a file system")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"cannot mount a file system here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def killed(path: Path, way: str, step: str, when: str) -> None:
    """Save in another process that kills itself before or after one step."""
    program = f"""
import os, signal, sys
from pathlib import Path
from fibrocheck.copies import files

def no_links(*_):
    raise PermissionError(1, "Operation not permitted")

if {way!r} in ("no links", "neither"):
    os.link = no_links
if {way!r} == "neither":
    files.rename_if_free = lambda old, new: False
place = files if {step!r} == "rename_if_free" else os
real = getattr(place, {step!r})

def step(*arguments, **more):
    try:
        if {when!r} == "after":
            real(*arguments, **more)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)

if {step!r} == "write":  # a buffered file writes below Python: leave half of it on the disk
    def half(descriptor):
        os.truncate(descriptor, 3)
        os.kill(os.getpid(), signal.SIGKILL)
    os.fsync = half
else:
    setattr(place, {step!r}, step)
files.save(Path(sys.argv[1]), {NEW!r}, force={way!r} == "force")
"""
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert done.returncode == -9
