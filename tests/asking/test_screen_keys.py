"""Keys are recognised however they arrive, and nothing else becomes a key."""

import pytest
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from fibrocheck.asking.screen.keys import STALE, KeyFilter

KEYS = sorted(keys for keys in ANSI_SEQUENCES if len(keys) > 1 and keys.startswith(("\x1b[", "\x1bO")))
CLICKS = ["\x1b[<0;9;8M", "\x1b[<0;9;8m", "\x1b[32;9;8M", "\x1b[M )("]
REPORTS = {
    "the window has the focus": "\x1b[I",
    "the window has lost it": "\x1b[O",
    "where the cursor is": "\x1b[12;40R",
    "where the cursor is, with a page": "\x1b[?12;40;1R",
    "what the terminal is": "\x1b[?65;1;2;22c",
    "what else it is": "\x1b[>41;379;0c",
    "which model": "\x1bP!|00000000\x1b\\",
    "which version": "\x1bP>|XTerm(379)\x1b\\",
    "its background": "\x1b]11;rgb:2121/2222/2b2b\x1b\\",
    "its background, ended by BEL": "\x1b]11;rgb:2121/2222/2b2b\x07",
    "a colour of its palette": "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    "its size": "\x1b[8;24;80t",
    "its title": "\x1b]l2 11 abc\x1b\\",
    "a mode": "\x1b[?2026;2$y",
    "its keyboard": "\x1b[?1u",
    "a picture": "\x1b_Gi=2;OK\x1b\\",
    "a setting": "\x1bP1$r0 q\x1b\\",
    "all is well": "\x1b[0n",
    "a colour of text": "\x1b[31m",
    "a click without a place": "\x1b[<;;M",
    "a key that the library does not know": "\x1b[57399;5u",
}


class Keyboard:
    """The library's parser behind our filter, and a clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0
        self._pressed: list[KeyPress] = []
        self.key_filter = KeyFilter(Vt100Parser(self._pressed.append), lambda: self.now)

    def type(self, *pieces: str, pauses: bool = False) -> list[Keys | str]:
        """Return the keys read from some pieces, with a pause after each piece or only after the last."""
        self._pressed.clear()
        for number, piece in enumerate(pieces, start=1):
            self.key_filter.feed(piece)
            if pauses or number == len(pieces):
                self.key_filter.flush()
        return [each.key for each in self._pressed]


def read_by_library(keys: str) -> list[Keys | str]:
    """Return the keys that the library reads without the filter."""
    pressed: list[KeyPress] = []
    Vt100Parser(pressed.append).feed_and_flush(keys)
    return [each.key for each in pressed]


@pytest.mark.parametrize("keys", [*KEYS, *CLICKS], ids=repr)
def test_a_key_or_click_in_any_two_pieces_is_read_as_if_it_were_whole(keys: str) -> None:
    """Unless there is a pause after its Esc: then it is that Esc and nothing else."""
    known = read_by_library(keys)
    for cut in range(1, len(keys)):
        pieces = keys[:cut], keys[cut:]
        assert Keyboard().type(*pieces) == known
        paused = Keyboard().type(*pieces, pauses=True)
        assert paused == ([Keys.Escape] if cut == 1 else known)


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_a_report_in_any_two_pieces_is_no_key(report: str) -> None:
    """And the next key is read as usual."""
    for cut in range(1, len(report)):
        pieces = report[:cut], report[cut:]
        assert Keyboard().type(*pieces, "1") == ["1"]
        paused = Keyboard().type(*pieces, "1", pauses=True)
        assert paused == ([Keys.Escape, "1"] if cut == 1 else ["1"])


@pytest.mark.parametrize("paste", ["1", "1\r2", "\x1b[A", "\x1b[200~", "\x1b[201", "\x1b", ""], ids=repr)
def test_a_paste_is_no_key(paste: str) -> None:
    """Whatever it contains."""
    assert Keyboard().type(f"\x1b[200~{paste}\x1b[201~1") == ["1"]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("1?\r", ["1", "?", Keys.ControlM]),
        ("\x1b", [Keys.Escape]),
        ("\x1b\x1b", [Keys.Escape, Keys.Escape]),
        ("\x1b1", [Keys.Escape, "1"]),
        ("\x1b\r", [Keys.Escape, Keys.ControlM]),
        ("\x1b\x1b[A", [Keys.Escape, Keys.Up]),
        ("\x1b[1\x1b[A", [Keys.Up]),
        ("\x1b[\r", [Keys.ControlM]),
        ("\x1b]11;\x1b[A", [Keys.Up]),
        ("\x1b]11;\r1", [Keys.ControlM, "1"]),
        ("\x1b]11;\x1b\x1b\\1", ["1"]),
        (f"\x1b[{'1' * 100_000}A1", ["1"]),
        (f"\x1b]{'1' * 100_000}\x071", ["1"]),
    ],
    ids=lambda each: repr(each)[:20],
)
def test_keys_before_and_after_sequences(typed: str, keys: list[Keys | str]) -> None:
    """Alone, with Alt, and after an unfinished sequence."""
    assert Keyboard().type(typed) == keys


@pytest.mark.parametrize(
    "begun", ["\x1b[", "\x1b[1;", "\x1bO", "\x1b]11;rgb", "\x1bP1", "\x1b[200~1\r"], ids=repr
)
def test_an_unfinished_sequence_is_dropped_after_a_while(begun: str) -> None:
    """And not before."""
    keyboard = Keyboard()
    assert keyboard.type(begun) == []
    keyboard.now += STALE / 2
    keyboard.key_filter.give_up_stale()
    assert keyboard.type("\x1b[A") in ([], [Keys.Up])
    keyboard.type(begun)
    keyboard.now += STALE
    keyboard.key_filter.give_up_stale()
    assert keyboard.type("1") == ["1"]


def test_a_letter_long_after_esc_is_a_letter() -> None:
    """The rest of a key is expected only for a moment."""
    keyboard = Keyboard()
    assert keyboard.type("\x1b") == [Keys.Escape]
    keyboard.now += STALE
    assert keyboard.type("O") == ["O"]
