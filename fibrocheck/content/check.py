"""The check of a file for content editors: its errors, then warnings."""

from collections.abc import Iterator
from typing import NamedTuple, TextIO

from wcwidth import wcswidth

from fibrocheck.content.body import unlike_the_body
from fibrocheck.content.cautions import cautions
from fibrocheck.content.counted import counted_wrongly
from fibrocheck.content.end_length import long_ends
from fibrocheck.content.fingerprint import fingerprints, written
from fibrocheck.content.nodes import ListNode, MapNode, Node, TextNode
from fibrocheck.content.parsing import Findings, in_order, parse
from fibrocheck.content.phrases import RULES
from fibrocheck.content.problem_output import write_problems
from fibrocheck.content.problems import ERROR, NOTICE, WARNING, ContentError, Problem
from fibrocheck.content.readability import (
    MAX_SENTENCE_WORDS,
    Exempt,
    NotInstalled,
    Readability,
    by_first_word,
    measure,
    syllable_counter,
)
from fibrocheck.content.reader import Place, Reader, base_language, keys, language_name, path
from fibrocheck.content.source_file import read_bytes, shipped_path
from fibrocheck.content.unwritten import unwritten
from fibrocheck.file_reading import File
from fibrocheck.text_safety import is_example, printable, quoted

MAX_CHOICE_WIDTH = 33
"""The columns that a screen of 40 leaves for a choice, beside margins, pointer and number."""

CHOICES_IN_WORDS = frozenset(
    {
        "all_right",
        "back",
        "common_question",
        "finish",
        "form_html",
        "form_record",
        "form_text",
        "go_on",
        "skip",
        "start",
        "stop_and_erase",
    }
)
OWN_TERMS = frozenset(
    {
        ("symptoms", "term"),
        ("follow_ups", "term"),
        ("factors", "term"),
        ("care", "steps", "title"),
        ("faq", "question"),
    }
)
"""Keys of texts that are the clinic's own terms, letter for letter: their words are not measured."""
FOR_CLINICIANS = frozenset({("factors", "chart"), ("words", "months"), ("words", "never_asked")})
"""Keys of texts that no patient reads. They are not measured either."""
MIN_PHONE_DIGITS = 3
"""As in 911."""
AUTHORING = 'Run pip install "fibrocheck[authoring]" and check again'


class MeasuredText(NamedTuple):
    """A text of the file and how hard it is to read."""

    line: int
    place: str
    language: str
    readability: Readability


def check_file(
    file: File | None = None, *, strict: bool = False, verbose: bool = False, stream: TextIO
) -> int:
    """Write the problems of a file, by default the shipped one, to a stream; return the exit code.

    The exit code is 0 if the file can be used, 1 if it has an error or, with `strict`, a warning.
    """
    file = file or shipped_path()
    try:
        data = read_bytes(file)
    except ContentError as error:
        stream.write(f"{error}\n")
        return 1
    findings = parse(data)
    problems = all_problems(findings)
    write_problems(problems, data, str(file), stream)
    if verbose and findings.reader:
        stream.writelines(f"{line}\n" for line in _grades(findings.reader))
    failing = {ERROR, WARNING} if strict else {ERROR}
    return int(any(problem.severity in failing for problem in problems))


def check(data: bytes) -> tuple[Problem, ...]:
    """Return the problems in the bytes of a file: errors first, then warnings, each by line."""
    return all_problems(parse(data))


def all_problems(findings: Findings) -> tuple[Problem, ...]:
    """Return the errors that reading a file found, and then the warnings about it, each by line."""
    return (*findings.problems, *in_order(list(_warnings(findings))))


def _warnings(findings: Findings) -> Iterator[Problem]:
    reader, root = findings.reader, findings.root
    if reader is None or not isinstance(root, MapNode):
        return
    yield from _approval(root)
    yield from _changed_since_approval(reader, root)
    yield from _phone(root)
    yield from cautions(reader.texts, list(reader.languages))
    yield from counted_wrongly(reader)
    yield from unwritten(reader)
    if findings.content is not None:
        yield from long_ends(findings.content, reader)
        yield from unlike_the_body(findings.content, root.entries.get("follow_ups", root))
    yield from _without_rules(reader)
    yield from _supplied(reader)
    yield from _moved(reader)
    yield from _absent(reader)
    yield from _unused(reader)
    yield from _address(root)
    yield from _without_sources(root)
    yield from _wide_choices(reader)
    yield from _hard_texts(reader)


def _warning(node: Node, what: str, remedy: str, severity: str = WARNING) -> Problem:
    return Problem(node.line, node.column, what, remedy, severity)


def _value(node: Node | None, key: str) -> str:
    inner = node.entries.get(key) if isinstance(node, MapNode) else None
    return inner.value.strip() if isinstance(inner, TextNode) else ""


def _supplied(reader: Reader) -> Iterator[Problem]:
    """Yield a warning for each of the program's own words that the file lacks."""
    for name, place, node in reader.supplied:
        what = f"{path(place)}: lacks {name}; the words that came with fibrocheck are shown"
        yield _warning(
            place[2] if place[0] else node, what, f"Add {name} with your own words in every language"
        )


def _moved(reader: Reader) -> Iterator[Problem]:
    """Yield a warning for each key that stands where an earlier version had it."""
    for place, where, _ in reader.moved:
        what = f"{path(place)}: has moved to {where}, and is read there by everyone"
        yield _warning(place[2], what, f"Move the text to {where}")


def _absent(reader: Reader) -> Iterator[Problem]:
    """Yield a warning for each key that a file of an earlier version cannot have."""
    for name, place, node, without in reader.absent:
        what = f"{path(place)}: lacks {name}, so {without}"
        yield _warning(place[2] if place[0] else node, what, f"Add {name} as in the file that was shipped")


def _unused(reader: Reader) -> Iterator[Problem]:
    """Yield a warning for each key that only an earlier version of the program read."""
    for place in reader.unused:
        yield _warning(place[2], f"{path(place)}: is no longer shown to anyone", "Remove it")


def _changed_since_approval(reader: Reader, root: MapNode) -> Iterator[Problem]:
    """Yield warnings if the words are not those that were approved, or nobody can know."""
    approval = root.entries.get("approval")
    if not _value(approval, "approved_by") or not isinstance(approval, MapNode):
        return
    now, version = fingerprints(reader), _value(root, "version")
    remedy = (
        "When a clinician has approved these words, run fibrocheck content approve, or add to approval: "
        f"{written(now, version)}"
    )
    approved = approval.entries.get("fingerprint")
    if not isinstance(approved, MapNode):
        what = "approval: does not say which words were approved, so a later change would not be noticed"
        yield _warning(root.keys["approval"], what, remedy)
        return
    changed = [language for language, mark in now.items() if _value(approved, language) != mark]
    if not changed:
        return
    names = ", ".join(map(language_name, changed))
    yield _warning(root.keys["approval"], f"approval: the words changed after it ({names})", remedy)
    if same := [language_name(each) for each in now if each not in changed]:
        what = f"approval: {names} changed, but not {', '.join(same)}"
        yield _warning(approved, what, "Check that all languages still say the same")
    if _value(approval, "version") == version:
        what = "version: is still that of the approved words, which have changed"
        yield _warning(root.keys["version"], what, "Raise it: saved records name it")


def _phone(root: MapNode) -> Iterator[Problem]:
    phone = _value(root.entries.get("clinic"), "phone")
    if phone and sum(map(str.isdigit, phone)) < MIN_PHONE_DIGITS:
        what = f"clinic, phone: {quoted(phone)} is not a telephone number"
        yield _warning(root.keys["clinic"], what, 'Write the number, or leave it empty ("")')


def _without_rules(reader: Reader) -> Iterator[Problem]:
    """Yield a warning for each language whose texts no rule compares with wording that diagnoses."""
    for code, name in reader.languages.items():
        if base_language(code) not in RULES:
            what = f"languages: no rules about diagnosing words are known for {name} ({code})"
            listed = "Keep" if reader.never_say.get(code) else "Write"
            remedy = f"{listed} a list for {code} under never_say, and have a clinician read every text in it"
            yield _warning(reader.language_keys[code], printable(what), remedy)


def _approval(root: MapNode) -> Iterator[Problem]:
    if not _value(root.entries.get("approval"), "approved_by"):
        what = "the wording has not been approved"
        remedy = "After a clinician has approved it, run: fibrocheck content approve FILE --by NAME --on DATE"
        yield _warning(root.keys.get("approval", root), what, remedy)


def _address(root: MapNode) -> Iterator[Problem]:
    url = _value(root, "url")
    if is_example(url):
        host = url.removeprefix("https://").split("/")[0].lower()
        what = f"url: is still an example ({printable(host, 40)})"
        yield _warning(root.keys["url"], what, "Use the clinic's own address: saved records name it")


def _without_sources(root: MapNode) -> Iterator[Problem]:
    """Yield a warning for each text that teaches without naming its sources."""
    for key in ("symptoms", "factors", "faq"):
        rows = root.entries.get(key)
        for number, row in enumerate(rows.items if isinstance(rows, ListNode) else ()):
            yield from _no_sources(row, path(((None, key, row), number, row)), row)
    for key in ("safety", "get_help", "about", "care"):
        if key in root.entries:
            yield from _no_sources(root.entries[key], key, root.keys[key])


def _no_sources(node: Node, place: str, shown: Node) -> Iterator[Problem]:
    sources = node.entries.get("sources") if isinstance(node, MapNode) else None
    if not (isinstance(sources, ListNode) and sources.items):
        yield _warning(shown, f"{place}: names no sources", "Add sources: with ids from the list of sources")


def _wide_choices(reader: Reader) -> Iterator[Problem]:
    for language, value, node, place in reader.texts:
        if _is_choice(place) and (width := wcswidth(value)) > MAX_CHOICE_WIDTH:
            where = f"{path(place)}, {language_name(language)}"
            what = f"{where}: is {width} columns wide, too wide for a narrow screen"
            yield _warning(node, what, f"Shorten it to {MAX_CHOICE_WIDTH} columns or fewer")


def _is_choice(place: Place) -> bool:
    section, key = keys(place)[0], keys(place)[-1]
    return key == "label" or section == "answers" or (section == "words" and key in CHOICES_IN_WORDS)


def _hard_texts(reader: Reader) -> Iterator[Problem]:
    """Yield warnings for long sentences and high grades; one notice if grades cannot be measured."""
    try:
        measured = [*measured_texts(reader)]
    except NotInstalled:
        yield Problem(0, 0, "English reading grades were not measured", AUTHORING, NOTICE)
        measured = [*measured_texts(reader, graded=False)]
    for text in measured:
        yield from _hard(text)


def _hard(text: MeasuredText) -> Iterator[Problem]:
    found, where = text.readability, f"{text.place}, {language_name(text.language)}"
    if found.longest_sentence > MAX_SENTENCE_WORDS:
        what = f"{where}: has a sentence of {found.longest_sentence} words"
        remedy = f"Split it; a sentence may have {MAX_SENTENCE_WORDS} words"
        yield Problem(text.line, 1, what, remedy, WARNING)
    if found.hard:
        what = f"{where}: reads harder than grade 6 ({found.formula} {found.grade})"
        yield Problem(text.line, 1, what, "Use shorter sentences and everyday words", WARNING)


def measured_texts(reader: Reader, *, graded: bool = True) -> Iterator[MeasuredText]:
    """Yield each text that is not one of the clinic's own terms, with how hard it is to read.

    `NotInstalled` if it is to be graded and the library for that is missing.
    """
    counters = {language: syllable_counter(language) if graded else None for language in reader.languages}
    exempt = {language: _exempt(reader, language) for language in reader.languages}
    for language, value, node, place in reader.texts:
        if language in counters and keys(place) not in OWN_TERMS | FOR_CLINICIANS:
            found = measure(value, counters[language], exempt[language])
            yield MeasuredText(node.line, path(place), language, found)


def _exempt(reader: Reader, language: str) -> Exempt:
    terms = {text[1] for text in reader.texts if text[0] == language and keys(text[3]) in OWN_TERMS}
    return by_first_word({*terms, *reader.exempt_terms.get(language, ())})


def _grades(reader: Reader) -> Iterator[str]:
    """Yield a line for each graded text, hardest of each language first."""
    try:
        measured = [*measured_texts(reader)]
    except NotInstalled:
        return
    graded = [text for text in measured if text.readability.grade is not None]
    by_language = sorted(graded, key=lambda text: (text.language, _hardness(text.readability)))
    for text in by_language:
        found = text.readability
        counted = f"{found.formula} {found.grade:5}, {found.words:3} words"
        yield f"{counted}: {text.place}, {language_name(text.language)} (line {text.line})"


def _hardness(found: Readability) -> float:
    """Return a sort key, smaller for harder: a grade rises with difficulty, an ease falls."""
    grade = found.grade or 0.0
    return -grade if found.formula.endswith("grade") else grade
