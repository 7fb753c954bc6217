"""The example files, and how each is completed to a whole questionnaire.

An example holds only the top-level keys that it is about. The others are taken from
`smallest.yaml` and follow after it, so that lines keep their numbers. The program's own words are
made up here, as there is a new one every week; where an example ends with some of them, the others
are added.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from fibrocheck.content.model import Words
from fibrocheck.content.schema.questionnaire import FILLED_IN

HERE = Path(__file__).parent


def _made_up_words() -> str:
    """Every field of `Words`, each with its name and what is filled in for a text."""
    lines = ["words:"]
    for name in Words._fields:
        text = " ".join([name.replace("_", " "), *[f"{{{each}}}" for each in FILLED_IN.get(name, ())]])
        lines.append(f'  {name}: {{en: "{text}", es: "{text}"}}')
    return "\n".join([*lines, ""])


SMALLEST = (HERE / "smallest.yaml").read_bytes() + _made_up_words().encode()

_TOP = re.compile(rb"(?m)^([a-z_]+):")
_WORD = re.compile(rb"(?m)^  ([a-z_]+): .*\n")


def examples(folder: str) -> list[Path]:
    """Every file of the folder."""
    return sorted((HERE / folder).glob("*.yaml"))


def completed(example: bytes) -> bytes:
    """The example with everything that it does not hold itself."""
    own = [match[1] for match in _TOP.finditer(example)]
    if own and own[-1] == b"words":
        example += b"".join(_other_words(example))
    return example + b"".join(block for key, block in _blocks() if key not in own)


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
    """What the comments at its head say: `# expect LINE: words`."""
    return [
        line.decode().removeprefix("# expect ")
        for line in example.splitlines()
        if line.startswith(b"# expect ")
    ]
