"""The JSON Schema says what the loader says, as far as a schema can."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from fibrocheck.content.loader import shipped_path
from fibrocheck.content.schema.json_schema import schema

from .examples import SMALLEST, completed, examples

jsonschema = pytest.importorskip("jsonschema")

BEYOND_A_SCHEMA = frozenset(
    {
        "a-choice-with-the-id-of-a-marked-symptom", "a-list-for-a-key", "alias-to-itself",
        "alias-to-nothing", "approved-on-no-day", "approved-without-a-date", "bidi-control",
        "bidi-control-in-the-file", "duplicate-choice", "duplicate-id",
        "duplicate-id-across-sections", "duplicate-key", "escape-character-in-the-file",
        "escape-sequence", "language-never-used", "language-not-listed",
        "language-of-every-text-not-listed", "lone-surrogate", "never-asked", "never-say",
        "never-say-in-no-language", "no-spanish-text", "no-spanish-text-in-a-block", "not-utf-8",
        "not-yaml-colon", "not-yaml-quote", "not-yaml-tab", "null-character", "one-choice",
        "points-to-no-item", "points-to-no-source", "points-to-no-symptom", "tab-in-a-text", "tag",
        "tag-on-a-word", "twenty-one-choices", "twenty-one-with-the-marked", "two-documents",
    }
)  # fmt: skip
"""About several places at once, about characters and days, or about YAML, which an editor has read before."""


class _Editor(yaml.SafeLoader):
    """Words, numbers and true/false as an editor with YAML 1.2 understands them."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("true|false"), ["t", "f"])
_Editor.add_implicit_resolver(
    "tag:yaml.org,2002:int", __import__("re").compile("[0-9]+$"), list("0123456789")
)


def valid(data: bytes, loader: Any) -> bool:
    """Whether the schema accepts the file."""
    checker = jsonschema.Draft202012Validator(schema())
    return bool(checker.is_valid(yaml.load(data, Loader=loader)))  # noqa: S506 - both loaders are safe


def test_it_is_a_schema_and_json() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()


@pytest.mark.parametrize("loader", [yaml.BaseLoader, _Editor])
def test_it_accepts_the_shipped_and_the_smallest_file(loader: Any) -> None:
    assert valid(Path(shipped_path()).read_bytes(), loader)
    assert valid(SMALLEST, loader)


@pytest.mark.parametrize("file", examples("positive"), ids=lambda file: file.stem)
def test_it_accepts_a_good_example(file: Path) -> None:
    assert valid(completed(file.read_bytes()), yaml.BaseLoader)


def _seen() -> list[Path]:
    unseen = BEYOND_A_SCHEMA
    return [
        file for file in examples("negative") if file.stem not in unseen and "diagnosing" not in file.stem
    ]


@pytest.mark.parametrize("file", _seen(), ids=lambda file: file.stem)
def test_it_refuses_a_bad_example_that_a_schema_can_see(file: Path) -> None:
    assert not valid(completed(file.read_bytes()), yaml.BaseLoader)


def test_what_no_schema_can_see_is_named_rightly() -> None:
    """A name that is no file, or that the schema does see by now, is to be taken from the list."""
    assert len(_seen()) > 30
    names = {file.stem: file for file in examples("negative")}
    assert [name for name in sorted(BEYOND_A_SCHEMA) if _is_seen(completed(names[name].read_bytes()))] == []


def _is_seen(data: bytes) -> bool:
    try:
        return not valid(data, yaml.BaseLoader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return False  # no editor gets so far as to look at the schema


def described(part: Any) -> list[bool]:
    """For every key of every object whether it says what it is for."""
    if isinstance(part, list):
        return [found for item in part for found in described(item)]
    if not isinstance(part, dict):
        return []
    own = [bool(key.get("description")) for key in part.get("properties", {}).values()]
    return own + [found for value in part.values() for found in described(value)]


def test_every_key_says_what_it_is_for() -> None:
    found = described(schema())
    assert len(found) > 100
    assert all(found)
