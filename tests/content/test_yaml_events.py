"""PyYAML's events without the rest of PyYAML, which is there for whoever uses it."""

from importlib import import_module

import pytest
import yaml

from fibrocheck.content.source_file import read_bytes, shipped_path
from fibrocheck.content.yaml_events import _POSTPONED, events
from tests.fresh_python import printed_by

TEXTS = {
    "the shipped file": read_bytes(shipped_path()).decode(),
    "aliases, tags and two documents": "- &a x\n- *a\n- !!str 1\n--- {b: [c, 'd', \"e\"]}\n",
}


def ran(program: str) -> str:
    """Return what a program prints in an interpreter of its own."""
    return printed_by(program).strip()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_they_are_the_events_of_the_whole_library(text: str) -> None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert list(map(str, events(text))) == list(map(str, yaml.parse(text, Loader=loader)))


def test_what_is_stood_for_is_in_the_library() -> None:
    for module, names in _POSTPONED.items():
        for name in names:
            assert issubclass(getattr(import_module(module), name), yaml.YAMLError)


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="needs the C parser")
def test_no_other_part_of_the_library_is_loaded() -> None:
    """Which compiles patterns for dates and numbers, and imports `datetime`."""
    shown = "print(FASTEST.__name__, 'yaml.cyaml' in sys.modules, 'datetime' in sys.modules)"
    program = f"import sys; from fibrocheck.content.yaml_events import FASTEST; {shown}"
    assert ran(program).split() == ["CParser", "False", "False"]


def test_the_library_is_whole_for_whoever_imports_it() -> None:
    """As `send` does; and an error has the library's type and words."""
    program = (
        "from fibrocheck.content.yaml_events import events; import yaml; print(yaml.safe_load('a: 1')['a'])\n"
        "try: list(events('a: [b'))\nexcept yaml.YAMLError as error: print(type(error).__name__)"
    )
    assert ran(program).split() == ["1", "ParserError"]


def test_without_the_c_parser_the_other_one_is_used() -> None:
    """As in a Python for which PyYAML has no wheel."""
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from fibrocheck.content.yaml_events import FASTEST, events\n"
        "print(FASTEST.__name__, len(list(events('a: b'))))"
    )
    assert ran(program).split() == ["SafeLoader", "8"]
