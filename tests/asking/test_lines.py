"""Lines arrive whole and bounded, whatever is typed, and the terminal gets no control character back."""

import io
import os
import termios
import threading
from typing import Any, TextIO

import pytest

from fibrocheck.asking.lines import MAX_LINE, LineReader


def typed(keys: bytes) -> tuple[list[str | None], str]:
    """Return the lines read from a terminal on which these keys were pressed, and what was repeated."""
    master, slave = os.openpty()
    echo = io.StringIO()
    with os.fdopen(slave, "r", encoding="utf-8") as stream:
        reader = LineReader(stream, echo)
        reader.open()
        writer = threading.Thread(target=os.write, args=(master, keys))
        writer.start()
        lines = [reader.read()]
        while lines[-1] not in {None, "end"}:
            lines.append(reader.read())
        writer.join()
        reader.close()
    os.close(master)
    return lines[:-1], echo.getvalue()


def test_between_two_lines_ctrl_c_is_never_a_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would end the program; closed, the terminal is what it was."""
    master, slave = os.openpty()
    with os.fdopen(slave, "r", encoding="utf-8") as stream:
        keys: list[bytes] = []
        change = termios.tcsetattr

        def changed(terminal: TextIO, when: int, modes: list[Any]) -> None:
            change(terminal, when, modes)
            keys.append(termios.tcgetattr(terminal)[6][termios.VINTR])

        monkeypatch.setattr(termios, "tcsetattr", changed)
        reader = LineReader(stream, io.StringIO())
        reader.open()
        reader.open()
        assert set(keys) == {b"\0"}
        reader.close()
        assert keys[-1] == b"\x03"
    os.close(master)


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (b"12\r", "12"),
        (b"13\x7f2\r", "12"),
        (b"99\x1512\r", "12"),
        (b"1\xc2\x9b4h2\r", "1\x1b[4h2"),
        (b"\xff\xfe1\r", "\ufffd\ufffd1"),
        (b"1\x1b[A\r", "1\x1b[A"),
        (b"\x1bOq\r", "1"),
        ("año\r".encode(), "año"),
        (b"1\x00\x01\x072\r", "12"),
        (b"\x1bOQ\r", "\x1bOQ"),
        ("\u202e1\u200b\r".encode(), "1"),
    ],
    ids=repr,
)
def test_a_typed_line(keys: bytes, line: str) -> None:
    """Edited as usual; keys that are no text are kept unseen, so that such a line chooses nothing."""
    lines, echo = typed(keys + b"end\r")
    assert lines == [line]
    assert not any((ord(sign) < 32 and sign not in "\n\b") or 127 <= ord(sign) < 160 for sign in echo)


def test_every_8_bit_and_7_bit_control_is_kept_from_the_terminal() -> None:
    """All of them, alone and before what would make them a sequence."""
    controls = [
        code for code in [*range(32), *range(127, 160)] if chr(code) not in "\x03\x04\r\n\x1a\x1c\x11\x13"
    ]
    for code in controls:
        _, echo = typed(chr(code).encode() + b"[4h\r" + b"\x1b\\\x15end\r" + b"\rend\r")
        assert all(sign.isprintable() or sign in "\n\b" for sign in echo), code


def test_a_line_that_is_too_long_is_one_line_that_chooses_nothing() -> None:
    """Its rest answers no other question, and its Enter counts."""
    lines, _ = typed(b"1" * (MAX_LINE + 3000) + b"\r2\rend\r")
    assert len(lines) == 2
    assert lines[0] is not None
    assert lines[0].endswith("\0")
    assert lines[1] == "2"


def test_an_input_that_does_not_block_is_waited_for() -> None:
    """No characters yet is not the end of the input; a closed pipe is."""
    source, target = os.pipe()
    os.set_blocking(source, False)
    with os.fdopen(source, encoding="utf-8") as stream:
        reader = LineReader(stream, io.StringIO())

        def write() -> None:
            os.write(target, b"1\n2")
            os.close(target)

        writer = threading.Timer(0.05, write)
        writer.start()
        assert [reader.read(), reader.read(), reader.read()] == ["1", "2", None]
        writer.join()
