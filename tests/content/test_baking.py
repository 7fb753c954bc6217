"""The baked questionnaire: the same as the one that is read, and used only while it is."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fibrocheck.content import baking, loader
from fibrocheck.content.loader import load
from fibrocheck.content.parsing import parse
from fibrocheck.content.problems import ContentError
from fibrocheck.content.source_file import BAKED, code_checksum, is_checkout, read_bytes, shipped_path
from tests.fixture import FIXTURE

NAME = f"fibrocheck.content.{BAKED}"
FILES = {"shipped": read_bytes(shipped_path()), "fixture": read_bytes(FIXTURE)}


def executed(source: str) -> ModuleType:
    """Return the module that this code makes."""
    module = ModuleType(NAME)
    exec(compile(source, NAME, "exec"), vars(module))  # noqa: S102 - it was just made here
    return module


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A baked module that is used although the tree may have none, or one of earlier code."""
    module = executed(baking.baked(FILES["shipped"]))
    monkeypatch.setitem(sys.modules, NAME, module)
    monkeypatch.setattr("fibrocheck.content.parsing.parse", None)  # nothing may be read
    return module


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_what_is_baked_is_what_is_read(data: bytes) -> None:
    """With the same types, too: a named tuple equals any tuple."""
    module, content = executed(baking.baked(data)), parse(data).content
    assert content == module.CONTENT
    assert repr(module.CONTENT) == repr(content)
    assert data == module.DATA


def test_a_value_of_a_new_type_is_not_baked_as_something_else() -> None:
    """Whoever adds one to the model says how it is written."""
    for value in ([], 1.0, {"a"}, object()):
        with pytest.raises(TypeError):
            baking._written(value)


def test_a_file_with_errors_is_not_baked() -> None:
    with pytest.raises(ContentError):
        baking.baked(b"id: x")


def test_the_shipped_questionnaire_is_not_read_where_it_is_baked(used: ModuleType) -> None:
    assert load() is used.CONTENT


@pytest.mark.parametrize(
    "change",
    [
        {"DATA": FILES["shipped"] + b"\n"},
        {"DATA": FILES["shipped"].replace(b"\n", b"\r\n")},
        {"CODE": code_checksum() + 1},
        {"CONTENT": None, "DATA": None},
    ],
    ids=["one byte more", "other line ends", "other code", "broken"],
)
@pytest.mark.usefixtures("used")
def test_anything_else_is_read_as_yaml(
    monkeypatch: pytest.MonkeyPatch, used: ModuleType, change: dict[str, Any]
) -> None:
    """A clinic may edit the installed file, and a developer the code."""
    if "CODE" in change and not is_checkout():
        pytest.skip("only a checkout's code changes")
    for name, value in change.items():
        monkeypatch.setattr(used, name, value)
    monkeypatch.setattr("fibrocheck.content.parsing.parse", parse)
    content = load()
    assert content is not used.CONTENT
    assert content == parse(FILES["shipped"]).content


@pytest.mark.usefixtures("used")
def test_a_file_that_is_named_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even the fixture beside a baked one."""
    monkeypatch.setattr("fibrocheck.content.parsing.parse", parse)
    assert load(FIXTURE) == parse(FILES["fixture"]).content


def test_a_module_that_cannot_be_imported_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor one that is missing: both are `None` here."""
    monkeypatch.setitem(sys.modules, NAME, None)
    assert loader._baked(FILES["shipped"]) is None
    assert load() == parse(FILES["shipped"]).content


def test_a_visit_with_a_baked_questionnaire_loads_no_parser(tmp_path: Path) -> None:
    """Neither PyYAML nor our own reader, until another file is named."""
    baking.bake(shipped_path(), str(tmp_path / "baked.py"))
    program = (
        "import runpy, sys, types; module = types.ModuleType(sys.argv[2]); "
        "vars(module).update(runpy.run_path(sys.argv[1])); sys.modules[sys.argv[2]] = module; "
        "import fibrocheck.visit.terminal, fibrocheck.visit.flow; "
        "from fibrocheck.content.loader import load; load(); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "baked.py", NAME],
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = set(done.stdout.split())
    assert NAME in loaded
    reading = ("nodes", "reader", "values", "wording", "schema", "parsing", "kinds.follow_up")
    assert not loaded & {"yaml", *(f"fibrocheck.content.{name}" for name in reading)}
