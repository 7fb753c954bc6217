"""Loading: where the file is found, which files are refused, and what `Content` is made of."""

import gc
import inspect
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import yaml

import fibrocheck
from fibrocheck.content.loader import load
from fibrocheck.content.model import (
    FACTOR,
    FACTOR_ANSWERS,
    ONE_CHOICE,
    SEVERAL_CHOICES,
    SYMPTOM,
    SYMPTOM_ANSWERS,
    Content,
    FollowUp,
)
from fibrocheck.content.nodes import MapNode, compose
from fibrocheck.content.parsing import parse, parse_content
from fibrocheck.content.problems import ContentError
from fibrocheck.content.program_words import Words
from fibrocheck.content.schema.program_words import FILLED_IN, MAY_BE_FILLED_IN
from fibrocheck.content.source_file import MAX_BYTES, shipped_path
from tests.fixture import FIXTURE
from tests.fresh_python import printed_by

from .costs import cpu
from .examples import SMALLEST, completed

BASE_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # ten times as fast, where there is C


@cache
def _kept(data: bytes) -> bytes:
    return pickle.dumps(yaml.load(data, Loader=BASE_LOADER))  # noqa: S506 - the base loader makes only words


def as_words(data: bytes) -> Any:
    """Return a file as lists and dicts of words, for changes. It is read once: a copy takes a fiftieth."""
    return pickle.loads(_kept(data))  # noqa: S301 - our own bytes


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # C where there is C
    def ignore_aliases(self, data: object) -> bool:
        """Write everything out, even what is there twice."""
        del data
        return True


def dumped(tree: Any) -> bytes:
    """Return a changed tree as a file: as JSON, which is YAML too, and is written and read faster.

    The escapes of JSON are not allowed in a questionnaire. What needs them is written as other YAML.
    """
    text = json.dumps(tree, ensure_ascii=False, indent=0)
    if re.search(r'\\[^"\\]', text):
        text = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return text.encode()


def texts_of(tree: Any) -> list[dict[str, str]]:
    """Return every localized text of a tree."""
    if isinstance(tree, list):
        return [text for item in tree for text in texts_of(item)]
    if not isinstance(tree, dict):
        return []
    own = [tree] if {"en", "es"} == tree.keys() and tree["en"] != "English" else []
    return own + [text for value in tree.values() for text in texts_of(value)]


def test_symptoms_and_factors_get_their_part_and_their_answers(content: Content) -> None:
    for item in content.symptoms:
        assert (item.part, tuple(choice.id for choice in item.choices)) == (SYMPTOM, SYMPTOM_ANSWERS)
    for item in content.factors:
        assert (item.part, tuple(choice.id for choice in item.choices)) == (FACTOR, FACTOR_ANSWERS)
    assert content.symptoms[0].choices[0].label is content.answers["most-days"]


def test_the_follow_ups_carry_their_conditions(content: Content) -> None:
    areas, most = content.question("pain-areas"), content.question("most-in-the-way")
    assert isinstance(areas, FollowUp)
    assert isinstance(most, FollowUp)
    assert (areas.kind, areas.if_marked) == (
        SEVERAL_CHOICES,
        ("muscle-pain", "widespread-pain", "tenderness"),
    )
    assert (most.offer_marked, most.at_least, most.kind) == (True, 2, ONE_CHOICE)


def test_numbers_and_no_stay_strings(content: Content) -> None:
    assert (content.format, content.version) == ("1", "2026.11.0")
    assert content.answers["no"]["en"] == "No"


def test_a_source_has_its_key_as_its_id() -> None:
    content = parse(SMALLEST).content
    assert content
    assert content.sources["BOOK"].id == "BOOK"


def test_the_lines_of_a_text_are_joined() -> None:
    example = (
        b"next_step:\n  title: {en: a, es: b}\n  advice:\n    en: |\n      One.\n      Two.\n    es: x\n"
    )
    findings = parse(completed(example + b"  bring: {en: a, es: b}\n  ask_at_desk: {en: a, es: b}\n"))
    assert findings.content
    assert findings.content.next_step.advice["en"] == "One. Two."


def test_a_file_from_another_system_reads_the_same() -> None:
    windows = b"\xef\xbb\xbf" + SMALLEST.replace(b"\n", b"\r\n")
    assert parse(windows).content == parse(SMALLEST).content is not None


def test_one_language_is_enough() -> None:
    only_english = re.sub(rb', es: "[^"]*"}', b"}", SMALLEST).replace(b", es: Espa\xc3\xb1ol", b"")
    content = parse(only_english).content
    assert content
    assert content.faq_title == {"en": "Questions people ask"}


def test_the_comments_in_the_model_name_what_the_program_fills_in() -> None:
    """Other packages are written from the comments beside the fields of `Words`."""
    for name, comment in re.findall(r"    (\w+): Text(?:  # (.*))?\n", inspect.getsource(Words)):
        known = (*FILLED_IN.get(name, ()), *MAY_BE_FILLED_IN.get(name, ()))
        assert tuple(re.findall(r"{(\w+)}", comment)) == known, name


def test_a_third_language_needs_only_its_texts() -> None:
    tree = as_words(FIXTURE.read_bytes())
    tree["languages"]["eo"] = "Esperanto"
    for text in texts_of(tree):
        text["eo"] = f"«{text['en']}»".replace("«b: ", "b: ")
    content = parse(dumped(tree)).content
    assert content
    assert content.questions[0].ask["eo"] == f"«{content.questions[0].ask['en']}»"
    assert content.words.position["eo"] == "«{number} of {total}»"


@pytest.mark.parametrize("first", range(8))
def test_a_text_that_lacks_a_language_is_found_wherever_it_is(first: int) -> None:
    """Every eighth at once, each between texts that are whole."""
    tree = as_words(SMALLEST)
    texts = texts_of(tree)[first::8]
    for text in texts:
        del text["es"]
    problems = parse(dumped(tree)).problems
    assert len(problems) == len(texts) > 8
    assert all(problem.what.endswith("has no Spanish (es) text") for problem in problems)
    assert len({(problem.line, problem.column) for problem in problems}) == len(texts), "one for each"


def test_a_key_that_is_left_out_is_found_wherever_it_is() -> None:
    optional = {"approval", "follow_ups", "factors", "faq", "related", "sources"}
    newer = {"get_help", "questions_to_ask"}  # `check` warns without them: see `test_earlier_version`
    keys = [key for key in as_words(SMALLEST) if key not in optional | newer]
    assert len(keys) > 12
    for key in keys:
        tree = as_words(SMALLEST)
        del tree[key]
        found = [problem.what for problem in parse(dumped(tree)).problems]
        assert f"the file: lacks the key {key}" in found


def test_all_problems_are_found_at_once_and_sorted_by_line() -> None:
    example = b'version: a b\nclinic: {name: "", nme: x}\nfaq_title: {en: "Your score", es: ""}\n'
    lines = [problem.line for problem in parse(completed(example)).problems]
    assert lines == [1, 2, 2, 3, 3]


def test_the_error_lists_every_problem_and_the_totals(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(completed(b'version: a b\nfaq_title: {en: "", es: P}\n'))
    with pytest.raises(ContentError) as caught:
        load(file)
    first, second, last = str(caught.value).splitlines()
    assert first.startswith(f'{file}:1: version: "a b" is not allowed. Write a version')
    assert second == f"{file}:2: faq_title, English: is empty. Write the text."
    assert last == "2 errors."


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def too_large(path: Path) -> None:
    path.write_bytes(SMALLEST + b"#" * MAX_BYTES)


def nothing(path: Path) -> None:
    path.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (nothing, "no such file"),
        (a_folder, "this is a folder"),
        (a_pipe, "not a regular file"),
        (a_device, "not a regular file"),
        (too_large, "the file is larger than 8 MB"),
    ],
)
def test_anything_but_a_regular_file_is_refused_in_one_line(
    make: Callable[[Path], None], what: str, tmp_path: Path
) -> None:
    path = tmp_path / "questions.yaml"
    make(path)
    with pytest.raises(ContentError) as caught:
        load(path)
    message, last = str(caught.value).splitlines()
    assert message.startswith(f"{path}: {what}. ")
    assert last == "1 error."


def test_an_invalid_file_name_is_refused() -> None:
    with pytest.raises(ContentError):
        load(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root can read every file")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.touch(mode=0)
    with pytest.raises(ContentError, match="permission denied"):
        load(file)


def test_a_file_name_cannot_send_escape_sequences(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load(tmp_path / "\x1b[31m.yaml")
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("inside", [True, False], ids=["a wheel", "a checkout"])
def test_the_shipped_file_is_found_in(tmp_path: Path, *, inside: bool) -> None:
    package = tmp_path / "fibrocheck"
    shutil.copytree(Path(fibrocheck.__file__).parent, package)
    shutil.copy(shipped_path(), package if inside else tmp_path)
    program = "from fibrocheck.content.loader import load; print(load().id)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "fibromyalgia-self-check\n"


HEAVY = [
    "rich",
    "jinja2",
    "jsonschema",
    "importlib.metadata",
    "importlib.resources",
    "textstat",
    "wcwidth",
    "difflib",
    "hypothesis",
]


def test_loading_imports_nothing_slow() -> None:
    program = "import sys; from fibrocheck.content.loader import load; load(); print(*sys.modules)"
    loaded = set(printed_by(program).split())
    assert loaded.isdisjoint([*HEAVY, "fibrocheck.content.check", "fibrocheck.content.readability"])


def many(number: int) -> bytes:
    """Return the smallest questionnaire with a long list of factors."""
    tree = as_words(SMALLEST)
    factor = tree["factors"][0]
    tree["factors"] = [factor, *[{**factor, "id": f"f{each}"} for each in range(number)]]
    return dumped(tree)


@pytest.mark.parametrize("data", [completed(b""), b"a: [", b"id: 1\n"], ids=["right", "not YAML", "wrong"])
def test_nobody_looks_for_garbage_while_a_file_is_read(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long file, that would be a third of the time."""
    looked: list[bool] = []

    def composed(*file: Any) -> Any:
        looked.append(gc.isenabled())
        return compose(*file)

    monkeypatch.setattr("fibrocheck.content.parsing.compose", composed)
    parse(data)
    assert looked == [False]
    assert gc.isenabled()


@pytest.mark.parametrize("data", [many(10), b"a: [", b"id: 1\n"], ids=["right", "not YAML", "wrong"])
def test_what_was_read_goes_at_once_but_the_content(data: bytes) -> None:
    """Nothing is left that only a search for garbage finds, or that such a search would look at."""
    gc.collect()
    gc.disable()
    try:
        content, problems = parse_content(data)
        assert gc.collect() == 0
        assert not [each for each in gc.get_objects() if isinstance(each, MapNode)]
    finally:
        gc.enable()
    assert (content, problems) == (parse(data).content, parse(data).problems)


def test_a_long_file_costs_at_most_three_times_what_composing_it_with_pyyaml_does() -> None:
    data = many(500)
    assert parse(data).content
    text, loader = data.decode(), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert cpu(lambda: parse(data)) <= 3 * cpu(lambda: yaml.compose(text, Loader=loader))


def test_reading_a_file_compares_no_letters_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign that is not taken as it stands would have each letter of a language looked at."""
    compared = Mock(side_effect=lambda words: words)
    monkeypatch.setattr("fibrocheck.content.wording.plain_letters", compared)
    assert parse(Path(shipped_path()).read_bytes()).content
    assert all(len(call.args[0]) < 100 for call in compared.call_args_list)
