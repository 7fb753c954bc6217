"""Every spelling of a key is that key, and none is another; what is released or held back is none."""

import pytest
from prompt_toolkit.keys import Keys

from tests.asking.test_screen_keys import Keyboard

RELATIVES: dict[Keys | str, list[str]] = {
    "1": [
        "1", "\x1bOq", "\x1b[49u", "\x1b[49;1u", "\x1b[49;1:1u", "\x1b[49;129u", "\x1b[27;1;49~",
        "\x1b[57400u", "\x9b49u",
    ],
    "0": ["\x1bOp", "\x1b[48u", "\x1b[57399u"],
    "9": ["\x1bOy", "\x1b[57u", "\x1b[57408u"],
    "+": ["\x1bOk", "\x1b[43u", "\x1b[57413u"],
    "-": ["\x1bOm", "\x1b[45u", "\x1b[57412u"],
    "*": ["\x1bOj", "\x1b[42u", "\x1b[57411u"],
    ".": ["\x1bOn", "\x1b[46u", "\x1b[57409u"],
    "?": ["?", "\x1b[63u", "\x1b[63;2u", "\x1b[47:63;2u", "\x1b[27;2;63~"],
    "A": ["\x1b[97;2u", "\x1b[97:65;2u"],
    " ": [" ", "\x1b[32u", "\x1bO "],
    Keys.Escape: [
        "\x1b", "\x1b[27u", "\x1b[27;1:1u", "\x1b[27;129u", "\x1b[27;1;27~", "\x9b27u", "\udc9b27u",
    ],
    Keys.ControlC: ["\x03", "\x1b[99;5u", "\x1b[27;5;99~", "\x1b[99;69u", "\x9b99;5u"],
    Keys.ControlM: ["\r", "\x1bOM", "\x1b[13u", "\x1b[57414u", "\x8fM"],
    Keys.Tab: ["\t", "\x1b[9u"],
    Keys.BackTab: ["\x1b[Z", "\x1b[9;2u", "\x9bZ"],
    Keys.ControlH: ["\x7f", "\x1b[127u"],
    Keys.Up: ["\x1b[A", "\x1bOA", "\x9bA", "\x8fA", "\udc9bA", "\x1b[1;1:1A", "\x1b[1;129A", "\x1b[57419u"],
    Keys.Left: ["\x1b[D", "\x1bOD", "\x9bD", "\x1b[1;65D", "\x1b[57417u"],
    Keys.Home: ["\x1b[H", "\x1b[1~", "\x9b1~", "\x9bH", "\x1b[57423u"],
    Keys.F2: ["\x1bOQ", "\x1b[12~", "\x1b[Q", "\x1b[1;1:1Q", "\x1b[1;129Q", "\x8fQ", "\x9b12~"],
    Keys.F12: ["\x1b[24~", "\x9b24~", "\x1b[24;1:1~"],
}  # fmt: skip
NO_KEY = [
    "\x1b[49;1:3u", "\x1b[27;1:3u", "\x1b[1;1:3A", "\x1b[24;1:3~", "\x1b[57441u", "\x1b[57399;5u",
    "\x1b[49;9u", "\x1b[49;5u", "\x9b31m", "\x9b4h", "\x9d11;rgb:1/2/3\x9c", "\x901\x9c", "\x1b[99999999u",
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "spelling"), [(key, each) for key, spellings in RELATIVES.items() for each in spellings], ids=repr
)
def test_a_key_is_recognised_in_every_spelling(key: Keys | str, spelling: str) -> None:
    """Whole, and in any two pieces; and the key after it is itself."""
    assert Keyboard().type(spelling) == [key]
    for cut in range(1, len(spelling)):
        assert Keyboard().type(spelling[:cut], spelling[cut:], "2") == [key, "2"]


@pytest.mark.parametrize("sequence", NO_KEY, ids=repr)
def test_a_key_that_is_released_or_unknown_is_no_key(sequence: str) -> None:
    """Nor does any part of it act."""
    assert Keyboard().type(sequence, "2") == ["2"]


@pytest.mark.parametrize("sequence", ["\x1b[49;3u", "\x1b[99;3u"], ids=repr)
def test_a_key_with_alt_is_esc(sequence: str) -> None:
    """As it is in the older spelling."""
    assert Keyboard().type(sequence) == [Keys.Escape]
