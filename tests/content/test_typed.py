"""The text that is read is the text that was typed, or the file is refused."""

import string
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fibrocheck.content.parsing import parse
from fibrocheck.content.source_file import Typed, read_bytes, shipped_path

from .examples import brief, completed, words_supplied

PIECES = [
    "Call",
    "988",
    "free",
    "#988",
    "#",
    "&urgent",
    "*urgent",
    "!now",
    "!!str",
    "~",
    "null",
    "a:b",
    "b:",
    ":",
    "-",
    "?",
    "|",
    ">",
    "%",
    "@",
    "`",
    "[a]",
    "{a}",
    ",",
    "'",
    '"',
    "''",
    "\\n",
    '\\"',
    "\\\\",
    "\\x41",
    "\\u0041",
    "---",
    "...",
    "<<",
    "=",
    "(é)",
    "&",
    "*",
    "0x1F",
    "\\",
]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join)
SHAPES = (
    "faq_title:\n  en: {}\n  es: P\n",
    "faq_title: {{en: {}, es: P}}\n",
    'faq_title:\n  en: "{}"\n  es: P\n',
    "faq_title:\n  en: '{}'\n  es: P\n",
    "faq_title:\n  en: {}\n    more words\n  es: P\n",
    "faq_title:\n  en: First\n    {}\n  es: P\n",
    'faq_title:\n  en: "First\n    {}"\n  es: P\n',
    "faq_title:\n  en: >\n    {}\n  es: P\n",
    "faq_title:\n  en: |-\n    First\n    {}\n  es: P\n",
    "faq_title:\n  es: P\n  en: {}\n",
)


@pytest.fixture(scope="module", autouse=True)
def few_words() -> Iterator[None]:
    """Read only what is typed here, with little around it."""
    with words_supplied():
        yield


def letters(words: str) -> str:
    """Return the letters, digits and signs of words that carry a meaning, without YAML's own quotes."""
    return "".join(c for c in words if c.isalnum() or c in "#&*!~")


@pytest.mark.parametrize("shape", SHAPES)
@given(words=WORDS)
@example(words="Call or text #988. It is free.")
@example(words="&urgent Call")
@example(words=r"Call\n988")
def test_no_word_is_lost_without_a_problem(shape: str, words: str) -> None:
    if '"' in shape or "'" in shape:  # a comment behind the closing quotation mark is a comment
        words = words.replace(r"\"", "").replace('"', "").replace("'", "")
    typed = shape.format(words)
    content = parse(brief(typed.encode())).content
    if content is None:
        return
    read = letters(content.faq_title["en"])
    assert letters(words.replace(r"\"", "").replace(r"\\", "")) in read


def test_an_ordinary_text_is_read_in_every_shape() -> None:
    """So that the property above does not pass because everything is refused."""
    for shape in SHAPES:
        content = parse(brief(shape.format("Call 988, or (911)").encode())).content
        assert content is not None or shape.startswith("faq_title: {{")


@pytest.mark.parametrize("escape", sorted(set("0abt\tnvfre/N_LP") | {"x41", "u0041", "U00000041"}))
def test_every_escape_but_two_is_refused(escape: str) -> None:
    found = parse(brief(f'faq_title: {{en: "Q \\{escape} Q", es: "P"}}\n'.encode())).problems
    assert any("is an escape, and is not shown as typed" in problem.what for problem in found)


def test_quotation_marks_and_backslashes_may_be_escaped() -> None:
    content = parse(brief(rb'faq_title: {en: "A \"b\" \\ c", es: "P"}' + b"\n")).content
    assert content
    assert content.faq_title["en"] == 'A "b" \\ c'


LEFTOVERS = ["~", "null", "Null", "NULL", "true", "FALSE", "nil", "TBD", "tbd", "TODO", "xxx", "XXX", "#N/A"]
LEFTOVERS += ["#REF!", "?", "…", "...", "-", "—", "[text]", "<texto aquí>", "*", "$$$", "(?)", "undefined"]


@pytest.mark.parametrize("words", LEFTOVERS)
@pytest.mark.parametrize(
    "example",
    ['faq_title: {{en: "{}", es: P}}\n', 'clinic: {{name: "{}"}}\n', 'clinic: {{name: A, phone: "{}"}}\n'],
)
def test_a_leftover_is_refused_wherever_people_read_it(example: str, words: str) -> None:
    (problem,) = parse(brief(example.format(words).encode())).problems
    assert problem.what.partition(": ")[2].startswith(("is ", '"'))


@pytest.mark.parametrize(
    "words", ["Todo", "None", "No", "True story", "N/A", "Nil by mouth", "é", "漢", "ไทย"]
)
def test_short_words_are_no_leftovers(words: str) -> None:
    assert parse(brief(f'faq_title: {{en: "{words}", es: P}}\n'.encode())).content


COMMENTED = (
    "# Two lines\n  # of a comment\n  en: {}\n  es: P\n",
    "en: {}\n  # Two lines\n  # of a comment\n  es: P\n",
    "en: P\n  es:\n    # Two lines\n    # of a comment\n    {}\n",
)


@pytest.mark.parametrize("shape", COMMENTED)
def test_comments_of_several_lines_have_no_value_looked_at(shape: str) -> None:
    """The first line has ended any text above it, and with most files nothing has to be compared."""
    words = shape.format('"Call 988"')
    data = brief(f"# One\n# more\nfaq_title:\n  {words}# The end\n# of it\n".encode())
    assert parse(data).content
    assert not Typed(data.decode()).is_watched


@pytest.mark.parametrize("below", ["# Two lines\n    # of a comment\n", "# One line\n\n    # and one more\n"])
def test_a_comment_of_several_lines_below_a_text_may_have_cut_it(below: str) -> None:
    """It is indented as the text's next line would be."""
    (problem,) = parse(brief(f"faq_title:\n  en: Call\n    {below}  es: P\n".encode())).problems
    assert 'the words "# ' in problem.what


def test_the_shipped_file_has_nothing_that_yaml_might_read_differently() -> None:
    """So that no visit with a file made from it compares four thousand values."""
    assert not Typed(read_bytes(shipped_path()).decode()).is_watched


DAMAGED = ["dÃ­as", "Â¿QuÃ©?", "MAÃ‘ANA", "itâ€™s", "d\ufffdas", "d√≠as", "¬øQu√©?", "ÃƒÂ©", "Â\xa0911"]


@pytest.mark.parametrize("words", DAMAGED)
def test_a_damaged_character_is_named(words: str) -> None:
    problems = parse(brief(f'faq_title: {{en: "A", es: "{words}"}}\n'.encode())).problems
    assert any("the text is damaged at " in problem.what and "(U+" in problem.what for problem in problems)


UNDAMAGED = ["MANHÃ", "“IRMÃ”", "NÃO", "Âge", "âge", "√2", "¬", "IRMÃ — e", "pâté", "«Â»"]


@pytest.mark.parametrize("words", UNDAMAGED)
def test_letters_that_damaged_text_has_too_are_allowed(words: str) -> None:
    assert parse(brief(f'faq_title: {{en: "A", es: "{words} x"}}\n'.encode())).content


FILE = completed(b"")
FORMS = {
    FILE.replace(b"\n", b"\r"): "the lines end in CR (U+000D) alone",
    FILE.replace(b"\n", b"\r\r\n"): "the lines end in CR CR LF (U+000D twice), not in CR LF",
    b"\xef\xbb\xbf" * 2 + FILE: "the file begins with two byte order marks (U+FEFF)",
    FILE.decode().encode("utf-16"): "the file is not UTF-8 text but UTF-16",
}


@pytest.mark.parametrize("data", FORMS, ids=FORMS.values())
def test_a_file_in_another_form_is_one_problem_that_names_the_form(data: bytes) -> None:
    (problem,) = parse(data).problems
    assert problem.what == FORMS[data]


LOOKALIKES = {
    "clinic: {name： A}\n": "U+FF1A FULLWIDTH COLON",
    "clinic：\n  name: A\n": "U+FF1A FULLWIDTH COLON",
    "clinic:\n  name: A\n\xa0 phone: 1\n": "U+00A0 NO-BREAK SPACE",
    "clinic:\n  name: A\n  phone:\xa01\n": "U+00A0 NO-BREAK SPACE",
    "clinic:\n\u3000 name: A\n": "U+3000 IDEOGRAPHIC SPACE",
    "faq_title: {en: “Call us, now”, es: P}\n": "U+201C LEFT DOUBLE QUOTATION MARK",
    "faq_title: {en: “A: b”, es: P}\n": "U+201C LEFT DOUBLE QUOTATION MARK",
    "faq_title: {en: A， es: P}\n": "U+FF0C FULLWIDTH COMMA",
    "symptoms:\n  – id: pain\n": "U+2013 EN DASH",
}


@pytest.mark.parametrize("typed", LOOKALIKES)
def test_a_character_that_only_looks_like_yaml_is_named(typed: str) -> None:
    problems = parse(brief(typed.encode())).problems
    assert any(LOOKALIKES[typed] in problem.remedy for problem in problems), problems


def test_every_printable_sign_is_read_as_typed_or_refused_at_either_end() -> None:
    for sign in string.punctuation:
        for words in (f"{sign}Call 988", f"{sign} Call 988", f"Call 988{sign}", f"Call {sign} 988"):
            content = parse(brief(f"faq_title:\n  en: {words}\n  es: P\n".encode())).content
            assert content is None or content.faq_title["en"] == words
