"""The example files, and the rest of the questionnaire around each.

An example contains only the top-level keys that it is about. The others come from
`smallest.yaml` and are added after it, so that line numbers stay the same. The program's own words
are generated from `Words`; if an example ends with some of them, the others are added.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fibrocheck.content.parsing import parse
from fibrocheck.content.program_words import NAMES
from fibrocheck.content.schema.program_words import FILLED_IN
from fibrocheck.content.schema.questionnaire import FILE

HERE = Path(__file__).parent


def _generated_words() -> str:
    """Return a text for every field of `Words`: its name, as one word in Spanish, and what is filled in."""
    lines = ["words:"]
    for name in NAMES:
        filled_in = [f"{{{each}}}" for each in FILLED_IN.get(name, ())]
        english, spanish = (" ".join([name.replace("_", sign), *filled_in]) for sign in (" ", ""))
        lines.append(f'  {name}: {{en: "{english}", es: "{spanish}"}}')
    return "\n".join([*lines, ""])


SMALLEST = (HERE / "smallest.yaml").read_bytes() + _generated_words().encode()

_TOP = re.compile(rb"(?m)^([a-z_]+):")
_WORD = re.compile(rb"(?m)^  ([a-z_]+): .*\n")


def examples(folder: str) -> list[Path]:
    """Return the files of a folder, "positive" or "negative"."""
    return sorted((HERE / folder).glob("*.yaml"))


def completed(example: bytes) -> bytes:
    """Return the example as a whole questionnaire."""
    own = [match[1] for match in _TOP.finditer(example)]
    if own and own[-1] == b"words":
        example += b"".join(_other_words(example))
    return example + b"".join(block for key, block in _blocks() if key not in own)


def brief(example: bytes) -> bytes:
    """Return the example as a whole questionnaire but for the program's own words; see `words_supplied`."""
    own = [match[1] for match in _TOP.finditer(example)]
    return example + b"".join(block for key, block in _blocks() if key not in {*own, b"words"})


@contextmanager
def words_supplied() -> Iterator[None]:
    """Have what lacks the program's own words read as if it had those of the smallest questionnaire.

    They are 430 of its 500 texts: for a test of how a text is read, they would be most of the work.
    """
    content = parse(SMALLEST).content
    assert content
    given = {"words": content.words}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            FILE, "supply", lambda missing, _reader: {each: given[each] for each in missing if each in given}
        )
        yield


def _blocks() -> Iterator[tuple[bytes, bytes]]:
    starts = [match.start() for match in _TOP.finditer(SMALLEST)]
    for start, end in zip(starts, [*starts[1:], len(SMALLEST)], strict=True):
        block = SMALLEST[start:end]
        yield block.partition(b":")[0], block


def _other_words(example: bytes) -> Iterator[bytes]:
    own = {match[1] for match in _WORD.finditer(example)}
    for match in _WORD.finditer(dict(_blocks())[b"words"]):
        if match[1] not in own:
            yield match[0]


def expected(example: bytes) -> list[str]:
    """Return the problems that its comments expect: `# expect LINE: start of the message|part of it`."""
    return [
        line.decode().removeprefix("# expect ")
        for line in example.splitlines()
        if line.startswith(b"# expect ")
    ]
