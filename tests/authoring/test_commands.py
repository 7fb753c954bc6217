"""The commands that change a file or make one: what they say, and what they leave alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fibrocheck.authoring.approving import approve_file
from fibrocheck.authoring.rewriting import opened, rewrite
from fibrocheck.content.editing import EditError
from fibrocheck.content.parsing import parse
from fibrocheck.content.problems import ContentError
from fibrocheck.errors import WrongUsage
from tests.content.examples import SMALLEST

DAY = "2026-11-20"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A clinic's file."""
    path = tmp_path / "q.yaml"
    path.write_bytes(SMALLEST)
    return path


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `fibrocheck content` until it ends."""
    command = [sys.executable, "-m", "fibrocheck", "content", *map(str, arguments)]
    without = {name: value for name, value in os.environ.items() if name != "FIBROCHECK_QUESTIONS"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=without)


def test_a_file_is_approved_and_a_copy_of_its_words_is_kept(file: Path) -> None:
    file.chmod(0o640)
    said = approve_file(file, "Dr. A", DAY)
    assert "approved by Dr. A on 2026-11-20" in said
    assert parse(file.read_bytes()).content
    assert file.with_name("q.approved.yaml").read_bytes() == file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in file.parent.iterdir()) == ["q.approved.yaml", "q.yaml"]


@pytest.mark.parametrize("data", [SMALLEST.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + SMALLEST])
def test_line_ends_and_byte_order_mark_stay(file: Path, data: bytes) -> None:
    """As the editor's program writes them."""
    file.write_bytes(data)
    approve_file(file, "Dr. A", DAY)
    after = file.read_bytes()
    assert after.startswith(data[:40])
    assert after.count(b"\r\n") in {0, after.count(b"\n")}
    assert after.endswith(data[-100:])


def test_a_link_stays_a_link(file: Path) -> None:
    link = file.with_name("link.yaml")
    link.symlink_to(file)
    approve_file(link, "Dr. A", DAY)
    assert link.is_symlink()
    assert b"Dr. A" in file.read_bytes()


def test_a_file_of_another_kind_is_not_replaced_by_the_copy(file: Path) -> None:
    other = file.with_name("q.approved.yaml")
    other.write_bytes(SMALLEST)
    with pytest.raises(EditError, match="is not the copy"):
        approve_file(file, "Dr. A", DAY)
    assert (file.read_bytes(), other.read_bytes()) == (SMALLEST, SMALLEST)


def test_a_file_with_errors_is_not_approved(file: Path) -> None:
    broken = SMALLEST.replace(b"symptoms:", b"symptons:")
    file.write_bytes(broken)
    with pytest.raises(ContentError):
        approve_file(file, "Dr. A", DAY)
    assert file.read_bytes() == broken


def test_what_somebody_else_saved_meanwhile_is_not_lost(file: Path) -> None:
    held = opened(file)
    file.write_bytes(SMALLEST + b"# newer\n")
    with pytest.raises(EditError, match="somebody else"):
        rewrite(held, held.text)
    assert file.read_bytes().endswith(b"# newer\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(file: Path) -> None:
    file.parent.chmod(0o500)
    with pytest.raises(EditError, match="permission denied"):
        approve_file(file, "Dr. A", DAY)
    file.parent.chmod(0o700)


def test_from_check_to_preview_to_approval_to_a_language(file: Path) -> None:
    """The commands in the order in which an editor needs them."""
    page = file.with_name("page.html")
    assert run("preview", file, "--output", page).returncode == 0
    assert run("preview", file, "--output", page).returncode == 1
    assert run("preview", file, "--output", file.with_name("page.pdf")).returncode == 2
    assert run("approve", file, "--by", "Dr. A", "--on", DAY).returncode == 0
    done = run("add-language", "fr", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert "empty places for Français (fr)" in done.stdout
    assert run("add-language", "fr", file).returncode == 1


def test_the_file_that_came_with_the_program_is_not_changed() -> None:
    from fibrocheck.authoring.commands import add_language, approve

    with pytest.raises(WrongUsage, match="Copy the built-in"):
        approve(None, by="Dr. A", on=DAY)
    with pytest.raises(WrongUsage, match="Copy the built-in"):
        add_language("fr", None)
