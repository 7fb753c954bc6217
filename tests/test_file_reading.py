"""Reading a file that someone named: it ends, whatever the name leads to."""

import os
import socket
import sys
from pathlib import Path

import pytest

from fibrocheck.content.problems import ContentError
from fibrocheck.content.source_file import read_bytes
from fibrocheck.copies.sources import read_list
from fibrocheck.errors import StaffError
from fibrocheck.file_reading import FileTooLarge, NotRegularFile, read_regular_file
from tests.fixture import questionnaire

if sys.platform == "win32":
    pytest.skip("needs pipes and devices with names", allow_module_level=True)


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with everything that is not an ordinary file, and make it the current one."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("link").symlink_to("pipe")
    Path("circle").symlink_to("circle")
    Path("folder").mkdir()
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind("socket")
    with Path("huge").open("wb") as huge:
        huge.truncate(1 << 40)  # a file with a hole: it takes no room
    return tmp_path


NAMES = ["pipe", "link", "circle", "folder", "socket", "huge", "missing", "a\0b", "/dev/zero", "/dev/tty", ""]


@pytest.mark.parametrize("name", NAMES)
def test_every_reader_refuses_what_is_not_an_ordinary_file(name: str, odd: Path) -> None:
    """At once, with one sentence: the questionnaire's reader and the record's."""
    del odd
    with pytest.raises((OSError, ValueError)):
        read_regular_file(name, 100)
    with pytest.raises(ContentError):
        read_bytes(name)
    with pytest.raises(StaffError) as refusal:
        read_list(name, questionnaire())
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(("size", "fits"), [(0, True), (99, True), (100, True), (101, False)])
def test_the_limit_is_the_last_size_that_is_read(size: int, fits: bool, tmp_path: Path) -> None:
    """Whole, or not at all."""
    (tmp_path / "file").write_bytes(b"x" * size)
    if fits:
        assert read_regular_file(tmp_path / "file", 100) == b"x" * size
    else:
        with pytest.raises(FileTooLarge):
            read_regular_file(tmp_path / "file", 100)


def test_a_link_to_an_ordinary_file_is_followed(tmp_path: Path) -> None:
    """A pipe is not."""
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("file")
    assert read_regular_file(tmp_path / "link", 100) == b"x"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotRegularFile):
        read_regular_file(tmp_path / "pipe", 100)
