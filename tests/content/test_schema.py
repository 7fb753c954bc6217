"""The JSON Schema accepts and refuses what the loader does, as far as a schema can."""

import functools
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from fibrocheck.content.schema.json_schema import json_schema
from fibrocheck.content.source_file import shipped_path

from .examples import SMALLEST, completed, examples
from .test_loader import BASE_LOADER

jsonschema = pytest.importorskip("jsonschema")

BEYOND_A_SCHEMA = frozenset(
    {
    "comment-in-a-text",
    "comment-below-a-text",
    "comment-behind-a-block",
    "anchor-in-a-text",
    "line-break-escape",
    "leftovers",
    "quotes-of-a-word-processor",
    "digit-labels",
    "digit-labels-after-symptoms",
    "digit-labels-of-answers",
    "digit-names-of-languages",
    "a-number-in-a-circle",
    "a-number-where-a-choice-is-shown",
    "no-break-space",
    "two-byte-order-marks",
        "approved-on-an-invalid-date", "approved-without-a-date", "bidi-control",
        "bidi-control-in-the-file", "choice-with-the-id-of-an-offered-symptom", "duplicate-choice",
        "duplicate-id", "duplicate-id-across-sections", "duplicate-key", "escape-character-in-the-file",
        "escape-sequence", "list-for-a-key", "lone-surrogate", "never-asked", "never-say",
        "never-say-in-an-unlisted-language", "no-spanish-text", "no-spanish-text-in-a-block", "not-utf-8",
        "not-yaml-colon", "not-yaml-quote", "not-yaml-tab", "null-character", "one-choice",
        "recursive-alias", "tab-in-a-text", "tag", "tag-on-a-word", "twenty-one-choices",
        "twenty-one-with-offered-symptoms", "two-documents", "undefined-alias", "unknown-item-id",
        "unknown-source-id", "unknown-symptom-id", "unlisted-language", "unlisted-language-of-every-text",
        "unused-language",
    }
)  # fmt: skip
"""Problems of several places at once, of characters, dates or YAML, which no schema can express."""


class _Editor(yaml.SafeLoader):
    """Reads words, numbers and true/false as an editor with YAML 1.2 does."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("true|false"), ["t", "f"])
_Editor.add_implicit_resolver(
    "tag:yaml.org,2002:int", __import__("re").compile("[0-9]+$"), list("0123456789")
)


@functools.cache
def checker() -> Any:
    """Return what validates: it is the same for every file."""
    return jsonschema.Draft202012Validator(json_schema())


def valid(data: bytes, loader: Any) -> bool:
    """Return whether the schema accepts the file."""
    return bool(checker().is_valid(yaml.load(data, Loader=loader)))  # noqa: S506 - both loaders are safe


def test_it_is_a_schema_and_json() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json.loads(json.dumps(json_schema())) == json_schema()


@pytest.mark.parametrize("loader", [BASE_LOADER, _Editor])
def test_it_accepts_the_shipped_and_the_smallest_file(loader: Any) -> None:
    assert valid(Path(shipped_path()).read_bytes(), loader)
    assert valid(SMALLEST, loader)


@pytest.mark.parametrize("file", examples("positive"), ids=lambda file: file.stem)
def test_it_accepts_a_good_example(file: Path) -> None:
    assert valid(completed(file.read_bytes()), BASE_LOADER)


def _within_a_schema() -> list[Path]:
    files = examples("negative")
    return [file for file in files if file.stem not in BEYOND_A_SCHEMA and "diagnosing" not in file.stem]


@pytest.mark.parametrize("file", _within_a_schema(), ids=lambda file: file.stem)
def test_it_refuses_a_bad_example_that_is_within_a_schema(file: Path) -> None:
    assert not valid(completed(file.read_bytes()), BASE_LOADER)


def test_the_list_of_examples_beyond_a_schema_is_right() -> None:
    """A name without a file, or of an example that the schema refuses, must be removed from the list."""
    assert len(_within_a_schema()) > 30
    names = {file.stem: file for file in examples("negative")}
    assert [
        name for name in sorted(BEYOND_A_SCHEMA) if _is_refused(completed(names[name].read_bytes()))
    ] == []


def _is_refused(data: bytes) -> bool:
    try:
        return not valid(data, BASE_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return False  # an editor reports this before it looks at the schema


def described(part: Any) -> list[bool]:
    """Return, for every key of every object, whether it has a description."""
    if isinstance(part, list):
        return [found for item in part for found in described(item)]
    if not isinstance(part, dict):
        return []
    own = [bool(key.get("description")) for key in part.get("properties", {}).values()]
    return own + [found for value in part.values() for found in described(value)]


def test_every_key_has_a_description() -> None:
    found = described(json_schema())
    assert len(found) > 100
    assert all(found)
