"""Makes modules of the shipped questionnaire: it, as Python values, and which texts were searched.

Reading YAML and checking it takes about 40 of the 160 milliseconds of a start. The build of the wheel makes
both modules (`.ci/build_hook.py`), and `content.loader` uses them. `content.baked` is used only while
questions.yaml is byte for byte what it was made of. In a file of a clinic's own most texts are the shipped
ones: `content.searched_texts` saves it looking through those once more for words that no text may have.
"""

import os
from collections.abc import Mapping

from fibrocheck.content.parsing import parse
from fibrocheck.content.problems import ContentError
from fibrocheck.content.source_file import BAKED, SEARCHED, SHIPPED, code_checksum, search_checksum

HEAD = f'"""Made from {SHIPPED} by the build. Do not edit."""\n# mypy: ignore-errors\n# ruff: noqa\n'
"""What a module begins with that the build makes."""


def baked(data: bytes) -> str:
    """Return the module for the bytes of a questions.yaml; `ContentError` if it has errors."""
    findings = parse(data)
    if findings.content is None:
        raise ContentError(SHIPPED, findings.problems)
    lines = [
        HEAD,
        "from fibrocheck.content.model import *",
        "from fibrocheck.content.desk_words import DeskWords",
        "from fibrocheck.content.program_words import Words",
        f"DATA = {data!r}",
        f"CODE = {code_checksum()}",
        f"CONTENT = {_written(findings.content)}",
    ]
    return "\n".join(lines) + "\n"


def searched(data: bytes) -> str:
    """Return the module with the texts of a questions.yaml; `ContentError` if any says what none may say."""
    findings = parse(data)
    if findings.content is None or findings.reader is None:
        raise ContentError(SHIPPED, findings.problems)
    texts: dict[str, dict[str, None]] = {}
    for language, words, _, _ in findings.reader.texts:
        texts.setdefault(language, {})[words] = None
    rows = ", ".join(f"{language!r}: frozenset({tuple(of_it)!r})" for language, of_it in texts.items())
    return f"{HEAD}\nCODE = {search_checksum()}\nTEXTS = {{{rows}}}\n"


MADE = {BAKED: baked, SEARCHED: searched}
"""The modules, and what makes each of the bytes of a file."""


def bake(questions: str, module: str, name: str = BAKED) -> None:
    """Write one of the modules for a questions.yaml to a file; `ContentError` if it has errors."""
    with open(questions, "rb") as file:
        write_module(module, MADE[name](file.read()))


def write_module(file: str, source: str) -> None:
    """Write a module, completely or not at all."""
    unfinished = f"{file}.{os.getpid()}"
    with open(unfinished, "w", encoding="utf-8") as written:
        written.write(source)
    os.replace(unfinished, file)


def module_in(root: str, name: str = BAKED) -> str:
    """Return where a module belongs in a source tree."""
    return os.path.join(root, "fibrocheck", "content", f"{name}.py")


def _written(value: object) -> str:
    """Return Python code for a value of a questionnaire; `TypeError` for one of another type."""
    if isinstance(value, tuple):
        parts = [_written(each) for each in value]
        if hasattr(value, "_fields"):
            return f"{type(value).__name__}({', '.join(parts)})"
        return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {_written(each)}" for key, each in value.items()) + "}"
    if value is None or type(value) in {str, int, bool}:
        return repr(value)
    raise TypeError(f"a questionnaire has no {type(value).__name__}")
