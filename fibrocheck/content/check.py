"""What the content owner is told about a file: its errors, then what could be better."""

from collections.abc import Iterator
from typing import NamedTuple, TextIO

from wcwidth import wcswidth

from fibrocheck.content.loader import File, Findings, parse, read_bytes, shipped_path
from fibrocheck.content.nodes import ListNode, MapNode, Node, TextNode
from fibrocheck.content.problem_output import tell
from fibrocheck.content.problems import ERROR, NOTICE, WARNING, ContentError, Problem
from fibrocheck.content.readability import (
    MOST_WORDS,
    Exempt,
    NotInstalled,
    Reading,
    by_first_word,
    read,
    syllable_counter,
)
from fibrocheck.content.reader import Reader, path
from fibrocheck.text_safety import printable

WIDEST_CHOICE = 33
"""What 40 columns leave for a choice beside the margins, the pointer and its number."""

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
        "print_page",
        "read_again",
        "save_copy",
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
        ("care.steps", "title"),
        ("faq", "question"),
    }
)
EXAMPLE_HOSTS = ("example.org", "example.com", "example.net", ".example", ".invalid", ".test")
AUTHORING = 'Run pip install "fibrocheck[authoring]" and check again'


class Measured(NamedTuple):
    """A text of the file and how hard it is to read."""

    line: int
    place: str
    language: str
    reading: Reading


def report(file: File | None = None, *, strict: bool = False, verbose: bool = False, stream: TextIO) -> int:
    """Check a file, the shipped one when none is named, tell it to the stream, and return the exit code.

    0 when the file can be used; 1 when an error refuses it, or with `strict` a warning.
    """
    file = file or shipped_path()
    try:
        data = read_bytes(file)
    except ContentError as error:
        stream.write(f"{error}\n")
        return 1
    findings = parse(data)
    problems = _all(findings)
    tell(problems, data, str(file), stream)
    if verbose and findings.reader:
        stream.writelines(f"{line}\n" for line in _readings(findings.reader))
    failing = {ERROR, WARNING} if strict else {ERROR}
    return int(any(problem.severity in failing for problem in problems))


def check(data: bytes) -> tuple[Problem, ...]:
    """Everything to say about the bytes of a file: errors first, then warnings, each by line."""
    return _all(parse(data))


def _all(findings: Findings) -> tuple[Problem, ...]:
    warnings = sorted(
        set(_warnings(findings)), key=lambda problem: (problem.line, problem.column, problem.what)
    )
    return (*findings.problems, *warnings)


def _warnings(findings: Findings) -> Iterator[Problem]:
    reader, root = findings.reader, findings.root
    if reader is None or not isinstance(root, MapNode):
        return
    yield from _approval(root)
    yield from _address(root)
    yield from _without_sources(root)
    yield from _wide_choices(reader)
    yield from _hard_texts(reader)


def _warning(node: Node, what: str, remedy: str, severity: str = WARNING) -> Problem:
    return Problem(node.line, node.column, what, remedy, severity)


def _value(node: Node | None, key: str) -> str:
    inner = node.entries.get(key) if isinstance(node, MapNode) else None
    return inner.value.strip() if isinstance(inner, TextNode) else ""


def _approval(root: MapNode) -> Iterator[Problem]:
    if not _value(root.entries.get("approval"), "approved_by"):
        what = "nobody has approved the wording"
        remedy = "When a clinician of the clinic has, fill in approval.approved_by and approval.approved_on"
        yield _warning(root.keys.get("approval", root), what, remedy)


def _address(root: MapNode) -> Iterator[Problem]:
    host = _value(root, "url").removeprefix("https://").split("/")[0].lower()
    if host.endswith(EXAMPLE_HOSTS):
        what = f"url is still an example ({printable(host, 40)})"
        yield _warning(
            root.keys["url"], what, "Put the clinic's own address: saved copies carry it as their name"
        )


def _without_sources(root: MapNode) -> Iterator[Problem]:
    """Everything that teaches says where it has it from."""
    for key in ("symptoms", "factors", "faq"):
        rows = root.entries.get(key)
        for number, row in enumerate(rows.items if isinstance(rows, ListNode) else ()):
            yield from _no_sources(row, f"{key}[{number}]", row)
    for key in ("about", "care"):
        if key in root.entries:
            yield from _no_sources(root.entries[key], key, root.keys[key])


def _no_sources(node: Node, place: str, shown: Node) -> Iterator[Problem]:
    sources = node.entries.get("sources") if isinstance(node, MapNode) else None
    if not (isinstance(sources, ListNode) and sources.items):
        yield _warning(shown, f"{place} names no sources", "Add sources: with keys of the list sources")


def _wide_choices(reader: Reader) -> Iterator[Problem]:
    for language, value, node, place in reader.texts:
        if _is_choice(path(place)) and (width := wcswidth(value)) > WIDEST_CHOICE:
            what = (
                f"{path(place)}.{language} is {width} columns wide, too long for a choice on a narrow screen"
            )
            yield _warning(node, what, f"Say it in {WIDEST_CHOICE} columns or fewer")


def _is_choice(place: str) -> bool:
    section, _, key = place.partition(".")
    return (
        place.endswith(".label") or section == "answers" or (section == "words" and key in CHOICES_IN_WORDS)
    )


def _hard_texts(reader: Reader) -> Iterator[Problem]:
    """Long sentences, and a reading grade that is too high; one notice when grades cannot be told."""
    try:
        measured = [*measure(reader)]
    except NotInstalled:
        yield Problem(0, 0, "English reading grades were not measured", AUTHORING, NOTICE)
        measured = [*measure(reader, graded=False)]
    for text in measured:
        yield from _hard(text)


def _hard(text: Measured) -> Iterator[Problem]:
    reading, where = text.reading, f"{text.place}.{text.language}"
    if reading.longest_sentence > MOST_WORDS:
        what = f"{where} has a sentence of {reading.longest_sentence} words"
        yield Problem(text.line, 1, what, f"Make it two sentences; {MOST_WORDS} words are the most", WARNING)
    if reading.hard:
        what = f"{where} reads harder than grade 6 ({reading.measure} {reading.grade})"
        yield Problem(text.line, 1, what, "Use shorter sentences and everyday words", WARNING)


def measure(reader: Reader, *, graded: bool = True) -> Iterator[Measured]:
    """How hard every text is that is not one of the clinic's own terms; `NotInstalled` may be raised."""
    counters = {language: syllable_counter(language) if graded else None for language in reader.languages}
    exempt = {language: _exempt(reader, language) for language in reader.languages}
    for language, value, node, place in reader.texts:
        if language in counters and not _is_own_term(path(place)):
            reading = read(value, counters[language], exempt[language])
            yield Measured(node.line, path(place), language, reading)


def _is_own_term(place: str) -> bool:
    """Terms of items, titles of steps and questions people ask are the clinic's, letter for letter."""
    around, _, key = place.rpartition(".")
    section = around.partition("[")[0]
    return (section, key) in OWN_TERMS


def _exempt(reader: Reader, language: str) -> Exempt:
    terms = {text[1] for text in reader.texts if text[0] == language and _is_own_term(path(text[3]))}
    return by_first_word({*terms, *reader.exempt_terms.get(language, ())})


def _readings(reader: Reader) -> Iterator[str]:
    """Every text with what was counted, hardest of each language first."""
    try:
        measured = [*measure(reader)]
    except NotInstalled:
        return
    graded = [text for text in measured if text.reading.grade is not None]
    english_first = sorted(graded, key=lambda text: (text.language, _hardness(text.reading)))
    for text in english_first:
        reading = text.reading
        counted = f"{reading.measure} {reading.grade:5}, {reading.words:3} words"
        yield f"{counted}: {text.place}.{text.language} (line {text.line})"


def _hardness(reading: Reading) -> float:
    """Smaller is harder: a grade rises with difficulty, an ease falls."""
    grade = reading.grade or 0.0
    return -grade if reading.measure.endswith("grade") else grade
