"""Words that no text may contain, because they diagnose, promise or prescribe, or were left behind.

The patterns are in `phrases`, where their signs are explained. They are compared word for word with
the texts in small letters, without accents and punctuation; there is no regular expression to compile
or to backtrack. All texts of a language are searched at once, because starting a visit waits for it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.phrases import HARMLESS, NO_EXCUSE, NUMBERS, RULES
from fibrocheck.content.problems import ERROR, Problem
from fibrocheck.content.reader import base_language, language_name, path
from fibrocheck.text_safety import (
    hidden_name,
    mixed_alphabets,
    plain_letters,
    quoted,
    without_hyphens,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from fibrocheck.content.phrases import Excuses, Rule
    from fibrocheck.content.reader import FoundText

    Phrase = tuple[str, ...]
    ByWords = dict[str, list[FoundText]]

MAX_EXCUSE_DISTANCE = 6
"""How many words before a phrase an excuse may be."""

MAX_LOOK_BACK = 200
"""Enough characters for that many words, so that looking back costs the same in every text."""

_BETWEEN = "\x00"  # not a space; replaced in the texts, where it is refused anyway
_REPLACEMENTS = (
    *zip("áéíóúüñàèìòùâêîôûäëïö", "aeiouunaeiouaeiouaeio", strict=True),
    *[(mark, " . ") for mark in ".!?:;…"],
    *[(mark, " ¿ ") for mark in "¿"],
    *[(mark, " ") for mark in ',"()[]“”„«»—–-/*_¡|·'],
    *[(mark, "'") for mark in "’‘`"],
)
_BEYOND_LATIN_1 = tuple([each for each in _REPLACEMENTS if each[0] > "\xff"])
_SIGNS = {**dict(_REPLACEMENTS), "¿": "¿"}
_LATIN_1 = bytes(
    [ord(_SIGNS.get(sign, sign).strip() or " ") for sign in map(str.lower, map(chr, range(256)))]
)
"""For each sign of Latin-1: the small letter without its accent, or the punctuation that it stands for."""


def find_violations(
    texts: Sequence[FoundText],
    languages: Iterable[str],
    never_say: Mapping[str, Sequence[str]],
    searched: Mapping[str, AbstractSet[str]] | None = None,
) -> Iterator[Problem]:
    """Yield an error for each forbidden phrase in a text in these languages.

    `never_say` has the clinic's own phrases for each language. In texts that were `searched` before, for each
    language, only those are looked for.
    """
    for language in languages:
        by_words = _by_words([text for text in texts if text[0] == language])
        known = (searched or {}).get(language, frozenset())
        new = {words: found for words, found in by_words.items() if words not in known}
        yield from _phrases(new, rules_for(language, RULES), ERROR)
        if of_clinic := [*_clinic_rules(never_say.get(language, ()))]:
            yield from _phrases(by_words, of_clinic, ERROR)
        everything = "\n".join(new)
        if any(sign in everything for sign in _LEFT_BEHIND):
            yield from _left_behind(new, language)
        try:
            everything.encode("latin-1")
        except UnicodeEncodeError:  # few files have other letters, and encoding is the fastest way to know
            yield from _mixed(new)


def rules_for(language: str, rules: Mapping[str, tuple[Rule, ...]]) -> tuple[Rule, ...]:
    """Return the rules of a language, whatever its region: "es-MX" has those of "es"."""
    return rules.get(base_language(language), ())


def find_phrases(
    texts: Sequence[FoundText], rules: Sequence[Rule], severity: str = ERROR
) -> Iterator[Problem]:
    """Yield a problem for each phrase of the rules in a text; all texts are in one language."""
    return _phrases(_by_words(texts), rules, severity)


def _phrases(by_words: ByWords, rules: Sequence[Rule], severity: str) -> Iterator[Problem]:
    by_words = _with_joined(by_words)
    all_words = AllWords.of([*by_words])
    places = [*by_words.values()]
    found: dict[Problem, None] = {}
    for remedy, excuses, patterns in rules:
        for phrase in dict.fromkeys(each for pattern in patterns for each in all_words.phrases(pattern)):
            said = f"says {quoted(' '.join(phrase).strip(' .'))}"
            for number in all_words.texts_with(phrase, excuses):
                found |= {_problem(text, said, remedy, severity): None for text in places[number]}
    yield from found


def _problem(text: FoundText, what: str, remedy: str, severity: str = ERROR) -> Problem:
    language, _, node, place = text
    what = f"{path(place)}, {language_name(language)}: {what}"
    return Problem(node.line, node.column, what, remedy, severity)


def _by_words(texts: Iterable[FoundText]) -> ByWords:
    """Return the texts by their words: those that stand in many places are searched once."""
    by_words: ByWords = {}
    for text in texts:
        by_words.setdefault(text[1], []).append(text)
    return by_words


def _with_joined(by_words: ByWords) -> ByWords:
    """Return the texts, and those with hyphens once more without them: one may stand inside a word."""
    everything = "".join([_BETWEEN + words.replace(_BETWEEN, " ") for words in by_words])
    all_joined = without_hyphens(everything).split(_BETWEEN)[1:]
    found = dict(by_words)
    for (words, texts), joined in zip(by_words.items(), all_joined, strict=True):
        if len(joined) < len(words):
            found[joined] = [*found.get(joined, ()), *texts]
    return found


def _mixed(by_words: ByWords) -> Iterator[Problem]:
    """Yield a problem for each text with a word in letters that look alike in several alphabets."""
    for words, texts in by_words.items():
        if not words.isascii() and (word := mixed_alphabets(words)):
            letters = ", ".join(hidden_name(letter) for letter in word if not letter.isascii())
            what = f"{quoted(word)} mixes alphabets ({letters})"
            yield from [_problem(text, what, "Type the whole word again by hand") for text in texts]


_LEFT_BEHIND = ("[", "<", "TODO", "FIXME", "TBD", "TBA", "XXX", "xxx", "???", "#", "%", "psum", "PSUM")
"""What some text contains if anything was left behind in it."""


def _left_behind(by_words: ByWords, language: str) -> Iterator[Problem]:
    """Yield a problem for each text with a note to its writer, or with a place for words that never came.

    "TODO" alone is "everything" in Spanish capitals, and in those of other languages; in English it is none.
    """
    import re  # only for a file that may have one

    to_do = r"\bTODO\b(?:\s*[:(-])?" if base_language(language) == "en" else r"\bTODO\s*[:(-]"
    left_behind = re.compile(
        to_do + r"|\[(?!\d+\])[^\[\]]*\]|<(?![\s\d])[^<>]*>|\b(?:FIXME|TBD|TBA)\b|\b(?:X{3,}|x{3,})\b"
        r"|\?{3}|#(?:N/A|N/D|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)|%[sd]\b|\b(?i:lorem ipsum)\b"
    )
    for words, texts in by_words.items():
        if found := left_behind.search(words):
            what = f"{quoted(found[0])} is a placeholder"
            yield from [_problem(text, what, "Write the words themselves") for text in texts]


def _clinic_rules(phrases: Sequence[str]) -> Iterator[Rule]:
    remedy = "Use other words: never_say in this file forbids these"
    for phrase in phrases:
        for spelled in {phrase: None, without_hyphens(phrase): None}:
            if words := [word for word in normalized(spelled).split() if word not in {".", "¿"}]:
                yield (remedy, NO_EXCUSE, (" ".join(words),))


def normalized(words: str) -> str:
    """Return words in small letters without accents, with spaces for punctuation, ready to compare."""
    return " ".join(_normal_words(words))


def _normal_words(words: str) -> list[str]:
    latin = _in_latin_1(words)
    return _in_any_letters(words).split() if latin is None else latin.split()


def _in_latin_1(words: str) -> str | None:
    """Return normalized words, all signs in one go; `None` if some of them are not plain letters then."""
    for mark, instead in _BEYOND_LATIN_1:
        words = words.replace(mark, instead)
    try:
        signs = words.encode("latin-1").translate(_LATIN_1)
    except UnicodeEncodeError:
        return None
    if not signs.replace(b"\xbf", b"").isascii():  # all but ¿
        return None
    return signs.decode("latin-1").replace(".", " . ").replace("¿", " ¿ ")


def _in_any_letters(words: str) -> str:
    words = words.casefold()
    for mark, instead in _REPLACEMENTS:
        words = words.replace(mark, instead)
    if not words.replace("¿", "").isascii():
        words = plain_letters(words)
        for mark, instead in _REPLACEMENTS:
            words = words.replace(mark, instead)
    return words


class AllWords(NamedTuple):
    """The words of all texts in one language, ready to be searched."""

    everything: str
    """The normalized texts, each after a separator and the beginning of a sentence."""
    vocabulary: frozenset[str]
    neighbours: frozenset[tuple[str, str]]
    """Every two words that stand side by side somewhere."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> AllWords:
        """Return the words of texts."""
        pieces = [text.replace(_BETWEEN, " ") for text in texts]
        words = _normal_words(f" {_BETWEEN} . ".join(["", *pieces]))
        return cls(f"{' '.join(words)} ", frozenset(words), frozenset(pairwise(words)))

    def phrases(self, pattern: str) -> list[Phrase]:
        """Return the phrases of a pattern that could occur: any two neighbours in them do somewhere."""
        places = pattern.split(" ")
        if not all(map(self._has_any, places)):
            return []
        phrases: list[Phrase] = [()]
        for place in places:
            if place in _WILD:
                phrases = [(*phrase, word) for phrase in phrases for word in self._after(phrase, place)]
            else:
                choices = [*self._choices(place)]
                phrases = [
                    phrase + each for phrase in phrases for each in choices if self._meet(phrase, each)
                ]
            if not phrases:
                break
        return phrases

    def _has_any(self, place: str) -> bool:
        """Return whether any word of a place is there at all; rare words rule out most patterns."""
        if place == "%":
            ends = ((unit, end) for unit in _UNITS for end in self._found(f"{unit} "))
            return any(self.everything[end - len(unit) - 2].isdigit() for unit, end in ends)
        if place in _WILD or "-" in place:
            return True
        return not self.vocabulary.isdisjoint(place.replace("_", "/").split("/"))

    def _choices(self, place: str) -> Iterator[Phrase]:
        """Yield what may stand in a place, if its words are there at all."""
        for each in place.split("/"):
            if each in self.vocabulary:
                yield (each,)
            elif each == "-":
                yield ()
            elif "_" in each and self.vocabulary.issuperset(words := each.split("_")):
                yield tuple(words)

    def _meet(self, phrase: Phrase, words: Phrase) -> bool:
        """Return whether the words could follow the phrase."""
        return self.neighbours.issuperset(pairwise(phrase[-1:] + words))

    def _after(self, phrase: Phrase, wild: str) -> Iterable[str]:
        """Return the different words after a phrase that the sign stands for; a number may come first."""
        if not phrase:
            likely = (word for word in self.vocabulary if word < ":" or word in NUMBERS)  # digits come before
            return filter(_WILD[wild], likely)
        after = (self.everything[end : self.everything.find(" ", end)] for end in self._ends(phrase))
        return dict.fromkeys(filter(_WILD[wild], after))

    def _ends(self, phrase: Phrase) -> Iterator[int]:
        """Return where each occurrence of a phrase ends, behind the space after it."""
        return self._found(f" {' '.join(phrase)} ")

    def _found(self, characters: str) -> Iterator[int]:
        at = self.everything.find(characters)
        while at >= 0:
            yield at + len(characters)
            at = self.everything.find(characters, at + 1)

    def texts_with(self, phrase: Phrase, excuses: Excuses) -> Iterator[int]:
        """Yield the number of each text that has the phrase at least once without an excuse before it."""
        length = len(" ".join(phrase)) + 1
        number = counted = text_end = 0
        for end in self._ends(phrase):
            if end <= text_end or self._is_excused(end - length, phrase, excuses):
                continue
            number += self.everything.count(_BETWEEN, counted, end)
            counted = end
            text_end = self.everything.find(_BETWEEN, end)
            yield number - 1
            if text_end < 0:
                return

    def _is_excused(self, start: int, phrase: Phrase, excuses: Excuses) -> bool:
        """Return whether an excuse stands shortly before a phrase, in its sentence."""
        if not excuses or phrase[0] == ".":
            return False
        before = self.everything[max(0, start - MAX_LOOK_BACK) : start]
        return not excuses.isdisjoint(before.rpartition(".")[2].split()[-MAX_EXCUSE_DISTANCE:])


def _is_name(word: str) -> bool:
    return word.isalpha() and word not in HARMLESS


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in NUMBERS


_UNITS = ("mg", "mcg", "ml")


def _is_dose(word: str) -> bool:
    return word[:1].isdigit() and word.endswith(_UNITS)


_WILD = {"*": _is_name, "#": _is_number, "%": _is_dose}
