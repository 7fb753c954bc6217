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
from fibrocheck.content.source_file import (
    BAKED,
    SEARCHED,
    code_checksum,
    is_checkout,
    read_bytes,
    search_checksum,
    shipped_path,
)
from tests.fixture import FIXTURE

from .wording_found import searched_from_now

NAME = f"fibrocheck.content.{BAKED}"
TEXTS_NAME = f"fibrocheck.content.{SEARCHED}"
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


def own(*words: str) -> bytes:
    """Return the shipped file with these lines of a clinic's own after it, and another title."""
    data = FILES["shipped"].replace(
        b'title: {en: "Fibromyalgia questionnaire"', b'title: {en: "Our questions"', 1
    )
    assert data != FILES["shipped"]
    return b"\n".join([data, *(each.encode() for each in words)])


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module with the shipped texts, as the build makes it of this code."""
    module = executed(baking.searched(FILES["shipped"]))
    monkeypatch.setitem(sys.modules, TEXTS_NAME, module)
    return module


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is searched from now on for words that no text may have."""
    return searched_from_now(monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A clinic's own file."""
    made = tmp_path / "own.yaml"
    made.write_bytes(own())
    return made


@pytest.mark.usefixtures("texts")
def test_a_visit_with_a_file_of_ones_own_searches_only_its_own_texts(file: Path, searched: list[str]) -> None:
    title = load(file).title
    assert title
    assert title["en"] == "Our questions"
    assert searched == ["Our questions"]


@pytest.mark.usefixtures("texts")
def test_what_a_clinic_forbids_is_looked_for_in_the_shipped_texts_too(file: Path) -> None:
    file.write_bytes(own('never_say: {en: ["our questions", "call or text 988"]}'))
    with pytest.raises(ContentError) as refused:
        load(file)
    said = {problem.what.partition(": ")[2] for problem in refused.value.problems}
    assert said == {'says "our questions"', 'says "call or text 988"'}


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize("words", ["You have fibromyalgia.", "Call [phone].", "We h\u0430ve time."])
def test_a_text_of_a_clinics_own_is_refused_as_before(file: Path, words: str) -> None:
    file.write_bytes(own().replace(b"Our questions", words.encode()))
    with pytest.raises(ContentError) as refused:
        load(file)
    (problem,) = refused.value.problems
    assert problem == parse(file.read_bytes()).problems[0]


@pytest.mark.usefixtures("texts")
def test_a_shipped_text_is_searched_where_it_stands_as_another_language(
    file: Path, searched: list[str]
) -> None:
    """The rules of a language are its own."""
    file.write_bytes(own().replace(b"Our questions", b"Cuestionario sobre fibromialgia"))
    load(file)
    assert searched == ["Cuestionario sobre fibromialgia"]


@pytest.mark.parametrize(
    "change", [{"CODE": search_checksum() + 1}, {"TEXTS": None}], ids=["other code", "broken"]
)
def test_without_texts_of_this_code_everything_is_searched(
    change: dict[str, Any],
    texts: ModuleType,
    file: Path,
    searched: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if "CODE" in change and not is_checkout():
        pytest.skip("only a checkout's code changes")
    for name, value in change.items():
        monkeypatch.setattr(texts, name, value)
    load(file)
    assert len(searched) > 1000


def test_the_check_of_a_file_searches_everything(texts: ModuleType, searched: list[str]) -> None:
    """It is what the clinic relies on, and the build too."""
    parse(FILES["shipped"])
    assert texts.TEXTS["en"] | texts.TEXTS["es"] <= set(searched)


def test_the_searched_texts_are_those_of_the_file(texts: ModuleType) -> None:
    reader = parse(FILES["shipped"]).reader
    assert reader
    assert {
        language: {text[1] for text in reader.texts if text[0] == language} for language in reader.languages
    } == texts.TEXTS
    with pytest.raises(ContentError):
        baking.searched(own().replace(b"Our questions", b"You have fibromyalgia"))
