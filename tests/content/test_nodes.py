"""The composer: the same tree as PyYAML's own, with lines, and with limits."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.content import nodes, yaml_events
from fibrocheck.content.nodes import MAX_DEPTH, ListNode, MapNode, Node, Refused, TextNode, compose
from fibrocheck.content.problems import Problem
from tests.fixture import FIXTURE

from .costs import is_linear

SUITE = json.loads(Path(__file__).with_name("yaml-test-suite.json").read_text(encoding="utf-8"))["cases"]
LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


def plain(node: Node) -> Any:
    """Return our tree as lists, dicts and words."""
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    if isinstance(node, MapNode):
        return {key: plain(value) for key, value in node.entries.items()}
    return node.value


def plain_pyyaml(node: yaml.Node) -> Any:
    """Return PyYAML's tree in the same form, with the first of two equal keys."""
    if isinstance(node, yaml.SequenceNode):
        return [plain_pyyaml(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return dict(reversed([(key.value, plain_pyyaml(value)) for key, value in node.value]))
    return node.value


def refused(text: str, loader: Any = None) -> Problem:
    """Return the reason why the text is refused."""
    with pytest.raises(Refused) as caught:
        compose(text, [], loader=loader)
    return caught.value.problem


@pytest.mark.parametrize("case", SUITE, ids=[case["id"] for case in SUITE])
def test_a_case_of_the_yaml_test_suite_is_read_as_pyyaml_reads_it_or_refused(case: dict[str, Any]) -> None:
    problems: list[Problem] = []
    try:
        ours = compose(case["yaml"], problems, loader=yaml.SafeLoader)
    except Refused:
        ours = None
    try:
        theirs = yaml.compose(case["yaml"], Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        if "duplicate anchor" in str(error):  # which YAML 1.2 allows, and so do we
            return
        assert ours is None or problems
        return
    if ours is not None and not problems and theirs is not None:
        assert plain(ours) == plain_pyyaml(theirs)


def test_most_of_the_suite_is_read_without_a_problem() -> None:
    """The test above compares nothing if we refuse a case, so refusing all must not pass."""
    read = 0
    for case in SUITE:
        problems: list[Problem] = []
        try:
            compose(case["yaml"], problems)
        except Refused:
            continue
        read += not problems
    assert read > 150


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=15,
)


@given(tree=TREES, flow=st.booleans())
def test_what_pyyaml_writes_is_read_back_with_every_loader(tree: Any, *, flow: bool) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True)
    for loader in LOADERS:
        problems: list[Problem] = []
        assert plain(compose(text, problems, loader=loader)) == tree
        assert problems == []


def test_both_loaders_read_a_whole_file_the_same() -> None:
    text = FIXTURE.read_text(encoding="utf-8")
    trees = [plain(compose(text, [], loader=loader)) for loader in LOADERS]
    assert all(tree == trees[0] for tree in trees)


def words_of(node: Node) -> list[TextNode]:
    """Return every word of a tree, keys too."""
    if isinstance(node, ListNode):
        return [word for item in node.items for word in words_of(item)]
    if isinstance(node, MapNode):
        return [*node.keys.values(), *[word for value in node.entries.values() for word in words_of(value)]]
    return [node]


def test_every_word_of_a_whole_file_is_at_its_line_and_column() -> None:
    text = FIXTURE.read_text(encoding="utf-8")
    lines = text.split("\n")
    words = words_of(compose(text, []))
    assert len(words) > 1000
    for word in words:
        found = lines[word.line - 1][word.column - 1 :].lstrip("\"'")
        assert found.startswith(word.value.split(" ")[0][:8]), word.value


@pytest.mark.parametrize(
    "scalar", ["no", "1.10", "2026.11.0", "~", "null", "0x1F", "12:30:00", "1e3", ".inf", "="]
)
def test_a_scalar_stays_as_it_was_typed(scalar: str) -> None:
    assert plain(compose(f"a: {scalar}", [])) == {"a": scalar}


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize("opening", ["- ", "? ", "[", "{a: ", "{? ", "[{a: "])
def test_two_hundred_thousand_levels_are_refused_at_the_limit(
    opening: str, loader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[yaml.Event] = []
    every = yaml_events.events

    def counted(*arguments: Any) -> Iterator[yaml.Event]:
        for event in every(*arguments):
            seen.append(event)
            yield event

    monkeypatch.setattr(nodes, "events", counted)
    problem = refused(opening * 200_000, loader)
    assert problem.what == f"values are nested more than {MAX_DEPTH} levels deep"
    assert len(seen) <= 3 * MAX_DEPTH + 3


def test_the_deepest_nesting_allowed_is_read() -> None:
    assert plain(compose("[" * MAX_DEPTH + "]" * MAX_DEPTH, []))
    refused("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert refused(text).what == "the file is empty"


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fibrocheck.content.nodes.MAX_NODES", 100)
    assert refused("[" + "a, " * 101 + "]").what == "the file has more than 100 values"
    assert plain(compose("[" + "a, " * 98 + "]", []))


def test_an_alias_within_the_limit_repeats_what_it_stands_for() -> None:
    assert plain(compose("{a: &x [1, {b: 2}], c: *x}", [])) == {
        "a": ["1", {"b": "2"}],
        "c": ["1", {"b": "2"}],
    }
    assert plain(compose("{&k a: b, c: *k}", [])) == {"a": "b", "c": "a"}


@pytest.mark.parametrize("flood", ["!!x ", "&a ", "a: &a b\n", "*a ", "'"])
def test_the_cost_of_a_flood_of_marks_grows_with_its_length_only(flood: str) -> None:
    def read(times: int) -> None:
        with contextlib.suppress(Refused):
            compose(flood * times, [])

    assert is_linear(read, 15_000)


COLON = "Put quotes around a text that contains a colon"
ALIAS = "Put quotes around a text that begins with *"
ANCHOR = "Put quotes around a text that begins with &"
TAG = "Put quotes around a text that begins with !"
ESCAPE = "Inside double quotes, write each backslash twice"
UNCLOSED = "Close the open quotes, brackets or braces"
ANYTHING = "Check the quotes, commas and spaces on this line and the line above"

MISTAKES = {
    "a: At 9: call us\n": COLON,
    "a: * not all\n": ALIAS,
    "a: & more\n": ANCHOR,
    "a: !new!word here\n": TAG,
    'a: "C:\\quotes"\n': ESCAPE,
    'a: "no end\n': UNCLOSED,
    "a: @home\n": ANYTHING,
    "a: 'it's'\n": ANYTHING,
}


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize("text", MISTAKES)
def test_a_common_mistake_gets_its_remedy(text: str, loader: Any) -> None:
    """The remedy is chosen by the words of PyYAML's message, which a new version may change."""
    problem = refused(text, loader)
    assert problem.what.startswith("this is not YAML (")
    assert problem.remedy == MISTAKES[text]


def test_every_remedy_has_a_common_mistake() -> None:
    assert {remedy for _, remedy in nodes._REMEDIES} == set(MISTAKES.values())
