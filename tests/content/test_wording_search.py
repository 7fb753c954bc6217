"""How words are searched for: in any form of their letters, at a cost that grows with the text alone."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.content.nodes import MapNode, TextNode
from fibrocheck.content.parsing import parse
from fibrocheck.content.problems import WARNING, Problem
from fibrocheck.content.reader import FoundText
from fibrocheck.content.source_file import shipped_path
from fibrocheck.content.wording import (
    AllWords,
    _in_any_letters,
    _in_latin_1,
    find_phrases,
    find_violations,
)
from fibrocheck.text_safety import hidden_name

from .costs import is_linear
from .wording_found import said, searched_from_now, written

FORMS: dict[str, Callable[[str], str]] = {
    "decomposed accents": lambda words: unicodedata.normalize("NFD", words),
    "capital letters": str.upper,
    "soft hyphens": "\u00ad".join,
    "joiners": "\u200d".join,
    "fullwidth letters": lambda words: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words),
    "mathematical letters": lambda words: "".join(
        chr(0x1D41A + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in words
    ),
    "Cyrillic letters": lambda words: words.translate(
        str.maketrans("aeopcyxi", "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456")
    ),
    "a hyphen": lambda words: words.replace("fibro", "fibro-").replace("afec", "afec\u2010"),
    "an unbreakable hyphen": lambda words: words.replace("fibro", "fibro\u2011").replace(
        "afec", "afec\u2011"
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("language", "words"), [("en", "You have fibromyalgia."), ("es", "Usted tiene una afecci\u00f3n.")]
)
def test_a_phrase_is_found_in_every_form_of_its_letters(language: str, words: str, form: str) -> None:
    assert said(language, FORMS[form](words))


@pytest.mark.parametrize("form", FORMS)
def test_a_phrase_of_the_clinic_is_found_in_every_form(form: str) -> None:
    assert said("pt", "Com fibromialgia.", (FORMS[form]("fibromialgia"),))
    assert said("pt", FORMS[form]("com fibromialgia."), ("fibromialgia",))


@pytest.mark.parametrize("apostrophe", "'\u2019\u2018`\u00b4\u02bc\u02bb\u2032\uff07\u201b")
def test_every_apostrophe_is_one(apostrophe: str) -> None:
    assert said("en", f"Sorry, you{apostrophe}ve got lupus.")


@pytest.mark.parametrize("words", ["h\u0430ve", "Fibr\u03bf", "\u0421ll", "\u0441all", "h\u0430v\u0435"])
def test_a_word_in_several_alphabets_is_named(words: str) -> None:
    (what,) = (each for each in said("en", f"A {words} here.") if "mixes alphabets" in each)
    letters = ", ".join(hidden_name(letter) for letter in words if not letter.isascii())
    assert what.endswith(f'"{words}" mixes alphabets ({letters})')


@pytest.mark.parametrize(
    "words",
    [
        "\u03b2-blocker",
        "5 \u03bcg",
        "5 \u00b5g",
        "1\u00aa",
        "\u043f\u0440\u0438\u0432\u0435\u0442 all",
        "\u6f22\u5b57ABC",
        "na\u00efve Gr\u00f6\u00dfe",
    ],
)
def test_other_alphabets_beside_latin_words_are_allowed(words: str) -> None:
    assert said("en", words) == []


@pytest.mark.parametrize(
    "word", ["you ", "you may have ", "score ", "not a score ", "a", ". ", "your answers "]
)
def test_the_cost_of_a_very_long_text_grows_with_its_length_only(word: str) -> None:
    assert is_linear(lambda length: said("en", word * (length // len(word))), 100_000)


@given(st.text(st.characters(max_codepoint=0x17F) | st.sampled_from("“”„–—…’‘") | st.characters()))
def test_all_signs_in_one_go_are_normalized_as_each_alone(words: str) -> None:
    at_once = _in_latin_1(words)
    assert at_once is None or at_once.split() == _in_any_letters(words).split()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_shipped_words_are_normalized_in_one_go(language: str) -> None:
    reader = parse(Path(shipped_path()).read_bytes()).reader
    assert reader
    assert _in_latin_1(" ".join([text[1] for text in reader.texts if text[0] == language])) is not None


def test_possible_phrases_are_those_whose_neighbours_meet() -> None:
    words = AllWords.of(["You may have it.", "You have lupus."])
    assert words.phrases("you may/- have it/lupus") == [
        ("you", "may", "have", "it"),
        ("you", "may", "have", "lupus"),
        ("you", "have", "it"),
        ("you", "have", "lupus"),
    ]
    assert words.phrases("you may/- lupus") == []
    assert words.phrases("you have *") == [("you", "have", "lupus")]


class _There:
    index, column = 90, 4

    def __init__(self, line: int = 6) -> None:
        self.line = line


def in_line(line: int, words: str) -> FoundText:
    """Return a text in a line of a file, counted from 1."""
    mark = _There(line - 1)
    return "en", words, TextNode(words, mark), (None, "", MapNode(mark))


@pytest.mark.parametrize(
    ("words", "what", "remedy"),
    [
        ("Call [phone].", '"[phone]" is a placeholder', "Write the words themselves"),
        (
            "We h\u0430ve time.",
            '"h\u0430ve" mixes alphabets (U+0430 CYRILLIC SMALL LETTER A)',
            "Type the whole word again by hand",
        ),
    ],
)
def test_what_was_left_in_a_text_is_told_with_its_place_and_a_remedy(
    words: str, what: str, remedy: str
) -> None:
    found = list(find_violations([written("en", "Fine."), in_line(7, words)], ["en"], {}))
    assert found == [Problem(7, 5, f"the file, English: {what}", remedy)]


def test_a_phrase_is_as_severe_as_its_rule() -> None:
    rule = ("Say it otherwise", frozenset[str](), ("your score",))
    (problem,) = find_phrases([written("en", "Your score.")], [rule], WARNING)
    assert problem == Problem(1, 1, 'the file, English: says "your score"', "Say it otherwise", WARNING)


def test_each_text_with_a_hyphen_is_read_without_it_too() -> None:
    texts = [written("en", "Self-care."), written("en", "Your sco-re."), written("en", "Self-help.")]
    assert len(list(find_violations(texts, ["en"], {}))) == 1


@pytest.mark.parametrize("words", ["Your score.", "Your sco-re.", "Call [phone].", "We h\u0430ve time."])
def test_words_that_stand_in_several_places_are_told_at_each(words: str) -> None:
    texts = [in_line(line, each) for line, each in enumerate([words, "Fine.", words, "Your score."], 1)]
    lines = [problem.line for problem in find_violations(texts, ["en"], {})]
    assert sorted(lines) == [1, 3, 4]


def test_words_that_stand_in_several_places_are_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = searched_from_now(monkeypatch)
    texts = [in_line(line, words) for line, words in enumerate(["Self-care.", "Fine."] * 9, 1)]
    assert not list(find_violations(texts, ["en"], {}))
    assert searched == ["Self-care.", "Fine.", "Selfcare."]


BEFORE = ["Your score.", "Call [phone].", "We h\u0430ve time."]
"""Each says something that no text may say."""


def test_in_texts_that_were_searched_before_only_a_clinics_phrases_are_looked_for() -> None:
    texts = [in_line(line, words) for line, words in enumerate([*BEFORE, "You have lupus."], 1)]
    searched = {"en": frozenset(BEFORE)}
    assert [each.line for each in find_violations(texts, ["en"], {}, searched)] == [4]
    found = [each.line for each in find_violations(texts, ["en"], {"en": ("your", "lupus")}, searched)]
    assert sorted(found) == [1, 4, 4]


@pytest.mark.parametrize("searched", [None, {}, {"es": frozenset(BEFORE)}, {"en": frozenset[str]()}])
def test_texts_of_which_nothing_is_known_in_their_language_are_searched(
    searched: dict[str, frozenset[str]] | None,
) -> None:
    texts = [in_line(line, words) for line, words in enumerate(BEFORE, 1)]
    found = [each.line for each in find_violations(texts, ["es", "en"], {}, searched)]
    assert sorted(found) == [1, 2, 3]


def test_a_number_and_a_dose_begin_with_a_digit() -> None:
    words = AllWords.of(
        ["+ tablets, 5 tablets, 2nd tablets, two tablets.", "Take 5mg. Take 200 now. Take mg."]
    )
    assert sorted(words.phrases("# tablets")) == [("2nd", "tablets"), ("5", "tablets"), ("two", "tablets")]
    assert words.phrases("take #") == [("take", "5mg"), ("take", "200")]
    assert words.phrases("take %") == [("take", "5mg")]
    assert words.phrases("% .") == [("5mg", ".")]
    assert AllWords.of(["Take 5 mg."]).phrases("take %") == []


def test_a_phrase_on_its_own_in_many_texts_is_found_in_each() -> None:
    texts = ["You hurt.", "No.", "Score, score. Score.", "", "Score", "A score of score"]
    assert list(AllWords.of(texts).texts_with(("score",), frozenset())) == [2, 4, 5]


LEFT_BEHIND = {
    "Call us at [phone] today.": "[phone]",
    "Our office, [address of the clinic]": "[address of the clinic]",
    "Ask <name> at the desk.": "<name>",
    "TODO: ask the clinic.": "TODO:",
    "Hours: TODO (ask)": "TODO (",
    "Write to FIXME first.": "FIXME",
    "The hours are TBD.": "TBD",
    "Call 555-XXXX.": "XXXX",
    "Bring xxx dollars.": "xxx",
    "We open at ??? each day.": "???",
    "Lorem ipsum dolor sit amet.": "Lorem ipsum",
    "LOREM IPSUM": "LOREM IPSUM",
    "See #REF! for more.": "#REF!",
    "You have %s left.": "%s",
}
KEPT = (
    "Todo el cuerpo", "TODO EL CUERPO", "Pain above 5 < 10", "50% of people", "Note [1] below", "(optional)",
    "Room #4", "Really?", "Exxon", "Do you hurt? Where?", "1 < 2 > 0", "A list: all of it",
)  # fmt: skip


@pytest.mark.parametrize("words", LEFT_BEHIND)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_place_for_words_that_never_came_is_refused_inside_a_text(language: str, words: str) -> None:
    (what,) = said(language, words)
    assert what.endswith(f': "{LEFT_BEHIND[words]}" is a placeholder')


@pytest.mark.parametrize("language", ["en", "EN", "en-US"])
def test_a_note_to_the_writer_is_no_english_word(language: str) -> None:
    for words in ("TODO Keep warm.", "Keep warm. TODO"):
        (what,) = said(language, words)
        assert what.endswith(': "TODO" is a placeholder')
    assert said(language, "Do TODOS and todo.") == []


@pytest.mark.parametrize("words", KEPT)
def test_signs_that_a_placeholder_has_too_are_allowed(words: str) -> None:
    assert said("es", words) == []
