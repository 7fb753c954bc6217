"""A clinic's own file of the version before: it loads, and what has moved is read where it belongs.

`version-2026.11.0.yaml` is the questionnaire as it shipped then.
"""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from fibrocheck.content.check import check
from fibrocheck.content.fingerprint import fingerprints
from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from fibrocheck.content.parsing import parse
from fibrocheck.content.problems import WARNING
from fibrocheck.content.reader import Reader
from fibrocheck.content.schema.json_schema import json_schema
from fibrocheck.content.schema.program_words import UNUSED_WORDS
from fibrocheck.content.text import Text
from fibrocheck.copies.formats import HANDOUT_TEXT, SUMMARY_TEXT
from fibrocheck.copies.report import as_written, copy_of
from fibrocheck.pages.summary_text import render_summary
from fibrocheck.questions import Answers
from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import read_saved
from fibrocheck.records.response import write_response
from fibrocheck.summary import summarise
from tests.records.written import WHOLE

from .examples import SMALLEST
from .test_loader import as_words, dumped

EARLIER = Path(__file__).with_name("version-2026.11.0.yaml")
HELP: dict[str, Any] = {"en": "Call 911 if it is sudden.", "es": "Llame al 911 si es de repente."}
ABSENT = {
    ("get_help",),
    ("questions_to_ask",),
    ("about", "other_conditions"),
    ("next_step", "bring_too"),
    ("factors", "chart"),
}
"""Keys that a file of the version before does not have, and that are not words of the program."""


@pytest.fixture(scope="module")
def earlier() -> Content:
    """The questionnaire of the version before, read."""
    return load(EARLIER)


def reader_of(data: bytes) -> Reader:
    """Return what reading a file found."""
    reader = parse(data).reader
    assert reader
    return reader


def helping(tree: Any) -> list[Text]:
    """Return the texts about getting help under single items, in the order of the file."""
    return [item["get_help"] for part in ("symptoms", "factors") for item in tree[part] if "get_help" in item]


def test_it_loads_and_everyone_reads_what_stood_under_single_items(earlier: Content) -> None:
    texts = helping(yaml.safe_load(EARLIER.read_bytes()))
    assert len(texts) == 4
    assert list(earlier.get_help.also) == texts
    for language in earlier.languages:
        summary = render_summary(summarise(earlier, {}), earlier, language, 2000)
        assert [summary.count(text[language]) for text in texts] == [1] * 4


def test_each_key_that_moved_or_is_missing_is_one_warning_and_nothing_is_an_error() -> None:
    problems = check(EARLIER.read_bytes())
    assert {problem.severity for problem in problems} == {WARNING}
    moved = [problem for problem in problems if "has moved to get_help" in problem.what]
    lines = EARLIER.read_text(encoding="utf-8").splitlines()
    assert [problem.line for problem in moved] == [
        number for number, line in enumerate(lines, 1) if line.strip() == "get_help:"
    ]
    lacking = [problem.what for problem in problems if " lacks " in problem.what]
    for *_, name in ABSENT:
        expected = 7 if name == "chart" else 1
        assert sum(f"lacks {name}" in what for what in lacking) == expected, name


def test_the_schema_for_editors_accepts_it_and_calls_the_old_key_deprecated() -> None:
    checker = jsonschema.Draft202012Validator(json_schema())
    errors = checker.iter_errors(yaml.load(EARLIER.read_bytes(), Loader=yaml.BaseLoader))  # noqa: S506 - words
    assert {tuple(error.path) for error in errors} == {("words",)}, "only words of the program are missing"
    item = json_schema()["properties"]["symptoms"]["items"]["properties"]
    assert item["get_help"]["deprecated"] is True


@pytest.mark.parametrize("part", ["symptoms", "factors"])
def test_the_old_key_is_read_at_any_item_beside_the_new_one(part: str) -> None:
    tree = as_words(SMALLEST)
    tree[part][0]["get_help"] = HELP
    content = parse(dumped(tree)).content
    assert content
    assert list(content.get_help.also) == [*tree["get_help"]["also"], HELP]
    (problem,) = (each for each in check(dumped(tree)) if "has moved" in each.what)
    assert problem.severity == WARNING


def test_the_same_text_at_several_items_is_read_once() -> None:
    tree = as_words(SMALLEST)
    tree["symptoms"][0]["get_help"] = tree["factors"][0]["get_help"] = HELP
    tree["get_help"]["also"] = [HELP]
    content = parse(dumped(tree)).content
    assert content
    assert content.get_help.also == (HELP,)


def test_an_old_key_with_an_error_is_reported_like_any_other() -> None:
    tree = as_words(SMALLEST)
    tree["symptoms"][0]["get_help"] = {"en": "Call 911."}
    findings = parse(dumped(tree))
    assert findings.content is None
    assert ["get_help" in problem.what for problem in findings.problems] == [True]


@pytest.mark.parametrize("keys", sorted(ABSENT))
def test_each_new_key_may_be_missing(keys: tuple[str, ...]) -> None:
    """A factor is then described to a clinician by its question."""
    tree = as_words(SMALLEST)
    *path, name = keys
    at = tree
    for key in path:
        at = at[key]
    del (at[0] if isinstance(at, list) else at)[name]
    content = parse(dumped(tree)).content
    assert content
    assert content.factors[0].chart == tree["factors"][0].get("chart", tree["factors"][0]["ask"])
    assert [each.what for each in check(dumped(tree)) if f"lacks {name}" in each.what]
    for language in content.languages:
        assert render_summary(summarise(content, {}), content, language, 72)


def test_signs_that_need_care_the_same_day_need_a_heading() -> None:
    for name in ("same_day", "same_day_title"):
        tree = as_words(SMALLEST)
        del tree["get_help"][name]
        (problem,) = parse(dumped(tree)).problems
        assert "must be given together" in problem.what


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_record_of_that_version_is_shown_with_the_words_that_were_read(
    earlier: Content, shipped: Content, language: str, tmp_path: Path
) -> None:
    """Its own questions and answers; a factor's question stands there once."""
    answers: Answers = {"fatigue": "sometimes", "autoimmune": "yes", "hormonal": "no", "sleep": "not-sure"}
    record = WHOLE._replace(language=language, answers=answers)
    file = tmp_path / "visit.json"
    file.write_text(to_json(write_response(record, earlier)), encoding="utf-8")
    saved = read_saved(file.read_bytes(), shipped)
    assert (saved.is_other_version, saved.record.answers) == (True, answers)
    assert json.loads(file.read_text(encoding="utf-8"))["item"]
    for form in (SUMMARY_TEXT, HANDOUT_TEXT):
        shown = " ".join(str(as_written(form, copy_of(saved, None))).split())
        assert shipped.words.other_version[language] in shown
        answer = earlier.answers["sometimes"][language]
        # On paper it heads a narrow column, word under word.
        assert {*answer.split()} <= {*shown.split()} if form is HANDOUT_TEXT else answer in shown
        for id_ in answers:
            assert shown.count(earlier.question(id_).ask[language]) >= 1
        assert shown.count(earlier.question("hormonal").ask[language]) == 1


def test_words_that_no_page_shows_any_more_are_a_warning_each_and_are_not_read() -> None:
    """Whatever stands there: nobody has to translate or approve it."""
    tree = as_words(SMALLEST)
    before = fingerprints(reader_of(dumped(tree)))
    tree["words"] |= {name: {"en": ""} for name in UNUSED_WORDS}
    (*found,) = (each for each in check(dumped(tree)) if "no longer shown" in each.what)
    assert [each.what.partition(":")[0] for each in found] == [f"words, {name}" for name in UNUSED_WORDS]
    assert {each.severity for each in found} == {WARNING}
    assert fingerprints(reader_of(dumped(tree))) == before
